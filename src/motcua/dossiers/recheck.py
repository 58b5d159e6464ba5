"""The dates of every open dossier computed anew from its rows, thousands at a time.

`motcua clock check` compares them with what is stored; after a decree the same differences are written.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final, LiteralString, NamedTuple
from uuid import UUID

from motcua.core.sql import INSTANT, Asked, execute, fetch_all, instant_array, uuid_array
from motcua.dossiers.ledger import Life, entry_of, terms_of
from motcua.dossiers.rules import OFFICE_TIME, BrokenLedger, ClockReading, Entry, Terms, read_clock
from motcua.dossiers.states import OPEN
from motcua.worktime.rules import Calendar, CalendarGap

BATCH: Final = 1_250
_EPOCH: Final = datetime(1970, 1, 1, 7, tzinfo=OFFICE_TIME)
"""Wall-clock time of the epoch as since 1975: Vietnam has kept UTC+7 for as long as any calendar here covers."""
CalendarOf = Callable[[str], Calendar]
"""Calendar code to calendar: the one in force (`calendar_for`) or a proposed one (`calendar_if`)."""


class Dates(NamedTuple):
    """What is cached of a clock."""

    due_at: datetime
    appointed_at: datetime | None
    paused_at: datetime | None


class ClockRow(NamedTuple):
    """An open dossier with all that its dates are computed from, and the dates as they are stored."""

    id: UUID
    code: str
    agency_id: UUID
    version_id: UUID
    calendar_code: str
    terms: Terms
    life: Life
    stored: Dates


@dataclass(frozen=True, slots=True)
class Difference:
    """A dossier whose stored dates are not what its ledger says; `fault` when they cannot be computed."""

    row: ClockRow
    reading: ClockReading | None
    computed: Dates | None
    """The dates as its ledger has them; None with a `fault`."""
    fault: str = ""


_IDS: Final[LiteralString] = """
SELECT d.id FROM dossiers_dossier d JOIN people_agency a ON a.id = d.agency_id
WHERE d.state = ANY(%(states)s) AND (%(calendars)s::text[] IS NULL OR a.calendar_code = ANY(%(calendars)s))
ORDER BY d.id
"""
_LOCKED: Final[LiteralString] = " FOR NO KEY UPDATE OF d"
# Instants come as microseconds: reading half a million of them as timestamps would take longer than all the rest. As
# double precision, which holds them to the microsecond until the year 2255; `extract` would reckon in numerics.
# After the locks, so that entries written while they were waited for are seen.
_READ: Final[LiteralString] = """
SELECT d.id, d.code, d.agency_id, d.version_id, a.calendar_code, d.limit_number, d.limit_unit, v.cut_off,
       (date_part('epoch', d.received_at) * 1000000)::bigint, (date_part('epoch', d.due_at) * 1000000)::bigint,
       (date_part('epoch', d.appointed_at) * 1000000)::bigint, (date_part('epoch', d.paused_at) * 1000000)::bigint,
       e.marks, e.ats, e.causes, e.numbers, e.units, e.void_froms, e.void_tos
FROM dossiers_dossier d
JOIN people_agency a ON a.id = d.agency_id
JOIN catalogue_procedureversion v ON v.id = d.version_id
LEFT JOIN (
  SELECT dossier_id, array_agg(mark ORDER BY position) AS marks,
         array_agg((date_part('epoch', at) * 1000000)::bigint ORDER BY position) AS ats,
         array_agg(cause ORDER BY position) AS causes, array_agg(amount_number ORDER BY position) AS numbers,
         array_agg(amount_unit ORDER BY position) AS units,
         array_agg((date_part('epoch', void_from) * 1000000)::bigint ORDER BY position) AS void_froms,
         array_agg((date_part('epoch', void_to) * 1000000)::bigint ORDER BY position) AS void_tos
  FROM dossiers_clockentry WHERE dossier_id = ANY(%(ids)s) GROUP BY dossier_id) e ON e.dossier_id = d.id
