"""Which warnings are owed at a moment. Pure: no Django, no clock, no database.

A notice before a date counts back in working time; a step or dossier whose whole time is shorter than twice the notice
is announced when half of it is over, so that nothing is announced the minute it comes in. Of the rules that speak to
the same people only the latest reached is owed: whoever is told that it is late need not hear that it will be.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol


class Kind(StrEnum):
    """What a rule watches."""

    STEP = "step"
    DOSSIER = "dossier"
    CONSULTATION = "consultation"
    DUTY = "duty"


class Addressee(StrEnum):
    """Whom a rule speaks to."""

    HOLDER = "holder"
    HEAD = "head"
    COUNTER = "counter"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"


class Clock(Protocol):
    """What these rules need of a calendar."""

    def elapsed(self, start: datetime, end: datetime) -> int: ...
    def after(self, start: datetime, minutes: int) -> datetime: ...


@dataclass(frozen=True, slots=True)
class WarningRule:
    """One dated rule. `minutes`: working minutes from the due moment, negative before it.

    Of a duty, `eve` means the afternoon before; else `minutes` are plain minutes to the office's opening, negative.
    """

    code: str
    kind: Kind
    minutes: int
    eve: bool
    to: Addressee
    text: str
    valid_from: date
    valid_to: date | None

    def holds(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of work with an end: a step, a whole dossier, or a question to others."""

    started_at: datetime
    due_at: datetime


def reached(rule: WarningRule, term: Term, now: datetime, clock: Clock) -> bool:
    """Whether the moment of this rule has come for a step, dossier or question, and is not over.

    A notice before the date is over when the date is there. Raises CalendarGap.
    """
    if rule.minutes >= 0:
        return term.due_at <= now and (rule.minutes == 0 or clock.after(term.due_at, rule.minutes) <= now)
    if now >= term.due_at:
        return False
    notice = min(-rule.minutes, clock.elapsed(term.started_at, term.due_at) // 2)
    return clock.elapsed(now, term.due_at) <= notice


def owed(
    rules: Iterable[WarningRule], term: Term, *, sent: Collection[str], now: datetime, clock: Clock
) -> list[WarningRule]:
    """The rules whose warning must go out now for one step or dossier; `sent` are codes sent for this due moment.

    Paused terms must not be asked about. Raises CalendarGap.
    """
    latest: dict[Addressee, WarningRule] = {}
    for rule in sorted(rules, key=lambda rule: rule.minutes):
        if reached(rule, term, now, clock):
            latest[rule.to] = rule
    return [rule for rule in latest.values() if rule.code not in sent]


class Window(NamedTuple):
    """What a rule can speak of now: terms due after `since` (None: however long ago) and up to `until`."""

    rule: WarningRule
    since: datetime | None
    until: datetime


def window(rule: WarningRule, now: datetime, clock: Clock) -> Window:
    """The due moments that this rule can speak of now. Raises CalendarGap."""
    if rule.minutes < 0:
        return Window(rule, now, clock.after(now, 1 - rule.minutes))  # so a date out of office hours is in it
    return Window(rule, None, _before(now, rule.minutes, clock))


def _before(now: datetime, minutes: int, clock: Clock) -> datetime:
    """The latest whole minute from which so many working minutes are over by now."""
    if minutes == 0:
        return now
    days = 1
    while clock.after(now - timedelta(days=days), minutes) > now:
        days *= 2
    apart = range(days * 24 * 60)
    return now - timedelta(minutes=bisect_left(apart, True, key=lambda ago: _over(now, ago, minutes, clock)))


def _over(now: datetime, ago: int, minutes: int, clock: Clock) -> bool:
    return clock.after(now - timedelta(minutes=ago), minutes) <= now


Session = tuple[datetime, datetime]


def duty_moment(rule: WarningRule, sessions: Sequence[Session], before: Sequence[Session]) -> datetime:
    """From when a duty rule speaks of a day: its sessions, and those of the working day before it.

    The afternoon before is the last session of that day.
    """
    return before[-1][0] if rule.eve and before else sessions[0][0] + timedelta(minutes=min(rule.minutes, 0))


def first_uncovered(gap: Session, sessions: Sequence[Session]) -> datetime | None:
    """The first office minute of the day in which a gap leaves nobody; None when it lies outside of office hours."""
    meets = [max(gap[0], opens) for opens, closes in sessions if gap[0] < closes and opens < gap[1]]
    return min(meets, default=None)
