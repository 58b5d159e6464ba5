"""What a pack is read from, in one snapshot: leaves, events and rows of the sample, a batch at a time."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, LiteralString, TypeVar
from uuid import UUID

from psycopg import sql
from psycopg.sql import SQL, Composable, Composed

from motcua.core.record.leaves import moment
from motcua.core.record.registry import Columns, LayoutOf, layouts_kept
from motcua.core.sql import execute, fetch_all, fetch_one
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar

AT_ONCE: Final = 500
LEAVES_AT_ONCE: Final = 10_000
Thing = TypeVar("Thing")

_SUBJECTS: Final[LiteralString] = "CREATE TEMP TABLE IF NOT EXISTS pack_subject (id uuid PRIMARY KEY) ON COMMIT DROP"
_SEALS: Final[LiteralString] = """
SELECT l.seal, s.leaves, count(*) FROM pack_subject p
JOIN core_event e ON e.subject_kind = ANY(%s) AND e.subject_id = p.id
JOIN core_leaf l ON l.sequence = e.sequence JOIN core_seal s ON s.number = l.seal
WHERE l.seal <= %s OR e.subject_kind = 'pack' GROUP BY l.seal, s.leaves ORDER BY l.seal
"""
_DIGEST: Final[LiteralString] = """
SELECT count(*), encode(sha256(coalesce(string_agg(l.hash, ''::bytea ORDER BY l.seal, l.position), '')), 'hex')
FROM pack_subject p JOIN core_event e ON e.subject_kind = ANY(%s) AND e.subject_id = p.id
JOIN core_leaf l ON l.sequence = e.sequence WHERE l.seal <= %s
"""
_EVENTS: Final[LiteralString] = """
SELECT l.seal, l.position, e.sequence, e.id, e.kind, e.subject_kind, e.subject_id, e.agency_id, e.actor_id,
       e.actor_name, e.at, e.recorded_at, e.request_id, e.before::text, e.after::text
FROM core_leaf l JOIN core_event e ON e.sequence = l.sequence JOIN pack_subject p ON p.id = e.subject_id
WHERE l.seal = ANY(%s) AND e.subject_kind = ANY(%s) AND (l.seal <= %s OR e.subject_kind = 'pack')
ORDER BY l.seal, l.position
"""
_HASHES: Final[LiteralString] = "SELECT string_agg(hash, ''::bytea ORDER BY position) FROM core_leaf WHERE seal = %s"
_IMPRINTS: Final[LiteralString] = """
SELECT subject_kind, subject_id, layout_id, seal, position FROM core_imprint
WHERE subject_kind = %s AND subject_id = ANY(%s::uuid[]) ORDER BY subject_id
"""
# Changed since the last seal, or never sealed: nothing can be proved of it just now.
_UNSEALED: Final[LiteralString] = """
SELECT p.id FROM unnest(%s::uuid[]) AS p (id)
WHERE NOT EXISTS (SELECT 1 FROM core_imprint i WHERE i.subject_kind = 'dossier' AND i.subject_id = p.id)
   OR EXISTS (SELECT 1 FROM core_event e WHERE e.subject_kind = 'dossier' AND e.subject_id = p.id
              AND NOT EXISTS (SELECT 1 FROM core_leaf l WHERE l.sequence = e.sequence))
"""


def batches(things: Iterable[Thing], size: int = AT_ONCE) -> Iterator[list[Thing]]:
    """So many at a time."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


def unsealed(dossiers: Iterable[UUID]) -> set[UUID]:
    """Those of which something waits for its seal."""
    return {row[0] for batch in batches(dossiers) for row in fetch_all(_UNSEALED, (batch,))}


def set_subjects(subjects: Iterable[UUID]) -> None:
    """Say whose events are meant; gone with the transaction."""
    execute(_SUBJECTS)
    execute("DELETE FROM pack_subject")
    for batch in batches(subjects, 10_000):
        execute("INSERT INTO pack_subject SELECT unnest(%s::uuid[]) ON CONFLICT DO NOTHING", (batch,))
    execute("ANALYZE pack_subject")


def seals_of(kinds: list[str], upto: int) -> list[tuple[int, int, int]]:
    """Every seal with events of the subjects: its number, its leaves, and how many of them are meant.

    Only seals up to this number, and the one that holds the event of the pack itself.
    """
    return [(row[0], row[1], row[2]) for row in fetch_all(_SEALS, (kinds, upto))]


def digest_of(kinds: list[str], upto: int) -> tuple[int, str]:
    """How many events of the subjects lie under the seals up to this number, and one hash over all their leaves."""
    row = fetch_one(_DIGEST, (kinds, upto))
    return (row[0], row[1]) if row else (0, "")


def events_in(seals: list[tuple[int, int, int]], kinds: list[str], upto: int) -> Iterator[dict[str, Any]]:
    """The events of the subjects in the order of their seals, as a pack tells them, without their way up."""
    names = ("seal", "position", "sequence", "id", "kind", "subject_kind", "subject_id", "agency_id", "actor_id",
             "actor_name", "at", "recorded_at", "request_id", "before", "after")  # fmt: skip
    for batch in _by_leaves(seals):
        for row in fetch_all(_EVENTS, (batch, kinds, upto)):
            told = dict(zip(names, row, strict=True))
            for name in ("id", "subject_id", "agency_id", "actor_id"):
                told[name] = str(told[name]) if told[name] else None
            yield {**told, "at": moment(told["at"]), "recorded_at": moment(told["recorded_at"])}


