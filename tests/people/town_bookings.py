"""An appointment in the town's hall, for the addresses of those who come at a time."""

from datetime import datetime, timedelta

from motcua.demo.halls import build_hall
from motcua.people.models import Agency
from motcua.queueing.keys import key_hash
from motcua.queueing.models import Booking

BOOKINGS_OF_ONE_AGENCY = {"booked-today", "call-off", "slot-plans"}
BOOKINGS_POSTED = {"cancel-booking"}
PLANS_POSTED = {"stop-slot-plan"}
KEY, CODE = "BookingKeyOfTown", "TWN234"


def booking_rows(ward: Agency, at: datetime) -> dict[str, str]:
    """The key and the code of somebody who comes tomorrow, and a plan of times."""
    hall = build_hall(ward)
    need = hall.needs.filter(takes_bookings=True)[0]
    Booking.objects.create(
        agency=ward, need=need, slot_at=at + timedelta(days=1), seat=1, code=CODE, key_hash=key_hash(KEY), made_at=at
    )
    plan = need.slot_plans.all()[0]
    return {"<str:booking_key>": KEY, "<slug:booking_code>": CODE, "<uuid:plan_id>": str(plan.pk)}
