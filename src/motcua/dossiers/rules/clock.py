"""The deadline ledger: a dossier's clock as a list of dated entries, read by pure functions.

What the law leaves to be decided (docs/decisions/0011):

- A pause moves the due date by what was left on the clock of the limit's own unit: office minutes for working
  hours, office minutes of whole days for working days, plain time for calendar days.
- A restart counts the whole limit anew from the day the papers are complete (Decree 61/2018/NĐ-CP art. 19.4).
- Lateness never heals: a pause, a restart or a reopening after the due date leaves that date where it is.
- A re-appointment (form 04) gives the citizen a new date; whether the dossier is late is still measured by the limit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from motcua.dossiers.rules.timeliness import OFFICE_TIME
from motcua.worktime.rules import Amount, Calendar, Unit


class Mark(StrEnum):
    """What can be written into a dossier's clock."""

    RECEIVED = "received"
    PAUSED = "paused"
    RESUMED = "resumed"
    RESTARTED = "restarted"
    EXTENDED = "extended"
    REAPPOINTED = "reappointed"
    SETTLED = "settled"
    REOPENED = "reopened"
    RETURNED = "returned"


class Cause(StrEnum):
    """Why a clock stands still; always something the applicant owes."""

    PAPERS = "papers"
    MONEY = "money"
    ATTENDANCE = "attendance"


