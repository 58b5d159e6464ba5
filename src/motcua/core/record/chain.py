"""Walking the chain of seals from the first to the last: every seal, every leaf, every event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, LiteralString

from django.utils.translation import gettext as _

from motcua.core.record import leaves
from motcua.core.record.findings import Findings, Found, What
from motcua.core.record.leaves import SealText
from motcua.core.record.reading import EVENT_LEAF, prints_of
from motcua.core.record.registry import layouts_kept
from motcua.core.record.sealing import MOST_EVENTS
from motcua.core.record.witness import seals_after
from motcua.core.sql import fetch_all, fetch_one

Unlike = tuple[int, int, int, str | None, bytes]
"""A leaf that is not what its event hashes to: seal, position, sequence, the event's kind (None: gone), the leaf."""

Leafage = tuple[int, int, list[tuple[datetime, datetime]]]
"""Lowest and highest sequence of several seals, and for each from when and until when its events were written down."""

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
LONGEST_TRANSACTION: Final = timedelta(hours=6)
"""An event bears the moment its transaction began, and is sealed after it ended: no work of ours takes so long."""
CLOCKS_APART: Final = timedelta(minutes=1)
"""Between the moment a seal's transaction began and what it reads others may begin and end."""
AT_ONCE: Final = 10
MOST_AT_ONCE: Final = 1_000
"""Seals read at once: a tenth of a million leaves, three megabytes of hashes."""
_LEAVES: Final[LiteralString] = """
SELECT seal, string_agg(hash, ''::bytea ORDER BY position), count(*), max(position), min(sequence), max(sequence),
       count(sequence), bool_and(length(hash) = 32)
FROM core_leaf WHERE seal BETWEEN %s AND %s GROUP BY seal
"""
_UNLIKE: Final[LiteralString] = (
    "SELECT l.seal, l.position, l.sequence, e.kind, l.hash, e.sequence IS NULL OR l.hash IS DISTINCT FROM " + EVENT_LEAF
    + " FROM core_leaf l "
    "JOIN unnest(%(seals)s::int8[], %(since)s::timestamptz[], %(upto)s::timestamptz[]) AS s (number, since, upto) "
    "ON s.number = l.seal "
    "LEFT JOIN core_event e ON e.sequence = l.sequence AND e.sequence BETWEEN %(lowest)s AND %(highest)s "
    "WHERE l.seal BETWEEN %(first)s AND %(last)s AND l.sequence IS NOT NULL AND (e.sequence IS NULL "
    "OR e.recorded_at NOT BETWEEN s.since AND s.upto OR l.hash IS DISTINCT FROM " + EVENT_LEAF + ")"
)  # fmt: skip
"""Unordered and without a limit: hoping for a limit, PostgreSQL looks up every event by itself."""
_NOT_SEALED: Final[LiteralString] = (
    "SELECT e.sequence, e.kind, " + EVENT_LEAF + " FROM core_event e WHERE (e.sequence <= %s OR e.sequence > "
    "coalesce(pg_sequence_last_value(pg_get_serial_sequence('core_event', 'sequence')), 0)) "
    "AND NOT EXISTS (SELECT 1 FROM core_leaf l WHERE l.sequence = e.sequence) ORDER BY e.sequence LIMIT 1000"
)
_OF_ONE_SEAL: Final[LiteralString] = (
    "SELECT l.position, l.hash, CASE WHEN l.sequence IS NOT NULL THEN " + EVENT_LEAF + " END, i.layout_id, "
    "l.subject_id FROM core_leaf l LEFT JOIN core_event e ON e.sequence = l.sequence "
    "LEFT JOIN core_imprint i ON i.subject_kind = l.subject_kind AND i.subject_id = l.subject_id "
    "AND i.seal = l.seal AND i.position = l.position WHERE l.seal = %s ORDER BY l.position"
)  # fmt: skip


@dataclass(slots=True)
class Walked:
    """What the walk passed: how many seals and events, the newest seal, and the sequence below which all is sealed."""

    seals: int = 0
    events: int = 0
    newest: SealText | None = None
    newest_hash: str = leaves.BEFORE_THE_FIRST
    floor: int = 0
    since: datetime = _LONG_AGO


def walk(found: Findings, told: Callable[[Walked], None] | None = None) -> Walked:
    """Check the whole chain; what is wrong goes into `found`. `told` hears of the way every few seals."""
    walked, unlike = Walked(), list[Unlike]()
    while several := seals_after(walked.newest.number if walked.newest else 0, AT_ONCE):
        for seal, stored in several:
            _link(walked, seal, stored, found)
        lowest, highest, moments = _leaves(walked, [seal for seal, _stored in several], found)
        span = {
            "first": several[0][0].number, "last": several[-1][0].number, "lowest": lowest, "highest": highest,
            "seals": [seal.number for seal, _stored in several], "since": [one[0] for one in moments],
            "upto": [one[1] for one in moments],
        }  # fmt: skip
        rows = sorted(fetch_all(_UNLIKE, span))
        unlike += [(*row[:4], bytes(row[4])) for row in rows if row[5]][:MOST_AT_ONCE]
        _misdated([row for row in rows if not row[5]], found)
        if told:
            told(walked)
    _beyond(walked, found)
    _events(walked, unlike, found)
    return walked


