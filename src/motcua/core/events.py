"""Record what happens, and let later stages follow on.

An earlier stage never calls a later one: it records an event, and `config/journey.py` says which action
listens. Listeners run in the same transaction, so a dossier is never received but unrouted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from motcua.core.ids import uuid7
from motcua.core.logs import request_id
from motcua.core.sql import execute


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: an account's id (None for the citizen or the system itself) and a name to show."""

    account_id: UUID | None
    name: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as its listeners see it. `carried` holds what the recording action already has in hand."""

    id: UUID
    kind: str
    subject_id: UUID
    at: datetime
    by: Actor
    after: Mapping[str, Any]
    carried: Any = None


Listener = Callable[[Happened], None]
_listeners: dict[str, list[Listener]] = defaultdict(list)


def listen(kind: str, listener: Listener) -> None:
    """Let `listener` run in the transaction of every event of this kind; twice is once."""
    if listener not in _listeners[kind]:
        _listeners[kind].append(listener)


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event about to be written: by `record`, or by an action that writes it together with its own rows."""

    kind: str
    subject: tuple[str, UUID]
    by: Actor
    at: datetime
    agency_id: UUID | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    id: UUID = field(default_factory=uuid7)

    def values(self) -> tuple[Any, ...]:
        """In the order of `COLUMNS`."""
        return (
            self.id, self.kind, *self.subject, self.agency_id, self.by.account_id, self.by.name, self.at, request_id(),
            Jsonb(self.before) if self.before is not None else None,
            Jsonb(self.after) if self.after is not None else None,
        )  # fmt: skip


COLUMNS: Final[LiteralString] = (
    "id, kind, subject_kind, subject_id, agency_id, actor_id, actor_name, at, request_id, before, after"
)


def record(
    *,
    kind: str,
    subject: tuple[str, UUID],
    by: Actor,
    at: datetime,
    agency_id: UUID | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    carried: Any = None,
) -> Happened:
    """Write one event row and run its listeners, all in the caller's transaction.

    `before` and `after` hold only what changed, as JSON values. Raises what a listener raises: then the
    whole move is undone.
    """
    row = EventRow(kind, subject, by, at, agency_id, before, after)
    execute(f"INSERT INTO core_event ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", row.values())
    return announce(row, carried)


_MANY: Final[LiteralString] = f"""
INSERT INTO core_event ({COLUMNS})
SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::uuid[], %s::text[],
                     %s::timestamptz[], %s::text[], %s::jsonb[], %s::jsonb[])
"""


def record_many(rows: Iterable[EventRow]) -> int:
    """Write many events in the caller's transaction; how many. Raises ValueError for a kind somebody listens to."""
    told = list(rows)
    heard = sorted({row.kind for row in told if _listeners.get(row.kind)})
    if heard:
        raise ValueError(f"somebody listens: {', '.join(heard)}")
    if not told:
        return 0
    return execute(_MANY, [list(column) for column in zip(*(row.values() for row in told), strict=True)])


def announce(row: EventRow, carried: Any = None) -> Happened:
    """Run the listeners of an event that its action writes itself, in the same transaction."""
    happened = Happened(row.id, row.kind, row.subject[1], row.at, row.by, row.after or {}, carried)
    for listener in _listeners[row.kind]:
        listener(happened)
    return happened