class BrokenLedger(ValueError):
    """Entries that cannot follow one another: resumed without a pause, or written back in time."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The limit a dossier was received under; `cut_off` None: the agency's own, if it has one."""

    amount: Amount
    cut_off: time | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated line of the ledger; `amount` is by how much an extension or re-appointment moves the date."""

    mark: Mark
    at: datetime
    cause: Cause | None = None
    amount: Amount | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which the clock ran, or (with a `cause`) stood still for the applicant; `end` None while it lasts."""

    start: datetime
    end: datetime | None
    cause: Cause | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the ledger says: the limit's end, the re-appointment if any, and what the clock did when.

    `counts` of a stretch is false for time that a later restart made void. Stretches are contiguous from
    receipt, except for the time between settling and reopening.
    """

    due_at: datetime
    appointed_at: datetime | None
    stretches: tuple[Stretch, ...]
    settled_at: datetime | None
    begins_at: datetime

    @property
    def goal_at(self) -> datetime:
        """The date the citizen was last told."""
        return self.appointed_at or self.due_at

    @property
    def paused_since(self) -> datetime | None:
        """When the clock was stopped for the applicant, if it stands still now."""
        last = self.stretches[-1]
        return last.start if last.end is None and last.cause else None

    def is_late(self, at: datetime) -> bool:
        """Whether the limit has run out: measured at the end, at the running pause, or at `at`."""
        return (self.settled_at or self.paused_since or at) > self.due_at

    def running(self) -> tuple[Stretch, ...]:
        """The stretches that use up the limit."""
        return tuple(stretch for stretch in self.stretches if stretch.counts and stretch.cause is None)

    def used(self, calendar: Calendar, at: datetime) -> int:
        """Working minutes of the limit used up to `at`. Raises `CalendarGap`."""
        return sum(
            calendar.elapsed(stretch.start, min(stretch.end or at, at))
            for stretch in self.running()
            if stretch.start < at
        )


def read_clock(entries: Iterable[Entry], terms: Terms, calendar: Calendar) -> ClockReading:
    """Read a ledger from its first entry (received) to its last.

    Raises `BrokenLedger` for entries that contradict each other, `CalendarGap` when a date cannot be computed.
    """
    lines = iter(entries)
    first = next(lines, None)
    if first is None or first.mark is not Mark.RECEIVED:
        raise BrokenLedger("a ledger begins with the receipt")
    now, before = _begun(first.at, terms, calendar), first.at
    for line in lines:
        if line.at < before:
            raise BrokenLedger(f"{line.mark} at {line.at} comes before {before}")
        now, before = _STEPS[line.mark](now, line, terms, calendar), line.at
    return now


def _begun(at: datetime, terms: Terms, calendar: Calendar) -> ClockReading:
    due_at = calendar.due(at, terms.amount, cut_off=terms.cut_off)
    return ClockReading(due_at, None, (Stretch(at, None),), None, _begins(at, terms, calendar))


def _begins(at: datetime, terms: Terms, calendar: Calendar) -> datetime:
    """When the limit begins to be used: later than receipt only after the cut-off hour."""
    cut = terms.cut_off or calendar.cut_off
    if cut is None or at.astimezone(OFFICE_TIME).replace(second=0, microsecond=0).time() <= cut:
        return at
    return calendar.due(at, Amount(0, terms.amount.unit), cut_off=cut)


def _paused(now: ClockReading, line: Entry, terms: Terms, calendar: Calendar) -> ClockReading:
    if now.settled_at or now.paused_since:
        raise BrokenLedger("only a running clock can be stopped")
    return replace(now, stretches=_turned(now, line.at, Stretch(line.at, None, line.cause or Cause.PAPERS)))


def _resumed(now: ClockReading, line: Entry, terms: Terms, calendar: Calendar) -> ClockReading:
    since = now.paused_since
    if since is None or now.settled_at:
        raise BrokenLedger("only a stopped clock can go on")
    moved = _moved(now, since, line.at, terms.amount.unit, calendar)
    return replace(moved, stretches=_turned(now, line.at, Stretch(line.at, None)))


def _restarted(now: ClockReading, line: Entry, terms: Terms, calendar: Calendar) -> ClockReading:
    since = now.paused_since
    if since is None or now.settled_at:
        raise BrokenLedger("only a stopped clock can begin anew")
    if since > now.due_at:
        return _resumed(now, line, terms, calendar)
    void = tuple(replace(stretch, counts=False) for stretch in _turned(now, line.at))
    fresh = _begun(line.at, terms, calendar)
    return replace(fresh, stretches=(*void, *fresh.stretches))


def _extended(now: ClockReading, line: Entry, terms: Terms, calendar: Calendar) -> ClockReading:
    _require_running(now, line)
    return replace(now, due_at=_later(now.due_at, line, calendar))


def _reappointed(now: ClockReading, line: Entry, terms: Terms, calendar: Calendar) -> ClockReading:
    _require_running(now, line)
    return replace(now, appointed_at=_later(max(now.goal_at, line.at), line, calendar))


def _settled(now: ClockReading, line: Entry, terms: Terms, calendar: Calendar) -> ClockReading:
    if now.settled_at:
        raise BrokenLedger("settled twice")
    return replace(now, stretches=_turned(now, line.at), settled_at=line.at)


def _reopened(now: ClockReading, line: Entry, terms: Terms, calendar: Calendar) -> ClockReading:
    if now.settled_at is None:
        raise BrokenLedger("only a settled dossier can be reopened")
    moved = _moved(now, now.settled_at, line.at, terms.amount.unit, calendar)
    return replace(moved, stretches=(*now.stretches, Stretch(line.at, None)), settled_at=None)


def _returned(now: ClockReading, line: Entry, terms: Terms, calendar: Calendar) -> ClockReading:
    if now.settled_at is None:
        raise BrokenLedger("only a settled dossier can be returned")
    return now


_STEPS = {
    Mark.PAUSED: _paused,
    Mark.RESUMED: _resumed,
    Mark.RESTARTED: _restarted,
    Mark.EXTENDED: _extended,
    Mark.REAPPOINTED: _reappointed,
    Mark.SETTLED: _settled,
    Mark.REOPENED: _reopened,
    Mark.RETURNED: _returned,
}


def _require_running(now: ClockReading, line: Entry) -> None:
    if line.amount is None:
        raise BrokenLedger(f"{line.mark} without an amount")
    if now.settled_at or now.paused_since:
        raise BrokenLedger("only a running clock can be given more time")


def _later(base: datetime, line: Entry, calendar: Calendar) -> datetime:
    """The date moved on by the entry's amount; the cut-off hour is about receiving, so none applies."""
    amount = line.amount or Amount(0, Unit.WORKING_HOUR)
    return calendar.due(base, amount, cut_off=time(23, 59))


def _moved(now: ClockReading, since: datetime, at: datetime, unit: Unit, calendar: Calendar) -> ClockReading:
    """Both dates moved on by what was left of them when the clock stopped; a date that had passed stays."""

    def moved(date: datetime) -> datetime:
        if since > date:
            return date
        return calendar.extend(at, calendar.measure(max(since, now.begins_at), date, unit), unit)

    appointed = moved(now.appointed_at) if now.appointed_at else None
    return replace(now, due_at=moved(now.due_at), appointed_at=appointed, begins_at=max(at, now.begins_at))


def _turned(now: ClockReading, at: datetime, *following: Stretch) -> tuple[Stretch, ...]:
    """The stretches with the lasting one ended, and what follows it."""
    return (*now.stretches[:-1], replace(now.stretches[-1], end=at), *following)
