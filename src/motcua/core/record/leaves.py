"""The hashes of the record: leaf, tree, proof, seal. Pure; the standard library only, so that anybody can run it alone.

Everything hashed is UTF-8 text, one value a line, in the order written here. Free text has its backslashes doubled and
its line ends written as a backslash and an n, so that a value is never two lines. Moments are UTC to the microsecond.
`before`, `after` and rows are the text that PostgreSQL prints for them. `core/record/reading.py` computes the same
in SQL, and a test holds the two together.

An event's line of who did it and its lines of what was told are hashed by themselves first: the citizen gets the
event, the way up to the seal and these two digests, and so checks what he may see without reading what he may not.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Final, Literal

EVENT: Final = "motcua-event-1"
ACTOR: Final = "motcua-actor-1"
TOLD: Final = "motcua-told-1"
ROW: Final = "motcua-row-1"
ROWS: Final = "motcua-rows-1"
SEAL: Final = "motcua-seal-1"

Side = Literal["left", "right"]
Step = tuple[Side, bytes]
"""One step of a proof: on which side the neighbour stands, and its hash."""


def lines(*values: object) -> bytes:
    """These values as text, one a line, as they are hashed; None is an empty line."""
    return "\n".join("" if value is None else str(value) for value in values).encode()


def escaped(text: str) -> str:
    """Free text in one line."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def moment(at: datetime) -> str:
    """An instant as it is hashed: 2026-11-22T04:10:00.123456Z. Raises `ValueError` for one without a zone."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")  # noqa: UP017 (runs alone on old Pythons too)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def actor_digest(actor_id: object, actor_name: str, request_id: str) -> str:
    """Who did it, hidden: whom the citizen is not told, he can still hold the office to."""
    return digest(lines(ACTOR, actor_id, escaped(actor_name), escaped(request_id)))


def told_digest(request_id: str, before: str | None, after: str | None) -> str:
    """What the event says of before and after (JSON as PostgreSQL prints it), hidden."""
    return digest(lines(TOLD, escaped(request_id), before, after))


@dataclass(frozen=True)
class EventText:
    """An event as its leaf knows it: ids and moments as text, who and what as digests."""

    sequence: int
    id: str
    kind: str
    subject_kind: str
    subject_id: str
    agency_id: str
    at: str
    recorded_at: str
    actor: str
    told: str

    def preimage(self) -> bytes:
        """What the leaf is the hash of, after one zero byte."""
        return lines(
            EVENT, self.sequence, self.id, escaped(self.kind), escaped(self.subject_kind), self.subject_id,
            self.agency_id, self.at, self.recorded_at, self.actor, self.told,
        )  # fmt: skip


def row_hash(table: str, columns: Sequence[str], text: str) -> str:
    """One row, `text` being what PostgreSQL prints for ROW(columns…)::text in the UTC zone and ISO dates."""
    return digest(lines(ROW, table, ",".join(columns), text))


def rows_preimage(subject_kind: str, subject_id: str, rows: Iterable[tuple[str, str, str]]) -> bytes:
    """All the rows of one subject: (table, row id, hash of the row) each, in the order of their text."""
    return lines(ROWS, escaped(subject_kind), subject_id, *sorted(" ".join(row) for row in rows))


def leaf(preimage: bytes) -> bytes:
    """A leaf of the tree (RFC 6962 section 2.1: leaves and nodes begin differently, so that none passes for other)."""
    return hashlib.sha256(b"\x00" + preimage).digest()


def node(left: bytes, right: bytes) -> bytes:
    """What two neighbours are under together."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def _above(level: Sequence[bytes]) -> list[bytes]:
    pairs = [node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaves; the last of an odd level goes up as it is. Raises `ValueError` without leaves."""
    if not leaves:
        raise ValueError("a tree needs leaves")
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def way_up(leaves: Sequence[bytes], position: int) -> list[Step]:
    """The neighbours from the leaf at `position` (0 is the first) to the root. Raises `IndexError` beyond."""
    if not 0 <= position < len(leaves):
        raise IndexError(position)
    level, steps = list(leaves), list[Step]()
    while len(level) > 1:
        beside = position ^ 1
        if beside < len(level):
            steps.append(("left" if beside < position else "right", level[beside]))
        level, position = _above(level), position // 2
    return steps


def climbed(start: bytes, steps: Iterable[Step]) -> bytes:
    """The root that a leaf and its way up lead to."""
    reached = start
    for side, beside in steps:
        reached = node(beside, reached) if side == "left" else node(reached, beside)
    return reached


@dataclass(frozen=True)
class SealText:
    """A seal as it is hashed. Positions of its leaves count from 0.

    `first` and `last` are the lowest and highest sequence of its events (0: it holds none); `floor` says that every
    event up to that sequence is sealed by now, so that one that turns up there later was put in by hand.
    """

    number: int
    previous: str
    leaves: int
    root: str
    first: int
    last: int
    floor: int
    sealed_at: str

    def hash(self) -> str:
        """The seal's own hash, in hexadecimal: what the next seal names as `previous`."""
        return digest(lines(SEAL, self.number, self.previous, self.leaves, self.root, self.first, self.last, self.floor,
                            self.sealed_at))  # fmt: skip


BEFORE_THE_FIRST: Final = "0" * 64
"""What the first seal names as the one before."""
