"""The dossiers that a figure counts, one row each, with how often it counts (a reopened one may take away)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.sql import SQL, Composable, Composed

from motcua.core.sql import fetch_all, fetch_parts, fetch_planned
from motcua.people.queries import agencies_under
from motcua.reporting.conditions import CONDITIONS, log_values
from motcua.reporting.reading import LATE_AT, OPEN_AT, STOOD_LATE, midnight, moment_of, tally
from motcua.reporting.which import Kind, Which

COUNTED: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.RECEIVED: ("received",),
    Kind.SETTLED: ("ended", "reopened"),
    Kind.REOPENED: ("reopened",),
    Kind.RETURNED: ("returned",),
}
_OF_DAYS: Final[LiteralString] = """
SELECT c.dossier_id AS id, sum(c.sign * %(turn)s)::int AS net
FROM reporting_daycount t JOIN reporting_counted c ON c.daycount_id = t.id
WHERE t.agency_id = ANY (%(agencies)s) AND t.measure = ANY (%(measures)s)
  AND t.day >= %(first)s AND t.day < %(until)s
"""
# Whose work ended it: the last case officer's step, else the last step of all.
WORKED: Final[LiteralString] = """
SELECT s.official_id, s.unit_id FROM routing_step s WHERE s.dossier_id = c.dossier_id AND s.finished_at IS NOT NULL
ORDER BY s.role = 'case_officer' DESC, s.finished_at DESC, s.position DESC LIMIT 1
"""
_STANDING_ROWS: Final[LiteralString] = """
SELECT d.id, 1 AS net FROM ({}) d JOIN catalogue_procedureversion v ON v.id = d.version_id
JOIN catalogue_procedure p ON p.id = v.procedure_id WHERE TRUE
"""
_ROWS: Final[LiteralString] = """
SELECT d.id, d.code, d.agency_id, a.short_name, v.name, d.received_at, d.due_at, d.finished_at, d.paused_at, d.state,
  d.standing, d.channel, d.filed_by
