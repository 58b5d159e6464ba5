"""What is digitized, and what the log followed, on screen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.core.access import officials
from motcua.people.overseeing import OVERSEERS
from motcua.reporting.digitization import digitization, digitization_notes
from motcua.reporting.screens.tables import question
from motcua.reporting.which import Kind, Which


@officials(*OVERSEERS)
def digitized(request: HttpRequest) -> HttpResponse:
    """The shares of a period with the lists behind them."""
    asked, today = question(request), timezone.localdate()
    base = Which(Kind.SETTLED, asked.agency.id, asked.period.until, asked.period.first, below=asked.below)
    told = digitization(asked.ids, base, last=min(asked.period.last, today), now=timezone.now())
    context: dict[str, Any] = {"told": told, "notes": digitization_notes(), **asked.shown(today)}
    return render(request, "reporting/digitization.html", context, status=422 if asked.fault else 200)
