"""The sheet of a re-appointment (form 04): how the new date follows from the one that is not kept, row by row.

It stands beside the sheet of the limit, never in it: the same time may be lateness by the limit and count towards the
new promise (docs/decisions/0011).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.dossiers.rules.clock import Terms, read_clock
from motcua.dossiers.rules.entries import Entry, Mark, as_counted
from motcua.dossiers.rules.sheet import Row, ToldEntry, Turn, TurnKind, to_the_minute
from motcua.worktime.rules import Amount, Calendar, Reason, Unit, condense


@dataclass(frozen=True, slots=True)
class Promise:
    """A new date that stands: counted from `start` (the date not kept, or the signing after it), `more` longer."""

    start: datetime
    more: Amount
    appointed_at: datetime
    rows: tuple[Row, ...]


def promise_of(lines: Sequence[ToldEntry], terms: Terms, calendar: Calendar) -> Promise | None:
    """How the last new date is counted, contiguous to the minute; None when none stands.

    Where the clock stood still meanwhile, what was left of the promise is laid on afterwards, on the clock of the
    limit's own unit; while it stands still, that is the last row. Raises what `read_clock` raises.
    """
    entries = as_counted(line.entry for line in lines)
    if read_clock(entries, terms, calendar).appointed_at is None:
        return None
    place = max(number for number, entry in enumerate(entries) if entry.mark is Mark.REAPPOINTED)
    walk = _Walk(entries, place, terms, calendar, {line.entry.stands_from: line for line in lines})
    for count in range(place + 2, len(entries) + 1):
        walk.past(count)
    return walk.ended()


class _Walk:
    """The promise while the lines after it are read: its `rows` so far, and the piece from `start` to `end`."""

    __slots__ = ("calendar", "end", "entries", "first", "full_at", "more", "place", "rows", "start", "terms", "told",
                 "unit")  # fmt: skip

    def __init__(
        self, entries: list[Entry], place: int, terms: Terms, calendar: Calendar,
        told: dict[datetime | None, ToldEntry],
    ) -> None:  # fmt: skip
        amount = entries[place].amount
        if amount is None:
            raise ValueError("a re-appointment says by how much")
        self.entries, self.place, self.terms, self.calendar, self.told = entries, place, terms, calendar, told
        self.more, self.unit = amount, amount.unit
        self.rows: list[Row] = []
        self.end = self._appointed(place + 1)
        self.start = self.first = self._base(place + 1)
        self.full_at: datetime | None = None

    def past(self, count: int) -> None:
        """One line more: where it moved the date, the clock had stood still before it."""
        end = self._appointed(count)
        if end == self.end:
            return
        at = to_the_minute(self.entries[count - 1].at)
        stopped = to_the_minute(read_clock(self.entries[: count - 1], self.terms, self.calendar).stopped_at or at)
        if stopped < self.start:
            self.start = self.first = self._base(count)
            self.unit = self.terms.amount.unit
        else:
            self.rows += [*self._reasons(stopped), self._stop(stopped, at)]
            left = self.calendar.measure(stopped, self.end, self.terms.amount.unit)
            self.start, self.unit = at, self.terms.amount.unit
            self.full_at = at + timedelta(minutes=left) if self.unit is Unit.DAY else None
        self.end = end

    def ended(self) -> Promise:
        since = read_clock(self.entries, self.terms, self.calendar).paused_since
        if since is not None and self.start < to_the_minute(since) < self.end:
            stopped = to_the_minute(since)
            self.rows += [*self._reasons(stopped), self._stop(stopped, None)]
        else:
            self.rows += self._reasons(self.end)
        return Promise(self.first, self.more, self.end, tuple(self.rows))

    def _appointed(self, count: int) -> datetime:
        at = read_clock(self.entries[:count], self.terms, self.calendar).appointed_at
        if at is None:
            raise ValueError("a promise that stands was taken back")
        return at

    def _base(self, count: int) -> datetime:
        """The date that was not kept, moved on as the promise was, or the signing when that comes later."""
        later = (entry for entry in self.entries[self.place + 1 : count] if entry.mark is not Mark.EXTENDED)
        without = [*self.entries[: self.place], *later]
        goal_at = read_clock(without, self.terms, self.calendar).goal_at
        return min(max(goal_at, to_the_minute(self.entries[self.place].at)), self._appointed(count))

    def _reasons(self, end: datetime) -> list[Reason]:
        if end <= self.start:
            return []
        return condense(self.calendar.explain_until(self.start, end, self.unit, full_at=self.full_at))

    def _stop(self, start: datetime, end: datetime | None) -> Turn:
        told = next((line for at, line in self.told.items() if at is not None and to_the_minute(at) == start), None)
        return Turn(start, end, TurnKind.PAUSED if told else TurnKind.ENDED, told)
