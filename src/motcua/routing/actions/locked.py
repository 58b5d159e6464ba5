"""A dossier under a lock, with what its end or its reopening depends on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_one
from motcua.dossiers.actions import ClockWentBack
from motcua.dossiers.states import StaleMove, State
from motcua.people.access import ActingOfficial

# First the lock, then what hangs on it: one statement would see those rows as they were before it had to wait.
_LOCK: Final[LiteralString] = """
SELECT state, GREATEST(received_at, finished_at, returned_at), paused_until, due_at, paused_at
FROM dossiers_dossier WHERE id = %s AND agency_id = %s FOR UPDATE
"""
# An approval stands until its own step, or one before it, was opened again: sent back, or the dossier reopened.
_STANDS: Final[LiteralString] = """
SELECT EXISTS (SELECT 1 FROM routing_step a WHERE a.dossier_id = %(dossier)s AND a.outcome = 'approved'
               AND NOT EXISTS (SELECT 1 FROM routing_step b WHERE b.dossier_id = a.dossier_id AND b.id <> a.id
                               AND b.position <= a.position AND b.started_at >= a.finished_at)),
       GREATEST((SELECT max(s.started_at) FROM routing_step s WHERE s.dossier_id = %(dossier)s
                 AND s.finished_at IS NULL),
                (SELECT max(e.at) FROM dossiers_clockentry e WHERE e.dossier_id = %(dossier)s))
"""


@dataclass(frozen=True, slots=True)
class LockedDossier:
    """A dossier under a lock; `decided`: the leader's approval stands."""

    state: State
    decided: bool
    paused_until: date | None
    due_at: datetime
    paused_at: datetime | None


def lock_dossier(dossier_id: UUID, by: ActingOfficial, at: datetime) -> LockedDossier:
    """A dossier of one's agency. Raises `StaleMove` for another's, `ClockWentBack`."""
    row = fetch_one(_LOCK, (dossier_id, by.agency_id))
    if row is None:
        raise StaleMove
    decided, moved_at = fetch_one(_STANDS, {"dossier": dossier_id}) or (False, None)
    last = max(row[1], moved_at or row[1])
    if at < last:
        raise ClockWentBack(last)
    return LockedDossier(State(row[0]), decided, *row[2:])
