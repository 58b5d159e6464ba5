"""The end of a hall's day: who was not served is said so, and who forgot to leave his counter has left it."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_noop

from motcua.core.events import Actor
from motcua.queueing.actions.calling import move_ticket
from motcua.queueing.actions.sitting import tell_counter
from motcua.queueing.models import Hall, Sitting, Ticket, TicketState
from motcua.queueing.queries.opening import opens_next
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar, CalendarGap, CalendarMistake

THE_EVENING: Final = Actor(None, gettext_noop("Một Cửa, cuối ngày"))
# What becomes of a ticket that nobody ended on its day, and how the log calls it.
_LEFT_OVER: Final = {
    TicketState.WAITING: (TicketState.UNSERVED, "unserved"),
    TicketState.HELD: (TicketState.UNSERVED, "unserved"),
    TicketState.CALLED: (TicketState.ABSENT, "absent"),
    TicketState.SERVING: (TicketState.DONE, "done"),
}


def evening_round(at: datetime) -> dict[str, int]:
    """Every hall whose day is over: how many were not served, and how many counters were left by the rule.

    A day is over when its last working session has ended and nobody sits any more, on the next day at the latest.
    Whoever waits at closing time is served as long as somebody sits. Raises an ExceptionGroup, after all others, of
    the halls whose calendar does not reach that day: there, only days gone by are ended.
    """
    counts, faults = {"unserved": 0, "left": 0}, list[Exception]()
    for hall in Hall.objects.select_related("agency").order_by("id"):
        try:
            calendar = calendar_for(hall.agency.calendar_code)
            is_over = not _works_on(calendar, at)
        except (CalendarGap, CalendarMistake) as fault:
            faults.append(fault)
            is_over = False
        with transaction.atomic():
            Hall.objects.select_for_update(of=("self",), no_key=True).get(pk=hall.pk)
            counts["left"] += _leave_counters(hall, at)
            is_empty = not Sitting.objects.filter(counter__hall=hall, ended_at=None).exists()
            counts["unserved"] += end_day(hall.id, at=at, whole=is_over and is_empty)
    if faults:
        raise ExceptionGroup("halls without a calendar of that day", faults)
    return counts


def end_day(hall_id: UUID, *, at: datetime, by: Actor = THE_EVENING, whole: bool = True) -> int:
    """Whoever still waits when the hall has closed was not served: said so, never dropped. How many there were.

    Of days gone by, also what was called or served and never ended; of today only when it is over (`whole`).
    Records `ticket.unserved`, `ticket.absent` or `ticket.done` for each.
    """
    unserved = 0
    with transaction.atomic():
        rows = Ticket.objects.select_for_update(of=("self",)).select_related("hall").filter(hall_id=hall_id)
        for ticket in rows.filter(state__in=tuple(_LEFT_OVER), issued_at__lt=at).order_by("day", "place"):
            is_gone = ticket.day < localdate(at)
            waits = ticket.state in (TicketState.WAITING, TicketState.HELD)
            if is_gone or (whole and waits):
                to, what = _LEFT_OVER[TicketState(ticket.state)]
                began: dict[str, Any] = (
                    {"began_at": ticket.began_at or ticket.called_at} if to == TicketState.DONE else {}
                )
                move_ticket(ticket, to, what, by=None, at=at, actor=by, ended_at=at, **began)
                unserved += to == TicketState.UNSERVED
    return unserved


def _leave_counters(hall: Hall, at: datetime) -> int:
    """Who sits since an earlier day and serves nobody of today has gone home. Records `counter.left`.

    Whose counter is just doing something has not: nobody is waited for, as he may wait for the hall that is held here.
    """
    rows = Sitting.objects.select_for_update(of=("self",), skip_locked=True).select_related("counter__hall")
    left = 0
    for sitting in rows.filter(counter__hall=hall, ended_at=None, began_at__lt=at).order_by("began_at"):
        busy = Ticket.objects.filter(
            counter_id=sitting.counter_id, day=localdate(at), state__in=(TicketState.CALLED, TicketState.SERVING)
        )
        if localdate(sitting.began_at) < localdate(at) and not busy.exists():
            Sitting.objects.filter(pk=sitting.pk).update(ended_at=at, break_since=None)
            tell_counter(sitting.counter, "left", by=THE_EVENING, at=at)
            left += 1
    return left


def _works_on(calendar: Calendar, at: datetime) -> bool:
    """Whether the office works now, or in a session of the day that is still to come."""
    today = localdate(at)
    if not calendar.is_working_day(today):
        return False
    opens = opens_next(calendar, localtime(at), [today.isoweekday()])
    return calendar.is_working(at) or (opens is not None and opens.date() == today)
