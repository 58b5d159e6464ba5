"""Changes of the calendar that wait for a leader: which, how many, who may confirm."""

from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

from django.db.models import QuerySet

from motcua.core.events import Actor
from motcua.core.sql import fetch_one
from motcua.people.access import ActingOfficial
from motcua.people.second_person import is_made_by
from motcua.routing.confirmations.models import CalendarProposal
from motcua.routing.confirmations.proposals import Proposal, read_proposal


def waiting_proposals(agency_id: UUID) -> QuerySet[CalendarProposal]:
    """What waits for a leader, the oldest first."""
    return (
        CalendarProposal.objects.filter(agency_id=agency_id, settled_at=None)
        .select_related("asked_by__account")
        .order_by("asked_at")
    )


_WAITING: Final[LiteralString] = (
    "SELECT (SELECT count(*) FROM routing_calendarproposal WHERE agency_id = %(agency)s AND settled_at IS NULL) + "
    "(SELECT count(*) FROM people_passwordrenewal r JOIN people_official o ON o.id = r.official_id "
    "JOIN people_unit u ON u.id = o.unit_id WHERE u.agency_id = %(agency)s AND r.settled_at IS NULL)"
)


def waiting_count(agency_id: UUID) -> int:
    """How many changes and passwords of the agency wait for a second person."""
    row = fetch_one(_WAITING, {"agency": agency_id})
    return int(row[0]) if row else 0


def may_confirm(asked: CalendarProposal, by: ActingOfficial, leaders: UUID | None, at: datetime) -> bool:
    """Whether he is a leader who neither asked, stands in for who did, nor was made one by him; `leading_unit`."""
    another = leaders is not None and asked.asked_by_id not in {by.id, *by.stands_in_for}
    return another and not is_made_by(asked.asked_by_id, by, at)


def reread(asked: CalendarProposal, code: str) -> Proposal:
    """The change as it was asked for, in the asker's name. Raises `ProposalRefused` when its day has passed."""
    asker = asked.asked_by
    return read_proposal(asked.said, code, by=Actor(asker.account_id, asker.full_name))
