"""Which appointed times of a need are free, day by day; and the bookings of a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, LiteralString
from uuid import UUID

from django.utils.timezone import get_default_timezone, localdate

from motcua.core.sql import fetch_all
from motcua.queueing.declared import declared_on
from motcua.queueing.models import Need
from motcua.queueing.models.bookings import Booking, SlotPlan
from motcua.queueing.rules.slots import Plan, slots_of
from motcua.worktime.queries import calendar_for

_TAKEN: Final[LiteralString] = """
SELECT slot_at, count(*) FROM queueing_booking
WHERE need_id = %s AND slot_at >= %s AND slot_at < %s AND state IN ('made', 'arrived') GROUP BY slot_at
"""


@dataclass(frozen=True, slots=True)
class Slot:
    """An appointed time: how many it takes, how many may still come."""

    at: datetime
    capacity: int
    free: int


def plans_of(need_id: UUID) -> list[Plan]:
    """The plans of a need, as the pure rules have them."""
    return [
        Plan(
            frozenset(row.weekdays), row.starts, row.ends, timedelta(minutes=row.every_minutes), row.capacity,
            row.valid_from, row.valid_to,
        )
        for row in SlotPlan.objects.filter(need_id=need_id)
    ]  # fmt: skip


def bookable_days(need: Need, at: datetime) -> dict[date, list[Slot]]:
    """From today, as many days ahead as the rule allows: the slots still to come of each day that has any.

    Raises `NoRule`; and `CalendarGap` when the calendar of one of these days is not loaded: then nothing is promised.
    """
    today = localdate(at)
    days = [today + timedelta(days=ahead) for ahead in range(declared_on(today).days_ahead + 1)]
    plans, zone = plans_of(need.id), get_default_timezone()
    calendar = calendar_for(need.hall.agency.calendar_code)
    first = datetime.combine(today, time.min, zone)
    taken = dict(fetch_all(_TAKEN, (need.id, first, first + timedelta(days=len(days)))))
    found: dict[date, list[Slot]] = {}
    for day in days:
        if day.isoweekday() not in need.weekdays:
            continue
        slots = slots_of(plans, day, zone=zone, is_working=calendar.is_working) if plans else {}
        to_come = [
            Slot(slot, capacity, max(capacity - taken.get(slot, 0), 0)) for slot, capacity in slots.items() if slot > at
        ]
        if to_come:
            found[day] = to_come
    return found


def capacity_at(need: Need, slot_at: datetime) -> int:
    """How many people an appointed time takes; 0 when it is none."""
    calendar, zone = calendar_for(need.hall.agency.calendar_code), get_default_timezone()
    return slots_of(plans_of(need.id), localdate(slot_at), zone=zone, is_working=calendar.is_working).get(slot_at, 0)


def bookings_of(hall_id: UUID, day: date) -> list[Booking]:
    """Everybody who has an appointment in a hall on a day, in the order of the times."""
    first, last = (datetime.combine(day, edge, get_default_timezone()) for edge in (time.min, time.max))
    rows = Booking.objects.filter(need__hall_id=hall_id, slot_at__range=(first, last))
    return list(rows.select_related("need", "ticket").order_by("slot_at", "seat", "made_at"))
