"""Who looked: opening what a citizen told the office is an event of its own.

One event for an official, a subject and a quarter of an hour: pages are opened again and again, and a log of every
click would hide the look that matters. Nothing listens to these events, so they are written set by set.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from motcua.core.events import COLUMNS, Actor
from motcua.core.ids import uuid7
from motcua.core.logs import request_id
from motcua.core.sql import execute
from motcua.people.access import ActingOfficial

APART: Final = timedelta(minutes=15)
# The account of whoever is no official of this office: the holder of a tracking key, a command at the machine.
NO_ACCOUNT: Final = UUID(int=0)


class Purpose(StrEnum):
    """Under which task somebody looked; `after.task` of the event."""

    STEP = "step"  # the step in his own hands
    DUTY = "duty"  # an open step that his duty may take
    CONSULTATION = "consultation"  # his unit is asked for its opinion
    DESK = "desk"  # a filing that waits for the desk he serves
    LOOKUP = "lookup"  # no step of it is his: he looked it up
    SEARCH = "search"  # shown among what a search found
    REGISTER = "register"  # shown in the dossier register
    INSPECTION = "inspection"  # taken into an inspector's pack
    KEY = "key"  # read through the API by the holder of the tracking key


@dataclass(frozen=True, slots=True)
class Task:
    """What the look was for: the purpose, the step with its role and unit where there is one, and where he sits."""

    purpose: Purpose
    step: str = ""
    role: str = ""
    unit: str = ""
    desk: str = ""
    duty: tuple[UUID, str] | None = None

    def told(self) -> dict[str, str]:
        """As the event keeps it."""
        found = {
            "task": self.purpose.value, "step": self.step, "role": self.role, "unit": self.unit, "desk": self.desk
        }  # fmt: skip
        return {name: value for name, value in found.items() if value}


LOOKUP: Final = Task(Purpose.LOOKUP)

# One row for an account and a subject: whoever comes second in the same quarter of an hour waits for it, then writes
# nothing. Rows are taken in order, so that two searches that find the same dossiers never wait in a circle.
_LOOK: Final[LiteralString] = f"""
WITH asked AS (SELECT * FROM unnest(%(subjects)s::uuid[], %(ids)s::uuid[]) AS a (subject_id, event_id)),
fresh AS (
  INSERT INTO people_look AS l (subject_id, account_id, looked_at)
  SELECT a.subject_id, %(account)s::uuid, %(at)s::timestamptz FROM asked a
  WHERE NOT EXISTS (SELECT 1 FROM people_look k WHERE k.subject_id = a.subject_id AND k.account_id = %(account)s::uuid
                    AND k.looked_at > %(since)s::timestamptz AND k.looked_at < %(until)s::timestamptz)
  ORDER BY a.subject_id
  ON CONFLICT (subject_id, account_id) DO UPDATE SET looked_at = EXCLUDED.looked_at
    WHERE l.looked_at <= %(since)s::timestamptz OR l.looked_at >= %(until)s::timestamptz
  RETURNING l.subject_id
)
INSERT INTO core_event ({COLUMNS})
SELECT a.event_id, %(kind)s, %(subject)s, a.subject_id, %(agency)s::uuid, %(actor)s::uuid, %(name)s,
       %(at)s::timestamptz, %(request)s, NULL, %(after)s::jsonb
FROM asked a JOIN fresh f ON f.subject_id = a.subject_id
"""


def look(
    subject_kind: str, subjects: Iterable[UUID], *, by: Actor, agency_id: UUID | None, task: Task, at: datetime
) -> int:
    """Tell the log that `by` saw these subjects: `<subject_kind>.viewed`, at most once in a quarter of an hour each.

    One statement, whatever the number. Gives back how many events were written. No listener is called.
    """
    seen = sorted(set(subjects))
    if not seen:
        return 0
    return execute(_LOOK, _values(subject_kind, seen, by, agency_id, task, at))


def _values(
    kind: str, subjects: Sequence[UUID], by: Actor, agency_id: UUID | None, task: Task, at: datetime
) -> dict[str, Any]:
    return {
        "subjects": subjects, "ids": [uuid7() for _ in subjects], "account": by.account_id or NO_ACCOUNT,
        "actor": by.account_id, "name": by.name, "agency": agency_id, "at": at, "since": at - APART,
        "until": at + APART, "kind": f"{kind}.viewed", "subject": kind, "request": request_id(),
        "after": Jsonb(task.told()),
    }  # fmt: skip


def look_as(by: ActingOfficial, subject_kind: str, subjects: Iterable[UUID], *, task: Task, at: datetime) -> int:
    """As `look`, by an official: in the name of the duty that the task belongs to, also when he stands in for it."""
    actor = by.acting_as(*task.duty) if task.duty else by.actor
    desk = f"{by.unit_name}, {by.agency_name}"
    return look(subject_kind, subjects, by=actor, agency_id=by.agency_id, task=replace(task, desk=desk), at=at)
