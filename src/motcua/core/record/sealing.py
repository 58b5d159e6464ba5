"""The sealer: takes what was committed and not sealed yet, and chains it to the seals before.

Never by time, and never by the highest sequence alone: an event with a lower sequence may be committed after one
with a higher, and is taken up by a later seal. A sequence lies below the floor once whoever could still write it has
ended, which the table's own locks tell; so nothing has to be remembered but the seals, and a database restored from
a dump elsewhere goes on where it stood.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Final, LiteralString
from uuid import UUID

from django.db import connection

from motcua.core.record import leaves, witness
from motcua.core.record.astray import Astray, astray, tell
from motcua.core.record.reading import EVENT_LEAF, Print, one_snapshot, prints_of
from motcua.core.record.registry import LayoutOf, layouts_now
from motcua.core.sql import execute, fetch_all, fetch_one

MOST_EVENTS: Final = 10_000
LONGEST_WAIT: Final = timedelta(minutes=5)
PATIENCE: Final = 1.0
"""Seconds to wait for transactions that may still write a sequence already given out, before the floor stays."""
_GLANCE: Final = 0.02
_KEY: Final[LiteralString] = "hashtextextended('motcua.record:' || current_schema(), 0)"
_WRITERS: Final[LiteralString] = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'core_event'::regclass AND mode = 'RowExclusiveLock' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND pid IS DISTINCT FROM pg_backend_pid()
"""
_SEAL_EVENTS: Final[LiteralString] = (
    "WITH batch AS MATERIALIZED (SELECT * FROM core_event e WHERE e.sequence > %(floor)s AND NOT EXISTS "
    "(SELECT 1 FROM core_leaf l WHERE l.sequence = e.sequence AND l.sequence > %(floor)s) "
    "ORDER BY e.sequence LIMIT %(most)s) "
    "INSERT INTO core_leaf (seal, position, kind, sequence, hash) "
    "SELECT %(seal)s, row_number() OVER (ORDER BY e.sequence) - 1, 'event', e.sequence, " + EVENT_LEAF
    + " FROM batch e RETURNING sequence, hash"
)  # fmt: skip
# Of a subject with more events to seal, the rows are sealed with the last of them: they are what it left. Whoever only
# looked left nothing: his look must not have rows sealed anew that other hands changed before it.
_TOUCHED: Final[LiteralString] = """
SELECT e.subject_kind, e.subject_id, array_agg(DISTINCT e.kind)
FROM core_leaf s JOIN core_event e ON e.sequence = s.sequence
WHERE s.seal = %(seal)s AND e.subject_kind = ANY(%(kinds)s) AND right(e.kind, 7) <> '.viewed'
  AND NOT (%(more)s AND EXISTS (
    SELECT 1 FROM core_event n WHERE n.subject_kind = e.subject_kind AND n.subject_id = e.subject_id
    AND n.sequence > e.sequence AND right(n.kind, 7) <> '.viewed'
    AND NOT EXISTS (SELECT 1 FROM core_leaf l WHERE l.sequence = n.sequence)))
GROUP BY e.subject_kind, e.subject_id ORDER BY e.subject_kind
"""
_SEAL_ROWS: Final[LiteralString] = """
INSERT INTO core_leaf (seal, position, kind, subject_kind, subject_id, hash)
SELECT %(seal)s, n.position, 'rows', %(kind)s, n.subject_id, n.hash
FROM unnest(%(positions)s::int4[], %(subjects)s::uuid[], %(hashes)s::bytea[]) AS n (position, subject_id, hash)
"""
_KEEP_ROWS: Final[LiteralString] = """
INSERT INTO core_imprint (subject_kind, subject_id, layout_id, seal, position, known)
SELECT %(kind)s, n.subject_id, %(layout)s, %(seal)s, n.position, n.known
FROM unnest(%(positions)s::int4[], %(subjects)s::uuid[], %(known)s::bytea[]) AS n (position, subject_id, known)
ON CONFLICT (subject_kind, subject_id) DO UPDATE SET layout_id = EXCLUDED.layout_id, seal = EXCLUDED.seal,
  position = EXCLUDED.position, known = EXCLUDED.known
"""
_SEAL: Final[LiteralString] = (
    "INSERT INTO core_seal (number, previous, leaves, root, first, last, floor, sealed_at, hash) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What came of a round: how many seals, events, and subjects whose rows were sealed."""

    seals: int = 0
    events: int = 0
    subjects: int = 0

    def and_(self, other: "Sealed") -> "Sealed":
        """Both together."""
        return Sealed(self.seals + other.seals, self.events + other.events, self.subjects + other.subjects)


def seal(*, patience: float = PATIENCE, told: Callable[[Sealed], None] | None = None, wait: bool = False) -> Sealed:
    """Seal all that is committed and not sealed, then tell the witness.

    Nothing when somebody else is sealing just now (with `wait`: after him). `told` hears of every seal. Raises
    `witness.Disagrees` when the witness knows other seals than the database: what was to be sealed is sealed then.
    """
    done = Sealed()
    with _alone(wait) as alone:
        reach = _reach(patience) if alone else 0
        while alone:
            one, more = _seal_batch(reach)
            done = done.and_(one)
            if told and one.seals:
                told(one)
            if not more:
                break
    witness.follow()
    return done


def waiting() -> int:
    """How many events are committed and not sealed, counted up to one seal's worth."""
    row = fetch_one(
        "SELECT count(*) FROM (SELECT 1 FROM core_event e WHERE e.sequence > "
        "(SELECT coalesce(max(floor), 0) FROM core_seal) AND NOT EXISTS "
        "(SELECT 1 FROM core_leaf l WHERE l.sequence = e.sequence) LIMIT %s) AS unsealed",
        (MOST_EVENTS,),
    )
    return int(row[0]) if row else 0


def kept_waiting() -> list[tuple[int, str]]:
    """(sequence, kind) of events that have waited longer than `LONGEST_WAIT`, at most a thousand: no sealer did its
    work, or somebody keeps it out.
    """
    rows = fetch_all(
        "SELECT e.sequence, e.kind FROM core_event e "
        "WHERE e.sequence > (SELECT coalesce(max(floor), 0) FROM core_seal) "
        "AND e.recorded_at < clock_timestamp() - %s::interval "
        "AND NOT EXISTS (SELECT 1 FROM core_leaf l WHERE l.sequence = e.sequence) ORDER BY e.sequence LIMIT 1000",
        (LONGEST_WAIT,),
    )
    return [(int(sequence), str(kind)) for sequence, kind in rows]


def _reach(patience: float) -> int:
    """Up to which sequence nothing can be written any more but what the next snapshot shows; 0 when unknown.

    Whoever inserts an event holds the table's lock from before he takes its sequence until his transaction ends.
    """
    row = fetch_one("SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('core_event', 'sequence')), 0)")
    given_out = int(row[0]) if row else 0
    awaited = {one for (one,) in fetch_all(_WRITERS)}
    until = time.monotonic() + patience
    while awaited:
        if time.monotonic() >= until:
            return 0
        time.sleep(_GLANCE)
        awaited &= {one for (one,) in fetch_all(_WRITERS)}
    return given_out


def _seal_batch(reach: int) -> tuple[Sealed, bool]:
    """One seal, if there is anything for it; and whether there may be more."""
    with one_snapshot(durable=True):
        before = fetch_one("SELECT number, hash, floor FROM core_seal ORDER BY number DESC LIMIT 1")
        number, previous, floor = before or (0, leaves.BEFORE_THE_FIRST, 0)
        number += 1
        events = sorted(
            fetch_all(_SEAL_EVENTS, {"floor": floor, "most": MOST_EVENTS, "seal": number}), key=lambda row: row[0]
        )
        if not events:
            return Sealed(), False
        (at,) = fetch_one("SELECT now()") or (None,)
        first, last, more = events[0][0], events[-1][0], len(events) == MOST_EVENTS
        hashes, strayed = [bytes(row[1]) for row in events], list[Astray]()
        for layout, prints, kinds in _touched(number, more):
            strayed += astray(layout, prints, kinds)
            _keep_rows(number, layout, prints, from_position=len(hashes))
            hashes += [one[1] for one in prints]
        subjects = len(hashes) - len(events)
        told = tell(strayed, at=at, seal=number, position=len(hashes))
        hashes += [one[1] for one in told]
        text = leaves.SealText(
            number, previous, len(hashes), leaves.root(hashes).hex(), first, max([last, *(one[0] for one in told)]),
            max(floor, min(reach, last) if more else reach), leaves.moment(at),
        )  # fmt: skip
        execute(_SEAL, (text.number, text.previous, text.leaves, text.root, text.first, text.last, text.floor,
                        text.sealed_at, text.hash()))  # fmt: skip
    return Sealed(1, len(events), subjects), more


def _touched(number: int, more: bool) -> Iterator[tuple[LayoutOf, list[Print], dict[UUID, list[str]]]]:
    """Of every kind of subject: its layout, what its rows hash to now, and the kinds of events of each subject."""
    layouts = layouts_now()
    rows = fetch_all(_TOUCHED, {"seal": number, "kinds": [*layouts], "more": more})
    for kind, several in groupby(rows, itemgetter(0)):
        kinds = {subject: told for _kind, subject, told in several}
        yield layouts[kind], prints_of(layouts[kind], [*kinds]), kinds


def _keep_rows(number: int, layout: LayoutOf, prints: list[Print], *, from_position: int) -> None:
    told = {
        "seal": number, "kind": layout.subject_kind, "layout": layout.id,
        "positions": list(range(from_position, from_position + len(prints))),
        "subjects": [one[0] for one in prints], "hashes": [one[1] for one in prints],
        "known": [one[2] for one in prints],
    }  # fmt: skip
    execute(_SEAL_ROWS, told)
    execute(_KEEP_ROWS, told)


@contextmanager
def _alone(wait: bool) -> Iterator[bool]:
    """Whether nobody else seals this record until the block ends; with `wait`, once nobody does."""
    asked: LiteralString = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
    row = fetch_one(f"SELECT {asked}({_KEY})")
    alone, held_by = wait or bool(row and row[0]), connection.connection
    try:
        yield alone
    finally:
        if alone and connection.connection is held_by and not connection.needs_rollback:
            fetch_one(f"SELECT pg_advisory_unlock({_KEY})")
