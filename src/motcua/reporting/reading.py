"""Reading the counters: sums over whole months and odd days, and what is overdue at a moment."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.timezone import get_default_timezone
from psycopg.sql import SQL, Composed, Identifier

from motcua.core.sql import fetch_all, fetch_one
from motcua.dossiers.states import OPEN
from motcua.reporting.rules.periods import pieces

COLUMNS: Final = (
    "agency_id", "sector", "channel", "filed_by", "source", "level", "standing", "measure", "timing", "outcome",
)  # fmt: skip
DAILY: Final = (*COLUMNS, "procedure_id", "day")


def tally(
    agencies: Sequence[UUID], first: date | None, until: date, *, by: Sequence[str], only: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """Rows (*by, count) of what happened on days [first, until) at these agencies.

    `by` and the keys of `only` are names of `COLUMNS`; or of `DAILY`, then only days are read. `only` maps a column to
    the values wanted; an empty collection means all.
    """
    wanted = {name: list(values) for name, values in only.items() if values}
    for name in (*by, *wanted):
        if name not in DAILY:
            raise KeyError(name)
    parts: list[Composed] = []
    values: dict[str, Any] = {"agencies": list(agencies), **wanted}
    cut = pieces(first, until)
    daily = not set(COLUMNS).issuperset((*by, *wanted))
    stretches = [("day", start, end) for start, end in cut.odd]
    if cut.months:
        stretches.append(("day" if daily else "month", *cut.months))
    for place, (unit, start, end) in enumerate(stretches):
        values |= {f"from{place}": start, f"until{place}": end}
        parts.append(_part(unit, place, by, wanted))
    if not parts:
        return []
    columns = SQL(", ").join(map(Identifier, by))
    rows = SQL(" UNION ALL ").join(parts)
    if not by:
        return [(int(row[0] or 0),) for row in fetch_all(SQL("SELECT sum(count) FROM ({}) t").format(rows), values)]
    found = fetch_all(SQL("SELECT {c}, sum(count) FROM ({r}) t GROUP BY {c}").format(c=columns, r=rows), values)
    return [(*row[:-1], int(row[-1])) for row in found]


def _part(unit: str, place: int, by: Sequence[str], wanted: Mapping[str, Any]) -> Composed:
    table, column = ("reporting_monthcount", "month") if unit == "month" else ("reporting_daycount", "day")
    conditions = [
        SQL("agency_id = ANY (%(agencies)s)"),
        SQL("{c} >= {a} AND {c} < {b}").format(
            c=Identifier(column), a=_value(f"from{place}"), b=_value(f"until{place}")
        ),
        *(SQL("{} = ANY ({})").format(Identifier(name), _value(name)) for name in wanted),
    ]
    return SQL("SELECT {} FROM {} WHERE {}").format(
        SQL(", ").join(map(Identifier, (*by, "count"))), Identifier(table), SQL(" AND ").join(conditions)
    )


def _value(name: str) -> SQL:
    """The place of a parameter; only for names that this module makes or checks."""
    return SQL(f"%({name})s")


def by_month(agencies: Sequence[UUID], first: date, until: date, *, only: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rows (month, measure, timing, count) of the calendar months that begin in [first, until)."""
    wanted = {name: list(values) for name, values in only.items() if values}
    conditions = [SQL("{} = ANY ({})").format(Identifier(name), _value(name)) for name in wanted if name in COLUMNS]
    return fetch_all(
        SQL(
            "SELECT month, measure, timing, sum(count)::int FROM reporting_monthcount "
            "WHERE agency_id = ANY (%(agencies)s) AND month >= %(first)s AND month < %(until)s {} "
            "GROUP BY month, measure, timing ORDER BY month"
        ).format(SQL(" ").join(SQL("AND {}").format(one) for one in conditions)),
        {"agencies": list(agencies), "first": first, "until": until, **wanted},
    )


# From both ends of the index, agency by agency: the days between are not read.
_KNOWN: Final[LiteralString] = """
SELECT min(t.first), max(t.last) FROM unnest(%s::uuid[]) AS a (id) CROSS JOIN LATERAL (
  SELECT (SELECT d.day FROM reporting_daycount d WHERE d.agency_id = a.id ORDER BY d.day LIMIT 1) AS first,
    (SELECT d.day FROM reporting_daycount d WHERE d.agency_id = a.id ORDER BY d.day DESC LIMIT 1) AS last) t
"""


_COUNTED: Final[LiteralString] = """
SELECT a.id FROM unnest(%(agencies)s::uuid[]) AS a (id) WHERE EXISTS (
  SELECT 1 FROM reporting_daycount d WHERE d.agency_id = a.id AND d.day BETWEEN %(first)s AND %(last)s)
"""


def known_days(agencies: Sequence[UUID]) -> tuple[date, date] | None:
    """The first and the last day on which anything was counted; None where nothing ever was."""
    row = fetch_one(_KNOWN, (list(agencies),))
    return (row[0], row[1]) if row and row[0] else None


