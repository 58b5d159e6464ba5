"""The rows of every open table, read bit by bit, in the order of its columns; and what tells that they changed."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final, LiteralString

from motcua.core.sql import fetch_all, fetch_one
from motcua.reporting.opendata.columns import MONTHLY, PROCEDURES, SEALS, Dataset
from motcua.reporting.public.hiding import Mark
from motcua.reporting.public.reading import Office, month_under_way, offices, public_year
from motcua.reporting.public.table import Cell
from motcua.reporting.rules.periods import Period, Span, period
from motcua.reporting.tables import sector_names

Row = tuple[Any, ...]
AT_ONCE: Final = 1_000


def rows_of(dataset: Dataset, today: date) -> Iterator[Row]:
    """Its rows as they stand."""
    return _READERS[dataset.code](today)


def mark_of(dataset: Dataset, today: date) -> str:
    """A value that differs when the rows or the columns differ."""
    said = f"{dataset.name} {dataset.mark} {_MARKS[dataset.code](today)}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _monthly(today: date) -> Iterator[Row]:
    names = sector_names()
    for office in offices(today):
        for number in range(office.first.year, office.last.year + 1):
            year = public_year(office.id, number, today)
            over = [cell for cell in year.values if cell in year.marks]
            for cell in sorted(over, key=lambda cell: (cell[3], cell)):
                yield _count_row(office, cell, names, year.told(cell))


def _count_row(office: Office, cell: Cell, names: Mapping[str, str], told: Any) -> Row:
    what, by, code, time = cell
    days = period_named(time)
    low = None if told.mark is Mark.WITHHELD else told.low
    return (
        office.code or None, office.name, time, days.first, days.last, what, by or "all", code or None,
        names.get(code) if by == "sector" else None, told.exact, low, told.mark.value,
    )  # fmt: skip


def period_named(time: str) -> Period:
    """The period that is written 2026, 2026-Q1 or 2026-03."""
    year, _, rest = time.partition("-")
    if not rest:
        return period(Span.YEAR, int(year))
    if rest.startswith("Q"):
        return period(Span.QUARTER, int(year), int(rest[1:]))
    return period(Span.MONTH, int(year), int(rest))


_PROCEDURES: Final[LiteralString] = """
SELECT p.national_code, v.number, v.name, s.code, s.name, array_to_string(p.levels, ' '), v.valid_from, v.valid_to,
  v.online_level, array_to_string(v.channels, ' '), array_to_string(v.applicant_kinds, ' '), t.number, t.unit,
  EXISTS (SELECT 1 FROM catalogue_fee f WHERE f.version_id = v.id AND f.amount IS DISTINCT FROM 0),
  NULLIF(v.decision, ''),
  (SELECT count(*)::int FROM catalogue_posting g WHERE g.procedure_id = p.id AND g.valid_from <= %(day)s
     AND (g.valid_to IS NULL OR g.valid_to >= %(day)s))
FROM catalogue_procedureversion v JOIN catalogue_procedure p ON p.id = v.procedure_id
JOIN catalogue_sector s ON s.code = p.sector_id
LEFT JOIN LATERAL (SELECT l.number, l.unit FROM catalogue_timelimit l WHERE l.version_id = v.id
  ORDER BY l.channel <> '', l."when" <> '', l.position LIMIT 1) t ON TRUE
WHERE v.state = 'published' AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s)
  AND p.national_code > %(after)s ORDER BY p.national_code LIMIT %(most)s
"""
_SEALS: Final[LiteralString] = """
SELECT number, previous, leaves, root, first, last, sealed_at, hash FROM core_seal
WHERE number > %(after)s ORDER BY number LIMIT %(most)s
"""


def _procedures(today: date) -> Iterator[Row]:
    return _by_pages(_PROCEDURES, {"day": today}, "")


def _seals(today: date) -> Iterator[Row]:
    return _by_pages(_SEALS, {}, -1)


def _by_pages(sql: LiteralString, values: Mapping[str, Any], after: Any) -> Iterator[Row]:
    """All rows, a page at a time, each page after the first column of the last row."""
    while True:
        page = fetch_all(sql, {**values, "after": after, "most": AT_ONCE})
        yield from page
        if len(page) < AT_ONCE:
            return
        after = page[-1][0]


def _monthly_mark(today: date) -> str:
    until = month_under_way(today)
    return _said(
        "SELECT %(until)s::date, count(*), sum(count), sum(hashtextextended(m.id::text || m.count, 0)), "
        "(SELECT sum(hashtextextended(code || name, 0)) FROM catalogue_sector), "
        "(SELECT sum(hashtextextended(a.id::text || a.short_name, 0)) FROM people_agency a), "
        "(SELECT sum(hashtextextended(c.id::text || c.code, 0)) FROM people_agencycode c) "
        "FROM reporting_monthcount m WHERE m.month < %(until)s",
        {"until": until},
    )


def _procedures_mark(today: date) -> str:
    return _said(
        "SELECT %(day)s::date, count(*), sum(hashtextextended(id::text || COALESCE(valid_to::text, ''), 0)), "
        "(SELECT sum(hashtextextended(code || name, 0)) FROM catalogue_sector), "
        "(SELECT sum(hashtextextended(id::text || COALESCE(valid_to::text, ''), 0)) FROM catalogue_posting) "
        "FROM catalogue_procedureversion WHERE state = 'published'",
        {"day": today},
    )


def _seals_mark(today: date) -> str:
    return _said("SELECT number, hash FROM core_seal ORDER BY number DESC LIMIT 1", {})


def _said(sql: LiteralString, values: Mapping[str, Any]) -> str:
    return repr(fetch_one(sql, values))


_READERS: Final[Mapping[str, Callable[[date], Iterator[Row]]]] = {
    MONTHLY.code: _monthly, PROCEDURES.code: _procedures, SEALS.code: _seals,
}  # fmt: skip
_MARKS: Final[Mapping[str, Callable[[date], str]]] = {
    MONTHLY.code: _monthly_mark, PROCEDURES.code: _procedures_mark, SEALS.code: _seals_mark,
}  # fmt: skip


def days_of(dataset: Dataset, today: date) -> tuple[date, date] | None:
    """The first and the last day that the monthly counts speak of; None for what speaks of no period."""
    known = offices(today) if dataset is MONTHLY else []
    if not known:
        return None
    return min(one.first for one in known), month_under_way(today) - timedelta(days=1)
