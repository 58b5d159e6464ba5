"""The counters once more, from the events alone: to fill them after a bulk load, and to prove that they are true."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString
from uuid import UUID

from django.db import connection, transaction
from psycopg.sql import SQL, Composed, Identifier

from motcua.core.sql import execute, fetch_all
from motcua.reporting.indicators.keeping import forget_all
from motcua.reporting.indicators.proving import differences

Progress = Callable[[int, int], None]
"""Told how many of how many parts are done."""

_COLUMNS: Final[LiteralString] = "sector, channel, filed_by, source, level, standing, measure, timing, outcome"
_KEY: Final[LiteralString] = (
    "sector || '|' || channel || '|' || filed_by || '|' || source || '|' || level || '|' || standing || '|' || "
    "measure || '|' || timing || '|' || outcome"
)
# Every event that counts, under what its dossier's receipt said. One pass over the log.
_HAPPENED: Final[LiteralString] = f"""
CREATE TEMPORARY TABLE reporting_happened ON COMMIT DROP AS
WITH receipt AS MATERIALIZED (
  SELECT e.subject_id AS dossier_id, e.agency_id, v.procedure_id, e.after ->> 'sector' AS sector,
    e.after ->> 'channel' AS channel, e.after ->> 'filed_by' AS filed_by, e.after ->> 'source' AS source,
    e.after ->> 'level' AS level, e.after ->> 'standing' AS standing
  FROM core_event e JOIN catalogue_procedureversion v ON v.id = (e.after ->> 'version')::uuid
  WHERE e.subject_kind = 'dossier' AND e.kind = 'dossier.received' AND e.after ? 'sector'
    AND (%(agencies)s::uuid[] IS NULL OR e.agency_id = ANY (%(agencies)s))
),
told AS (
  SELECT e.id AS event_id, e.subject_id AS dossier_id, (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
    CASE e.kind WHEN 'dossier.received' THEN 'received' WHEN 'dossier.reopened' THEN 'reopened'
      WHEN 'dossier.returned' THEN 'returned' ELSE 'ended' END AS measure,
    CASE WHEN e.kind IN ('dossier.received', 'dossier.returned') THEN ''
      ELSE COALESCE(e.after ->> 'timing', '') END AS timing,
    CASE WHEN e.kind IN ('dossier.received', 'dossier.returned') THEN ''
      ELSE COALESCE(e.after ->> 'outcome', '') END AS outcome
  FROM core_event e
  WHERE e.subject_kind = 'dossier' AND e.kind IN ('dossier.received', 'dossier.finished', 'dossier.rejected',
    'dossier.withdrawn', 'dossier.discontinued', 'dossier.reopened', 'dossier.returned')
    AND (e.kind IN ('dossier.received', 'dossier.returned') OR e.after ? 'timing')
),
keyed AS (
  SELECT event_id, dossier_id, agency_id, day, date_trunc('month', day)::date AS month, procedure_id, {_COLUMNS},
    {_KEY} AS how
  FROM told JOIN receipt USING (dossier_id)
)
SELECT event_id, dossier_id, agency_id, day, month, procedure_id, {_COLUMNS},
  CASE measure WHEN 'reopened' THEN -1 ELSE 1 END AS sign,
  md5(agency_id || '|' || day || '|' || procedure_id || '|' || how)::uuid AS day_id,
  md5(agency_id || '|' || month || '|' || how)::uuid AS month_id
FROM keyed
"""
_BY_DAY: Final[LiteralString] = f"""
SELECT day_id AS id, agency_id, day, procedure_id, {_COLUMNS}, count(*)::int AS count
FROM reporting_happened GROUP BY day_id, agency_id, day, procedure_id, {_COLUMNS}
"""
_BY_MONTH: Final[LiteralString] = f"""
SELECT month_id AS id, agency_id, month, {_COLUMNS}, count(*)::int AS count
FROM reporting_happened GROUP BY month_id, agency_id, month, {_COLUMNS}
"""
_BEHIND: Final[LiteralString] = "SELECT day_id AS daycount_id, event_id, dossier_id, sign FROM reporting_happened"
_TABLES: Final[tuple[tuple[LiteralString, LiteralString, LiteralString], ...]] = (
    ("reporting_daycount", f"id, agency_id, day, procedure_id, {_COLUMNS}, count", _BY_DAY),
    ("reporting_monthcount", f"id, agency_id, month, {_COLUMNS}, count", _BY_MONTH),
    ("reporting_counted", "daycount_id, event_id, dossier_id, sign", _BEHIND),
)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many rows the counters have now, and how many events are behind them."""

    days: int
    months: int
    events: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of a counter table that is not what the events say. `row` names what it counts; None: there is none."""

    table: str
    row: str
    stored: int | None
    counted: int | None


def rebuild(agencies: Sequence[UUID] | None = None, *, progress: Progress | None = None) -> Rebuilt:
    """Write the counters of these agencies (None: of all) anew from the events; set-based, all or nothing.

    Whoever counts meanwhile waits until it is done. Bulk writers fill the counters by this, never by hand.
    """
    tell = progress or (lambda _done, _of: None)
    with transaction.atomic():
        execute("LOCK TABLE reporting_daycount, reporting_monthcount, reporting_counted IN EXCLUSIVE MODE")
        _happened(agencies)
        tell(1, 5)
        _forget(agencies)
        sizes = []
        for done, (table, columns, rows) in enumerate(_TABLES, start=2):
            sizes.append(execute(SQL("INSERT INTO {} ({}) {}").format(Identifier(table), SQL(columns), SQL(rows))))
            tell(done, 5)
        execute("DROP TABLE reporting_happened")
        forget_all(agencies)
    if not connection.in_atomic_block:
        for table, _columns, _rows in _TABLES:
            execute(SQL("ANALYZE {}").format(Identifier(table)))
    tell(5, 5)
    return Rebuilt(*sizes)


def check(agencies: Sequence[UUID] | None = None, *, progress: Progress | None = None) -> Iterator[Difference]:
    """Every row of the counters that is not what the events say; nothing is written.

    Outside of a transaction all is read in one picture of the database, while others go on counting.
    """
    alone = not connection.in_atomic_block
    tell = progress or (lambda _done, _of: None)
    with transaction.atomic():
        if alone:
            execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        _happened(agencies)
        for done, (table, columns, rows) in enumerate(_TABLES, start=1):
            tell(done, 4)
            yield from _differences(table, columns, rows, agencies)
        execute("DROP TABLE reporting_happened")
        tell(4, 4)


def check_kept(agencies: Sequence[UUID] | None = None) -> Iterator[Difference]:
    """Every figure kept of a day gone by that is not what its dossiers say; nothing is written.

    Outside of a transaction all is read in one picture of the database, while others go on working.
    """
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone:
            execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for row, stored, counted in differences(agencies):
            yield Difference("reporting_kept", row, stored, counted)


def _happened(agencies: Sequence[UUID] | None) -> None:
    execute("SET LOCAL work_mem = '64MB'")
    with connection.cursor() as cursor:  # a table cannot be made by a prepared statement with parameters
        cursor.execute(_HAPPENED, {"agencies": list(agencies) if agencies is not None else None})
        cursor.execute("ANALYZE reporting_happened")


def _forget(agencies: Sequence[UUID] | None) -> None:
    if agencies is None:
        execute("TRUNCATE reporting_daycount, reporting_monthcount, reporting_counted")
        return
    ids = list(agencies)
    execute(
        "DELETE FROM reporting_counted c USING reporting_daycount d "
        "WHERE d.id = c.daycount_id AND d.agency_id = ANY(%s)",
        (ids,),
    )
    execute("DELETE FROM reporting_daycount WHERE agency_id = ANY(%s)", (ids,))
    execute("DELETE FROM reporting_monthcount WHERE agency_id = ANY(%s)", (ids,))


def _differences(
    table: LiteralString, columns: LiteralString, rows: LiteralString, agencies: Sequence[UUID] | None
) -> Iterator[Difference]:
    """Rows of either side that the other lacks, side by side where both have the key."""
    value: LiteralString = "sign" if table == "reporting_counted" else "count"
    of: LiteralString = "TRUE"
    if agencies is not None and table != "reporting_counted":
        of = "agency_id = ANY (%(agencies)s)"
    elif agencies is not None:
        of = "daycount_id IN (SELECT id FROM reporting_daycount WHERE agency_id = ANY (%(agencies)s))"
    keys = columns.rsplit(", ", 1)[0]
    sql: Composed = SQL(
        "SELECT {keys}, s.{value}, c.{value} FROM (SELECT * FROM {table} WHERE {of}) s "
        "FULL JOIN ({rows}) c USING ({keys}) WHERE s.{value} IS DISTINCT FROM c.{value} ORDER BY {keys}"
    ).format(keys=SQL(keys), value=SQL(value), table=Identifier(table), of=SQL(of), rows=SQL(rows))
    found = fetch_all(sql, {"agencies": list(agencies) if agencies is not None else None})
    names = keys.split(", ")
    for row in found:
        said = ", ".join(f"{name}={part}" for name, part in zip(names, row, strict=False) if part not in ("", None))
        yield Difference(table, said, row[-2], row[-1])
