"""The counter's screen: sit down, call, serve. Every key is a button, every button one act, every act one POST."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.core.unattended import unattended
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import Role
from motcua.queueing import actions
from motcua.queueing.counters.procedures import often_taken
from motcua.queueing.counters.queries import CounterScreen, halls_to_sit_in, screen_of, waiting_here, waiting_number
from motcua.queueing.models import Counter
from motcua.queueing.states import NotSitting, NotWaiting, StaleTicket

Act = Callable[[HttpRequest, ActingOfficial, datetime], str]
"""Does it and gives back what is said of it, if anything."""


@officials(Role.RECEIVER)
def counter(request: HttpRequest) -> HttpResponse:
    """The screen of the official's counter, or the counters to choose from."""
    by, at = official_of(request), now()
    screen = screen_of(by, at)
    if screen is None:
        return render(request, "queueing/counters/choose.html", {"halls": halls_to_sit_in(by)})
    return render(request, "queueing/counters/counter.html", _context(screen, by, at) | {"is_whole": True})


@officials(Role.RECEIVER)
@unattended()
def counter_now(request: HttpRequest) -> HttpResponse:
    """What has changed on the screen since the page was drawn: nothing at all (204), or its live part."""
    by, at = official_of(request), now()
    screen = screen_of(by, at)
    if screen is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if screen.mark == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "queueing/counters/_now.html", _context(screen, by, at))


@require_POST
@officials(Role.RECEIVER)
def act(request: HttpRequest, what: str) -> HttpResponse:
    """One act at the counter; what stands in its way is said on the screen, which shows how things are now."""
    does = ACTS.get(what)
    if does is None:
        raise Http404
    try:
        said = does(request, official_of(request), now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if said:
            messages.success(request, said)
    return redirect("counter")


def _context(screen: CounterScreen, by: ActingOfficial, at: datetime) -> dict[str, object]:
    first = screen.here[0] if screen.here else None
    return {
        "screen": screen,
        "first": first,
        "procedures": often_taken(first.sectors, by.agency_id, localdate(at)) if first else [],
    }


def _sit(request: HttpRequest, by: ActingOfficial, at: datetime) -> str:
    try:
        actions.sit_down(_key(request, "counter"), by=by, at=at)
    except Counter.DoesNotExist as gone:
        raise NotSitting from gone
    return ""


def _next(_request: HttpRequest, by: ActingOfficial, at: datetime) -> str:
    return "" if actions.call_next(by=by, at=at) else _("Hiện không có ai chờ quầy này.")


def _again(request: HttpRequest, by: ActingOfficial, at: datetime) -> str:
    ticket = actions.call_again(_key(request), by=by, at=at)
    return _("Đã gọi lần %(calls)d.") % {"calls": ticket.calls}


def _send(request: HttpRequest, by: ActingOfficial, at: datetime) -> str:
    try:
        actions.send_on(_key(request), to=_key(request, "to"), by=by, at=at)
    except Counter.DoesNotExist as gone:
        raise StaleTicket from gone
    return _("Đã chuyển người này sang quầy khác, được gọi trước.")


def _together(request: HttpRequest, by: ActingOfficial, at: datetime) -> str:
    screen = screen_of(by, at)
    if screen is None:
        raise NotSitting
    typed = request.POST.get("number", "").strip()
    ticket_id = waiting_number(screen.sitting.counter.hall_id, typed, at)
    if ticket_id is None:
        raise NotWaiting(typed[:8])
    actions.call_with(ticket_id, by=by, at=at)
    return ""


def _leave(_request: HttpRequest, by: ActingOfficial, at: datetime) -> str:
    left = waiting_here(by, at)
    actions.stand_up(by=by, at=at)
    return _("Ông/bà đã rời quầy; còn %(n)d người đang chờ việc của quầy này.") % {"n": left} if left else ""


def _back(request: HttpRequest, by: ActingOfficial, at: datetime) -> str:
    actions.bring_back(_key(request), by=by, at=at)
    return _("Đã đưa trở lại hàng, được gọi trước.")


def _on_ticket(does: Callable[..., object]) -> Act:
    """An act on one ticket that needs nothing else and of which nothing more is said."""

    def run(request: HttpRequest, by: ActingOfficial, at: datetime) -> str:
        does(_key(request), by=by, at=at)
        return ""

    return run


def _on_counter(does: Callable[..., object]) -> Act:
    """An act on the official's own counter."""

    def run(_request: HttpRequest, by: ActingOfficial, at: datetime) -> str:
        does(by=by, at=at)
        return ""

    return run


ACTS: Final[Mapping[str, Act]] = {
    "sit": _sit,
    "next": _next,
    "again": _again,
    "here": _on_ticket(actions.begin),
    "absent": _on_ticket(actions.mark_absent),
    "hold": _on_ticket(actions.hold),
    "done": _on_ticket(actions.finish),
    "take-up": _on_ticket(actions.take_up),
    "back": _back,
    "send": _send,
    "together": _together,
    "rest": _on_counter(actions.rest),
    "resume": _on_counter(actions.return_to_work),
    "leave": _leave,
}


def _key(request: HttpRequest, name: str = "ticket") -> UUID:
    """The ticket or counter that a button names. A page cut off or meddled with names none: it is stale."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as broken:
        raise StaleTicket from broken