FROM dossiers_dossier d JOIN people_agency a ON a.id = d.agency_id
JOIN catalogue_procedureversion v ON v.id = d.version_id WHERE d.id = ANY (%s)
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier of a list. `net`: how often the figure counts it; -1 where a reopening took an end back."""

    id: UUID
    code: str
    agency_id: UUID
    agency: str
    procedure: str
    received_at: datetime
    due_at: datetime
    finished_at: datetime | None
    paused_at: datetime | None
    state: int
    standing: str
    channel: str
    filed_by: str
    net: int


def scope(which: Which) -> list[UUID]:
    """The agencies a selection reaches."""
    found = agencies_under(which.agency) if which.below else [which.agency]
    if not which.at_level:
        return found
    rows = fetch_all("SELECT id FROM people_agency WHERE id = ANY (%s) AND level = %s", (found, which.at_level))
    return [row[0] for row in rows]


def count_of(which: Which, *, now: datetime) -> int:
    """The figure itself, from the counters; what only dossiers can tell is counted in the list."""
    if which.official or which.unit or which.copy or which.log or which.kind in (Kind.OVERDUE, Kind.WITHIN):
        return _listed_count(which, now)
    agencies, only = scope(which), _counter_filter(which)
    if which.kind in COUNTED:
        return _happened(agencies, which, only)
    before = which.first if which.kind in (Kind.CARRIED, Kind.IN_HAND) else which.until
    rows = tally(agencies, None, before, by=("measure",), only=only) if before else []
    stood: int = sum({"received": 1, "ended": -1, "reopened": 1}.get(measure, 0) * count for measure, count in rows)
    if which.kind is Kind.IN_HAND:
        stood += _happened(agencies, which.but(kind=Kind.RECEIVED), only)
    return stood


def lines_of(which: Which, *, now: datetime, limit: int, offset: int = 0) -> list[Line]:
    """The dossiers behind the figure, oldest first; a page of them."""
    rows, values = _rows(which, now)
    found = fetch_planned(
        SQL("SELECT id, net FROM ({}) t ORDER BY id LIMIT %(limit)s OFFSET %(offset)s").format(rows),
        values | {"limit": limit, "offset": offset},
    )
    return _told(found)


def every_line(which: Which, *, now: datetime) -> Iterator[Line]:
    """All the dossiers behind the figure, oldest first, read while they are asked for."""
    rows, values = _rows(which, now)
    for found in fetch_parts(SQL("SELECT id, net FROM ({}) t ORDER BY id").format(rows), values):
        yield from _told(found)


def _told(found: Sequence[tuple[Any, ...]]) -> list[Line]:
    nets = {row[0]: row[1] for row in found}
    told = {row[0]: row for row in fetch_all(_ROWS, (list(nets),))}
    return [Line(*(*told[key], net)) for key, net in nets.items() if key in told]


def _happened(agencies: Sequence[UUID], which: Which, only: Mapping[str, Sequence[Any]]) -> int:
    rows = tally(agencies, which.first, which.until, by=("measure",), only=only)
    signs = {"received": 1, "ended": 1, "reopened": -1, "returned": 1}
    measures = COUNTED[which.kind]
    turn = -1 if which.kind is Kind.REOPENED else 1
    return sum(turn * signs[measure] * count for measure, count in rows if measure in measures)


def _counter_filter(which: Which) -> dict[str, Sequence[Any]]:
    ends = which.kind in (Kind.SETTLED, Kind.REOPENED)
    return {
        "sector": [which.sector] if which.sector else (),
        "procedure_id": [which.procedure] if which.procedure else (),
        "channel": which.channel, "filed_by": which.filed_by, "source": which.source, "level": which.level,
        "standing": which.standing, "timing": which.timing if ends else (), "outcome": which.outcome if ends else (),
    }  # fmt: skip


def _listed_count(which: Which, now: datetime) -> int:
    rows, values = _rows(which, now)
    found = fetch_planned(SQL("SELECT COALESCE(sum(net), 0)::int FROM ({}) t").format(rows), values)
    return int(found[0][0])


def _rows(which: Which, now: datetime) -> tuple[Composed, dict[str, Any]]:
    """Rows (id, net), each dossier once."""
    values: dict[str, Any] = {"agencies": scope(which)}
    if which.kind in COUNTED:
        return _counted_rows(which, values), values
    if which.kind is Kind.IN_HAND:
        values["at"] = midnight(which.first or which.until)
        carried = _standing_rows(which, OPEN_AT, values)
        received = _counted_rows(which.but(kind=Kind.RECEIVED), values)
        return SQL("{} UNION ALL {}").format(carried, received), values
    if which.kind is Kind.CARRIED:
        values["at"] = midnight(which.first or which.until)
        return _standing_rows(which, OPEN_AT, values), values
    values["at"] = moment_of(which.until, now)
    source: LiteralString = OPEN_AT
    if which.kind is Kind.OVERDUE:
        source = LATE_AT
    elif which.kind is Kind.WITHIN:
        source = "SELECT d.* FROM (" + OPEN_AT + ") d WHERE NOT (" + STOOD_LATE + ")"
    return _standing_rows(which, source, values), values


def _counted_rows(which: Which, values: dict[str, Any]) -> Composed:
    conditions: list[Composable] = [SQL(_OF_DAYS)]
    values |= {
        "measures": list(COUNTED[which.kind]), "turn": -1 if which.kind is Kind.REOPENED else 1,
        "first": which.first or date.min, "until": which.until,
    }  # fmt: skip
    for name, wanted in _counter_filter(which).items():
        if wanted:
            conditions.append(SQL(f"AND t.{name} = ANY (%({name})s)"))
            values[name] = list(wanted)
    for name in ("official", "unit"):
        if getattr(which, name):
            values[name] = getattr(which, name)
            conditions.append(SQL(f"AND (SELECT w.{name}_id FROM ({WORKED}) w) = %({name})s"))
    if which.log:
        values |= log_values(which.until)
    conditions += [SQL("AND (" + CONDITIONS[told] + ")") for told in (*which.copy, *which.log)]
    # A share is of what ended in the period: an end of an earlier one that was taken back is part of neither side, or
    # a quiet month would have a share below nought or above the whole.
    shared = bool(which.copy or which.log)
    conditions.append(SQL("GROUP BY c.dossier_id HAVING sum(c.sign * %(turn)s) > 0" if shared else
                          "GROUP BY c.dossier_id HAVING sum(c.sign) <> 0"))  # fmt: skip
    return SQL(" ").join(conditions)


_OF_DOSSIERS: Final[Mapping[str, LiteralString]] = {
    "sector": "AND p.sector_id = ANY (%(sector)s)",
    "procedure_id": "AND p.id = ANY (%(procedure_id)s)",
    "channel": "AND d.channel = ANY (%(channel)s)",
    "filed_by": "AND d.filed_by = ANY (%(filed_by)s)",
    "source": "AND d.source = ANY (%(source)s)",
    "level": "AND v.online_level = ANY (%(level)s)",
    "standing": "AND d.standing = ANY (%(standing)s)",
}


def _standing_rows(which: Which, source: LiteralString, values: dict[str, Any]) -> Composed:
    conditions: list[Composable] = [SQL(_STANDING_ROWS).format(SQL(source))]
    wanted = _counter_filter(which)
    for name, condition in _OF_DOSSIERS.items():
        if wanted[name]:
            conditions.append(SQL(condition))
            values[name] = list(wanted[name])
    return SQL(" ").join(conditions)
