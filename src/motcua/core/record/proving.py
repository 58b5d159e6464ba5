"""The proof of an event: its leaf computed anew, its way up the tree, and the seal that covers it.

Computed here in Python, not by the SQL that sealed it: two programs must agree.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from motcua.core.record import leaves
from motcua.core.record.leaves import EventText, SealText, Step, moment
from motcua.core.record.witness import seals_after, told
from motcua.core.sql import fetch_all

FORMAT: Final = "motcua-proof-1"
_EVENTS: Final[LiteralString] = """
SELECT e.sequence, e.id, e.kind, e.subject_kind, e.subject_id, e.agency_id, e.actor_id, e.actor_name, e.at,
       e.recorded_at, e.request_id, e.before::text, e.after::text, l.seal, l.position, l.hash
FROM core_event e LEFT JOIN core_leaf l ON l.sequence = e.sequence
WHERE e.subject_kind = %s AND e.subject_id = %s ORDER BY e.sequence
"""


@dataclass(frozen=True, slots=True)
class Covered:
    """Where the event's leaf stands: its seal, its place there, and the neighbours on its way up to the root."""

    seal: SealText
    stored_hash: str
    position: int
    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """One event with what proves it; `covered` is None while it waits for its seal."""

    event: EventText
    at: datetime
    leaf: bytes
    covered: Covered | None
    opened: dict[str, str | None] | None

    @property
    def sound(self) -> bool:
        """Whether the event leads up to its seal, and the seal is itself."""
        one = self.covered
        return (
            one is not None
            and leaves.climbed(self.leaf, one.path).hex() == one.seal.root
            and one.seal.hash() == one.stored_hash
        )

    def told(self) -> dict[str, Any]:
        """As JSON: all that a program needs to compute it again. `preimage` is what the leaf is the hash of."""
        one = self.covered
        return {
            "format": FORMAT,
            "event": asdict(self.event),
            "opened": self.opened,
            "preimage": self.event.preimage().decode(),
            "leaf": self.leaf.hex(),
            "position": one.position if one else None,
            "path": [{"side": side, "hash": beside.hex()} for side, beside in one.path] if one else [],
            "seal": told(one.seal, one.stored_hash) if one else None,
            "sound": self.sound,
        }


def proofs_of(subject: tuple[str, UUID], *, open_kinds: Iterable[str] = ()) -> list[Proof]:
    """The proof of every event of this subject, in order. Of `open_kinds` also what was told, in clear."""
    rows = fetch_all(_EVENTS, subject)
    trees = {number: _tree(number) for number in {row[13] for row in rows if row[13] is not None}}
    return [_proof(row, trees.get(row[13]), frozenset(open_kinds)) for row in rows]


@dataclass(frozen=True, slots=True)
class _Tree:
    seal: SealText
    stored_hash: str
    hashes: list[bytes]


def _tree(number: int) -> _Tree | None:
    """The seal with its leaves; None when it is lost."""
    found = seals_after(number - 1, 1)
    rows = fetch_all("SELECT hash FROM core_leaf WHERE seal = %s ORDER BY position", (number,))
    if not found or found[0][0].number != number:
        return None
    return _Tree(*found[0], [bytes(row[0]) for row in rows])


def _proof(row: tuple[Any, ...], tree: _Tree | None, open_kinds: frozenset[str]) -> Proof:
    sequence, event_id, kind, subject_kind, subject_id, agency_id, actor_id, actor, at, recorded_at = row[:10]
    request_id, before, after, _seal, position, _hash = row[10:]
    event = EventText(
        sequence, str(event_id), kind, subject_kind, str(subject_id), str(agency_id or ""), moment(at),
        moment(recorded_at), leaves.actor_digest(actor_id, actor, request_id),
        leaves.told_digest(request_id, before, after),
    )  # fmt: skip
    covered = None
    if tree is not None and position < len(tree.hashes):
        covered = Covered(tree.seal, tree.stored_hash, position, tuple(leaves.way_up(tree.hashes, position)))
    opened = {"request_id": request_id, "before": before, "after": after} if kind in open_kinds else None
    return Proof(event, at, leaves.leaf(event.preimage()), covered, opened)
