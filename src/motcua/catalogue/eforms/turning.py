"""What a posted page of an e-form comes to: answers to keep, and whether the same page is shown again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.eforms.rules import Fault, Mended, asked_on, faults, read, settled, with_row, without_row
from motcua.catalogue.eforms.rules.asking import Answers
from motcua.catalogue.eforms.rules.reading import Posted, rows_of, shown_in
from motcua.catalogue.eforms.shapes import EForm, Page, Repeat

ADD, REMOVE, REFRESH = "add:", "remove:", "refresh"
FAULTED, MOST_FAULTED = "eform-faulted", 500


@dataclass(frozen=True, slots=True)
class Turn:
    """What a posted page comes to: the answers to keep, and whether to show the same page again.

    `anew`: questions appeared that the posted page did not show; they are not at fault yet. `sent_on` is False when
    the questions were only to follow the answers: `faults` are then those that had their sentence and still hold.
    """

    answers: Answers
    faults: tuple[Fault, ...]
    stay: bool
    anew: bool = False
    sent_on: bool = True


def turned(eform: EForm, number: int, post: Posted, before: Mapping[str, Any], *, on: date) -> Turn:
    """Read a posted page over the draft's answers, press its row buttons, and judge it when it was sent on.

    Names of buttons that stay here: "add:…", "remove:…", "refresh". Never raises, whatever was posted.
    """
    answers = read(eform, number, post, before)
    pressed = with_rows(eform, answers, post)
    if pressed is not None or REFRESH in post:
        kept, gone = pressed or (answers, None)
        still = tuple(one for one in faults(eform, kept, on=on, page=number) if one.pointer in _faulted(post, gone))
        return Turn(kept, still, stay=True, sent_on=False)
    shown = shown_in(post)
    page = eform.pages[number - 1] if 1 <= number <= len(eform.pages) else None
    new = _appeared(page, settled(eform, answers, on=on), shown) if page and shown is not None else frozenset()
    found = tuple(one for one in faults(eform, answers, on=on, page=number) if one.question not in new)
    return Turn(answers, found, stay=bool(found or new), anew=bool(new))


def given_anew(eform: EForm, now: Mended, post: Posted) -> tuple[Answers, bool]:
    """What was posted of the open questions, by id (None: left empty), and whether the same page is shown again.

    Nothing else that was posted is read, and nothing posted can raise.
    """
    posted = read(eform, None, post, now.answers)
    pressed = with_rows(eform, posted, post)
    kept = posted if pressed is None else pressed[0]
    return {name: kept.get(name) for name in now.open}, pressed is not None or REFRESH in post


def _appeared(page: Page, counted: Mapping[str, Any], shown: frozenset[str]) -> frozenset[str]:
    return frozenset(
        item.id
        for item in asked_on(page, counted)
        if item.id not in shown and (isinstance(item, Repeat) or not item.follows(counted))
    )


def _faulted(post: Posted, gone: tuple[str, int] | None) -> frozenset[str]:
    """The pointers that the posted page had a sentence at; the rows after one that is gone moved up by one."""
    told = " ".join(str(one) for one in post.getlist(FAULTED)).split()[:MOST_FAULTED]
    return frozenset(told if gone is None else (one for pointer in told if (one := _moved(pointer, *gone))))


def _moved(pointer: str, repeat: str, gone: int) -> str:
    way = pointer.split("/")
    if len(way) < 3 or way[1] != repeat or not (way[2].isascii() and way[2].isdigit() and len(way[2]) < 4):
        return pointer
    row = int(way[2])
    return "" if row == gone else "/".join([*way[:2], str(row - (row > gone)), *way[3:]])


def with_rows(eform: EForm, answers: Mapping[str, Any], post: Posted) -> tuple[Answers, tuple[str, int] | None] | None:
    """The answers after the row button that was pressed, with the row that is gone; None when none was."""
    for item in eform.items():
        if not isinstance(item, Repeat):
            continue
        if f"{ADD}{item.id}" in post:
            return with_row(eform, answers, item.id), None
        for index in range(len(rows_of(item, answers))):
            if f"{REMOVE}{item.id}.{index}" in post:
                return without_row(eform, answers, item.id, index), (item.id, index)
    return None
