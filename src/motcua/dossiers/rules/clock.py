"""The deadline ledger: a dossier's clock as a list of dated entries, read by pure functions.

What the law leaves to be decided (docs/decisions/0011):

- A pause moves the due date by what was left on the clock of the limit's own unit: office minutes for working
  hours, office minutes of whole days for working days, plain time for calendar days.
- A restart counts the whole limit anew from the day the papers are complete (Decree 61/2018/NĐ-CP art. 19.4).
- No detour brings a date nearer: what is left can be used up at a closing, but the date told stays at the opening.
- Lateness never heals: a pause, a restart, an extension or a reopening after the due date leaves that date where it is.
- A pause that turned out void is read as if it had never been (`rules/entries.py`).
- What is settled while it stood still had stopped when the pause began, and goes on from there when reopened.
- A re-appointment (form 04) gives the citizen a new date; whether the dossier is late is still measured by the limit.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import NamedTuple

from motcua.dossiers.rules.entries import BrokenLedger, Cause, Entry, Mark, as_counted
from motcua.dossiers.rules.timeliness import OFFICE_TIME
from motcua.worktime.rules import Amount, Calendar, Unit


@dataclass(frozen=True, slots=True)
class Terms:
    """The limit a dossier was received under; `cut_off` None: the agency's own, if it has one."""

    amount: Amount
    cut_off: time | None = None


class Stretch(NamedTuple):
    """A time in which the clock ran, or (with a `cause`) stood still for the applicant; `end` None while it lasts.

    `counts` is false for time that a later restart made void. `begins_at` is set only while the limit has not
    begun to be used: what is received after the cut-off hour counts from the next opening.
    """

    start: datetime
    end: datetime | None
    cause: Cause | None = None
    counts: bool = True
    begins_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the ledger says: the limit's end, the re-appointment if any, and what the clock did when.

    Stretches are contiguous from receipt, except for the time between settling and reopening.
    """

    due_at: datetime
    appointed_at: datetime | None
    stretches: tuple[Stretch, ...]
    settled_at: datetime | None

    @property
    def goal_at(self) -> datetime:
        """The date the citizen was last told."""
        return self.appointed_at or self.due_at

    @property
    def paused_since(self) -> datetime | None:
        """When the clock was stopped for the applicant, if it stands still now."""
        last = self.stretches[-1]
        return last.start if last.end is None and last.cause else None

    @property
    def stopped_at(self) -> datetime | None:
        """When the clock last ran: the running pause, the pause it was settled in, or the settling; None: it runs."""
        last = self.stretches[-1]
        return last.start if last.cause else self.settled_at

    def is_late(self, at: datetime) -> bool:
        """Whether the limit had run out when the clock stopped, or has at `at` while it runs."""
        return (self.stopped_at or at) > self.due_at

    def running(self) -> tuple[Stretch, ...]:
        """The stretches that use up the limit."""
        return tuple(stretch for stretch in self.stretches if stretch.counts and stretch.cause is None)

    def used(self, calendar: Calendar, at: datetime, unit: Unit = Unit.WORKING_HOUR) -> int:
        """Minutes of this unit's clock used up to `at`; office minutes if none is said. Raises `CalendarGap`."""
        return self._ran(calendar, self.stretches[0].start, at, unit)

    def left(self, calendar: Calendar, at: datetime, unit: Unit = Unit.WORKING_HOUR) -> int:
        """Minutes left of the limit at `at`, not before the last entry; negative: how long it is overrun.

        With what was used they make the limit (and what extended it). Raises `CalendarGap`.
        """
        stop = self.stopped_at or at
        if stop > self.due_at:
            return -self._ran(calendar, self.due_at, at, unit)
        return calendar.measure(max(stop, self.stretches[-1].begins_at or stop), self.due_at, unit)

    def _ran(self, calendar: Calendar, since: datetime, until: datetime, unit: Unit) -> int:
        spans = (
            (max(stretch.begins_at or stretch.start, since), min(stretch.end or until, until))
            for stretch in self.running()
        )
        return sum(calendar.measure(start, end, unit) for start, end in spans if start < end)


def read_clock(entries: Iterable[Entry], terms: Terms, calendar: Calendar) -> ClockReading:
    """Read a ledger from its first entry (received) to its last.

    Raises `BrokenLedger` for entries that contradict each other, `CalendarGap` when a date cannot be computed.
    """
    lines = as_counted(entries)
    if not lines or lines[0].mark is not Mark.RECEIVED:
        raise BrokenLedger("a ledger begins with the receipt")
    clock = _Clock(lines[0].at, terms, calendar)
    for line in lines[1:]:
        step = _STEPS.get(line.mark)
        if step is None:
            raise BrokenLedger("received twice")
        step(clock, line)
    return clock.reading()


