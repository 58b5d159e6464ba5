"""What a change of a calendar does to the open dossiers: each move, and how many there are of which office."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.dossiers.recheck import ClockRow, Dates
from motcua.worktime.changes import LoadReport


class Move(NamedTuple):
    """An open dossier whose date moves: what its applicant was told, what he is told now.

    `days` are the working days between the two, negative when the date comes nearer.
    """

    code: str
    agency_id: UUID
    was: Dates
    now: Dates
    days: int

    @property
    def told_before(self) -> datetime:
        return self.was.appointed_at or self.was.due_at

    @property
    def told_now(self) -> datetime:
        return self.now.appointed_at or self.now.due_at

    @property
    def distance(self) -> int:
        return abs(self.days)

    @property
    def later(self) -> bool:
        return (self.told_now, self.now.due_at) > (self.told_before, self.was.due_at)


@dataclass(slots=True)
class Tally:
    """How many open dossiers were looked at and how many move, and the farthest move in working days.

    `overdue`: how many of them would be past their limit at once, though they were not before.
    """

    looked: int = 0
    later: int = 0
    earlier: int = 0
    farthest: int = 0
    overdue: int = 0

    @property
    def moved(self) -> int:
        return self.later + self.earlier

    def count(self, move: Move, at: datetime) -> None:
        """One more dossier that moves."""
        if move.later:
            self.later += 1
        else:
            self.earlier += 1
        self.farthest = max(self.farthest, abs(move.days))
        if move.now.paused_at is None and move.now.due_at < at <= move.was.due_at:
            self.overdue += 1


@dataclass(slots=True)
class Outlook:
    """What a change of a calendar does to the open dossiers; counted by agency and calendar.

    `answers`: how many filings not yet received must be answered at another moment.
    """

    report: LoadReport | None = None
    counted: dict[tuple[UUID, str], Tally] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    answers: int = 0

    @property
    def total(self) -> Tally:
        return _sum(self.counted.values())

    @property
    def by_agency(self) -> dict[UUID, Tally]:
        return {
            one: _sum(t for (agency, _code), t in self.counted.items() if agency == one) for one, _code in self.counted
        }

    def of_calendar(self, code: str) -> Tally:
        """The dossiers whose dates are counted by this calendar."""
        return _sum(tally for (_agency, calendar), tally in self.counted.items() if calendar == code)

    def farthest_first(self) -> list[Move]:
        """Every move, the farthest first, then by their new date."""
        return sorted(self.moves, key=lambda move: (-abs(move.days), move.told_now, move.code))

    def take(
        self, rows: Sequence[ClockRow], moves: Iterable[tuple[ClockRow, Move]], at: datetime, *, keep: bool
    ) -> None:
        """Count one batch, and keep its moves when somebody will look at them."""
        for (agency_id, code), looked in Counter((row.agency_id, row.calendar_code) for row in rows).items():
            self.counted.setdefault((agency_id, code), Tally()).looked += looked
        for row, move in moves:
            if keep:
                self.moves.append(move)
            self.counted[row.agency_id, row.calendar_code].count(move, at)


def moved_words(outlook: Outlook) -> str:
    """How many dates moved, for whoever made the change."""
    count = outlook.total.moved
    if not count:
        return _("Không hồ sơ nào đổi ngày hẹn.")
    return ngettext("%(n)d hồ sơ đã đổi ngày hẹn.", "%(n)d hồ sơ đã đổi ngày hẹn.", count) % {"n": count}


def _sum(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    total = Tally()
    for one in tallies:
        total.looked += one.looked
        total.later += one.later
        total.earlier += one.earlier
        total.overdue += one.overdue
        total.farthest = max(total.farthest, one.farthest)
    return total
