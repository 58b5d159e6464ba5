"""The administrator's page: the year as the deadlines see it, and the office's own days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import acting, officials
from motcua.worktime.actions import mark_day, set_hours, unmark_day
from motcua.worktime.calendar_forms import WEEKDAYS, DayForm, HoursForm
from motcua.worktime.models import Calendar, CalendarDay
from motcua.worktime.queries import plan_of
from motcua.worktime.rules import CalendarMistake, CalendarPlan
from motcua.worktime.rules.plan import sessions_on
from motcua.worktime.rules.weeks import Week

ADMINISTRATOR = "administrator"


@officials(ADMINISTRATOR)
def calendar(request: HttpRequest) -> HttpResponse:
    """The days of one year, national and own, and forms for one more day and for new hours."""
    mine = get_object_or_404(Calendar, code=acting(request).calendar_code)
    form = DayForm(request.POST or None)
    if request.method == "POST" and not _is_own(mine):
        raise PermissionDenied(_NOT_OWN)
    if request.method == "POST" and form.is_valid():
        try:
            mark_day(mine.code, form.dated(), by=acting(request).actor)
        except CalendarMistake as mistake:
            form.add_error("sessions", str(mistake))
        else:
            day = form.cleaned_data["day"]
            messages.success(request, _("Đã ghi ngày %(day)s vào lịch.") % {"day": f"{day:%d/%m/%Y}"})
            return _back(day.year)
    return _shown(request, mine, form, HoursForm(week=_newest_week(plan_of(mine.code))))


@require_POST
@officials(ADMINISTRATOR)
def hours(request: HttpRequest) -> HttpResponse:
    """New weekly hours of the office from a day on."""
    mine = get_object_or_404(Calendar, code=acting(request).calendar_code)
    if not _is_own(mine):
        raise PermissionDenied(_NOT_OWN)
    form = HoursForm(request.POST, week={})
    if form.is_valid():
        since = form.cleaned_data["valid_from"]
        try:
            report = set_hours(mine.code, form.week(), since, by=acting(request).actor)
        except CalendarMistake as mistake:
            form.add_error(None, str(mistake))
        else:
            told = _("Giờ làm việc mới áp dụng từ ngày %(day)s.") % {"day": f"{since:%d/%m/%Y}"}
            messages.success(request, told if report.touched else _("Giờ này đang áp dụng rồi; lịch giữ nguyên."))
            return _back(timezone.localdate().year)
    return _shown(request, mine, DayForm(), form)


@require_POST
@officials(ADMINISTRATOR)
def unmark(request: HttpRequest) -> HttpResponse:
    """Let a date follow its weekday again."""
    mine = get_object_or_404(Calendar, code=acting(request).calendar_code)
    if not _is_own(mine):
        raise PermissionDenied(_NOT_OWN)
    day = _day(request.POST.get("day", ""))
    if day is None:
        messages.error(request, _("Ngày chưa đúng. Ông/bà chọn lại."))
    else:
        unmark_day(mine.code, day, by=acting(request).actor)
        messages.success(request, _("Ngày %(day)s trở lại theo lịch thường.") % {"day": f"{day:%d/%m/%Y}"})
        return _back(day.year)
    return redirect("calendar")


_NOT_OWN = "the national calendar changes by decision, not at an office"


def _is_own(mine: Calendar) -> bool:
    """Whether this is an office's own calendar (it follows another), not one that many offices follow."""
    return mine.parent_id is not None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _back(year: int) -> HttpResponseRedirect:
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


def _shown(request: HttpRequest, mine: Calendar, form: DayForm, hours_form: HoursForm) -> HttpResponse:
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
        "year": year,
        "years": years,
        "covered": year in years,
        "days": CalendarDay.objects.filter(calendar__in=chain, date__year=year)
        .select_related("calendar")
        .order_by("date"),
        "weeks": [*_weeks(plan_of(mine.code), today)],
    }
    status = 422 if form.errors or hours_form.errors else 200
    return render(request, "worktime/calendar.html", context, status=status)
