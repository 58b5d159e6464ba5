"""Answers that were sent and are asked for again: which may be answered anew, and what the answers come to then."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.eforms.rules.asking import Answers, asked_on, settled
from motcua.catalogue.eforms.rules.faulting import Fault, faults, row_name
from motcua.catalogue.eforms.shapes import EForm, Item, Question, Repeat
from motcua.catalogue.eforms.values import value_told


@dataclass(frozen=True, slots=True)
class Answered:
    """One question, or one repeat, with its answer in words; empty when it was left out."""

    id: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Mended:
    """What answers come to once some of them were given anew.

    `open`: what may be answered: what was asked for, what is asked because of the new answers, and what no longer
    agrees with them. `faults`: what is wrong with the whole that was not wrong before.
    """

    answers: Answers
    open: frozenset[str]
    faults: tuple[Fault, ...]


def answered(eform: EForm, said: Mapping[str, Any], *, on: date) -> list[tuple[str, list[Answered]]]:
    """Every question that is asked given these answers, by page; nothing that is computed."""
    counted = settled(eform, said, on=on)
    found = []
    for page in eform.pages:
        rows = [
            Answered(item.id, str(item.label), in_words(item, counted.get(item.id)))
            for item in asked_on(page, counted)
            if isinstance(item, Repeat) or not item.follows(counted)
        ]
        if rows:
            found.append((str(page.title), rows))
    return found


def in_words(item: Item, value: Any) -> str:
    """An answer in words; the rows of a repeat one after the other."""
    if value is None:
        return ""
    if isinstance(item, Question):
        return value_told(item, value)
    rows = []
    for index, row in enumerate(value):
        told = [value_told(one, row[one.id]) for one in item.questions if one.id in row and not one.quiet]
        rows.append(f"{row_name(item, index)}: {', '.join(told)}")
    return "; ".join(rows)


def mended(
    eform: EForm, said: Mapping[str, Any], anew: Mapping[str, Any], asked: Collection[str], *, on: date
) -> Mended:
    """The answers `said` with those given `anew` (None: emptied) in their place."""
    whole = {name: value for name, value in {**said, **anew}.items() if value is not None}
    counted = settled(eform, whole, on=on)
    before = {one.pointer for one in faults(eform, said, on=on)}
    wrong = tuple(one for one in faults(eform, whole, on=on) if one.pointer not in before or one.question in asked)
    there = _typed(eform, counted)
    opened = there - _typed(eform, settled(eform, said, on=on)) | {one.question for one in wrong} | {*asked, *anew}
    return Mended(whole, frozenset(opened & there), wrong)


def _typed(eform: EForm, counted: Mapping[str, Any]) -> frozenset[str]:
    """What is asked, given the settled answers, and not computed."""
    return frozenset(
        item.id
        for page in eform.pages
        for item in asked_on(page, counted)
        if isinstance(item, Repeat) or not item.follows(counted)
    )