WHERE d.id = ANY(%(ids)s) AND d.state = ANY(%(states)s)
"""


class Batch:
    """Some open dossiers: their rows as they came, and what was asked `beside` them."""

    def __init__(self, raw: list[tuple[Any, ...]], beside: Asked | None) -> None:
        self._raw, self.beside = raw, beside

    def rows(self) -> list[ClockRow]:
        """What their dates are computed from. Whoever has something to send sends it first."""
        return [_row(values) for values in self._raw]


def open_batches(
    *,
    calendars: Sequence[str] | None = None,
    lock: bool = False,
    batch: int = BATCH,
    beside: Callable[[Sequence[UUID]], Asked] | None = None,
) -> Iterator[Batch]:
    """The open dossiers, in batches; of these calendars only, and locked until the transaction ends, when asked.

    The next batch is asked for, and what else is wanted of its dossiers (`beside`), before one is given out: in a
    pipeline the database reads while they are computed. To read is to wait for all that was sent before.
    """
    states = sorted(map(int, OPEN))
    asked = {"states": states, "calendars": list(calendars) if calendars is not None else None}
    ids = [row[0] for row in fetch_all(_IDS + _LOCKED if lock else _IDS, asked)]
    coming: Asked | None = None
    more: Asked | None = None
    for first in range(0, len(ids) + 1, batch):
        part = ids[first : first + batch]
        raw, known = (coming.rows(), more) if coming else ([], None)
        coming = Asked(_READ, {"ids": part, "states": states}) if part else None
        more = beside(part) if beside and part else None
        if raw:
            yield Batch(raw, known)
    if coming:
        yield Batch(coming.rows(), more)


def open_clocks(
    *, calendars: Sequence[str] | None = None, lock: bool = False, batch: int = BATCH
) -> Iterator[list[ClockRow]]:
    """The rows of `open_batches`."""
    return (found.rows() for found in open_batches(calendars=calendars, lock=lock, batch=batch))


def recomputed(rows: Iterable[ClockRow], calendar_of: CalendarOf) -> list[Difference]:
    """Those rows whose stored dates are not what the ledger says by these calendars.

    Raises what `calendar_of` raises for an unknown or contradictory calendar.
    """
    known: dict[str, Calendar] = {}
    found: list[Difference] = []
    for row in rows:
        calendar = known.get(row.calendar_code)
        if calendar is None:
            calendar = known[row.calendar_code] = calendar_of(row.calendar_code)
        try:
            reading = read_clock(row.life.ledger(), row.terms, calendar)
        except (BrokenLedger, CalendarGap) as fault:
            found.append(Difference(row, None, None, str(fault)))
            continue
        dates = dates_of(reading)
        if dates != row.stored:
            found.append(Difference(row, reading, dates))
    return found


def dates_of(reading: ClockReading) -> Dates:
    """What is cached of a reading."""
    return Dates(reading.due_at, reading.appointed_at, reading.paused_since)


def store(differences: Iterable[Difference]) -> int:
    """Write the computed dates of these dossiers in one statement; the number of rows written (-1 in a pipeline).

    Only for rows read with `lock`, or under a lock of the table, in the same transaction. Those with a fault
    are left alone.
    """
    computed = [(one.row.id, dates) for one in differences if (dates := one.computed) is not None]
    if not computed:
        return 0
    return execute(
        f"UPDATE dossiers_dossier d SET due_at = {INSTANT} n.due_at, appointed_at = {INSTANT} n.appointed_at,"
        f" paused_at = {INSTANT} n.paused_at FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::bigint[])"
        " AS n (id, due_at, appointed_at, paused_at) WHERE d.id = n.id",
        (
            uuid_array(dossier_id for dossier_id, _ in computed),
            instant_array(dates.due_at for _, dates in computed),
            instant_array(dates.appointed_at for _, dates in computed),
            instant_array(dates.paused_at for _, dates in computed),
        ),
    )


def count_open() -> int:
    """How many dossiers are open."""
    return int(fetch_all("SELECT count(*) FROM dossiers_dossier WHERE state = ANY(%s)", ([*map(int, OPEN)],))[0][0])


@lru_cache(maxsize=1024)
def _terms(number: int, unit: str, cut_off: time | None) -> Terms:
    return terms_of(number, unit, cut_off)


def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def _moment_or_none(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else _EPOCH + timedelta(microseconds=microseconds)


def _row(values: tuple[Any, ...]) -> ClockRow:
    dossier_id, code, agency_id, version_id, calendar_code, number, unit, cut_off, received_at = values[:9]
    due_at, appointed_at, paused_at, marks, *columns = values[9:]
    return ClockRow(
        dossier_id, code, agency_id, version_id, calendar_code, _terms(number, unit, cut_off),
        Life(_moment(received_at), _entries(marks, *columns) if marks else (), None, None),
        Dates(_moment(due_at), _moment_or_none(appointed_at), _moment_or_none(paused_at)),
    )  # fmt: skip


def _entries(marks: list[str], ats: list[int], *columns: list[Any]) -> tuple[Entry, ...]:
    causes, numbers, units, *voids = columns
    froms, tos = (map(_moment_or_none, several) for several in voids)
    return tuple(map(entry_of, zip(marks, map(_moment, ats), causes, numbers, units, froms, tos, strict=True)))