class _Clock:
    """A clock while its ledger is read, one method for each mark. `stopped_at` is None while it runs."""

    __slots__ = (
        "appointed_at", "begins_at", "calendar", "cause", "due_at", "past", "settled_at", "start", "stopped_at", "terms"
    )  # fmt: skip
    due_at: datetime
    begins_at: datetime
    appointed_at: datetime | None

    def __init__(self, at: datetime, terms: Terms, calendar: Calendar) -> None:
        self.terms, self.calendar = terms, calendar
        self.past: list[Stretch] = []
        self.start: datetime | None = at
        self.cause: Cause | None = None
        self.stopped_at: datetime | None = None
        self.settled_at: datetime | None = None
        self._begin(at)

    def reading(self) -> ClockReading:
        if self.start is not None:
            self._close(None)
        return ClockReading(self.due_at, self.appointed_at, tuple(self.past), self.settled_at)

    def pause(self, line: Entry) -> None:
        if self.stopped_at is not None:
            raise BrokenLedger("only a running clock can be stopped")
        self._close(line.at)
        self.start = self.stopped_at = line.at
        self.cause = line.cause or Cause.PAPERS

    def resume(self, line: Entry) -> None:
        if self.cause is None:
            raise BrokenLedger("only a stopped clock can go on")
        self._close(line.at)
        self._go_on(line.at)

    def restart(self, line: Entry) -> None:
        if self.cause is None or self.stopped_at is None:
            raise BrokenLedger("only a stopped clock can begin anew")
        if self.stopped_at > self.due_at:
            self.resume(line)
            return
        self._close(line.at)
        self.past = [stretch._replace(counts=False) for stretch in self.past]
        self._go_on(line.at)
        continued = self.due_at
        self._begin(line.at)
        self.due_at = max(self.due_at, continued)

    def extend(self, line: Entry) -> None:
        amount = self._more(line)
        if line.at <= self.due_at:
            self.due_at = self._later(self.due_at, amount)

    def reappoint(self, line: Entry) -> None:
        amount = self._more(line)
        self.appointed_at = self._later(max(self.appointed_at or self.due_at, line.at), amount)

    def settle(self, line: Entry) -> None:
        if self.settled_at is not None:
            raise BrokenLedger("settled twice")
        self._close(line.at)
        self.stopped_at = self.stopped_at or line.at
        self.settled_at, self.start, self.cause = line.at, None, None

    def reopen(self, line: Entry) -> None:
        if self.settled_at is None:
            raise BrokenLedger("only a settled dossier can be reopened")
        self.settled_at = None
        self._go_on(line.at)

    def give_back(self, line: Entry) -> None:
        if self.settled_at is None:
            raise BrokenLedger("only a settled dossier can be returned")

    def _begin(self, at: datetime) -> None:
        """The whole limit from `at`; counting begins later than that only after the cut-off hour."""
        terms, calendar = self.terms, self.calendar
        self.due_at = calendar.due(at, terms.amount, cut_off=terms.cut_off)
        self.appointed_at = None
        self.begins_at = at
        cut = terms.cut_off or calendar.cut_off
        if cut is not None and at.astimezone(OFFICE_TIME).replace(second=0, microsecond=0).time() > cut:
            self.begins_at = calendar.due(at, Amount(0, terms.amount.unit), cut_off=cut)

    def _go_on(self, at: datetime) -> None:
        """Both dates moved on by what was left of them when the clock stopped; a date that had passed stays."""
        since = self.stopped_at or at
        self.due_at = self._moved(self.due_at, since, at)
        if self.appointed_at is not None:
            self.appointed_at = self._moved(self.appointed_at, since, at)
        self.begins_at = max(at, self.begins_at)
        self.start, self.cause, self.stopped_at = at, None, None

    def _moved(self, date: datetime, since: datetime, at: datetime) -> datetime:
        if since > date:
            return date
        unit, calendar, begins = self.terms.amount.unit, self.calendar, self.begins_at
        left = calendar.measure(max(since, begins), date, unit)
        return max(date, calendar.extend(max(at, begins), left, unit))

    def _more(self, line: Entry) -> Amount:
        if line.amount is None:
            raise BrokenLedger(f"{line.mark} without an amount")
        if self.stopped_at is not None:
            raise BrokenLedger("only a running clock can be given more time")
        return line.amount

    def _later(self, base: datetime, amount: Amount) -> datetime:
        """The date moved on by the amount; the cut-off hour is about receiving, so none applies."""
        return self.calendar.due(base, amount, cut_off=time(23, 59))

    def _close(self, end: datetime | None) -> None:
        """What lasts becomes a stretch."""
        if self.start is None:
            raise BrokenLedger("a settled clock has nothing that lasts")
        begins = self.begins_at if self.begins_at > self.start else None
        self.past.append(Stretch(self.start, end, self.cause, True, begins))


_STEPS: Mapping[Mark, Callable[[_Clock, Entry], None]] = {
    Mark.PAUSED: _Clock.pause,
    Mark.RESUMED: _Clock.resume,
    Mark.RESTARTED: _Clock.restart,
    Mark.EXTENDED: _Clock.extend,
    Mark.REAPPOINTED: _Clock.reappoint,
    Mark.SETTLED: _Clock.settle,
    Mark.REOPENED: _Clock.reopen,
    Mark.RETURNED: _Clock.give_back,
}
