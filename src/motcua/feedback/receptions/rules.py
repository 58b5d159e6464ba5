"""On which days a leader receives citizens: what the plan says, what was changed once, when the office is open. Pure.

A planned day on which the office is closed at those hours falls out, or moves to the next working day when the plan
says so. A day of a year that nobody has loaded is `UNKNOWN`: it is told, and never guessed.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from motcua.worktime.rules import Calendar, CalendarGap, Session
from motcua.worktime.rules.days import hours_on, name_of_day

LAST_WEEK: Final = -1
"""The last such weekday of a month, be it the fourth or the fifth."""
WEEKS: Final = (1, 2, 3, 4, LAST_WEEK)
NOON: Final = time(12)
LONGEST_SHIFT: Final = timedelta(days=31)
"""So far a closed day may move on: no office is closed longer."""
_DAY: Final = timedelta(days=1)


class DayPart(StrEnum):
    """Which hours of a day: as far as the office is open then."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    WHOLE_DAY = "whole_day"
    HOURS = "hours"


class ChangeKind(StrEnum):
    """What is done once with one day."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    ADDED = "added"


class DayStanding(StrEnum):
    """How a day stands. The first four are kept: somebody receives then."""

    PLANNED = "planned"
    MOVED = "moved"
    ADDED = "added"
    SHIFTED = "shifted"
    """In place of a day on which the office was closed."""
    MOVED_AWAY = "moved_away"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    UNKNOWN = "unknown"


KEPT: Final = (DayStanding.PLANNED, DayStanding.MOVED, DayStanding.ADDED, DayStanding.SHIFTED)
LOST: Final = (DayStanding.MOVED_AWAY, DayStanding.CANCELLED)
"""Somebody was to receive then, and does not."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Which days a plan means: weekdays (1 = Monday), weeks of the month (none: every week), hours, a period."""

    weekdays: frozenset[int]
    weeks: frozenset[int]
    part: DayPart
    first: date
    last: date | None = None
    starts: time | None = None
    ends: time | None = None
    next_when_closed: bool = False

    def falls_on(self, day: date) -> bool:
        """Whether the plan means this date, be the office open or not."""
        if day < self.first or (self.last is not None and day > self.last) or day.isoweekday() not in self.weekdays:
            return False
        is_last = (day + 7 * _DAY).month != day.month
        return not self.weeks or (day.day - 1) // 7 + 1 in self.weeks or (is_last and LAST_WEEK in self.weeks)

    def within(self, office: Iterable[Session]) -> tuple[Session, ...]:
        """Of these office hours, those in which the leader receives."""
        begins, ends = {
            DayPart.MORNING: (time.min, NOON),
            DayPart.AFTERNOON: (NOON, time(23, 59)),
            DayPart.WHOLE_DAY: (time.min, time(23, 59)),
            DayPart.HOURS: (self.starts or time.min, self.ends or time(23, 59)),
        }[self.part]
        cut = ((max(one.opens, begins), min(one.closes, ends)) for one in office)
        return tuple(Session(opens, closes) for opens, closes in cut if opens < closes)

    @property
    def least_a_week(self) -> int:
        """Days in every week; none when a week may be without."""
        return 0 if self.weeks else len(self.weekdays)

    @property
    def least_a_month(self) -> int:
        """Days in every month: four of each weekday are certain, and the last may be the fourth."""
        if not self.weeks:
            return 4 * len(self.weekdays)
        certain = len(self.weeks - {LAST_WEEK}) + (LAST_WEEK in self.weeks and 4 not in self.weeks)
        return certain * len(self.weekdays)


