"""The ledger of a dossier, read from its rows: the plain life from the dossier, its detours from `ClockEntry`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final, LiteralString
from uuid import UUID

from motcua.catalogue.queries import version_by_id
from motcua.core.sql import fetch_all
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Cause, ClockReading, Entry, Mark, Terms, read_clock
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Amount, Calendar, Unit


@dataclass(frozen=True, slots=True)
class Life:
    """What the clock of one dossier is read from."""

    received_at: datetime
    entries: tuple[Entry, ...]
    finished_at: datetime | None
    returned_at: datetime | None

    def ledger(self) -> list[Entry]:
        """Every entry in order; the settling that still stands is on the dossier itself."""
        lines = [Entry(Mark.RECEIVED, self.received_at), *self.entries]
        if self.finished_at is not None:
            lines.append(Entry(Mark.SETTLED, self.finished_at))
        if self.returned_at is not None:
            lines.append(Entry(Mark.RETURNED, self.returned_at))
        return lines


ENTRY: Final[LiteralString] = "e.mark, e.at, e.cause, e.amount_number, e.amount_unit, e.void_from, e.void_to"
"""The columns of `dossiers_clockentry e` that `entry_of` reads; in a JSON array, `entry_told`."""


def terms_of(number: int, unit: str, cut_off: time | None) -> Terms:
    """The limit as stored with the dossier, with the cut-off hour of its version."""
    return Terms(Amount(number, Unit(unit)), cut_off)


def entry_of(row: Sequence[Any]) -> Entry:
    """An entry from a row of `ENTRY`."""
    mark, at, cause, number, unit, void_from, void_to = row
    amount = Amount(number, Unit(unit)) if number is not None else None
    return Entry(Mark(mark), at, Cause(cause) if cause else None, amount, void_from, void_to)


def entry_told(row: Sequence[Any]) -> Entry:
    """An entry from a JSON array of `ENTRY`, whose moments are text."""
    mark, at, cause, number, unit, *voids = row
    return entry_of((mark, datetime.fromisoformat(at), cause, number, unit, *map(_moment, voids)))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def entries_of(dossier_id: UUID) -> tuple[Entry, ...]:
    """The detours in a dossier's ledger, in order."""
    return tuple(
        entry_of(row)
        for row in fetch_all(
            "SELECT " + ENTRY + " FROM dossiers_clockentry e WHERE e.dossier_id = %s ORDER BY e.position",
            (dossier_id,),
        )
    )


def clock_of(
    dossier: Dossier, calendar: Calendar | None = None, entries: Iterable[Entry] | None = None
) -> ClockReading:
    """What the clock of this dossier says now. Raises `CalendarGap` when a date cannot be computed."""
    calendar = calendar or calendar_for(dossier.agency.calendar_code)
    known = tuple(entries) if entries is not None else entries_of(dossier.id)
    life = Life(dossier.received_at, known, dossier.finished_at, dossier.returned_at)
    cut_off = version_by_id(dossier.version_id).cut_off
    return read_clock(life.ledger(), terms_of(dossier.limit_number, dossier.limit_unit, cut_off), calendar)
