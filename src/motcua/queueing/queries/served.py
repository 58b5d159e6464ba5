"""The person in front of an official: whose number he serves, so that what is taken in then says so."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.people.access import ActingOfficial
from motcua.queueing.actions.issuing import label_of
from motcua.queueing.models import Ticket, TicketState


@dataclass(frozen=True, slots=True)
class Served:
    """A ticket in somebody's hands, by its number as it is called."""

    id: UUID
    label: str


def served_by(by: ActingOfficial) -> Served | None:
    """The one ticket that the official serves now; None when there is none, or several at once: nobody guesses."""
    rows = Ticket.objects.filter(agency_id=by.agency_id, official_id=by.id, state=TicketState.SERVING)
    found = rows.select_related("need")[:2]
    return _served(found[0]) if len(found) == 1 else None


def served_today(key: str, by: ActingOfficial, day: date) -> Served | None:
    """The ticket of this id if this official called it that day; None for any other, also for what is no id."""
    try:
        ticket_id = UUID(key)
    except ValueError:
        return None
    rows = Ticket.objects.filter(agency_id=by.agency_id, official_id=by.id, day=day, pk=ticket_id)
    ticket = rows.select_related("need").first()
    return _served(ticket) if ticket else None


def _served(ticket: Ticket) -> Served:
    return Served(ticket.id, label_of(ticket.need.letter, ticket.number))
