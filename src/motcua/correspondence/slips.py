"""The printed slips of messages."""

from collections.abc import Sequence
from datetime import datetime

from motcua.correspondence.models import Message
from motcua.documents.prints.letterhead import Letterhead
from motcua.documents.prints.message_slip import MessageSlip, render_message_slips
from motcua.people.models import Agency, Unit, UnitFunction


def printed(several: Sequence[Message], *, at: datetime) -> bytes:
    """All of them as one PDF; they are of one agency. Raises ValueError for none."""
    if not several:
        raise ValueError("there is no message to print")
    agency = Agency.objects.select_related("parent").get(pk=str(several[0].agency_id))
    desk = Unit.objects.filter(agency=agency, function=UnitFunction.ONE_STOP).order_by("-valid_from").first()
    head = Letterhead(
        superior=agency.parent.name if agency.parent else "",
        agency=agency.name,
        section=desk.name if desk else "",
        place=agency.short_name,
    )
    return render_message_slips(
        [
            MessageSlip(
                head=head, name=one.to_name, address=one.to_address, code=one.about_code, subject=one.subject,
                text=one.text,
            )
            for one in several
        ],
        at=at,
    )  # fmt: skip
