"""Pure rules of the detectors: the last minutes of a month, and when too much ends in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.worktime.rules import VIETNAM, Calendar

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """The last office minutes of a month: from `start` to the month's own end; `month` is its whole length."""

    first: datetime
    start: datetime
    end: datetime
    office_minutes: int


def months_between(first: date, last: date) -> list[date]:
    """The first day of every month that the days from `first` to `last` touch."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = (month + timedelta(days=31)).replace(day=1)
    return found


def month_end(month: date, minutes: int, calendar: Calendar) -> MonthEnd | None:
    """When the last `minutes` of this month's office time begin; None when the office was closed all month.

    Raises `CalendarGap` for a month outside of the loaded years.
    """
    begins = datetime.combine(month, time(), VIETNAM)
    ends = datetime.combine((month + timedelta(days=31)).replace(day=1), time(), VIETNAM)
    total = calendar.elapsed(begins, ends - timedelta(minutes=1))
    if total == 0:
        return None
    return MonthEnd(begins, calendar.after(begins, max(0, total - minutes)), ends, total)


def is_crowded(ended: int, whole_month: int, window: MonthEnd, *, minutes: int, at_least: int, times: int) -> bool:
    """Whether so many endings in the last minutes are too many: `at_least`, and `times` the pace of the month."""
    usual = whole_month * minutes / window.office_minutes
    return ended >= at_least and ended >= times * usual


def open_windows(first: date, last: date, minutes: int, calendar: Calendar) -> list[tuple[datetime, datetime]]:
    """When receiving at the counter is no wonder: every session from `minutes` before it to `minutes` after it."""
    table, margin = calendar.table, timedelta(minutes=minutes)
    found: list[tuple[datetime, datetime]] = []
    day = max(first, calendar.first_day)
    while day <= min(last, calendar.last_day):
        spans = table.patterns[table.pattern_of[(day - calendar.first_day).days]].spans
        midnight = datetime.combine(day, time(), VIETNAM)
        found += [
            (midnight + timedelta(minutes=opens) - margin, midnight + timedelta(minutes=closes) + margin)
            for opens, closes in spans
        ]
        day += _ONE
    return found


def bursts(moments: Iterable[tuple[datetime, int]], *, seconds: int, at_least: int) -> set[int]:
    """Of dated things in order of time, those that lie with at least so many others within so many seconds."""
    row, found, since = list(moments), set[int](), 0
    for upto, (at, _key) in enumerate(row):
        while at - row[since][0] > timedelta(seconds=seconds):
            since += 1
        if upto - since + 1 >= at_least:
            found.update(key for _at, key in row[since : upto + 1])
    return found
