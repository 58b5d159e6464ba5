"""The slip of a number, for the printer of its hall."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from motcua.queueing.actions.printers import print_slip
from motcua.queueing.models import Printer
from motcua.queueing.printing.slip import Slip
from motcua.queueing.queries.mine import Mine

LANGUAGE: Final = "vi"


def ticket_url(key: str) -> str:
    """The number's own page, for the QR."""
    return f"{settings.MOTCUA_BASE_URL}{reverse('ticket', args=(key,))}"


def slip_of(ticket: Mine, key: str) -> Slip:
    """What the slip of this number says."""
    return Slip(
        office=ticket.office, hall=ticket.hall_name, need=ticket.need, label=ticket.label, issued_at=ticket.issued_at,
        ahead=ticket.ahead or 0, told=ticket.told, url=ticket_url(key), priority=ticket.ground,
    )  # fmt: skip


def printed(ticket: Mine, key: str, printer: Printer, *, at: datetime) -> bool:
    """Print the slip, Vietnamese as the office's papers are: whether it came out."""
    with translation.override(LANGUAGE):
        return print_slip(slip_of(ticket, key), printer, at=at)
