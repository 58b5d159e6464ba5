"""Forms II.06a, II.07a and II.07b on screen."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.core.access import officials
from motcua.people.access import official_of
from motcua.people.overseeing import OVERSEERS, overseen_by
from motcua.reporting.coverage import ii07b
from motcua.reporting.screens.asking import Asked, asked_of
from motcua.reporting.tables import filed_figures, ii06a, ii07a
from motcua.reporting.which import Kind, Which


@officials(*OVERSEERS)
def table_06a(request: HttpRequest) -> HttpResponse:
    """What was received, settled and is in hand, by sector."""
    asked = question(request)
    now = timezone.now()
    base = Which(Kind.RECEIVED, asked.agency.id, asked.period.until, asked.period.first, below=asked.below)
    return _page(
        request, asked, here="report-ii06a", table=ii06a(asked.agency.id, asked.period, below=asked.below, now=now),
        filed=filed_figures(asked.ids, asked.period, base),
    )  # fmt: skip


@officials(*OVERSEERS)
def table_07a(request: HttpRequest) -> HttpResponse:
    """The same by agency and by level."""
    asked = question(request)
    return _page(request, asked, here="report-ii07a", table=ii07a(asked.agency.id, asked.period, now=timezone.now()))


@officials(*OVERSEERS)
def table_07b(request: HttpRequest) -> HttpResponse:
    """How far the one-stop mechanism reaches, on the last day of the period."""
    asked = question(request)
    return _page(
        request, asked, here="report-ii07b", table=ii07b(asked.agency.id, asked.period, today=timezone.localdate())
    )


def question(request: HttpRequest) -> Asked:
    """What the page is asked. Raises `Http404` for an agency that is not his to see."""
    overseen = overseen_by(official_of(request))
    asked = asked_of(request, overseen, timezone.localdate()) if overseen else None
    if asked is None:
        raise Http404
    return asked


def _page(request: HttpRequest, asked: Asked, **context: Any) -> HttpResponse:
    context |= asked.shown(timezone.localdate())
    return render(request, "reporting/table.html", context, status=422 if asked.fault else 200)