def known_among(agencies: Sequence[UUID], first: date, last: date) -> set[UUID]:
    """Those of the agencies of which something was counted on these days, both included."""
    rows = fetch_all(_COUNTED, {"agencies": list(agencies), "first": first, "last": last})
    return {row[0] for row in rows}


def midnight(day: date) -> datetime:
    """The first moment of a day in Vietnam."""
    return datetime.combine(day, time(), get_default_timezone())


def moment_of(until: date, now: datetime) -> datetime:
    """At what moment a period that ends before `until` is looked at: its end, or now while it lasts."""
    return min(midnight(until), now)


# A dossier as it stood at the moment %(at)s, though it may have ended, or been opened again, since.
STOOD_OPEN: Final[LiteralString] = """
d.received_at < %(at)s AND COALESCE((SELECT e.mark FROM dossiers_clockentry e WHERE e.dossier_id = d.id
  AND e.at < %(at)s AND e.mark IN ('settled', 'reopened') ORDER BY e.position DESC LIMIT 1), 'reopened') = 'reopened'
"""
# Past its date when its clock last ran before that moment.
STOOD_LATE: Final[LiteralString] = """
COALESCE((SELECT CASE e.mark WHEN 'paused' THEN e.at WHEN 'voided' THEN e.void_to END FROM dossiers_clockentry e
  WHERE e.dossier_id = d.id AND e.at < %(at)s AND e.mark IN ('paused', 'resumed', 'restarted', 'voided', 'settled',
  'reopened') ORDER BY e.position DESC LIMIT 1), %(at)s) > d.due_at
"""
_STATES: Final[LiteralString] = ", ".join(str(int(state)) for state in sorted(OPEN))
# Two index scans: what is still open, and what ended later than that moment.
OPEN_AT: Final[LiteralString] = (
    "SELECT d.* FROM dossiers_dossier d WHERE d.agency_id = ANY (%(agencies)s) AND d.state IN (" + _STATES + ") AND "
    + STOOD_OPEN
    + " UNION ALL SELECT d.* FROM dossiers_dossier d WHERE d.agency_id = ANY (%(agencies)s) "
    "AND d.finished_at >= %(at)s AND d.finished_at IS NOT NULL AND "
    + STOOD_OPEN
)  # fmt: skip
LATE_AT: Final[LiteralString] = (
    "SELECT d.* FROM dossiers_dossier d WHERE d.agency_id = ANY (%(agencies)s) AND d.state IN (" + _STATES + ") "
    "AND d.due_at < %(at)s AND " + STOOD_OPEN + " AND " + STOOD_LATE
    + " UNION ALL SELECT d.* FROM dossiers_dossier d WHERE d.agency_id = ANY (%(agencies)s) "
    "AND d.finished_at > d.due_at AND d.due_at < %(at)s AND d.finished_at >= %(at)s AND "
    + STOOD_OPEN + " AND " + STOOD_LATE
)  # fmt: skip


# Counted by version first: the catalogue is joined to a few dozen rows, not to every late dossier.
_BY_SECTOR: Final[LiteralString] = """
WITH late AS MATERIALIZED (SELECT d.agency_id, d.version_id, d.standing, count(*) AS n FROM ({}) d GROUP BY 1, 2, 3)
SELECT l.agency_id, p.sector_id, l.standing, sum(l.n)::int FROM late l
JOIN catalogue_procedureversion v ON v.id = l.version_id JOIN catalogue_procedure p ON p.id = v.procedure_id
GROUP BY 1, 2, 3
"""
# As the dossiers stand now: what the clock last said is on the dossier, and all of it in the index of open ones.
_LATE_NOW: Final[LiteralString] = (
    "SELECT d.agency_id, d.version_id, d.standing FROM dossiers_dossier d WHERE d.agency_id = ANY (%(agencies)s) "
    "AND d.state IN (" + _STATES + ") AND d.due_at < %(at)s AND (d.paused_at IS NULL OR d.paused_at > d.due_at)"
)  # fmt: skip
_OVERDUE: Final[LiteralString] = _BY_SECTOR.replace("{}", LATE_AT)
_OVERDUE_NOW: Final[LiteralString] = _BY_SECTOR.replace("{}", _LATE_NOW)


def overdue(agencies: Collection[UUID], until: date, now: datetime) -> list[tuple[UUID, str, str, int]]:
    """Rows (agency, sector, standing, count) of dossiers open and past their date when a period ended; now, if later.

    A period that lasts is read from the index of open dossiers alone, a past one from their clocks.
    """
    at = moment_of(until, now)
    rows = fetch_all(_OVERDUE_NOW if at == now else _OVERDUE, {"agencies": list(agencies), "at": at})
    return [(row[0], row[1], row[2], row[3]) for row in rows]
