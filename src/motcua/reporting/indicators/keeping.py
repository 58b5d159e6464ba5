"""Figures of days that are over, read from their dossiers once and kept: a year is then a sum of days.

Whatever changes days gone by throws the figures away in its own transaction (`forget_*`, listeners); a reader keeps
what he read only when nothing was thrown away meanwhile (`KeptTurn`, locked while he writes).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final, LiteralString, NamedTuple
from uuid import UUID

from django.db import transaction

from motcua.core.events import Happened
from motcua.core.sql import execute, fetch_all, fetch_one

_AT_ONCE: Final = timedelta(days=184)
_DAY: Final = timedelta(days=1)


class KeptRow(NamedTuple):
    """One part of a set in a stretch of days; `part` "" only says that the stretch was read."""

    agency_id: UUID
    what: str
    first: date
    until: date
    part: str
    counted: bool
    number: int
    points: int


_READ: Final[LiteralString] = """
SELECT agency_id, what, first, until, part, counted, count, points FROM reporting_kept
WHERE agency_id = ANY(%(agencies)s::uuid[]) AND what = ANY(%(whats)s)
"""
# One statement, so that no day is both among the sums and read again.
_OF_DAYS: Final[LiteralString] = """
WITH k AS MATERIALIZED (
  SELECT first, what, part, counted, count, points FROM reporting_kept
  WHERE agency_id = %(agency)s AND what = ANY(%(whats)s) AND first >= %(first)s AND first < %(until)s
    AND until = first + 1)
SELECT what, part, counted, sum(count)::int, sum(points)::int, NULL FROM k WHERE part <> '' GROUP BY 1, 2, 3
UNION ALL SELECT '', '', FALSE, 0, 0, COALESCE(array_agg(first), '{}') FROM k WHERE part = ''
"""
_KEEP: Final[LiteralString] = """
INSERT INTO reporting_kept (agency_id, what, first, until, part, counted, count, points)
SELECT * FROM unnest(%s::uuid[], %s::text[], %s::date[], %s::date[], %s::text[], %s::bool[], %s::int[], %s::int[])
ON CONFLICT (agency_id, what, first, until, part)
DO UPDATE SET counted = EXCLUDED.counted, count = EXCLUDED.count, points = EXCLUDED.points
"""


def kept_of(agency_id: UUID, what: str, first: date, until: date) -> list[KeptRow] | None:
    """The rows of exactly this stretch; None when nobody kept it."""
    sql = _READ + " AND first = %(first)s AND until = %(until)s"
    rows = fetch_all(sql, {"agencies": [agency_id], "whats": [what], "first": first, "until": until})
    return [KeptRow(*row) for row in rows if row[4]] if rows else None


def sums_of_days(
    agency_id: UUID, whats: Sequence[str], first: date, until: date
) -> tuple[list[tuple[Any, ...]], set[date]]:
    """Rows (what, part, counted, count, points) over the kept days of [first, until), and which days those are."""
    rows = fetch_all(_OF_DAYS, {"agency": agency_id, "whats": list(whats), "first": first, "until": until})
    return [row[:5] for row in rows if row[5] is None], {day for row in rows for day in row[5] or ()}


def turn_of(agency_id: UUID) -> int:
    """Asked before the dossiers are read; `keep` wants it back."""
    row = fetch_one("SELECT number FROM reporting_keptturn WHERE agency_id = %s", (agency_id,))
    return int(row[0]) if row else 0


def same_turn(agency_id: UUID, turn: int) -> bool:
    """Whether nothing was thrown away since `turn_of` said `turn`; nothing will be before the caller has committed."""
    execute("INSERT INTO reporting_keptturn (agency_id, number) VALUES (%s, 0) ON CONFLICT DO NOTHING", (agency_id,))
    seen = fetch_one("SELECT number FROM reporting_keptturn WHERE agency_id = %s FOR UPDATE", (agency_id,))
    return seen is not None and bool(seen[0] == turn)


def stretches_without(first: date, until: date, days: set[date]) -> Iterator[tuple[date, date]]:
    """The stretches of [first, until) that are none of these days, half a year at the most."""
    start = first
    while start < until:
        if start in days:
            start += _DAY
            continue
        end = start + _DAY
        while end < until and end not in days and end - start < _AT_ONCE:
            end += _DAY
        yield start, end
        start = end


@transaction.atomic
def keep(agency_id: UUID, turn: int, rows: Iterable[KeptRow]) -> bool:
    """Keep what was read since `turn_of` said `turn`; False, and nothing kept, when figures were thrown away since."""
    if not same_turn(agency_id, turn):
        return False
    kept = list(rows)
    stretches = {(row.what, row.first, row.until) for row in kept}
    execute(
        "DELETE FROM reporting_kept k USING unnest(%s::text[], %s::date[], %s::date[]) AS s (what, first, until) "
        "WHERE k.agency_id = %s AND k.what = s.what AND k.first = s.first AND k.until = s.until",
        (*([*column] for column in zip(*stretches, strict=True)), agency_id),
    )
    execute(_KEEP, tuple([*column] for column in zip(*kept, strict=True)))
    return True


_FORGET: Final[LiteralString] = """
WITH turned AS (
  INSERT INTO reporting_keptturn AS t (agency_id, number) VALUES (%(agency)s, 1)
  ON CONFLICT (agency_id) DO UPDATE SET number = t.number + 1
)
DELETE FROM reporting_kept WHERE agency_id = %(agency)s AND EXISTS (
  SELECT 1 FROM unnest(%(days)s::date[]) AS d (day) WHERE d.day >= first AND d.day < until)
"""
_LIFE: Final[LiteralString] = """
SELECT d.agency_id, (d.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
  (COALESCE(d.finished_at, (SELECT max(e.at) FROM dossiers_clockentry e
                            WHERE e.dossier_id = d.id AND e.mark = 'settled')) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
FROM dossiers_dossier d WHERE d.id = %s
"""
# He takes the result otherwise than he said: that is index 4 of the self-evaluation, on the day it ended.
_OTHERWISE: Final[LiteralString] = (
    _LIFE + " AND d.channel = 'online' AND EXISTS (SELECT 1 FROM result_delivery r WHERE r.dossier_id = d.id "
    "AND r.superseded_at IS NULL AND (r.method = 'counter') <> (d.return_method = 'counter'))"
)


def forget_reopened(happened: Happened) -> None:
    """The days on which it came and had ended are read anew. Listens to `dossier.reopened`."""
    _forget(fetch_one(_LIFE, (happened.subject_id,)))


def forget_returned(happened: Happened) -> None:
    """The same for a result that was taken otherwise than asked for. Listens to `dossier.returned`."""
    _forget(fetch_one(_OTHERWISE, (happened.subject_id,)))


def forget_all(agencies: Collection[UUID] | None) -> None:
    """Throw away everything kept of these agencies (None: of all), for whoever writes their past in bulk."""
    where: LiteralString = "" if agencies is None else " WHERE agency_id = ANY(%(agencies)s::uuid[])"
    values = {"agencies": None if agencies is None else list(agencies)}
    execute("UPDATE reporting_keptturn SET number = number + 1" + where, values)
    execute("DELETE FROM reporting_kept" + where, values)


def _forget(life: tuple[Any, ...] | None) -> None:
    if life is not None:
        agency_id, *days = life
        execute(_FORGET, {"agency": agency_id, "days": [day for day in days if day is not None]})
