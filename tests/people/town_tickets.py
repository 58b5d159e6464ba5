"""A number of the town's hall, for the addresses of those who wait."""

from datetime import datetime

from django.utils.timezone import localdate

from motcua.demo.halls import build_hall
from motcua.people.models import Agency
from motcua.queueing.keys import key_hash
from motcua.queueing.models import Ticket

TICKETS_OF_ONE_AGENCY = {"hall-door", "hall-poster"}
TICKETS_POSTED = {"told-by-sms"}
KEY = "AbCdEfGhIjKlMnOp"


def ticket_rows(ward: Agency, at: datetime) -> dict[str, str]:
    """The demo ward's hall, and the key of somebody who waits there."""
    hall = build_hall(ward)
    Ticket.objects.create(
        agency=ward, hall=hall, need=hall.needs.all()[0], day=localdate(at), number=1, place=1, since=at, way="kiosk",
        key_hash=key_hash(KEY), issued_at=at,
    )  # fmt: skip
    return {"<slug:hall_code>": hall.code, "<str:ticket_key>": KEY}