def _link(walked: Walked, seal: SealText, stored: str, found: Findings) -> None:
    """Whether this seal is itself, and follows the one before."""
    before = walked.newest.number if walked.newest else 0
    for lost in range(before + 1, min(seal.number, before + 1000)):
        found.add(Found("core_seal", str(lost), What.MISSING, _("niêm phong số %(n)d mất") % {"n": lost}))
    if seal.hash() != stored:
        found.add(Found("core_seal", str(seal.number), What.CHANGED))
    elif (
        seal.previous != walked.newest_hash and seal.number == before + 1 and not found.names("core_seal", str(before))
    ):
        found.add(Found("core_seal", str(before or seal.number), What.CHANGED, _("niêm phong sau không nối vào nó")))
    walked.seals, walked.newest, walked.newest_hash = walked.seals + 1, seal, stored
    walked.floor = max(walked.floor, seal.floor)


def _leaves(walked: Walked, seals: Sequence[SealText], found: Findings) -> Leafage:
    """Check that each seal has its leaves and no other; the lowest and highest sequence among them.

    And for each seal between which moments its events must have been written down: after the last seal that took
    all there was (a full one left some for the next), before itself.
    """
    moments = list[tuple[datetime, datetime]]()
    there = {row[0]: row[1:] for row in fetch_all(_LEAVES, (seals[0].number, seals[-1].number))}
    for seal in seals:
        together, count, highest, first, last, events, whole = there.get(seal.number, (b"", 0, -1, 0, 0, 0, True))
        hashes = [bytes(together[at : at + 32]) for at in range(0, len(together), 32)]
        walked.events += events
        sealed_at = datetime.fromisoformat(seal.sealed_at)
        moments.append((walked.since, sealed_at + CLOCKS_APART))
        if events < MOST_EVENTS:
            walked.since = sealed_at - LONGEST_TRANSACTION
        sound = count == seal.leaves == highest + 1 and whole and hashes and leaves.root(hashes).hex() == seal.root
        if not sound and not found.names("core_seal", str(seal.number)):
            _look_closer(seal, found)
        elif sound and (first or 0, last or 0) != (seal.first, seal.last):
            found.add(_leaf(seal.number, "", What.CHANGED))
    sequences = [one for row in there.values() for one in row[3:5] if one is not None]
    return min(sequences, default=0), max(sequences, default=0), moments


def _misdated(rows: Sequence[tuple[Any, ...]], found: Findings) -> None:
    """Events that say they were written down long before the seal before theirs, or after their own."""
    for seal, _position, sequence, kind, *_rest in rows:
        where = _("sự kiện %(kind)s trong niêm phong số %(n)d") % {"kind": kind, "n": seal}
        found.add(Found("core_event", str(sequence), What.MISDATED, where))


def _look_closer(seal: SealText, found: Findings) -> None:
    """Which leaf of this seal is missing, too many, or another one than was sealed."""
    rows = fetch_all(_OF_ONE_SEAL, (seal.number,))
    positions = {row[0] for row in rows}
    for position in sorted({*range(seal.leaves)} - positions)[:1000]:
        found.add(_leaf(seal.number, str(position), What.MISSING))
    for position in sorted(one for one in positions if one >= seal.leaves):
        found.add(_leaf(seal.number, str(position), What.INSERTED))
    if positions != {*range(seal.leaves)}:
        return
    layouts = {layout.id: layout for layout in layouts_kept()}
    hashes, others = [bytes(row[1]) for row in rows], list[int]()
    for position, stored, event, layout, subject in rows:
        right = event if layout is None else prints_of(layouts[layout], [subject])[0][1]
        if right is not None and bytes(right) != bytes(stored):
            hashes[position] = bytes(right)
            others.append(position)
    named = others if others and leaves.root(hashes).hex() == seal.root else [None]
    for one in named:
        found.add(_leaf(seal.number, "" if one is None else str(one), What.CHANGED))


def _leaf(seal: int, position: str, what: What) -> Found:
    return Found("core_leaf", f"{seal}/{position}" if position else str(seal), what,
                 _("lá của niêm phong số %(n)d") % {"n": seal})  # fmt: skip


def _beyond(walked: Walked, found: Findings) -> None:
    """Leaves after the last seal: their seal is lost."""
    number = walked.newest.number if walked.newest else 0
    for (lost,) in fetch_all("SELECT DISTINCT seal FROM core_leaf WHERE seal > %s ORDER BY seal LIMIT 50", (number,)):
        found.add(Found("core_seal", str(lost), What.MISSING, _("còn lá mà không còn niêm phong")))
    row = fetch_one("SELECT min(seal) FROM core_leaf")
    if row and row[0] is not None and row[0] < 1:
        found.add(_leaf(row[0], "", What.INSERTED))


def _events(
    walked: Walked, unlike: Sequence[Unlike], found: Findings
) -> None:  # fmt: skip
    """Tell apart the events that changed or went from leaves that were made to name another event."""
    strangers = {bytes(row[2]): (row[0], row[1]) for row in fetch_all(_NOT_SEALED, (walked.floor,))}
    for seal, position, sequence, kind, stored in unlike:
        if strangers.pop(stored, None) is not None:
            found.add(_leaf(seal, str(position), What.CHANGED))
        elif not found.names("core_leaf", f"{seal}/{position}"):
            where = _("sự kiện %(kind)s trong niêm phong số %(n)d") % {"kind": kind or "", "n": seal}
            found.add(Found("core_event", str(sequence), What.CHANGED if kind else What.MISSING, where))
    for sequence, kind in strangers.values():
        found.add(Found("core_event", str(sequence), What.INSERTED, _("sự kiện %(kind)s") % {"kind": kind}))
