"""Whose number it was for whom an official types an e-form: kept in the official's session until it is taken in."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate

from motcua.people.access import ActingOfficial
from motcua.queueing.queries.served import served_today

KEPT: Final = "ticket-of-draft"
MOST: Final = 20
"""So many drafts of a morning are remembered; older ones were taken in or given up."""


def remember_ticket(request: HttpRequest, draft_id: UUID) -> None:
    """The ticket that the page named goes with the draft just begun."""
    if ticket := request.POST.get("ticket", "")[:40]:
        kept = [*request.session.get(KEPT, {}).items(), (str(draft_id), ticket)]
        request.session[KEPT] = dict(kept[-MOST:])


def ticket_of(request: HttpRequest, draft_id: UUID, *, by: ActingOfficial, at: datetime) -> UUID | None:
    """The ticket of a draft, if this official called it today."""
    served = served_today(request.session.get(KEPT, {}).get(str(draft_id), ""), by, localdate(at))
    return served.id if served else None
