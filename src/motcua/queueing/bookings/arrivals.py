"""What is told to who comes with an appointment that was kept already."""

from django.utils.translation import gettext as _

from motcua.queueing.actions.issuing import label_of
from motcua.queueing.models.bookings import Booking, BookingState


def has_arrived(booking: Booking) -> str:
    """Who has his number is told it again: he pressed twice, or lost his slip. Empty for who has none."""
    if booking.state != BookingState.ARRIVED or booking.ticket is None:
        return ""
    number = label_of(booking.ticket.need.letter, booking.ticket.number)
    return _("Lượt hẹn này đã lấy số %(number)s. Mời ông/bà ngồi chờ gọi số đó.") % {"number": number}
