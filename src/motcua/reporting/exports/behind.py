"""What stands behind an indicator, an index of the self-evaluation and an official's points, to be taken along."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from motcua.core.access import officials
from motcua.people.overseeing import OVERSEERS
from motcua.reporting.exports.members import of_members, of_official
from motcua.reporting.exports.sending import MEDIA, TooLong, sent
from motcua.reporting.exports.value import Report
from motcua.reporting.exports.views import site_of
from motcua.reporting.indicators.five_groups import values_of
from motcua.reporting.indicators.listing import chosen
from motcua.reporting.indicators.measures import SETS, count_of, scope_of
from motcua.reporting.indicators.self_evaluation.views import judged_index, judged_official, scope_of_one
from motcua.reporting.indicators.table import table_on
from motcua.reporting.indicators.words import part_words
from motcua.reporting.screens.asking import Asked
from motcua.reporting.screens.tables import question
from motcua.worktime.queries import UnknownCalendar
from motcua.worktime.rules import CalendarGap


@officials(*OVERSEERS)
@require_safe
def export_indicator(request: HttpRequest, indicator: str, shape: str) -> HttpResponseBase:
    """The dossiers or procedures that an indicator of Decision 766/QĐ-TTg counts."""
    asked = _asked(request, shape)
    scope = scope_of(asked.ids, asked.period)
    table = table_on(scope.last_day)
    told = table.indicator(indicator)
    if told is None or not told.formula:
        raise Http404
    try:
        values = values_of(scope, table)
    except (CalendarGap, UnknownCalendar) as gap:
        raise Http404 from gap
    one, (side, part) = SETS[told.formula], chosen(request)
    title, count = f"{told.code} {told.name}", count_of(one, values)
    return _sent(
        request, asked, shape, reverse("indicator", args=(indicator,)),
        lambda: of_members(title, asked, one, values, count, side=side, part=part, words=part_words),
    )  # fmt: skip


@officials(*OVERSEERS)
@require_safe
def export_self_evaluation(request: HttpRequest, index_number: int, shape: str) -> HttpResponseBase:
    """The dossiers or procedures that one of the nine indices judges, with the points of each."""
    asked = _asked(request, shape)
    found = judged_index(request, scope_of_one(asked), index_number)
    if found is None:
        raise Http404
    told, one, values, words = found
    side, part = chosen(request, words)
    count = count_of(one, values)
    return _sent(
        request, asked, shape, reverse("self-evaluation-index", args=(index_number,)),
        lambda: of_members(told.name, asked, one, values, count, side=side, part=part, words=words),
    )  # fmt: skip


@officials(*OVERSEERS)
@require_safe
def export_official(request: HttpRequest, official_id: UUID, shape: str) -> HttpResponseBase:
    """The dossiers behind an official's average."""
    asked = _asked(request, shape)
    scope = scope_of_one(asked)
    person = judged_official(asked, scope, official_id)
    back = reverse("self-evaluation-official", args=(official_id,))
    return _sent(request, asked, shape, back, lambda: of_official(asked, person, scope))


def _asked(request: HttpRequest, shape: str) -> Asked:
    if shape not in MEDIA:
        raise Http404
    return question(request)


def _sent(
    request: HttpRequest, asked: Asked, shape: str, back: str, made: Callable[[], Report]
) -> HttpResponseBase:  # fmt: skip
    now = timezone.now()
    try:
        with translation.override("vi" if shape == "pdf" else translation.get_language()):
            return sent(made(), shape, agency_id=asked.agency.id, site=site_of(request), at=now)
    except TooLong as refusal:
        context = {"sentence": str(refusal), "back": f"{back}?{request.GET.urlencode()}"}
        return render(request, "reporting/too_long.html", context, status=422)
