"""The figures beside the day's work, on every page of an official: counted without looking at each dossier."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString

from motcua.core.sql import fetch_one
from motcua.people.access import ActingOfficial
from motcua.routing.consultations.access import ASKED_COUNT, asked_values
from motcua.routing.queries import FREE_OR_MINE, HANDS_MINE, LATE, OPEN_STATES, UNREAD, mine_values


@dataclass(frozen=True, slots=True)
class RailCounts:
    """What waits for this official, what he was reminded of, what the desk can return, what is late here."""

    mine: int
    to_return: int
    agency_late: int
    reminders: int
    consultations: int


# An open step belongs to an open dossier, or to a finished one that waits to be returned. Duty by duty, so that
# the statement is planned over the index of open steps also when it is prepared and its duties are not known.
_COUNTS: Final[LiteralString] = (
    """
SELECT (SELECT COALESCE(sum(held.steps), 0) FROM unnest(%(units)s::uuid[], %(roles)s::text[]) AS duty (unit_id, role)
        CROSS JOIN LATERAL (SELECT count(*) AS steps FROM routing_step s WHERE s.finished_at IS NULL
          AND s.unit_id = duty.unit_id AND s.role = duty.role AND """
    + FREE_OR_MINE
    + """) AS held)::int
       - (SELECT count(*) FROM dossiers_dossier r JOIN routing_step s ON s.dossier_id = r.id """
    + HANDS_MINE
    + """ AND r.agency_id = %(agency)s AND r.state = 9),
       (SELECT count(*) FROM dossiers_dossier r WHERE r.agency_id = %(agency)s AND r.state = 9),
       (SELECT count(*) FROM dossiers_dossier d WHERE d.agency_id = %(agency)s AND d.state IN """
    + OPEN_STATES
    + " AND d.due_at < %(at)s AND "
    + LATE
    + "), "
    + UNREAD
    + ", "
    + ASKED_COUNT
)


def rail_counts(by: ActingOfficial, *, at: datetime) -> RailCounts:
    """The same figures as `queries.work_counts` has for these four, in one query."""
    row = fetch_one(_COUNTS, {**mine_values(by, at), **asked_values(by)})
    return RailCounts(*(row or (0, 0, 0, 0, 0)))
