"""The tables of the queue: halls and counters (`halls`), their printers (`printers`), tickets (`tickets`),
what a hall has learnt (`pace`), appointments (`bookings`)."""

from motcua.queueing.models.bookings import Booking, BookingState, SlotPlan
from motcua.queueing.models.halls import Counter, Hall, Need, Sitting
from motcua.queueing.models.pace import DayScore, HallPace, Pace
from motcua.queueing.models.printers import Printer, PrinterTrouble, PrinterWay
from motcua.queueing.models.tickets import Ticket, TicketState, TicketWay, Turn

__all__ = [
    "Booking", "BookingState", "Counter", "DayScore", "Hall", "HallPace", "Need", "Pace", "Printer", "PrinterTrouble",
    "PrinterWay", "Sitting", "SlotPlan", "Ticket", "TicketState", "TicketWay", "Turn",
]  # fmt: skip