@dataclass(frozen=True, slots=True)
class Changed:
    """One day moved (`day` to `to_day`), cancelled (`day`) or added (`to_day`)."""

    kind: ChangeKind
    reason: str
    day: date | None = None
    to_day: date | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReceptionDay:
    """A date and what becomes of it. `instead_of`: the planned date it stands for; `to_day`: where that one went.

    `lost`: the hours in which somebody was to receive, where it was called off or moved away.
    """

    day: date
    standing: DayStanding
    hours: tuple[Session, ...] = ()
    reason: str = ""
    instead_of: date | None = None
    to_day: date | None = None
    is_provisional: bool = False
    change_id: UUID | None = None
    lost: tuple[Session, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Somebody receives that day."""
        return self.standing in KEPT

    @property
    def of_plan(self) -> date:
        """The date of the plan itself, by which it is changed."""
        return self.instead_of or self.day

    @property
    def may_change(self) -> bool:
        """It comes from the plan and is not changed yet: it can be moved or called off."""
        from_plan = (DayStanding.PLANNED, DayStanding.CLOSED, DayStanding.SHIFTED)
        return self.standing in from_plan and self.change_id is None

    @property
    def may_call_off(self) -> bool:
        """It was moved here, and can still be called off."""
        return self.standing is DayStanding.MOVED

    @property
    def may_undo(self) -> bool:
        """Its change can be taken back from here: a day moved is, where it was taken from."""
        return self.change_id is not None and (self.standing in LOST or self.instead_of is None)

    def ends_after(self, moment: datetime) -> bool:
        """Whether one can still come: in local time of the moment."""
        return self.day > moment.date() or (self.day == moment.date() and self.hours[-1].closes > moment.time())


def reception_days(
    rhythm: Rhythm, changes: Sequence[Changed], calendar: Calendar, first: date, last: date
) -> list[ReceptionDay]:
    """Every day of the plan from `first` to `last`, also those that fell out, in order; one a date of those kept."""
    told = {one.day: one for one in changes if one.day is not None}
    gone = told.keys() - {one.to_day for one in changes}
    found: list[ReceptionDay] = []
    day = max(rhythm.first, first - LONGEST_SHIFT)
    while day <= last:
        if rhythm.falls_on(day):
            as_planned = _as_planned(day, rhythm, calendar, gone)
            found += _as_changed(day, told[day], as_planned) if day in told else as_planned
        day += _DAY
    for one in changes:
        if one.to_day is not None and _holds(rhythm, one):
            found.append(_at_another(one, one.to_day, rhythm, calendar))
    return _one_a_date(one for one in found if first <= one.day <= last)


def next_kept(days: Iterable[ReceptionDay], moment: datetime) -> ReceptionDay | None:
    """The first of these days to which one can still come."""
    return next((one for one in days if one.is_kept and one.ends_after(moment)), None)


def _holds(rhythm: Rhythm, change: Changed) -> bool:
    """A change of a day that the plan does not mean any more, for it was ended, is none."""
    if change.day is not None:
        return rhythm.falls_on(change.day)
    return change.to_day is not None and (rhythm.last is None or change.to_day <= rhythm.last)


def _as_changed(day: date, change: Changed, planned: list[ReceptionDay]) -> list[ReceptionDay]:
    """Told where people would have come: of a closed day that was to move on, at the day it moved to."""
    standing = DayStanding.CANCELLED if change.kind is ChangeKind.CANCELLED else DayStanding.MOVED_AWAY
    last = planned[-1]
    away = ReceptionDay(
        last.day, standing, (), change.reason, last.instead_of, change.to_day, change_id=change.id, lost=last.hours
    )
    return [*(replace(one, to_day=None, change_id=change.id) for one in planned[:-1]), away]


def _as_planned(day: date, rhythm: Rhythm, calendar: Calendar, gone: Set[date]) -> list[ReceptionDay]:
    """What the plan makes of its day. One that moves on goes past the days called off (`gone`), not past its end."""
    try:
        hours = rhythm.within(hours_on(calendar, day))
        if hours:
            return [ReceptionDay(day, DayStanding.PLANNED, hours, is_provisional=calendar.is_provisional(day))]
        why = name_of_day(calendar, day)
        if not rhythm.next_when_closed:
            return [ReceptionDay(day, DayStanding.CLOSED, reason=why)]
        for ahead in range(1, LONGEST_SHIFT.days + 1):
            later = day + ahead * _DAY
            if rhythm.last is not None and later > rhythm.last:
                break
            hours = rhythm.within(hours_on(calendar, later))
            if hours and later not in gone:
                provisional = calendar.is_provisional(later)
                return [
                    ReceptionDay(day, DayStanding.CLOSED, reason=why, to_day=later),
                    ReceptionDay(later, DayStanding.SHIFTED, hours, why, day, is_provisional=provisional),
                ]
    except CalendarGap:
        return [ReceptionDay(day, DayStanding.UNKNOWN)]
    return [ReceptionDay(day, DayStanding.CLOSED, reason=why)]


def _at_another(change: Changed, day: date, rhythm: Rhythm, calendar: Calendar) -> ReceptionDay:
    standing = DayStanding.MOVED if change.kind is ChangeKind.MOVED else DayStanding.ADDED
    try:
        hours, provisional = rhythm.within(hours_on(calendar, day)), calendar.is_provisional(day)
    except CalendarGap:
        return ReceptionDay(day, DayStanding.UNKNOWN, instead_of=change.day, change_id=change.id)
    if not hours:
        why = name_of_day(calendar, day)
        return ReceptionDay(day, DayStanding.CLOSED, (), why, change.day, change_id=change.id)
    return ReceptionDay(day, standing, hours, change.reason, change.day, None, provisional, change.id)


def _one_a_date(days: Iterable[ReceptionDay]) -> list[ReceptionDay]:
    """In order of date; where two fall on one date there is one reception, that of the plan before the others.

    What would only have moved to a date on which somebody receives anyway is not told there as called off.
    """
    order = list(DayStanding)
    found: list[ReceptionDay] = []
    kept: date | None = None
    for one in sorted(days, key=lambda one: (one.day, order.index(one.standing))):
        is_second = one.is_kept or (one.instead_of is not None and one.standing in LOST)
        if not (is_second and kept == one.day):
            found.append(one)
        if one.is_kept:
            kept = one.day
    return found
