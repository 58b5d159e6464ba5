"""Comparing every guarded row with what was last sealed of it, thousands of subjects at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.translation import gettext as _
from psycopg.sql import SQL, Composed, Identifier, Literal

from motcua.core.record import leaves
from motcua.core.record.findings import Findings, Found, What
from motcua.core.record.reading import BETWEEN, Rows, known_rows, prints, row_name
from motcua.core.record.registry import Guarded, LayoutOf, columns_of, guarded_kinds, layouts_kept
from motcua.core.sql import fetch_all, fetch_one

AT_ONCE: Final = 5_000
_LOWEST, _HIGHEST = UUID(int=0), UUID(int=(1 << 128) - 1)
_NEXT: Final[LiteralString] = """
SELECT (array_agg(subject_id ORDER BY subject_id DESC))[1], count(*) FROM (SELECT subject_id FROM core_imprint
WHERE subject_kind = %s AND subject_id >= %s ORDER BY subject_id LIMIT %s) AS several
"""
_UNLIKE: Final = SQL(
    "SELECT coalesce(now.subject, i.subject_id), now.leaf, now.known, i.known, i.seal, i.position, i.hash "
    "FROM ({prints}) AS now FULL JOIN (SELECT i.subject_id, i.known, i.seal, i.position, l.hash FROM core_imprint i "
    "LEFT JOIN core_leaf l ON l.seal = i.seal AND l.position = i.position AND l.subject_id = i.subject_id "
    "AND l.subject_kind = i.subject_kind "
    "WHERE i.subject_kind = %(kind)s AND i.layout_id = %(layout)s AND i.subject_id {which}) AS i "
    "ON i.subject_id = now.subject "
    "WHERE now.leaf IS DISTINCT FROM i.hash OR coalesce(now.known, '') IS DISTINCT FROM i.known "
    "ORDER BY 1 LIMIT 1000"
)
_PENDING: Final[LiteralString] = """
SELECT EXISTS (SELECT 1 FROM core_event e WHERE e.subject_kind = %(kind)s AND e.subject_id = %(subject)s
               AND e.sequence > %(floor)s AND NOT EXISTS (SELECT 1 FROM core_leaf l WHERE l.sequence = e.sequence)),
       (SELECT layout_id FROM core_imprint WHERE subject_kind = %(kind)s AND subject_id = %(subject)s)
"""
_CODE: Final[LiteralString] = """
SELECT coalesce(after ->> 'code', after ->> 'number') FROM core_event WHERE subject_kind = %s AND subject_id = %s
AND (after ? 'code' OR after ? 'number') ORDER BY sequence LIMIT 1
"""
# The hash of rows long overwritten tells nothing of whose they were: but rows are sealed with an event about them, once
# a seal. A seal of which an event is gone is named for that.
_MISLABELLED: Final[LiteralString] = """
WITH told AS MATERIALIZED (
  SELECT s.seal, e.subject_kind, e.subject_id FROM core_leaf s LEFT JOIN core_event e ON e.sequence = s.sequence
  WHERE s.kind = 'event')
SELECT seal, position FROM core_leaf WHERE kind = 'event' AND subject_kind IS NOT NULL
UNION ALL
SELECT l.seal, l.position FROM core_leaf l LEFT JOIN (SELECT DISTINCT seal, subject_kind, subject_id FROM told) AS t
  ON t.seal = l.seal AND t.subject_kind = l.subject_kind AND t.subject_id = l.subject_id
WHERE l.kind = 'rows' AND t.seal IS NULL AND l.seal NOT IN (SELECT seal FROM told WHERE subject_id IS NULL)
UNION ALL
SELECT seal, max(position) FROM core_leaf WHERE kind = 'rows' GROUP BY seal, subject_kind, subject_id
HAVING count(*) > 1
ORDER BY 1, 2 LIMIT 1000
"""
_OUT_OF_DATE: Final[LiteralString] = """
SELECT newest.subject_kind, newest.subject_id, i.subject_id IS NULL FROM (
  SELECT subject_kind, subject_id, max(seal) AS seal FROM core_leaf WHERE kind = 'rows' GROUP BY 1, 2) AS newest
