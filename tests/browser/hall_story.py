"""The deeds of officials and of the machine in the hall of a running office, at any hour; `deeds.told` does them."""

import io
from base64 import b64encode
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone, translation

from motcua.demo.halls import HALL, NEEDS
from motcua.demo.office import MACHINE
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.models import Account
from motcua.queueing.actions import Wanted, begin, call_next, give_up, issue, mark_absent, sit_down
from motcua.queueing.actions.arranging import PlannedCounter, PlannedHall, arrange
from motcua.queueing.actions.issuing import THE_MACHINE
from motcua.queueing.keys import new_key
from motcua.queueing.kiosk.slips import LANGUAGE, slip_of
from motcua.queueing.models import Hall, Ticket, TicketState, TicketWay
from motcua.queueing.models.halls import EVERY_DAY
from motcua.queueing.printing.slip import slip_picture
from motcua.queueing.queries.mine import mine
from motcua.queueing.queries.opening import opens_next
from motcua.worktime.queries import calendar_for

COUNTER = 2


def open_doors() -> str:
    """Numbers are given long before the doors open, so that they are given now; an official sits at counter 2."""
    hall, at = Hall.objects.get(code=HALL), timezone.localtime()
    opening = opens_next(calendar_for("VN"), at, list(EVERY_DAY))
    assert opening is not None
    early = max(30, int((opening - at) / timedelta(minutes=1)) + 10)
    counters = [PlannedCounter(1, "ABT"), PlannedCounter(2, "ABCDT"), PlannedCounter(3, "CD")]
    arrange(PlannedHall(HALL, hall.name, NEEDS, counters, early_minutes=early), unit=hall.unit, by=MACHINE, at=at)
    _seated()
    return str(early)


def come() -> str:
    """Six people take a number for one need; how many wait in the hall then."""
    open_doors()
    hall, at = Hall.objects.get(code=HALL), timezone.now()
    for _person in range(6):
        issue(Wanted(hall.needs.get(letter="A").id, TicketWay.KIOSK), by=THE_MACHINE, at=at)
    return str(Ticket.objects.filter(state=TicketState.WAITING, hall=hall).count())


def slip() -> str:
    """The slip of a number taken now, as a printer gets it: a picture, in base64."""
    hall, at, key = Hall.objects.get(code=HALL), timezone.now(), new_key()
    issue(Wanted(hall.needs.get(letter="B").id, TicketWay.KIOSK, key=key), by=THE_MACHINE, at=at)
    ticket, picture = mine(key, at), io.BytesIO()
    assert ticket is not None
    with translation.override(LANGUAGE):
        slip_picture(slip_of(ticket, key)).save(picture, "PNG")
    return b64encode(picture.getvalue()).decode()


def call() -> str:
    """Whoever's turn it is at counter 2 is called; who was called before him did not come."""
    by, at = _seated(), timezone.now()
    for ticket in _called():
        mark_absent(ticket.pk, by=by, at=at)
    called = call_next(by=by, at=at)
    assert called is not None
    return _label(called)


def call_on() -> str:
    """Counter 2 calls until nobody waits for it: everybody comes at once, and the last is only called."""
    by, last = _seated(), ""
    for ticket in _called():
        begin(ticket.pk, by=by, at=timezone.now())
    while (called := call_next(by=by, at=timezone.now())) is not None:
        last = _label(called)
        if not Ticket.objects.filter(hall=called.hall, state=TicketState.WAITING).exists():
            break
        begin(called.pk, by=by, at=timezone.now())
    return last


def empty() -> str:
    """Whoever waits, was called or is held gives his number up; how many."""
    rows = Ticket.objects.filter(hall__code=HALL, state__in=(TicketState.WAITING, TicketState.CALLED, TicketState.HELD))
    left = [*rows.values_list("pk", flat=True)]
    for ticket_id in left:
        give_up(ticket_id, at=timezone.now())
    return str(len(left))


def accounts() -> str:
    """Every number of the day with what became of it."""
    rows = Ticket.objects.filter(hall__code=HALL, day=timezone.localdate()).select_related("need").order_by("place")
    return " ".join(f"{_label(ticket)}={ticket.state}" for ticket in rows)


def _seated() -> ActingOfficial:
    """The official of counter 2 sits there."""
    account, at = Account.objects.get(username="tiepnhan2"), timezone.now()
    found = account_with_official(account.id, timezone.localdate(), at)
    assert found is not None
    assert found[1] is not None
    sit_down(Hall.objects.get(code=HALL).counters.get(number=COUNTER).pk, by=found[1], at=at)
    return found[1]


def _called() -> QuerySet[Ticket]:
    """Who was called to counter 2 and has not come."""
    return Ticket.objects.filter(state=TicketState.CALLED, counter__number=COUNTER, hall__code=HALL)


def _label(ticket: Ticket) -> str:
    return f"{ticket.need.letter}{ticket.number:03d}"
