"""What is asked given the answers so far, and what follows from them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.catalogue.eforms.rules.computing import value_of
from motcua.catalogue.eforms.shapes import EForm, Item, Page, Question, Repeat

Answers = dict[str, Any]


def settled(eform: EForm, answers: Mapping[str, Any], *, on: date) -> Answers:
    """The answers that count: only what is asked, computed values in place, empty rows gone.

    What was typed before a condition changed stays in the draft, and is left out here. `on`: the day of filing.
    """
    found: Answers = {}
    for item in eform.items():
        if item.when is not None and not item.when.holds(found):
            continue
        if isinstance(item, Repeat):
            rows = [row for _place, row in placed_rows(item, answers.get(item.id), on)]
            if rows:
                found[item.id] = rows
        else:
            _settle(item, answers, found, on)
    return found


def computed(eform: EForm, answers: Mapping[str, Any], *, on: date) -> Answers:
    """The answers with every computed value in place; nothing that was typed is lost."""
    whole = settled(eform, answers, on=on)
    names = {item.id for item in eform.items() if isinstance(item, Question) and item.follows(whole)}
    kept = {name: value for name, value in answers.items() if name not in names}
    return kept | {name: whole[name] for name in names if name in whole}


def is_asked(item: Item, counted: Mapping[str, Any]) -> bool:
    """Whether this is asked, given the settled answers (of its row, for a question of a repeat)."""
    return item.when is None or item.when.holds(counted)


def asked_on(page: Page, counted: Mapping[str, Any]) -> list[Item]:
    """What this page asks, given the settled answers."""
    return [item for item in page.items() if is_asked(item, counted)]


def pages_asked(eform: EForm, answers: Mapping[str, Any], *, on: date) -> list[int]:
    """The numbers of the pages that ask something, from 1; a page of computed values only is not one."""
    counted = settled(eform, answers, on=on)
    return [
        number
        for number, page in enumerate(eform.pages, 1)
        if any(isinstance(item, Repeat) or not item.follows(counted) for item in asked_on(page, counted))
    ]


def placed_rows(repeat: Repeat, rows: Any, on: date) -> list[tuple[int, Answers]]:
    """The settled rows that hold anything, each with its place among all rows, from 0."""
    found = []
    for place, row in enumerate(rows if isinstance(rows, list) else []):
        counted: Answers = {}
        for question in repeat.questions:
            if isinstance(row, Mapping) and is_asked(question, counted):
                _settle(question, row, counted, on)
        if counted:
            found.append((place, counted))
    return found


def _settle(question: Question, answers: Mapping[str, Any], found: Answers, on: date) -> None:
    if question.computed is not None and question.follows(found):
        value = value_of(question.computed, found, on)
        if value is not None:
            found[question.id] = value
    elif question.id in answers:
        found[question.id] = answers[question.id]
