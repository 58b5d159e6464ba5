"""Calling people and serving them. The order is decided by `rules.order` alone, one call of a hall at a time."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from motcua.core.events import Actor, record
from motcua.core.sql import execute
from motcua.people.access import ActingOfficial
from motcua.queueing.actions.sitting import DESK, manned
from motcua.queueing.declared import declared_on
from motcua.queueing.live import hall_changed
from motcua.queueing.models import Counter, Sitting, Ticket, TicketState, Turn
from motcua.queueing.rules.order import choose
from motcua.queueing.states import CHART, StaleTicket, StillCalled
from motcua.queueing.tables import at_counter, first_in_line

THE_PERSON: Final = Actor(None, gettext_noop("Người lấy số"))


def call_next(*, by: ActingOfficial, at: datetime) -> Ticket | None:
    """Call whose turn it is to the official's counter; None when nobody waits for it. Who is served there is done.

    Records `ticket.called`. Raises `NotSitting`, `StillCalled` (somebody called has not come yet), `NoRule`.
    """
    with transaction.atomic():
        sitting = manned(by)
        _one_call_at_a_time(sitting)
        here = at_counter(sitting.counter_id)
        if any(state == TicketState.CALLED for _id, state in here):
            raise StillCalled
        for ticket_id, _state in here:
            finish(ticket_id, by=by, at=at)
        first = first_in_line(sitting.counter.hall_id, sitting.counter_id, at)
        streak = Counter.objects.values_list("favoured_streak", flat=True).get(pk=sitting.counter_id)
        choice = choose(first, streak=streak, cap=declared_on(localdate(at)).cap, at=at)
        if choice is None:
            return None
        Counter.objects.filter(pk=sitting.counter_id).update(favoured_streak=choice.streak)
        return _called(choice.key, sitting, by=by, at=at)


def call_with(ticket_id: UUID, *, by: ActingOfficial, at: datetime) -> Ticket:
    """Call somebody who belongs to the person being served (a family): they are served together. As `call_next`.

    It is no call of the line: the record says beside whom. Raises `NotSitting`, `StaleTicket`.
    """
    with transaction.atomic():
        sitting = manned(by)
        _one_call_at_a_time(sitting)
        here = at_counter(sitting.counter_id)
        if not here:
            raise StaleTicket
        return _called(ticket_id, sitting, by=by, at=at, beside=str(here[0][0]))


def call_again(ticket_id: UUID, *, by: ActingOfficial, at: datetime) -> Ticket:
    """Call the called person once more. Records `ticket.called_again`. Raises `NotSitting`, `StaleTicket`."""
    with transaction.atomic():
        ticket = _mine(ticket_id, by, TicketState.CALLED)
        changed = Ticket.objects.filter(pk=ticket.pk, calls=ticket.calls)
        if not changed.update(calls=ticket.calls + 1, called_at=at):
            raise StaleTicket
        _tell(ticket, "called_again", by=by, at=at, after={"calls": ticket.calls + 1})
        return Ticket.objects.get(pk=ticket.pk)


def begin(ticket_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """The person is at the counter. Records `ticket.begun`. Raises `NotSitting`, `StaleTicket`."""
    with transaction.atomic():
        ticket = _mine(ticket_id, by, TicketState.CALLED)
        move_ticket(ticket, TicketState.SERVING, "begun", by=by, at=at, began_at=at)


def finish(ticket_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """The person has been served. Records `ticket.done`. Raises `NotSitting`, `StaleTicket`."""
    with transaction.atomic():
        ticket = _mine(ticket_id, by, TicketState.SERVING, TicketState.CALLED)
        move_ticket(
            ticket, TicketState.DONE, "done", by=by, at=at, began_at=ticket.began_at or ticket.called_at, ended_at=at
        )


def mark_absent(ticket_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """Called, and did not come. Records `ticket.absent`. Raises `NotSitting`, `StaleTicket`."""
    with transaction.atomic():
        ticket = _mine(ticket_id, by, TicketState.CALLED)
        move_ticket(ticket, TicketState.ABSENT, "absent", by=by, at=at, ended_at=at)


def hold(ticket_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """Set aside for a while: a copy to be made, a paper to be fetched. Records `ticket.held`. Raises `StaleTicket`."""
    with transaction.atomic():
        ticket = _mine(ticket_id, by, TicketState.SERVING, TicketState.CALLED)
        move_ticket(ticket, TicketState.HELD, "held", by=by, at=at)


def take_up(ticket_id: UUID, *, by: ActingOfficial, at: datetime) -> Ticket:
    """Go on with somebody held, at the official's own counter. Records `ticket.taken_up`.

    Raises `NotSitting`, `StaleTicket`, `StillCalled` when somebody is being served here.
    """
    with transaction.atomic():
        sitting = manned(by)
        if at_counter(sitting.counter_id):
            raise StillCalled
        ticket = _of_hall(ticket_id, sitting, TicketState.HELD)
        move_ticket(
            ticket, TicketState.SERVING, "taken_up", by=by, at=at, counter_id=sitting.counter_id, official_id=by.id,
            began_at=ticket.began_at or at,
        )  # fmt: skip
        return Ticket.objects.get(pk=ticket.pk)


def send_on(ticket_id: UUID, *, to: UUID, by: ActingOfficial, at: datetime) -> None:
    """Send who is here to another counter of the hall: he goes on waiting, as one who was called before.

    Records `ticket.sent_on`. Raises `NotSitting`, `StaleTicket`, `Counter.DoesNotExist`.
    """
    with transaction.atomic():
        sitting = manned(by)
        counter = Counter.objects.get(pk=to, hall_id=sitting.counter.hall_id, is_open=True)
        ticket = _of_hall(ticket_id, sitting, TicketState.SERVING, TicketState.CALLED, TicketState.HELD)
        move_ticket(
            ticket, TicketState.WAITING, "sent_on", by=by, at=at, told={"to": counter.number}, **_back(at, counter)
        )


def bring_back(ticket_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """Who did not come when called, or was held, is here again: back into the line of his day. Records `ticket.back`.

    Raises `NotSitting`, `StaleTicket`, also for a number of another day: nobody would call it.
    """
    with transaction.atomic():
        sitting = manned(by, on_break=True)
        ticket = _of_hall(ticket_id, sitting, TicketState.ABSENT, TicketState.HELD)
        if ticket.day != localdate(at):
            raise StaleTicket
        move_ticket(ticket, TicketState.WAITING, "back", by=by, at=at, **_back(at))


def give_up(ticket_id: UUID, *, at: datetime) -> None:
    """The person gives his number up. Records `ticket.left`. Raises `StaleTicket`."""
    with transaction.atomic():
        ticket = Ticket.objects.select_related("hall").get(pk=ticket_id)
        move_ticket(ticket, TicketState.LEFT, "left", by=None, at=at, actor=THE_PERSON, ended_at=at)


def _back(at: datetime, only_at: Counter | None = None) -> dict[str, Any]:
    """What comes back to the line stands there as favoured, from now on."""
    return {
        "turn": Turn.BACK, "since": at, "counter_id": None, "official_id": None, "began_at": None, "ended_at": None,
        "only_at": only_at,
    }  # fmt: skip


def _one_call_at_a_time(sitting: Sitting) -> None:
    """Two officials of a hall who call at once: the second sees the line without whom the first called."""
    execute("SELECT FROM queueing_hall WHERE id = %s FOR NO KEY UPDATE", (sitting.counter.hall_id,))


def _called(ticket_id: UUID, sitting: Sitting, *, by: ActingOfficial, at: datetime, beside: str = "") -> Ticket:
    ticket = _of_hall(ticket_id, sitting, TicketState.WAITING)
    after = {"counter": sitting.counter.number, "waited": int((at - ticket.issued_at).total_seconds())}
    move_ticket(
        ticket, TicketState.CALLED, "called", by=by, at=at, told=after | ({"beside": beside} if beside else {}),
        counter_id=sitting.counter_id, official_id=by.id, calls=ticket.calls + 1, called_at=at,
        first_called_at=ticket.first_called_at or at,
    )  # fmt: skip
    return Ticket.objects.get(pk=ticket_id)


def _mine(ticket_id: UUID, by: ActingOfficial, *states: TicketState) -> Ticket:
    """A ticket at the official's own counter, in one of these states. Raises `NotSitting`, `StaleTicket`."""
    sitting = manned(by, on_break=True)
    ticket = _of_hall(ticket_id, sitting, *states)
    if ticket.counter_id != sitting.counter_id:
        raise StaleTicket
    return ticket


