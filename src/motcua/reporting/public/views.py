"""The public page of statistics."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.core.access import public
from motcua.people.queries import kin_of
from motcua.reporting.public import figures
from motcua.reporting.public.asking import Question, asked_of
from motcua.reporting.public.reading import Published, month_under_way, offices
from motcua.reporting.rules.periods import NoSuchPeriod, Period, Span, period
from motcua.reporting.screens.words import period_words


@public
def statistics(request: HttpRequest) -> HttpResponse:
    """What an office received and settled, in time or late, in months that are over."""
    today = timezone.localdate()
    known = offices(today)
    if not known:
        return render(request, "reporting/public.html", {"offices": []})
    asked = asked_of(request.GET, known, today)
    if asked is None:
        raise Http404
    context: dict[str, Any] = {
        "offices": known, "asked": asked, "words": period_words(asked.period), "choices": _choices(asked, today),
        "typed": {"from": f"{asked.first:%m/%Y}", "to": f"{asked.period.last:%m/%Y}"},
        "until": f"{asked.until:%d/%m/%Y}" if asked.is_cut_short else "", "kin": kin_of(asked.office.id, today),
        "told": {one.id for one in known},
    }  # fmt: skip
    if not asked.without:
        context |= _figures(asked, today)
    return render(request, "reporting/public.html", context, status=422 if asked.fault else 200)


def _figures(asked: Question, today: date) -> dict[str, Any]:
    of = Published(asked.office.id, today)
    earlier = _earlier(asked)
    before = (earlier.first, earlier.until) if earlier else None
    return {
        "heads": figures.heads(of, asked, before),
        "before": period_words(earlier) if earlier else "",
        "timely": figures.timely(of, asked),
        "ways": figures.ways(of, asked),
        "sectors": figures.sectors(of, asked),
        "is_whole_years": figures.is_whole_years(asked),
        "months": figures.months(of, asked),
    }


def _earlier(asked: Question) -> Period | None:
    """The period before, where anything is known of it; a running period is compared with none."""
    if asked.is_cut_short:
        return None
    try:
        before = asked.period.before()
        if asked.period.span is Span.RANGE:
            before = _months_before(asked.period)
    except (NoSuchPeriod, ValueError, OverflowError):
        return None
    return before if before.until > asked.office.first else None


def _months_before(chosen: Period) -> Period:
    """As many whole months, ending where these begin."""
    count = (chosen.until.year - chosen.first.year) * 12 + chosen.until.month - chosen.first.month
    months = chosen.first.year * 12 + chosen.first.month - 1 - count
    return Period(Span.RANGE, date(months // 12, months % 12 + 1, 1), chosen.before().last)


def _choices(asked: Question, today: date) -> list[dict[str, Any]]:
    """The years there are, and the quarters and months of the year asked about."""
    year = asked.first.year
    years = [period(Span.YEAR, each) for each in range(asked.office.first.year, asked.office.last.year + 1)]
    lines = [years]
    if asked.office.first.year <= year <= asked.office.last.year:
        lines.append([period(Span.QUARTER, year, number) for number in range(1, 5)])
        lines.append([period(Span.MONTH, year, number) for number in range(1, 13)])
    over = month_under_way(today)
    return [
        {"span": line[0].span.value, "links": [
            {"words": f"{one.year}" if one.span is Span.YEAR else f"{one.number}", "spoken": period_words(one),
             "address": asked.address(one), "current": one == asked.period}
            for one in line if one.first < over and one.until > asked.office.first
        ]}
        for line in lines
    ]  # fmt: skip