LEFT JOIN core_imprint i ON i.subject_kind = newest.subject_kind AND i.subject_id = newest.subject_id
WHERE i.seal IS DISTINCT FROM newest.seal ORDER BY 1, 2 LIMIT 1000
"""

_MISLAID: Final[LiteralString] = """
SELECT i.subject_kind, i.subject_id FROM core_imprint i
WHERE NOT EXISTS (SELECT 1 FROM core_layout y WHERE y.id = i.layout_id AND y.subject_kind = i.subject_kind)
ORDER BY 1, 2 LIMIT 1000
"""
_NOWHERE: Final = SQL("NOT EXISTS (SELECT 1 FROM {} u WHERE u.{} = t.{})")
_UNCLAIMED: Final = SQL(
    "SELECT t.id, {pointer} FROM {table} t{through} WHERE NOT EXISTS (SELECT 1 FROM core_imprint i "
    "WHERE i.subject_kind = {kind} AND i.subject_id = {pointer}) AND NOT EXISTS (SELECT 1 FROM core_event e "
    "WHERE e.subject_kind = {kind} AND e.subject_id = {pointer} AND e.sequence > %s){there} ORDER BY t.id LIMIT 1000"
)


def compare(found: Findings, *, floor: int, told: Callable[[int], None] | None = None) -> int:
    """Check the rows of every subject against its imprint; how many subjects were looked at.

    Subjects with events that wait for their seal are left for then. `floor`: every event up to it is sealed.
    """
    for seal, position in fetch_all(_MISLABELLED):
        found.add(Found("core_leaf", f"{seal}/{position}", What.CHANGED))
    for kind, subject, gone in fetch_all(_OUT_OF_DATE):
        found.add(Found("core_imprint", f"{kind}/{subject}", What.MISSING if gone else What.CHANGED))
    for kind, subject in fetch_all(_MISLAID):
        found.add(Found("core_imprint", f"{kind}/{subject}", What.CHANGED))
    _unclaimed(found, floor)
    _strays(found)
    looked, newest = 0, {layout.subject_kind: layout.id for layout in layouts_kept()}
    for layout in _readable(found):
        for lowest, upto, count in _ranges(layout.subject_kind):
            asked = {"lowest": lowest, "upto": upto, "kind": layout.subject_kind, "layout": layout.id}
            for row in fetch_all(_unlike(layout), asked):
                _judge(layout, row, found, floor=floor, newest=newest[layout.subject_kind] == layout.id)
            looked += count if newest[layout.subject_kind] == layout.id else 0
            if told:
                told(looked)
    return looked


def _strays(found: Findings) -> None:
    """Rows that point at nothing, in none of the ways by which their table is guarded: its own rules let none in."""
    for table, ways in _ways().items():
        if len(ways) == 1 and ways[0].through is None:
            continue
        nothing = SQL(" AND ").join(
            _NOWHERE.format(*map(Identifier, (one.through.table, one.through.key, one.through.via)))
            if one.through else SQL("t.{} IS NULL").format(Identifier(one.pointer))
            for one in ways
        )  # fmt: skip
        query = SQL("SELECT t.id FROM {} t WHERE {} ORDER BY t.id LIMIT 1000").format(Identifier(table), nothing)
        for (key,) in fetch_all(query):
            found.add(Found(table, str(key), What.INSERTED, _("không thuộc về đâu")))


def _ways() -> dict[str, list[Guarded]]:
    """Each guarded table with the ways in which it is guarded: papers go with a filing, and again with its dossier."""
    ways = defaultdict[str, list[Guarded]](list)
    for tables in guarded_kinds().values():
        for one in tables:
            ways[one.table].append(one)
    return ways


def _unclaimed(found: Findings, floor: int) -> None:
    """Rows of subjects that were never sealed and wait for no seal, whatever the layouts say."""
    ways = _ways()
    for kind, tables in guarded_kinds().items():
        for one in tables:
            through = one.through
            joined = (
                SQL(" JOIN {} u ON u.{} = t.{}").format(*map(Identifier, (through.table, through.key, through.via)))
                if through
                else SQL("")
            )
            pointer = Identifier("u" if through else "t", one.pointer)
            query = _UNCLAIMED.format(
                pointer=pointer, table=Identifier(one.table), through=joined, kind=Literal(kind),
                there=SQL(" AND {} IS NOT NULL").format(pointer) if len(ways[one.table]) > 1 else SQL(""),
            )  # fmt: skip
            for key, subject in fetch_all(query, (floor,)):
                found.add(Found(one.table, str(key), What.INSERTED, _called(kind, subject)))


def _unlike(layout: LayoutOf) -> Composed:
    return _UNLIKE.format(prints=prints(layout, BETWEEN), which=BETWEEN)


def _readable(found: Findings) -> Iterator[LayoutOf]:
    """The layouts in use, of kinds still guarded; one whose columns are gone cannot be compared and is named."""
    used = {row[0] for row in fetch_all("SELECT DISTINCT layout_id FROM core_imprint")}
    kept = [one for one in layouts_kept() if one.subject_kind in guarded_kinds()]
    newest = {one.subject_kind: one.id for one in kept}
    there = columns_of({columns.guarded.table for one in kept for columns in one.tables})
    for layout in kept:
        gone = [f"{one.guarded.table}.{column}" for one in layout.tables for column in one.columns
                if column not in there.get(one.guarded.table, ())]  # fmt: skip
        if gone and layout.id not in used:
            continue
        if gone:
            found.add(Found("core_layout", str(layout.id), What.CHANGED, _("không còn cột %(names)s")
                            % {"names": ", ".join(gone)}))  # fmt: skip
        elif layout.id in used or newest[layout.subject_kind] == layout.id:
            yield layout


def _ranges(kind: str) -> Iterator[tuple[UUID, UUID, int]]:
    """Spans of subject ids that together cover all there can be."""
    lowest = _LOWEST
    while True:
        upto, count = fetch_one(_NEXT, (kind, lowest, AT_ONCE)) or (None, 0)
        if upto is None or upto == _HIGHEST or count < AT_ONCE:
            yield lowest, _HIGHEST, count
            return
        yield lowest, upto, count
        lowest = UUID(int=upto.int + 1)


def _judge(layout: LayoutOf, row: tuple[Any, ...], found: Findings, *, floor: int, newest: bool) -> None:
    """Name the rows of one subject that differ from its imprint, or the imprint that was tampered with."""
    subject, leaf_now, known_now, known, seal, position, leaf = row
    kind = layout.subject_kind
    if leaf_now is None:
        leaf_now = leaves.leaf(leaves.rows_preimage(kind, str(subject), ()))
        if leaf is not None and bytes(leaf) == leaf_now and known == b"":
            return
    pending, other_layout = fetch_one(_PENDING, {"kind": kind, "subject": subject, "floor": floor}) or (False, None)
    if pending or found.names("core_imprint", f"{kind}/{subject}") or (known is None and (other_layout or not newest)):
        return
    sealed = found.names("core_leaf", f"{seal}/{position}") or found.names("core_leaf", str(seal))
    if known is not None and (leaf is None or bytes(leaf) == bytes(leaf_now)):
        # Its leaf is another's, or is what the rows still are: the imprint itself is not what was written.
        if not sealed:
            found.add(Found("core_imprint", f"{kind}/{subject}", What.CHANGED))
        return
    called = _called(kind, subject)
    differing = _differing(known_rows(layout, bytes(known_now or b"")), known_rows(layout, bytes(known or b"")))
    for table, key, what in differing:
        found.add(Found(table, key, what, called))
    if not differing and not sealed:
        found.add(Found("core_imprint", f"{kind}/{subject}", What.CHANGED))


def _called(kind: str, subject: UUID) -> str:
    """The subject as people know it: the code that its first event gave it, else its id."""
    row = fetch_one(_CODE, (kind, subject))
    return f"{kind} {row[0] if row and row[0] else subject}"


def _differing(now: Rows, then: Rows) -> list[tuple[str, str, What]]:
    return [
        (table, row_name(key), What.INSERTED if (table, key) not in then
         else What.MISSING if (table, key) not in now else What.CHANGED)
        for table, key in sorted({*now} | {*then}, key=str) if now.get((table, key)) != then.get((table, key))
    ]  # fmt: skip
