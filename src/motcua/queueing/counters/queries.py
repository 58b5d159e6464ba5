"""What a counter's screen shows: who is at it, who waits for it as they will be called, who is held or was absent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from motcua.core.named import Named
from motcua.dossiers.states import State as DossierState
from motcua.people.access import ActingOfficial
from motcua.queueing.actions.issuing import label_of
from motcua.queueing.actions.sitting import sitting_of
from motcua.queueing.declared import declared_on
from motcua.queueing.models import Counter, Hall, Printer, Sitting, Ticket, TicketState, Turn
from motcua.queueing.queries.printers import troubled
from motcua.queueing.rules.order import in_turn
from motcua.queueing.tables import all_in_line, waits_at

SHOWN: Final = 12
"""Rows of a list; how many more there are is said under it."""


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A ticket as the screen shows it. `minutes`: waited until it was called, or until now."""

    id: UUID
    label: str
    need: str
    state: TicketState
    turn: str
    minutes: int
    calls: int
    ground: Named | None
    is_collecting: bool
    is_favoured: bool
    dossier_code: str
    lies_here: bool
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Another counter of the hall, and whether somebody sits there to call."""

    id: UUID
    number: int
    name: str
    needs: tuple[str, ...]
    official: str
    on_break: bool


@dataclass(frozen=True, slots=True)
class CounterScreen:
    """The whole screen of an official who sits somewhere. `printer`: the hall's, while it takes no slip."""

    sitting: Sitting
    here: Sequence[TicketLine]
    line: Sequence[TicketLine]
    more: int
    held: Sequence[TicketLine]
    absent: Sequence[TicketLine]
    others: Sequence[Place]
    printer: Printer | None

    @property
    def called(self) -> TicketLine | None:
        """The first of those who were called and have not come."""
        return next((one for one in self.here if one.state == TicketState.CALLED), None)

    @property
    def waiting(self) -> int:
        """How many wait for this counter."""
        return len(self.line) + self.more

    @property
    def mark(self) -> str:
        """Another one as soon as anything on the screen is another; a page that shows this one need not be drawn."""
        shown = (self.sitting.counter_id, self.sitting.break_since, self.here, self.line, self.more, self.held)
        trouble = (self.printer.trouble, self.printer.trouble_since) if self.printer else None
        return sha256(repr((*shown, self.absent, self.others, trouble)).encode()).hexdigest()[:16]


def screen_of(by: ActingOfficial, at: datetime) -> CounterScreen | None:
    """The screen of the counter where the official sits; None when he sits nowhere. Raises `NoRule`."""
    sitting = sitting_of(by)
    if sitting is None:
        return None
    counter, day, rule = sitting.counter, localdate(at), declared_on(localdate(at))
    line = all_in_line(counter.hall_id, counter.id, at)
    order = in_turn(line, streak=counter.favoured_streak, cap=rule.cap, at=at, most=SHOWN)
    rows = Ticket.objects.select_related("need", "dossier").filter(hall_id=counter.hall_id, day=day)
    shown = {ticket.id: ticket for ticket in rows.filter(pk__in=order)}
    at_it = rows.filter(counter_id=counter.id)
    called = rows.filter(state=TicketState.ABSENT).filter(Q(counter_id=counter.id) | Q(need__counters=counter.id))
    # Who is held where nobody sits any more is not forgotten: whoever takes his need sees him.
    manned = Exists(Sitting.objects.filter(counter_id=OuterRef("counter_id"), ended_at=None))
    held = rows.filter(state=TicketState.HELD).filter(Q(counter_id=counter.id) | ~manned & Q(need__counters=counter.id))
    return CounterScreen(
        sitting=sitting,
        here=_lines(at_it.filter(state__in=(TicketState.CALLED, TicketState.SERVING)).order_by("called_at", "id"), at),
        line=_lines((shown[key] for key in order if key in shown), at),
        more=len(line) - len(order),
        held=_lines(held.distinct().order_by("called_at", "id"), at),
        absent=_lines(called.distinct().order_by("-ended_at", "id")[:SHOWN], at),
        others=_others(counter),
        printer=next((one for one in troubled(by.agency_id) if one.hall_id == counter.hall_id), None),
    )