def _by_leaves(seals: list[tuple[int, int, int]]) -> Iterator[list[int]]:
    """Seals together as long as they hold no more leaves than one large seal does."""
    batch: list[int] = []
    held = 0
    for number, count, _meant in seals:
        if batch and held + count > LEAVES_AT_ONCE:
            yield batch
            batch, held = [], 0
        batch.append(number)
        held += count
    if batch:
        yield batch


def hashes_of(seal: int) -> bytes:
    """The hashes of all leaves of a seal, one after another."""
    row = fetch_one(_HASHES, (seal,))
    return bytes(row[0]) if row and row[0] else b""


def seals_from(number: int, upto: int) -> Iterator[tuple[Any, ...]]:
    """The seals from one to another, in order."""
    for first in range(number, upto + 1, 1000):
        yield from fetch_all(
            "SELECT number, previous, leaves, root, first, last, floor, sealed_at, hash FROM core_seal "
            "WHERE number >= %s AND number < %s AND number <= %s ORDER BY number",
            (first, first + 1000, upto),
        )


def last_seal() -> tuple[int, str]:
    """Number and hash of the newest seal; 0 before the first."""
    row = fetch_one("SELECT number, hash FROM core_seal ORDER BY number DESC LIMIT 1")
    return (row[0], row[1]) if row else (0, "")


def rows_of(kind: str, subjects: list[UUID]) -> Iterator[dict[str, Any]]:
    """The guarded rows of these subjects as they stand now, each with the layout and the leaf of its newest imprint."""
    layouts = {layout.id: layout for layout in layouts_kept()}
    imprints = fetch_all(_IMPRINTS, (kind, subjects))
    texts: dict[UUID, list[tuple[str, str, str]]] = {}
    for layout_id in sorted({row[2] for row in imprints}):
        of_layout = [row[1] for row in imprints if row[2] == layout_id]
        for subject, table, key, text in fetch_all(_texts(layouts[layout_id]), {"subjects": of_layout}):
            texts.setdefault(subject, []).append((table, str(key), text))
    for subject_kind, subject, layout_id, seal, position in imprints:
        rows = texts.get(subject, [])
        filled = {table for table, _key, _text in rows}
        yield {
            "subject_kind": subject_kind, "subject_id": str(subject), "seal": seal, "position": position, "rows": rows,
            "layout": [
                {"table": one.guarded.table, "columns": list(one.columns)}
                for one in layouts[layout_id].tables
                if one.guarded.table in filled
            ],
        }  # fmt: skip


def _texts(layout: LayoutOf) -> Composed:
    """The rows as their hashes are made of: what PostgreSQL prints for ROW(columns…)."""
    return SQL(" UNION ALL ").join(_lines(one) for one in layout.tables) + SQL(" ORDER BY 1, 2, 3")


def _lines(one: Columns) -> Composable:
    guarded = one.guarded
    through: Composable = SQL("")
    if guarded.through:
        through = SQL(" JOIN {} u ON u.id = t.{}").format(
            sql.Identifier(guarded.through.table), sql.Identifier(guarded.through.via)
        )
    return SQL(
        "SELECT {pointer} AS subject, {name}::text AS name, t.id, ROW({columns})::text AS line "
        "FROM {table} t{through} WHERE {pointer} = ANY(%(subjects)s::uuid[])"
    ).format(
        pointer=sql.Identifier("u" if guarded.through else "t", guarded.pointer), name=sql.Literal(guarded.table),
        columns=SQL(", ").join(sql.Identifier("t", column) for column in one.columns),
        table=sql.Identifier(guarded.table), through=through,
    )  # fmt: skip


def calendars_told(agencies: Iterable[tuple[UUID, str, str]], versions: Iterable[UUID]) -> str:
    """The shipped calendars, and of each agency and version what a due date is counted by. Raises `UnknownCalendar`."""
    known = list(agencies)
    cut_offs = fetch_all(
        "SELECT v.id, p.national_code, v.cut_off FROM catalogue_procedureversion v "
        "JOIN catalogue_procedure p ON p.id = v.procedure_id WHERE v.id = ANY(%s::uuid[]) ORDER BY v.id",
        (sorted(set(versions)),),
    )
    told = {
        "calendars": {code: shipped(calendar_for(code)) for code in sorted({code for _id, _name, code in known})},
        "agencies": {str(key): {"name": name, "calendar": code} for key, name, code in known},
        "versions": {
            str(key): {"procedure": code, "cut_off": at.hour * 60 + at.minute if at else None}
            for key, code, at in cut_offs
        },
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n"


def shipped(calendar: Calendar) -> dict[str, Any]:
    """A calendar day by day: each day the number of its shape, -1 in a year that is not loaded."""
    table = calendar.table
    holes = [(hole.start, hole.end) for hole in table.holes]
    days = [
        -1 if any(start <= table.start + place * 1440 < end for start, end in holes) else shape
        for place, shape in enumerate(table.pattern_of)
    ]
    cut = calendar.cut_off
    return {
        "name": calendar.name, "first_day": calendar.first_day.isoformat(), "days": days,
        "cut_off": cut.hour * 60 + cut.minute if cut else None,
        "shapes": [{"sessions": [list(span) for span in one.spans], "whole": one.whole} for one in table.patterns],
    }  # fmt: skip
