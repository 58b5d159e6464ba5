"""The administrator's page: the year as the deadlines see it, and the office's own days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.access import acting, officials
from motcua.core.models import Event
from motcua.worktime.calendar_forms import WEEKDAYS, DayForm, HoursForm
from motcua.worktime.changes import RECALCULATED
from motcua.worktime.models import Calendar, CalendarDay
from motcua.worktime.queries import plan_of
from motcua.worktime.rules import CalendarPlan
from motcua.worktime.rules.plan import sessions_on
from motcua.worktime.rules.weeks import Week

ADMINISTRATOR, LAST = "administrator", 5


@require_safe
@officials(ADMINISTRATOR)
def calendar(request: HttpRequest) -> HttpResponse:
    """The days of one year, national and own, what was changed last, and forms for one more day and for new hours.

    The forms lead to a preview, which lies above this package: `calendar-preview`.
    """
    mine = get_object_or_404(Calendar, code=acting(request).calendar_code)
    return calendar_page(request, mine)


def own_calendar(request: HttpRequest) -> Calendar:
    """The calendar this administrator may change. Raises Http404, and PermissionDenied for one that many follow."""
    mine = get_object_or_404(Calendar, code=acting(request).calendar_code)
    if not _is_own(mine):
        raise PermissionDenied(_NOT_OWN)
    return mine


_NOT_OWN = "the national calendar changes by decision, not at an office"


def _is_own(mine: Calendar) -> bool:
    """Whether this is an office's own calendar (it follows another), not one that many offices follow."""
    return mine.parent_id is not None


def back_to(year: int) -> HttpResponseRedirect:
    """To the page of the year that was changed."""
    return HttpResponseRedirect(f"{reverse('calendar')}?year={year}")


def _week(plan: CalendarPlan, day: date) -> Week:
    """The weekly hours in force on a date."""
    return {weekday: sessions_on(plan, weekday, day) for weekday in range(1, 8)}


def _starts(plan: CalendarPlan, today: date) -> list[date]:
    """The dates after today on which other weekly hours begin, in order."""
    starts = {row.valid_from for row in plan.weekly if row.valid_from and row.valid_from > today}
    ends = {row.valid_to for row in plan.weekly if row.valid_to and row.valid_to >= today}
    return sorted(starts | {end + timedelta(days=1) for end in ends})


def _newest_week(plan: CalendarPlan) -> Week:
    """The hours that stand without an end: what a change starts from."""
    today = timezone.localdate()
    return _week(plan, max([today, *_starts(plan, today)]))


def _weeks(plan: CalendarPlan, today: date) -> Iterator[tuple[date | None, list[tuple[str, str]]]]:
    """The hours of today (from None), then each week of hours that begins later, with its first day."""
    starts = _starts(plan, today)
    for since in (None, *starts):
        week = _week(plan, since or today)
        yield (
            since,
            [
                (str(name), ", ".join(str(session).replace("-", "–") for session in week[weekday]) or _("nghỉ"))
                for weekday, name in enumerate(WEEKDAYS, start=1)
            ],
        )


def calendar_page(
    request: HttpRequest, mine: Calendar, form: DayForm | None = None, hours_form: HoursForm | None = None
) -> HttpResponse:
    """The page with these forms, as they were sent, or fresh ones."""
    form = form or DayForm()
    hours_form = hours_form or HoursForm(week=_newest_week(plan_of(mine.code)))
    today = timezone.localdate()
    text = request.GET.get("year", "")
    known = text.isascii() and text.isdigit() and len(text) == 4 and int(text) > 0
    year = int(text) if known else today.year
    chain = [mine, *([mine.parent] if mine.parent else [])]
    years = sorted({row.year for calendar_row in chain for row in calendar_row.years.all()})
    context: dict[str, Any] = {
        "calendar": mine,
        "own": _is_own(mine),
        "form": form,
        "hours_form": hours_form,
        "today": today,
        "year": year,
        "years": years,
        "covered": year in years,
        "days": CalendarDay.objects.filter(calendar__in=chain, date__year=year)
        .select_related("calendar")
        .order_by("date"),
        "weeks": [*_weeks(plan_of(mine.code), today)],
        "recalculated": Event.objects.filter(kind=RECALCULATED, subject_kind="calendar", subject_id=mine.pk).order_by(
            "-sequence"
        )[:LAST],
    }
    status = 422 if form.errors or hours_form.errors else 200
    return render(request, "worktime/calendar.html", context, status=status)
