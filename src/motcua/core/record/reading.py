"""The hashes of `leaves.py` computed by PostgreSQL, thousands of rows at a time; and the snapshot to read them in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, LiteralString
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql
from psycopg.sql import SQL, Composable, Composed

from motcua.core.record import leaves
from motcua.core.record.registry import Columns, LayoutOf
from motcua.core.sql import execute, fetch_all

Print = tuple[UUID, bytes, bytes]
"""Of one subject: its id, the leaf of its rows, and what its imprint knows of each row."""

Rows = dict[tuple[str, UUID], bytes]
"""(Table, row id) to the beginning of the row's hash."""

_UTC: Final[LiteralString] = """AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'"""
_ONE_LINE: Final[LiteralString] = r"E'\\', E'\\\\'), E'\n', E'\\n')"

EVENT_LEAF: Final[LiteralString] = (
    r"sha256('\x00'::bytea || convert_to('" + leaves.EVENT + r"' || E'\n' || e.sequence || E'\n' || e.id || E'\n'"
    r" || replace(replace(e.kind, " + _ONE_LINE + r" || E'\n' || replace(replace(e.subject_kind, " + _ONE_LINE
    + r" || E'\n' || e.subject_id || E'\n' || coalesce(e.agency_id::text, '')"
    r" || E'\n' || to_char(e.at " + _UTC + r") || E'\n' || to_char(e.recorded_at " + _UTC + r") || E'\n' || "
    r"encode(sha256(convert_to('" + leaves.ACTOR + r"' || E'\n' || coalesce(e.actor_id::text, '') || E'\n'"
    r" || replace(replace(e.actor_name, " + _ONE_LINE + r" || E'\n' || replace(replace(e.request_id, " + _ONE_LINE
    + r", 'UTF8')), 'hex') || E'\n' || "
    r"encode(sha256(convert_to('" + leaves.TOLD + r"' || E'\n' || replace(replace(e.request_id, " + _ONE_LINE
    + r" || E'\n' || coalesce(e.before::text, '') || E'\n' || coalesce(e.after::text, ''), 'UTF8')), 'hex')"
    r", 'UTF8'))"
)  # fmt: skip
"""The leaf of `core_event e`."""

_LEAST_UUID: Final = 1 << 64
AMONG: Final = SQL("= ANY(%(subjects)s)")
BETWEEN: Final = SQL("BETWEEN %(lowest)s AND %(upto)s")


@contextmanager
def one_snapshot(*, durable: bool = False) -> Iterator[None]:
    """A transaction in which everything is read as of one instant, and texts are printed the same everywhere.

    Inside somebody's transaction there is no snapshot of one's own to take; `durable` refuses to be inside of one.
    """
    nested = connection.in_atomic_block
    with transaction.atomic(durable=durable):
        if not nested:
            execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        execute(
            "SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true), "
            "set_config('IntervalStyle', 'postgres', true), set_config('extra_float_digits', '1', true), "
            "set_config('bytea_output', 'hex', true), set_config('jit', 'off', true)"
        )
        yield


def prints_of(layout: LayoutOf, subjects: list[UUID]) -> list[Print]:
    """What the rows of these subjects hash to now, by this layout; sorted by subject."""
    found = {row[0]: (row[1], row[2]) for row in fetch_all(prints(layout, AMONG), {"subjects": subjects})}
    bare: dict[UUID, tuple[bytes, bytes]] = {
        one: (leaves.leaf(leaves.rows_preimage(layout.subject_kind, str(one), ())), b"")
        for one in subjects if one not in found
    }  # fmt: skip
    return [(one, bytes(leaf), bytes(known)) for one, (leaf, known) in sorted({**found, **bare}.items())]


def prints(layout: LayoutOf, which: SQL) -> Composed:
    """The statement for (subject, leaf, known) of all subjects that `which` chooses (`AMONG` or `BETWEEN`)."""
    lines = SQL(" UNION ALL ").join(_lines(place, one, which) for place, one in enumerate(layout.tables))
    return SQL(
        r"SELECT subject, sha256('\x00'::bytea || convert_to({head} || subject || E'\n' || "
        r"string_agg(name || ' ' || id || ' ' || encode(hash, 'hex'), E'\n' ORDER BY place, id), 'UTF8')) AS leaf, "
        "string_agg(place || uuid_send(id) || substr(hash, 1, 6), ''::bytea ORDER BY place, id) AS known "
        "FROM ({lines}) AS line GROUP BY subject"
    ).format(head=sql.Literal(f"{leaves.ROWS}\n{leaves.escaped(layout.subject_kind)}\n"), lines=lines)


def _lines(place: int, one: Columns, which: SQL) -> Composable:
    guarded = one.guarded
    pointer = sql.Identifier("u" if guarded.through else "t", guarded.pointer)
    through = (
        SQL(" JOIN {} u ON u.{} = t.{}").format(
            sql.Identifier(guarded.through.table), sql.Identifier(guarded.through.key),
            sql.Identifier(guarded.through.via),
        ) if guarded.through else SQL("")
    )  # fmt: skip
    return SQL(
        "SELECT {pointer} AS subject, {place}::bytea AS place, {name}::text AS name, {id} AS id, "
        "sha256(convert_to({head} || ROW({columns})::text, 'UTF8')) AS hash "
        "FROM {table} t{through} WHERE {pointer} {which}"
    ).format(
        pointer=pointer, place=sql.Literal(bytes([place])), name=sql.Literal(guarded.table),
        head=sql.Literal(f"{leaves.ROW}\n{guarded.table}\n{','.join(one.columns)}\n"),
        id=SQL("lpad(to_hex(t.id), 32, '0')::uuid" if guarded.numbered else "t.id"),
        columns=SQL(", ").join(sql.Identifier("t", column) for column in one.columns),
        table=sql.Identifier(guarded.table), through=through, which=which,
    )  # fmt: skip


def row_name(key: UUID) -> str:
    """A row as its table calls it: ids that are whole numbers are kept as the UUID of that value."""
    return str(key.int if key.int < _LEAST_UUID else key)


def known_rows(layout: LayoutOf, known: bytes) -> Rows:
    """What an imprint knows, unpacked."""
    width = 23
    rows: Rows = {}
    for start in range(0, len(known), width):
        one = known[start : start + width]
        table: Any = layout.tables[one[0]].guarded.table if one[0] < len(layout.tables) else "core_imprint"
        rows[table, UUID(bytes=one[1:17].ljust(16, b"\0"))] = one[17:]
    return rows
