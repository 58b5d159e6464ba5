"""What changed since the last imprint though none of the events since may change it: sealed as a finding of its own.

An honest event has the rows of its subject sealed anew, and so would carry along what other hands changed before it.
`config/touching.py` says which tables an event of a kind may change; a row of another table that is not as it was
last sealed is astray. That is told in an event of the record itself (`record.astray`), in the same seal, so that it
stays said for ever, whatever is sealed after it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.core.events import COLUMNS, Actor, EventRow
from motcua.core.record.findings import Findings, Found, What
from motcua.core.record.reading import EVENT_LEAF, Print, known_rows, prints_of, row_name
from motcua.core.record.registry import LayoutOf, columns_of, layouts_kept, touched_by
from motcua.core.sql import execute, fetch_all

KIND: Final = "record.astray"
MOST_ROWS: Final = 50
"""So many rows of a subject are told by name."""
_WIDTH: Final = 23
_BEFORE: Final[LiteralString] = (
    "SELECT subject_id, layout_id, seal, known FROM core_imprint WHERE subject_kind = %s AND subject_id = ANY(%s)"
)
# Everything sealed since the imprint, this seal included: rows are not sealed anew with each event of a long run.
_SINCE: Final[LiteralString] = """
SELECT u.subject, array_agg(DISTINCT e.kind) FROM unnest(%(subjects)s::uuid[], %(seals)s::int8[]) AS u (subject, seal)
JOIN core_event e ON e.subject_kind = %(kind)s AND e.subject_id = u.subject
JOIN core_leaf l ON l.sequence = e.sequence AND l.seal > u.seal GROUP BY u.subject
"""
_SEAL: Final[LiteralString] = (
    "INSERT INTO core_leaf (seal, position, kind, sequence, hash) SELECT %s, %s + row_number() OVER (ORDER BY "
    "e.sequence) - 1, 'event', e.sequence, " + EVENT_LEAF + " FROM core_event e WHERE e.id = ANY(%s) "
    "RETURNING sequence, hash"
)
_TOLD: Final[LiteralString] = """
SELECT e.subject_id, e.after ->> 'subject_kind', row.key, row.value, l.seal
FROM core_event e CROSS JOIN LATERAL jsonb_each_text(e.after -> 'rows') AS row
LEFT JOIN core_leaf l ON l.sequence = e.sequence
WHERE e.subject_kind = 'record' AND e.kind = %s ORDER BY e.sequence, row.key LIMIT 1000
"""


@dataclass(frozen=True, slots=True)
class Astray:
    """Rows of one subject that no event of it accounts for: row id to table, and how many there are in all."""

    subject_kind: str
    subject_id: UUID
    rows: Mapping[str, str]
    count: int


@dataclass(frozen=True, slots=True)
class _Before:
    layout: int
    seal: int
    known: bytes


def astray(layout: LayoutOf, now: Sequence[Print], told: Mapping[UUID, Iterable[str]]) -> list[Astray]:
    """The subjects of which a row changed that no event may have changed; call before the imprints are written.

    `told`: the kinds of the events of each subject in this seal.
    """
    subjects = [one[0] for one in now]
    before = {row[0]: _Before(row[1], row[2], bytes(row[3])) for row in
              fetch_all(_BEFORE, (layout.subject_kind, subjects))}  # fmt: skip
    differing = {one[0]: _unlike(one[2], before.get(one[0])) for one in now}
    by_layout = _of_other_layouts(layout, before)
    suspected = dict[UUID, set[str]]()
    for subject in subjects:
        old, chunks = by_layout.get(subject, (layout, differing[subject]))
        changed = {old.tables[chunk[0]].guarded.table if chunk[0] < len(old.tables) else "core_imprint"
                   for chunk in chunks}  # fmt: skip
        if changed and not changed <= touched_by(told.get(subject, ())):
            suspected[subject] = changed
    return _unaccounted(layout, suspected, before, by_layout, differing)


def tell(found: Sequence[Astray], *, at: datetime, seal: int, position: int) -> list[tuple[int, bytes]]:
    """Write each down as an event and seal it from `position` on; (sequence, leaf) of each, in order."""
    rows = [
        EventRow(
            KIND, ("record", one.subject_id), Actor(None, "motcua"), at,
            after={"subject_kind": one.subject_kind, "count": one.count, "rows": dict(one.rows)},
        ) for one in found
    ]  # fmt: skip
    for row in rows:
        execute(f"INSERT INTO core_event ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", row.values())
    sealed = fetch_all(_SEAL, (seal, position, [row.id for row in rows])) if rows else []
    return sorted((sequence, bytes(leaf)) for sequence, leaf in sealed)


def told_astray(found: Findings) -> None:
    """What was ever found astray when it was sealed."""
    for subject, kind, row, table, seal in fetch_all(_TOLD, (KIND,)):
        where = _("%(kind)s %(subject)s, niêm phong số %(n)s") % {"kind": kind, "subject": subject, "n": seal or "?"}
        found.add(Found(table, row, What.ASTRAY, where))


def _unlike(known: bytes, before: _Before | None) -> set[bytes]:
    """The rows, as an imprint knows them, that are in one of the two only."""
    if before is not None and before.known == known:
        return set()
    return _chunks(known) ^ _chunks(before.known if before else b"")


def _chunks(known: bytes) -> set[bytes]:
    return {known[start : start + _WIDTH] for start in range(0, len(known), _WIDTH)}


def _of_other_layouts(
    layout: LayoutOf, before: Mapping[UUID, _Before]
) -> dict[UUID, tuple[LayoutOf, set[bytes]]]:  # fmt: skip
    """Of subjects last sealed by another layout: what differs by that one, so that no new column hides a change."""
    others, found = defaultdict[int, list[UUID]](list), dict[UUID, tuple[LayoutOf, set[bytes]]]()
    for subject, one in before.items():
        if one.layout != layout.id:
            others[one.layout].append(subject)
    kept = {one.id: one for one in layouts_kept()} if others else {}
    for key, subjects in others.items():
        old = kept.get(key, layout)
        if _is_whole(old):
            found |= {subject: (old, _unlike(known, before[subject]))
                      for subject, _leaf, known in prints_of(old, subjects)}  # fmt: skip
        else:
            found |= {subject: (old, set()) for subject in subjects}
    return found


def _is_whole(layout: LayoutOf) -> bool:
    """Whether every table and column of it is still there."""
    there = columns_of(one.guarded.table for one in layout.tables)
    return all({*one.columns} <= {*there.get(one.guarded.table, ())} for one in layout.tables)


def _unaccounted(
    layout: LayoutOf, suspected: Mapping[UUID, set[str]], before: Mapping[UUID, _Before],
    by_layout: Mapping[UUID, tuple[LayoutOf, set[bytes]]], differing: Mapping[UUID, set[bytes]],
) -> list[Astray]:  # fmt: skip
    """Of the suspected, those that the events since their imprint do not account for either."""
    subjects, found = [*suspected], list[Astray]()
    seals = [before[one].seal if one in before else 0 for one in subjects]
    asked: dict[str, Any] = {"kind": layout.subject_kind, "subjects": subjects, "seals": seals}
    since = dict(fetch_all(_SINCE, asked)) if subjects else {}
    for subject in subjects:
        tables = suspected[subject] - touched_by(since.get(subject, ()))
        old, chunks = by_layout.get(subject, (layout, differing[subject]))
        rows = {row_name(key): table for table, key in known_rows(old, b"".join(chunks)) if table in tables}
        if rows:
            few = dict(sorted(rows.items())[:MOST_ROWS])
            found.append(Astray(layout.subject_kind, subject, few, len(rows)))
    return found
