"""When a recurring rule is due, and when its silence is an alarm. Pure: no clock, no database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise

# A rule is overdue when it has not done its work for so many of its own periods, and never before the grace is over.
MISSED = 3
GRACE = timedelta(minutes=5)

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RecurringRule:
    """Something done every so often. `act` gets the moment and tells what it did, as named figures.

    `label` says it in the reader's language, lazily translated.
    """

    name: str
    label: str | Promise
    every: timedelta
    act: Callable[[datetime], Counts]


@dataclass(frozen=True, slots=True)
class Known:
    """What the table knows of one rule: the last run begun, and the last that did its work."""

    started_at: datetime | None = None
    finished_at: datetime | None = None
    took_ms: int | None = None
    counts: Counts | None = None
    error: str = ""
    good_at: datetime | None = None


class Standing(StrEnum):
    """How a rule stands."""

    OK = "ok"
    OVERDUE = "overdue"


def is_due(last: datetime | None, every: timedelta, now: datetime) -> bool:
    """Whether it is time to run, `last` being when the last run began.

    A last run further in the future than one period means that the clock was put back: it runs, and is not waited for.
    """
    return last is None or now - last >= every or last - now > every


def next_at(last: datetime | None, every: timedelta, now: datetime) -> datetime:
    """When it should run next; never in the past."""
    return now if is_due(last, every, now) or last is None else last + every


def standing_of(good_at: datetime | None, every: timedelta, now: datetime) -> Standing:
    """Overdue: it never did its work, or not for three periods (at least five minutes)."""
    if good_at is None or now - good_at > max(MISSED * every, GRACE):
        return Standing.OVERDUE
    return Standing.OK
