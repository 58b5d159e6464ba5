"""On one's own telephone: the hall's page that the code at the door opens, and the page of one number."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.access import public
from motcua.core.keyed import keep_key_here
from motcua.core.unattended import by_htmx, unattended
from motcua.queueing.actions import give_up
from motcua.queueing.boards.reaching import listening, stream_of_ticket
from motcua.queueing.guesses import missed, opened_by_key
from motcua.queueing.kiosk import browser
from motcua.queueing.kiosk.halls import all_closed, hall_named, offered, takes_bookings
from motcua.queueing.queries.hall import standing
from motcua.queueing.queries.mine import mine
from motcua.queueing.states import StaleTicket

UNCHANGED: Final = 204


@public
@require_safe
def hall(request: HttpRequest, hall_code: str) -> HttpResponse:
    """How the hall stands: open or not, how many wait, what is taken today; a number from here where it gives one."""
    at, found = timezone.now(), hall_named(hall_code)
    rows, picture = offered(found, at), standing(found.pk, at)
    context = {
        "hall": found, "rows": rows, "closed": all_closed(rows), "open_key": browser.open_key(request, localdate(at)),
        "waiting": len(picture.waiting) if picture else 0, "takes_bookings": takes_bookings(rows),
    }  # fmt: skip
    return render(request, "queueing/kiosk/hall.html", context)


@public
@require_safe
@unattended(when=by_htmx)
@opened_by_key
def ticket(request: HttpRequest, ticket_key: str) -> HttpResponse:
    """One number; the part that changes alone when the page asks for itself, and nothing when it is as it was."""
    found = mine(ticket_key, timezone.now()) or missed(request)
    context = {"ticket": found, "key": ticket_key, "stream": "" if found.is_over else stream_of_ticket(ticket_key)}
    if by_htmx(request):
        if request.GET.get("seen") == found.mark:
            return keep_key_here(HttpResponse(status=UNCHANGED))
        return keep_key_here(render(request, "queueing/kiosk/_ticket.html", context))
    return listening(keep_key_here(render(request, "queueing/kiosk/ticket.html", context)))


@public
@require_http_methods(["GET", "HEAD", "POST"])
@opened_by_key
def leave(request: HttpRequest, ticket_key: str) -> HttpResponse:
    """Give the number up: asked first, done by POST."""
    found = mine(ticket_key, timezone.now()) or missed(request)
    if not found.may_leave:
        return redirect("ticket", ticket_key)
    if request.method != "POST":
        return keep_key_here(render(request, "queueing/kiosk/leave.html", {"ticket": found, "key": ticket_key}))
    try:
        give_up(found.id, at=timezone.now())
    except StaleTicket as stale:
        context = {"ticket": found, "key": ticket_key, "sentence": str(stale)}
        return keep_key_here(render(request, "queueing/kiosk/leave.html", context, status=409))
    return redirect("ticket", ticket_key)
