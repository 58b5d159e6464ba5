"""Hearing what happened: events that are committed become messages, at least once, and their key makes it once.

The intake's transaction writes its event row and nothing else: that row is the outbox. A sequence is not a time: who
took a lower one may commit later. So everything above a floor is read anew each round, and the floor follows that of
the seals, below which nothing can come any more (`core/record/sealing.py`): whoever could still write there has
ended. An event that was said before is known by the message's `event_id`.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.timezone import localdate

from motcua.core.sql import execute, fetch_all, fetch_one
from motcua.correspondence.actions import Said, say_all
from motcua.correspondence.shipped import rules_on

AT_ONCE: Final = 500
# `at` is when it happened: a year that is simulated or imported today is history, and history is not told.
_UNHEARD: Final[LiteralString] = """
SELECT e.sequence, e.id, e.kind, e.subject_id, e.agency_id, e.at, e.after::text FROM core_event e
WHERE e.sequence > %s AND e.kind = ANY(%s) AND e.at > %s
  AND NOT EXISTS (SELECT 1 FROM correspondence_message m WHERE m.event_id = e.id)
ORDER BY e.sequence LIMIT %s
"""
_RAISE: Final[LiteralString] = """
INSERT INTO correspondence_heard (id, floor) VALUES (1, %s)
ON CONFLICT (id) DO UPDATE SET floor = EXCLUDED.floor WHERE correspondence_heard.floor < EXCLUDED.floor
"""


@dataclass(frozen=True, slots=True)
class HeardEvent:
    """An event as the one who words it sees it."""

    id: UUID
    kind: str
    subject_id: UUID
    agency_id: UUID | None
    at: datetime
    after: Mapping[str, Any]


Wording = Callable[[Sequence[HeardEvent]], Iterable[Said]]


def hear(kinds: Collection[str], wording: Wording, *, at: datetime) -> int:
    """Say what events of these kinds give to say; how many messages were new.

    `wording` gets up to `AT_ONCE` events and gives back what to say of them. What cannot be worded stops no other: it
    raises an ExceptionGroup at the end; then the floor stays, and it is heard again until somebody mended the text.
    """
    sealed = _number(
        "SELECT floor FROM core_seal ORDER BY number DESC LIMIT 1"
    )  # before the events are read: see above
    heard = _number("SELECT floor FROM correspondence_heard")
    since = at - rules_on(localdate(at)).told_within
    place, said, faults = heard, 0, list[Exception]()
    while rows := fetch_all(_UNHEARD, (place, sorted(kinds), since, AT_ONCE)):
        place = rows[-1][0]
        events = [_event(*row[1:]) for row in rows]
        try:
            said += say_all(wording(events), at=at)
        except ExceptionGroup as fault:
            faults += fault.exceptions
        if len(rows) < AT_ONCE:
            break
    if faults:
        raise ExceptionGroup("some events could not be told", faults)
    if sealed > heard:
        execute(_RAISE, (sealed,))
    return said


def _event(id_: UUID, kind: str, subject_id: UUID, agency_id: UUID | None, at: datetime, after: str) -> HeardEvent:
    return HeardEvent(id_, kind, subject_id, agency_id, at, json.loads(after or "{}"))


def _number(sql: LiteralString) -> int:
    row = fetch_one(sql)
    return int(row[0]) if row else 0
