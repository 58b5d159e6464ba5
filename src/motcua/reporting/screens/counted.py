"""The list of dossiers behind a figure."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from motcua.catalogue.models import Channel
from motcua.core.access import officials
from motcua.dossiers.models import FiledBy
from motcua.dossiers.states import State
from motcua.people.access import official_of
from motcua.people.overseeing import OVERSEERS, opened_by, overseen_by
from motcua.reporting.exports.limits import takes
from motcua.reporting.lists import Line, count_of, lines_of
from motcua.reporting.screens.words import which_words
from motcua.reporting.which import NoSuchList, Which

PAGE = 50


@officials(*OVERSEERS)
def counted(request: HttpRequest) -> HttpResponse:
    """Which dossiers a figure counts, a page at a time. Code and dates only: who they are stands in the dossier."""
    if not request.GET:
        return redirect("reports")
    by, now = official_of(request), timezone.now()
    try:
        which = Which.read(request.GET)
    except NoSuchList as unknown:
        raise Http404 from unknown
    names = {one.id: one.name for one in overseen_by(by)}
    if which.agency not in names:
        raise Http404
    number = _page(request.GET.get("page", ""))
    rows = lines_of(which, now=now, limit=PAGE + 1, offset=(number - 1) * PAGE)
    total = count_of(which, now=now)
    context: dict[str, Any] = {
        "total": total, "takes": takes(total, request.GET), "number": number, "has_next": len(rows) > PAGE,
        "before": number - 1, "after": number + 1,
        "rows": [{"row": row, "state": State(row.state).label, "filed": _filed(row)} for row in rows[:PAGE]],
        "words": which_words(which, names[which.agency]),
        "opens": opened_by(by), "up": _up(which),
    }  # fmt: skip
    return render(request, "reporting/counted.html", context)


def _up(which: Which) -> str:
    """The reports of the days that the list is about."""
    last = which.until - timedelta(days=1)
    asked = {"agency": which.agency, "from": f"{which.first or last:%d/%m/%Y}", "to": f"{last:%d/%m/%Y}"}
    return f"{reverse('reports')}?{urlencode(asked | ({'below': '1'} if which.below else {}))}"


def _filed(row: Line) -> str:
    return f"{Channel(row.channel).label}, {FiledBy(row.filed_by).label}"


def _page(text: str) -> int:
    return min(int(text), 200_000) if text.isascii() and text.isdigit() and int(text[:9]) else 1