def _of_hall(ticket_id: UUID, sitting: Sitting, *states: TicketState) -> Ticket:
    rows = Ticket.objects.select_related("hall").filter(pk=ticket_id, hall_id=sitting.counter.hall_id)
    ticket = rows.first()
    if ticket is None or ticket.state not in states:
        raise StaleTicket
    return ticket


def move_ticket(
    ticket: Ticket, to: TicketState, what: str, *, by: ActingOfficial | None, at: datetime, actor: Actor | None = None,
    told: dict[str, Any] | None = None, **changes: Any,
) -> None:  # fmt: skip
    """One arrow of the chart, by compare-and-set, with its event. Raises `StaleTicket`."""
    seen = TicketState(ticket.state)
    if to not in CHART[seen] or not Ticket.objects.filter(pk=ticket.pk, state=seen).update(state=to, **changes):
        raise StaleTicket
    _tell(
        ticket, what, by=by, at=at, actor=actor, before={"state": str(seen)}, after={"state": str(to), **(told or {})}
    )


def _tell(
    ticket: Ticket, what: str, *, by: ActingOfficial | None, at: datetime, actor: Actor | None = None,
    before: dict[str, Any] | None = None, after: dict[str, Any],
) -> None:  # fmt: skip
    who = actor or (by.acting_for(*DESK) if by is not None else THE_PERSON)
    record(
        kind=f"ticket.{what}", subject=("ticket", ticket.pk), by=who, at=at, agency_id=ticket.agency_id,
        before=before, after=after,
    )  # fmt: skip
    hall_changed(ticket.hall_id)