def waiting_here(by: ActingOfficial, at: datetime) -> int | None:
    """How many wait for the official's counter; None when he sits at none."""
    sitting = sitting_of(by)
    if sitting is None:
        return None
    return waits_at(sitting.counter.hall_id, sitting.counter_id, localdate(at))


def halls_to_sit_in(by: ActingOfficial) -> list[tuple[Hall, list[Place]]]:
    """The halls in use of the agency with their counters, each with who sits there."""
    halls = Hall.objects.filter(agency_id=by.agency_id, is_open=True)
    return [(hall, _places(hall.counters.filter(is_open=True))) for hall in halls]


def waiting_number(hall_id: UUID, label: str, at: datetime) -> UUID | None:
    """The ticket that waits in the hall today under a number as it is called (`A012`, also `a 12`)."""
    typed = "".join(label.split()).upper()
    if not typed[:1].isalpha() or not typed[1:].isdecimal() or len(typed) > SHOWN:
        return None
    rows = Ticket.objects.filter(hall_id=hall_id, day=localdate(at), state=TicketState.WAITING)
    return rows.filter(need__letter=typed[0], number=int(typed[1:])).values_list("id", flat=True).first()


def _others(counter: Counter) -> list[Place]:
    return _places(Counter.objects.filter(hall_id=counter.hall_id, is_open=True).exclude(pk=counter.pk))


def _places(counters: QuerySet[Counter]) -> list[Place]:
    found = list(counters.prefetch_related("needs"))
    rows = Sitting.objects.select_related("official").filter(counter__in=found, ended_at=None)
    sitting = {row.counter_id: row for row in rows}
    return [_place(counter, sitting.get(counter.id)) for counter in found]


def _place(counter: Counter, sitting: Sitting | None) -> Place:
    official = sitting.official.full_name if sitting else ""
    needs = tuple(need.name for need in counter.needs.all() if need.is_open)
    return Place(counter.id, counter.number, counter.name, needs, official, bool(sitting and sitting.break_since))


def _lines(tickets: Iterable[Ticket], at: datetime) -> list[TicketLine]:
    return [_line(ticket, at) for ticket in tickets]


def _line(ticket: Ticket, at: datetime) -> TicketLine:
    need, dossier = ticket.need, ticket.dossier
    waited = (ticket.first_called_at or at) - ticket.issued_at
    return TicketLine(
        id=ticket.id,
        label=label_of(need.letter, ticket.number),
        need=need.name,
        state=TicketState(ticket.state),
        turn=str(Turn(ticket.turn).label),
        minutes=max(0, waited // timedelta(minutes=1)),
        calls=ticket.calls,
        ground=declared_on(ticket.day).ground(ticket.ground) if ticket.ground else None,
        is_collecting=need.is_collecting,
        is_favoured=ticket.turn != Turn.ORDINARY,
        dossier_code=dossier.code if dossier else "",
        lies_here=bool(dossier and dossier.state == DossierState.FINISHED),
        sectors=tuple(need.sectors),
    )


@dataclass(frozen=True, slots=True)
class Today:
    """How many numbers of a hall stand where today, and how many counters are manned."""

    taken: int
    waiting: int
    served: int
    absent: int
    unserved: int
    manned: int


def standing_today(hall: Hall, at: datetime) -> Today:
    """The day of a hall so far, in counts."""
    rows = Ticket.objects.filter(hall=hall, day=localdate(at)).values_list("state").annotate(Count("id"))
    states = dict(rows)
    return Today(
        taken=sum(states.values()),
        waiting=sum(states.get(state, 0) for state in (TicketState.WAITING, TicketState.HELD)),
        served=states.get(TicketState.DONE, 0),
        absent=states.get(TicketState.ABSENT, 0),
        unserved=states.get(TicketState.UNSERVED, 0),
        manned=Sitting.objects.filter(counter__hall=hall, ended_at=None).count(),
    )
