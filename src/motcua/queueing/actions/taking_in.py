"""A dossier is taken in from somebody with a number: the ticket says which, so that a late receipt shows."""

from uuid import UUID

from motcua.core.events import Happened, record
from motcua.queueing.models import Ticket


def link_dossier(happened: Happened) -> None:
    """The ticket named by the receipt learns its dossier, the first one of its turn. Listens to `dossier.received`.

    Records `ticket.taken_in`. A further dossier of the same person names the ticket in its own event only.
    """
    told = happened.after.get("ticket")
    if not told:
        return
    ticket = Ticket.objects.select_for_update().filter(pk=UUID(told), dossier=None).first()
    if ticket is None:
        return
    Ticket.objects.filter(pk=ticket.pk).update(dossier_id=happened.subject_id)
    record(
        kind="ticket.taken_in", subject=("ticket", ticket.pk), by=happened.by, at=happened.at,
        agency_id=ticket.agency_id, after={"dossier": str(happened.subject_id)},
    )  # fmt: skip
