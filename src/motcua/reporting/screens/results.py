"""Results by sector, channel, unit and official; and how long procedures took."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.people.access import official_of
from motcua.people.overseeing import OVERSEERS, overseen_by
from motcua.reporting import results as read
from motcua.reporting.coverage import ALL, POSTED, ROUTED, procedures_counted
from motcua.reporting.results import Result
from motcua.reporting.screens.tables import question
from motcua.reporting.screens.words import minutes_in_days
from motcua.reporting.times import times
from motcua.reporting.which import Kind, NoSuchList, Which
from motcua.worktime.queries import UnknownCalendar
from motcua.worktime.rules import CalendarGap


@officials(*OVERSEERS)
def results(request: HttpRequest) -> HttpResponse:
    """Who settled how much, and how it stood to its date."""
    asked = question(request)
    base = Which(Kind.SETTLED, asked.agency.id, asked.period.until, asked.period.first, below=asked.below)
    units, people = read.by_hands(asked.ids, asked.period, base)
    sectors = read.by_sector(asked.ids, asked.period, base)
    whole = whole_of(sectors, base)
    sections = (
        (_("Theo lĩnh vực"), sectors, whole),
        (_("Theo cách nộp và ai nộp"), read.by_channel(asked.ids, asked.period, base), whole),
        (_("Theo đơn vị giải quyết"), units, None),
        (_("Theo cán bộ thụ lý"), people, None),
    )
    context: dict[str, Any] = {"sections": sections, **asked.shown(timezone.localdate())}
    return render(request, "reporting/results.html", context, status=422 if asked.fault else 200)


def whole_of(lines: Sequence[Result], base: Which) -> Result:
    """All that was settled, under lines that add up to it."""
    timings = {name: sum(int(getattr(line, name).value or 0) for line in lines) for name in read.TIMINGS}
    return read.result(_("Tổng số"), timings, base)


@officials(*OVERSEERS)
def durations(request: HttpRequest) -> HttpResponse:
    """Average and 90th percentile of working time, by procedure and agency."""
    asked = question(request)
    base = Which(Kind.SETTLED, asked.agency.id, asked.period.until, asked.period.first, below=asked.below)
    rows, gap = [], ""
    try:
        rows = [
            {"time": time, "average": minutes_in_days(float(time.average.value or 0)),
             "ninetieth": minutes_in_days(float(time.ninetieth.value or 0))}
            for time in times(asked.ids, asked.period, base)
        ]  # fmt: skip
    except (CalendarGap, UnknownCalendar) as absent:
        gap = str(absent)
    context: dict[str, Any] = {"rows": rows, "gap": gap, **asked.shown(timezone.localdate())}
    return render(request, "reporting/durations.html", context, status=422 if asked.fault else 200)


@officials(*OVERSEERS)
def counted_procedures(request: HttpRequest) -> HttpResponse:
    """The procedures behind a figure of form II.07b."""
    if not request.GET:
        return redirect("reports")
    try:
        agency, level, what, day = _asked(request)
    except NoSuchList as unknown:
        raise Http404 from unknown
    if agency not in {one.id for one in overseen_by(official_of(request))}:
        raise Http404
    context = {"rows": procedures_counted(agency, level, what, day)}
    return render(request, "reporting/counted_procedures.html", context)


def _asked(request: HttpRequest) -> Any:
    which = Which.read(_as_list(request))
    level, what = request.GET.get("level", ""), request.GET.get("what", "")
    if what not in (ALL, POSTED, ROUTED):
        raise NoSuchList(what)
    return which.agency, level[:10], what, which.until


def _as_list(request: HttpRequest) -> Any:
    asked = request.GET.copy()
    asked["kind"], asked["until"] = Kind.RECEIVED.value, request.GET.get("day", "")
    asked.pop("level", None)
    return asked
