"""What a page of reports offers to take along; the same question, the same door."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from motcua.core.access import officials
from motcua.people.access import official_of
from motcua.people.overseeing import OVERSEERS, overseen_by
from motcua.reporting.exports import indices, pages
from motcua.reporting.exports.dossiers import of_dossiers
from motcua.reporting.exports.sending import MEDIA, TooLong, sent
from motcua.reporting.exports.value import Report
from motcua.reporting.screens.asking import Asked
from motcua.reporting.screens.tables import question
from motcua.reporting.which import NoSuchList, Which

Made = Callable[[Asked, datetime, date], Report]
REPORTS: Final[Mapping[str, tuple[str, Made]]] = {
    "overview": ("reports", pages.of_overview),
    "ii06a": ("report-ii06a", pages.of_06a),
    "ii07a": ("report-ii07a", pages.of_07a),
    "ii07b": ("report-ii07b", pages.of_07b),
    "results": ("report-results", pages.of_results),
    "durations": ("report-durations", pages.of_durations),
    "digitization": ("report-digitization", pages.of_digitization),
    "index": ("service-index", indices.of_index),
    "self-evaluation": ("self-evaluation", indices.of_self_evaluation),
}
"""Every report: its page, and what makes it."""


@officials(*OVERSEERS)
@require_safe
def export(request: HttpRequest, report: str, shape: str) -> HttpResponseBase:
    """A report of a period to be kept. What cannot be had leads to the page that says why."""
    if report not in REPORTS or shape not in MEDIA:
        raise Http404
    page, made = REPORTS[report]
    asked = question(request)
    back = HttpResponseRedirect(f"{reverse(page)}?{request.GET.urlencode()}")
    if asked.fault:
        return back
    now = timezone.now()
    try:
        with translation.override("vi" if shape == "pdf" else translation.get_language()):
            said = made(asked, now, timezone.localdate())
            return sent(said, shape, agency_id=asked.agency.id, site=site_of(request), at=now)
    except pages.NoReport:
        return back


@officials(*OVERSEERS)
@require_safe
def export_dossiers(request: HttpRequest, shape: str) -> HttpResponseBase:
    """The dossiers behind a figure, all of them."""
    if not request.GET:
        return redirect("reports")
    if shape not in MEDIA:
        raise Http404
    which, agency = which_of(request)
    now = timezone.now()
    try:
        with translation.override("vi" if shape == "pdf" else translation.get_language()):
            said = of_dossiers(which, agency, now=now)
            return sent(said, shape, agency_id=which.agency, site=site_of(request), at=now)
    except TooLong as refusal:
        back = f"{reverse('counted')}?{request.GET.urlencode()}"
        return render(request, "reporting/too_long.html", {"sentence": str(refusal), "back": back}, status=422)


def which_of(request: HttpRequest) -> tuple[Which, str]:
    """The selection in the address and the name of its agency. Raises `Http404` for one that is not his to see."""
    try:
        which = Which.read(request.GET)
    except NoSuchList as unknown:
        raise Http404 from unknown
    names = {one.id: one.name for one in overseen_by(official_of(request))}
    if which.agency not in names:
        raise Http404
    return which, names[which.agency]


def site_of(request: HttpRequest) -> str:
    """What stands before the addresses of this office."""
    return request.build_absolute_uri("/").rstrip("/")
