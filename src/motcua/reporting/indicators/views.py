"""The service index on screen, and one page an indicator with what stands behind it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from motcua.core.access import officials
from motcua.people.overseeing import OVERSEERS
from motcua.reporting.indicators.five_groups import GroupScore, Measured, five_groups, measure, values_of
from motcua.reporting.indicators.listing import listed
from motcua.reporting.indicators.measures import (
    SETS,
    scope_of,
)
from motcua.reporting.indicators.table import Indicator, table_on
from motcua.reporting.indicators.words import (
    ABSENT,
    MARKS,
    nothing_counted,
    points_words,
    rank_state,
    rank_words,
    rate_bar,
    rate_words,
)
from motcua.reporting.screens.asking import Asked
from motcua.reporting.screens.tables import question
from motcua.worktime.queries import UnknownCalendar
from motcua.worktime.rules import CalendarGap


@officials(*OVERSEERS)
def index(request: HttpRequest) -> HttpResponse:
    """Decision 766/QĐ-TTg for an agency in a period: each indicator with its figures, or why it has none."""
    asked = question(request)
    context = asked.shown(timezone.localdate()) | {"here": "service-index"}
    try:
        found = five_groups(scope_of(asked.ids, asked.period))
    except (CalendarGap, UnknownCalendar) as gap:
        return render(request, "reporting/service_index.html", context | {"gap": str(gap)})
    if found is not None:
        context |= {
            "index": found,
            "total": points_words(found.total.points),
            "measured": points_words(found.total.measured),
            "most": points_words(found.total.most),
            "rank": rank_words(found.worst, found.best),
            "rank_state": rank_state(found.worst, found.best),
            "groups": [_group(group, asked) for group in found.groups],
        }
    return render(request, "reporting/service_index.html", context, status=422 if asked.fault else 200)


@officials(*OVERSEERS)
def indicator(request: HttpRequest, indicator: str) -> HttpResponse:
    """One indicator: how it is counted, by which row of which table, and the dossiers or procedures it counts."""
    asked = question(request)
    scope = scope_of(asked.ids, asked.period)
    table = table_on(scope.last_day)
    told = table.indicator(indicator)
    if told is None:
        raise Http404
    context = asked.shown(timezone.localdate()) | {
        "indicator": told,
        "marks": _marks(told),
        "up": f"{reverse('service-index')}?{asked.again()}",
    }
    try:
        values = values_of(scope, table)
    except (CalendarGap, UnknownCalendar) as gap:
        return render(request, "reporting/indicator.html", context | {"gap": str(gap)})
    measured = measure(told, values)
    context["row"] = _row(measured, asked)
    if told.formula and measured.count is not None:
        context |= listed(request, asked, SETS[told.formula], values, measured.count)
    return render(request, "reporting/indicator.html", context, status=422 if asked.fault else 200)


def _group(group: GroupScore, asked: Asked) -> dict[str, Any]:
    return {
        "group": group.group,
        "any": bool(group.total.measured),
        "points": points_words(group.total.points),
        "measured": points_words(group.total.measured),
        "most": points_words(group.total.most),
        "rows": [_row(row, asked) for row in group.rows],
    }


def _row(row: Measured, asked: Asked) -> dict[str, Any]:
    """An indicator as a line: figures, rate, points, or the words for what is missing."""
    told = row.indicator
    shown: dict[str, Any] = {
        "row": row,
        "url": f"{reverse('indicator', args=(told.code,))}?{asked.again()}",
        "most": points_words(told.points) if told.points else "",
        "absent": "",
    }
    if row.count is None:
        return shown | {"absent": str(ABSENT[told.absent]), "reason": told.reason}
    if row.score is None or row.score.rate is None or row.score.points is None or told.target is None:
        return shown | nothing_counted()
    return shown | {
        "rate": rate_words(row.score.rate),
        "points": points_words(row.score.points),
        "target": rate_words(told.target),
        "bar": rate_bar(row.score.rate, told.target),
    }  # fmt: skip


def _marks(told: Indicator) -> dict[str, str]:
    return {"formula": str(MARKS[told.mark]), "points": str(MARKS[told.points_mark])}
