"""A deliberately slow model of the deadline ledger, written from docs/decisions/0011 and not from the clock.

It lives a dossier's life minute by minute in wall-clock time without a zone. Where the clock lays what is left
on again, the model pushes the date on, one minute of the unit's clock for each such minute of standing still.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

from motcua.worktime.rules import Amount, CalendarPlan, Unit
from tests.worktime.minute_model import MINUTE, MinuteModel

Line = tuple[str, datetime, str, Amount | None, datetime | None, datetime | None]
"""What happened (a word of the ledger), when, for which cause, by how much; of a void pause: from when, to when."""


class OfficeMinutes(MinuteModel):
    """The naive model of working time, remembering what it found out about a date."""

    def __init__(self, plan: CalendarPlan) -> None:
        super().__init__(plan)
        self.runs = cache(self.runs)  # type: ignore[method-assign]
        self.sessions = cache(self.sessions)  # type: ignore[method-assign]
        self.counts = cache(self.counts)  # type: ignore[method-assign]

    def serves(self, at: datetime, unit: Unit) -> bool:
        """Whether a date may be told for this minute."""
        return self.receives(at) and (unit is Unit.WORKING_HOUR or self.counts(at.date()))


def floor(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


@dataclass
class SlowClock:
    """`strip` says of each minute since receipt what it was: waiting, run, a cause, settled, or void."""

    plan: CalendarPlan
    limit: Amount
    cut_off: time | None
    strip: list[str] = field(default_factory=list)
    doing: str = "run"
    stopped_at: datetime | None = None
    settled_at: datetime | None = None
    appointed_at: datetime | None = None
    standing: int = 0
    """Minutes of the limit's clock that went by since it was stopped."""

    def __post_init__(self) -> None:
        self.office = OfficeMinutes(self.plan)
        self.cut = self.cut_off or self.plan.cut_off

    @property
    def now(self) -> datetime:
        return self.received + len(self.strip) * MINUTE

    def receive(self, at: datetime) -> None:
        self.received = floor(at)
        self._begin(at)

    def turn(self, line: Line) -> None:
        """One line of the ledger, after the minutes that led to it."""
        word, at, cause, amount, void_from, void_to = line
        self.wait_until(at)
        if word == "paused":
            self._stop(at, cause)
        elif word == "resumed":
            self._go_on(at)
        elif word == "voided" and void_from is not None:
            self._relive(at, void_from, void_to)
        elif word == "restarted":
            self._restart(at)
        elif word == "extended" and amount is not None:
            if at <= self.due_at:
                self.due_at = self.office.due(self.due_at, amount.number, amount.unit, None)
        elif word == "reappointed" and amount is not None:
            told = max(self.appointed_at or self.due_at, at)
            self.appointed_at = self.office.due(floor(told), amount.number, amount.unit, None)
        elif word == "settled":
            if self.stopped_at is None:
                self.stopped_at, self.standing = at, 0
            self.doing, self.settled_at = "settled", at
        elif word == "reopened":
            self.settled_at = None
            self._go_on(at)

    def wait_until(self, at: datetime) -> None:
        while self.now < floor(at):
            now = self.now
            if now >= self.begins and self.stopped_at is not None:
                self.standing += self.office.runs(now, self.limit.unit)
            self.strip.append("waiting" if self.doing == "run" and now < self.begins else self.doing)

    def late(self) -> bool:
        return (self.stopped_at or self.now) > self.due_at

    def used(self, unit: Unit) -> int:
        return self._ran_since(self.received, unit)

    def left(self, unit: Unit) -> int:
        stop = self.stopped_at or self.now
        if stop > self.due_at:
            return -self._ran_since(self.due_at, unit)
        return self._minutes(max(floor(stop), self.begins), self.due_at, unit)

    def _ran_since(self, since: datetime, unit: Unit) -> int:
        minutes = ((self.received + number * MINUTE, what) for number, what in enumerate(self.strip))
        return sum(self.office.runs(at, unit) for at, what in minutes if what == "run" and at >= since)

    def _minutes(self, start: datetime, end: datetime, unit: Unit) -> int:
        count = 0
        while start < end:
            count += self.office.runs(start, unit)
            start += MINUTE
        return count

    def _begin(self, at: datetime) -> None:
        """The whole limit from this minute, or after the cut-off hour from the next opening that counts."""
        at = floor(at)
        self.begins, self.appointed_at = at, None
        if self.cut is not None and at.time() > self.cut:
            self.begins = datetime.combine(at.date() + timedelta(days=1), time(0))
            while not (self.office.serves(self.begins, self.limit.unit) and self._a_day_to_begin(self.begins.date())):
                self.begins += MINUTE
        self.due_at = self.office.due(at, self.limit.number, self.limit.unit, self.cut)

    def _a_day_to_begin(self, day: date) -> bool:
        return self.limit.unit is Unit.WORKING_HOUR or self.office.counts(day)

    def _stop(self, at: datetime, cause: str) -> None:
        self.without = (len(self.strip), self.due_at, self.appointed_at, self.begins)
        self.doing, self.stopped_at, self.standing = cause, at, 0

    def _relive(self, at: datetime, void_from: datetime, void_to: datetime | None) -> None:
        """Back to the minute it was stopped, and from there as it should have been."""
        stopped_at, cause = self.stopped_at, self.doing
        assert stopped_at is not None
        lived, self.due_at, self.appointed_at, self.begins = self.without
        del self.strip[lived:]
        self.doing, self.stopped_at = "run", None
        if void_from > stopped_at:
            self._stop(stopped_at, cause)
            self.wait_until(void_from)
            self._go_on(void_from)
        self.wait_until(void_to or at)
        if void_to is not None:
            self._stop(void_to, cause)
            self.wait_until(at)

    def _go_on(self, at: datetime) -> None:
        self.due_at = self._pushed(self.due_at, floor(at))
        if self.appointed_at is not None:
            self.appointed_at = self._pushed(self.appointed_at, floor(at))
        self.begins = max(self.begins, floor(at))
        self.doing, self.stopped_at = "run", None

    def _pushed(self, day: datetime, at: datetime) -> datetime:
        """The date after standing still: pushed on as long as that, and never into the past."""
        assert self.stopped_at is not None
        if self.stopped_at > day:
            return day
        unit, office = self.limit.unit, self.office
        if unit is Unit.DAY:
            return office.due(day + self.standing * MINUTE, 0, unit, None)
        if self._minutes(max(floor(self.stopped_at), self.begins), day, unit) == 0:
            opens = max(at, self.begins)
            while not office.serves(opens, unit):
                opens += MINUTE
            return max(day, opens)
        owed = self.standing
        while owed:
            owed -= office.runs(day, unit)
            day += MINUTE
        return day

    def _restart(self, at: datetime) -> None:
        assert self.stopped_at is not None
        too_late = self.stopped_at > self.due_at
        self._go_on(at)
        if not too_late:
            self.strip = [what if what == "settled" or "void" in what else f"void {what}" for what in self.strip]
            gone_on = self.due_at
            self._begin(at)
            self.due_at = max(self.due_at, gone_on)
