"""Periods of a report: a month, a quarter, half a year, a year, any range of days; and where a regime cuts them.

A calendar period begins on the first of its month. Under Decree 09/2019/NĐ-CP art. 12 (and so Circular 01/2020/TT-VPCP
and the reform reports) it begins on the 15th of the month before and ends on the 14th: which, is dated data.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FIRST_DAY, AFTER_THE_LAST = date(1945, 9, 2), date(9001, 1, 1)
"""No report speaks of days before the first, or from the last on: there is always a day before and after."""


class Span(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"


MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF: 6, Span.YEAR: 12}


class TurnedRound(ValueError):
    """The first day lies after the last."""


class NoSuchPeriod(ValueError):
    """There is no such month, quarter or half, or no calendar for that year."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """On which day of a month a period begins, as a rule in force says: 1, or a day of the month before."""

    code: str
    name: str
    first_day: int
    valid_from: date
    valid_to: date | None = None

    def start(self, year: int, month: int) -> date:
        """The first day of the period whose first month this is."""
        if self.first_day == 1:
            return date(year, month, 1)
        before = date(year, month, 1) - timedelta(days=1)
        return before.replace(day=self.first_day)


CALENDAR = CutOff("calendar", "", 1, date(1945, 9, 2))


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both counted. `number` is which month, quarter or half of `year`; 0 for a range."""

    span: Span
    first: date
    last: date
    year: int = 0
    number: int = 0
    cut: CutOff = CALENDAR

    @property
    def until(self) -> date:
        """The day after the last."""
        return self.last + timedelta(days=1)

    @property
    def _length(self) -> int:
        return (self.until - self.first).days

    def before(self) -> "Period":
        """The period of the same length that ends where this one begins. Raises `NoSuchPeriod`."""
        if self.span is Span.RANGE:
            return _range(self.first.toordinal() - self._length, self.first.toordinal() - 1)
        if self.number > 1:
            return period(self.span, self.year, self.number - 1, self.cut)
        return period(self.span, self.year - 1, 12 // MONTHS[self.span], self.cut)

    def after(self) -> "Period":
        """The period of the same length that begins where this one ends. Raises `NoSuchPeriod`."""
        if self.span is Span.RANGE:
            return _range(self.until.toordinal(), self.last.toordinal() + self._length)
        if self.number < 12 // MONTHS[self.span]:
            return period(self.span, self.year, self.number + 1, self.cut)
        return period(self.span, self.year + 1, 1, self.cut)


def period(span: Span, year: int, number: int = 1, cut: CutOff = CALENDAR) -> Period:
    """A month, quarter, half or year. Raises `NoSuchPeriod`."""
    if span is Span.RANGE or not 1 <= number <= 12 // MONTHS[span] or not 1946 <= year <= 9000:
        raise NoSuchPeriod(f"{span} {number}/{year}")
    length = MONTHS[span]
    month = (number - 1) * length + 1
    first = cut.start(year, month)
    following = cut.start(year + (month + length > 12), (month + length - 1) % 12 + 1)
    return Period(span, first, following - timedelta(days=1), year, number, cut)


def days(first: date, last: date) -> Period:
    """Any range of days. Raises `TurnedRound`, `NoSuchPeriod`."""
    if first > last:
        raise TurnedRound(f"{first} > {last}")
    return _range(first.toordinal(), last.toordinal())


def is_told_of(day: date) -> bool:
    """Whether a report may speak of this day, or end before it."""
    return FIRST_DAY <= day <= AFTER_THE_LAST


def _range(first: int, last: int) -> Period:
    """The days of these ordinals, wherever they lie. Raises `NoSuchPeriod`."""
    if not FIRST_DAY.toordinal() <= first <= last < AFTER_THE_LAST.toordinal():
        raise NoSuchPeriod(f"days {first} to {last}")
    return Period(Span.RANGE, date.fromordinal(first), date.fromordinal(last))


def period_of(span: Span, day: date, cut: CutOff = CALENDAR) -> Period:
    """The period of this length in which the day lies."""
    for year in (day.year, day.year + 1):
        for number in range(1, 12 // MONTHS[span] + 1):
            found = period(span, year, number, cut)
            if found.first <= day <= found.last:
                return found
    raise NoSuchPeriod(f"{span} of {day}")


def cut_in_force(cuts: Iterable[CutOff], code: str, day: date) -> CutOff:
    """The cut-off of this name as it stood on the day; the calendar's own for any other name."""
    for cut in cuts:
        if cut.code == code and cut.valid_from <= day and (cut.valid_to is None or day <= cut.valid_to):
            return cut
    return CALENDAR


@dataclass(frozen=True, slots=True)
class Pieces:
    """A stretch of days as whole months [first, until) and the odd days around them, each [first, until)."""

    months: tuple[date, date] | None
    odd: tuple[tuple[date, date], ...]


def pieces(first: date | None, until: date) -> Pieces:
    """Days from `first` (None: from the beginning) until the day before `until`, as whole months and odd days."""
    head = date.min if first is None else _month_at_or_after(first)
    tail = until.replace(day=1)
    if head > tail:
        return Pieces(None, ((first or date.min, until),))
    odd = []
    if first is not None and first < head:
        odd.append((first, head))
    if tail < until:
        odd.append((tail, until))
    return Pieces((head, tail) if head < tail else None, tuple(odd))


def _month_at_or_after(day: date) -> date:
    if day.day == 1:
        return day
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
