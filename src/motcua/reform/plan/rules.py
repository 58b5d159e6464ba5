"""How a task stands on a day, what day a deadline in words is, which days a plan allows. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Standing(StrEnum):
    """How a task stands on a day. Only what was done and when is stored; this follows from it."""

    NOT_BEGUN = "not_begun"
    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    DROPPED = "dropped"


NOT_BEGUN, IN_PROGRESS, DONE, DROPPED = "not_begun", "in_progress", "done", "dropped"
"""The stored states, as `models.TaskState` has them."""


def standing(state: str, deadline: date, done_on: date | None, today: date) -> Standing:
    """In time is on the last day or before; overdue begins the day after it."""
    if state == DROPPED:
        return Standing.DROPPED
    if state == DONE and done_on is not None:
        return Standing.DONE_IN_TIME if done_on <= deadline else Standing.DONE_LATE
    if today > deadline:
        return Standing.OVERDUE
    return Standing.IN_PROGRESS if state == IN_PROGRESS else Standing.NOT_BEGUN


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tasks stand how."""

    counts: Counter[Standing]

    @property
    def total(self) -> int:
        """Every task of the plan, those dropped among them."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Done, in time or late."""
        return self.counts[Standing.DONE_IN_TIME] + self.counts[Standing.DONE_LATE]

    def of(self, one: Standing) -> int:
        """How many stand like this."""
        return self.counts[one]


def tally(several: Iterable[Standing]) -> Tally:
    """The standings, counted."""
    return Tally(Counter(several))


_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER: Final = re.compile(r"(?:het )?(?:quy|q) ?(iv|i{1,3}|[1-4])(?: (?:nam )?(\d{4}))?")
_MONTH: Final = re.compile(r"(?:het )?thang ?(\d{1,2})(?: (?:nam )?(\d{4}))?")
_HALF: Final = re.compile(r"(?:6|sau) thang dau nam(?: (\d{4}))?")
_YEAR: Final = re.compile(
    r"(?:ca nam|trong nam|hang nam|het nam|cuoi nam|thuong xuyen|(?:6|sau) thang cuoi nam)(?: (\d{4}))?"
)


def deadline_in_words(words: str, year: int) -> date | None:
    """The last day of the quarter, month, half or year that plain words name; None when they name none.

    `words` come without accents, in lower case (`facts.plain`). What names another year is that year's.
    """
    if found := _QUARTER.fullmatch(words):
        number = _ROMAN.get(found[1]) or int(found[1])
        return last_of_month(_year(found[2], year), number * 3)
    if found := _MONTH.fullmatch(words):
        month = int(found[1])
        return last_of_month(_year(found[2], year), month) if 1 <= month <= 12 else None
    if found := _HALF.fullmatch(words):
        return last_of_month(_year(found[1], year), 6)
    if found := _YEAR.fullmatch(words):
        return last_of_month(_year(found[1], year), 12)
    return None


def _year(said: str | None, year: int) -> int:
    return int(said) if said else year


def last_of_month(year: int, month: int) -> date:
    """Raises ValueError for a year that no calendar has."""
    first = date(year, month, 1)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def first_deadline(year: int, signed_on: date | None) -> date:
    """The earliest deadline a plan allows: the day it was signed, else the first of its year."""
    return max(date(year, 1, 1), signed_on) if signed_on else date(year, 1, 1)


def last_deadline(year: int) -> date:
    """The latest: a yearly plan is over when its year is."""
    return date(year, 12, 31)
