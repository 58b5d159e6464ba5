"""The pages of a hall's figures: for who leads and controls, the tickets behind each, and what anybody may see."""

from datetime import timedelta
from typing import Any, Final

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from motcua.core.access import officials, public
from motcua.people.overseeing import OVERSEERS
from motcua.queueing.figures.asking import USUAL_DAYS, asked_of, behind_of, halls_overseen
from motcua.queueing.figures.heat import heat_of
from motcua.queueing.figures.words import heads, parts, score_words
from motcua.queueing.models import Hall, TicketState
from motcua.queueing.queries.figures import Figures, figures_of, listed

PAGE: Final = 50
PUBLIC_SECONDS: Final = 600
"""The public page is reckoned anew so often at most."""


@officials(*OVERSEERS)
def figures(request: HttpRequest) -> HttpResponse:
    """Waits, service, walks and who did not come, of the days asked for beside the days before."""
    today = timezone.localdate()
    asked = asked_of(request, today)
    if asked is None:
        return render(request, "queueing/figures/no_hall.html")
    found = figures_of(asked.hall.pk, asked.first, asked.last)
    context: dict[str, Any] = {
        "asked": asked, "heads": heads(found, asked.behind), "parts": parts(found, asked.hall, asked.behind),
        "heat": heat_of(found.cells), "score": score_words(asked.hall.pk, today), "some": bool(found.whole.taken),
        "query": asked.behind.query, "compared": bool(found.before.taken),
    }  # fmt: skip
    return render(request, "queueing/figures/figures.html", context, status=422 if asked.fault else 200)


@officials(*OVERSEERS)
def tickets(request: HttpRequest) -> HttpResponse:
    """The numbers behind a figure, a page at a time: their times, and nothing of who held them."""
    if not request.GET:
        return redirect("queue-figures")
    behind = behind_of(request.GET)
    hall = next((one for one in halls_overseen(request) if one.code == behind.hall), None)
    if hall is None:
        raise Http404
    page = request.GET.get("page", "")
    number = max(int(page), 1) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    rows, total = listed(hall.pk, behind, limit=PAGE, offset=(number - 1) * PAGE)
    states = {code: str(label) for code, label in TicketState.choices}
    context: dict[str, Any] = {
        "rows": [{"row": row, "state": states[row.state]} for row in rows], "total": total, "hall": hall,
        "behind": behind, "number": number, "before": number - 1, "after": number + 1,
        "has_next": number * PAGE < total, "query": behind.query, "up": behind.but(kind="taken").query,
    }  # fmt: skip
    return render(request, "queueing/figures/tickets.html", context)


@public
def open_figures(request: HttpRequest, hall_code: str) -> HttpResponse:
    """What anybody may see of a hall's last thirty days: how long people waited when, and whether they were told so."""
    hall = get_object_or_404(Hall.objects.select_related("agency"), code=hall_code, is_open=True)
    today = timezone.localdate()
    key = f"hall-figures:{hall.pk}:{today}:{get_language()}"
    found: Figures | None = cache.get(key)
    if found is None:
        found = figures_of(hall.pk, today - timedelta(days=USUAL_DAYS - 1), today)
        cache.set(key, found, PUBLIC_SECONDS)
    context: dict[str, Any] = {
        "hall": hall, "whole": found.whole, "parts": parts(found, hall, None), "heat": heat_of(found.cells),
        "score": score_words(hall.pk, today), "days": USUAL_DAYS, "some": bool(found.whole.called),
    }  # fmt: skip
    return render(request, "queueing/figures/open.html", context)
