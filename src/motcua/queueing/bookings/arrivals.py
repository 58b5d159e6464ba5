"""Who comes at his appointed time: which appointment is meant, and the number it becomes, told as often as asked."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.throttle import Book, allow_in, forgive
from motcua.queueing.actions.booking import BookingRefused, StaleBooking, arrive
from motcua.queueing.keys import key_of_booking
from motcua.queueing.models import Hall
from motcua.queueing.models.bookings import Booking, BookingState

WRONG: Final = 20
"""Wrong codes of one address in `WINDOW`; the machine has one address for everybody who comes."""
WINDOW: Final = timedelta(minutes=10)


def number_for(hall: Hall, *, who: str, at: datetime, **wanted: str) -> str:
    """The key of the number that this appointment (its `code`, or its `key_hash`) became, now or a moment ago.

    `who` asks, by which wrong codes are counted. Raises `BookingRefused` for a wrong code and for too many of them,
    and as `arrive` does.
    """
    tries = [Book("booking-code", who, WRONG, WINDOW)]
    if not allow_in(tries):
        raise BookingRefused(_("Nhập sai nhiều lần. Đợi 10 phút rồi thử lại, hoặc hỏi bàn hướng dẫn."))
    booking = Booking.objects.filter(**wanted, need__hall=hall).first()
    if booking is None:
        raise BookingRefused(_("Không có lượt hẹn nào mang mã này ở đây. Ông/bà xem lại mã trong tin nhắn."))
    forgive(tries)
    try:
        return arrive(booking.pk, at=at).key
    except StaleBooking:
        if not _came_today(booking.pk, at):
            raise
        return key_of_booking(booking.pk)  # he pressed twice, or lost his slip


def _came_today(booking_id: UUID, at: datetime) -> bool:
    came = Booking.objects.filter(pk=booking_id, state=BookingState.ARRIVED, ticket__day=localdate(at))
    return came.exists()
