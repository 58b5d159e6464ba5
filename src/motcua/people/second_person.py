"""Who is no second person: one whom the first person made, by himself and lately.

Where two people must agree, an administrator alone could otherwise appoint a leader, read his one-time password and
agree with himself. So for a fortnight nobody confirms what was asked by who appointed him, gave him the role, renewed
his password alone, or wrote down the absence by which he stands in: time enough for the others to see it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_all
from motcua.people.access import ActingOfficial
from motcua.people.models import Role

BINDING: Final = (Role.APPROVER, Role.ADMINISTRATOR)
"""The roles whose holders sign for the office, or say who may."""
LATELY: Final = timedelta(days=14)
_MADE: Final[LiteralString] = """
SELECT DISTINCT e.subject_id FROM people_official a
JOIN core_event e ON e.subject_kind = 'official' AND e.actor_id = a.account_id AND e.at > %(since)s
WHERE a.id = %(asker)s AND (
  e.subject_id = ANY(%(people)s) AND (e.kind IN ('official.appointed', 'official.password_renewed')
    OR e.kind = 'role.granted' AND e.after ->> 'role' = ANY(%(binding)s))
  OR e.subject_id = ANY(%(absent)s) AND e.kind = 'official.absent')
"""


def made_by(asker_id: UUID, people: Collection[UUID], at: datetime, *, absent: Collection[UUID] = ()) -> set[UUID]:
    """Which of these officials owe their word to the asker alone; of the `absent`, who was written away by him."""
    asked = {
        "asker": asker_id, "people": list(people), "absent": list(absent), "since": at - LATELY, "binding": [*BINDING]
    }  # fmt: skip
    return {row[0] for row in fetch_all(_MADE, asked)}


def is_made_by(asker_id: UUID, by: ActingOfficial, at: datetime) -> bool:
    """Whether `by` is no second person for what this asker asked: what he decides with comes from the asker."""
    own = any(role in BINDING and (unit, role) not in by.stands_in for unit, role in by.duties)
    return bool(made_by(asker_id, [by.id], at, absent=() if own else by.stands_in_for))
