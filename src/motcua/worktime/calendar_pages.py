"""The administrator's page: the year as the deadlines see it, and the office's own days."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from motcua.core.access import acting, officials
from motcua.worktime.actions import mark_day, unmark_day
from motcua.worktime.models import Calendar, CalendarDay, DayKindChoice, WeeklyHours
from motcua.worktime.rules import CalendarMistake, DatedDay, DayKind, Session

ADMINISTRATOR = "administrator"
_SESSION = re.compile(r"^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$")


class DayForm(forms.Form):
    """One date of the office's own calendar."""

    day = forms.DateField(
        label=gettext_lazy("Ngày"),
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input"}),
        error_messages={
            "required": gettext_lazy("Ông/bà chọn ngày."),
            "invalid": gettext_lazy("Ngày chưa đúng. Ông/bà chọn lại."),
        },
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại ngày"),
        choices=[
            (choice.value, choice.label)
            for choice in (DayKindChoice.CLOSED, DayKindChoice.SPECIAL, DayKindChoice.MAKE_UP_DAY)
        ],
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Ông/bà ghi lý do: người dân đọc lý do này trên phiếu hẹn.")},
    )
    decision = forms.CharField(
        label=gettext_lazy("Số văn bản"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )
    sessions = forms.CharField(
        label=gettext_lazy("Giờ làm việc trong ngày"),
        required=False,
        help_text=gettext_lazy("Cách nhau bằng dấu phẩy, ví dụ 07:00-11:30, 13:30-15:00"),
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not 2019 <= day.year <= timezone.localdate().year + 2:
            raise forms.ValidationError(_("Ngày nằm ngoài các năm lịch đang có. Ông/bà chọn lại."))
        return day

    def clean_sessions(self) -> tuple[Session, ...]:
        return tuple(_session(text) for text in self.cleaned_data["sessions"].split(",") if text.strip())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, sessions = cleaned.get("kind"), cleaned.get("sessions")
        if kind == DayKind.SPECIAL and sessions == ():
            self.add_error("sessions", _("Ngày có giờ riêng phải ghi ít nhất một buổi làm việc."))
        if kind == DayKind.CLOSED and sessions:
            self.add_error("sessions", _("Ngày nghỉ không có buổi làm việc. Ông/bà xóa ô này."))
        return cleaned

    def dated(self) -> DatedDay:
        """The checked form as a dated day; call after `is_valid()`."""
        values = self.cleaned_data
        return DatedDay(values["day"], DayKind(values["kind"]), values["name"], values["decision"], values["sessions"])


def _session(text: str) -> Session:
    found = _SESSION.match(text.strip())
    try:
        if found is None:
            raise ValueError(text)
        hours = [int(part) for part in found.groups()]
        return Session(time(hours[0], hours[1]), time(hours[2], hours[3]))
    except ValueError as error:
        raise forms.ValidationError(_("Giờ làm việc chưa đúng, ví dụ 07:00-11:30, 13:30-15:00.")) from error


@officials(ADMINISTRATOR)
def calendar(request: HttpRequest) -> HttpResponse:
    """The days of one year, national and own, and a form for one more."""
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
            messages.success(
                request, _("Đã ghi ngày %(day)s vào lịch.") % {"day": f"{form.cleaned_data['day']:%d/%m/%Y}"}
            )
            return redirect("calendar")
    return render(request, "worktime/calendar.html", _page(request, mine, form), status=422 if form.errors else 200)


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


def _week(chain: list[Calendar]) -> list[tuple[str, str]]:
    """The weekly hours in force: the office's own, else those it follows."""
    names = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật"))
    for row in chain:
        sessions: dict[int, list[str]] = {}
        for hours in WeeklyHours.objects.filter(calendar=row, valid_to__isnull=True).order_by("weekday", "opens"):
            sessions.setdefault(hours.weekday, []).append(f"{hours.opens:%H:%M}–{hours.closes:%H:%M}")
        if sessions:
            return [(names[day - 1], ", ".join(sessions.get(day, [_("nghỉ")]))) for day in range(1, 8)]
    return []


def _page(request: HttpRequest, mine: Calendar, form: DayForm) -> dict[str, Any]:
    this_year = timezone.localdate().year
    text = request.GET.get("year", "")
    known = text.isascii() and text.isdigit() and len(text) == 4 and int(text) > 0
    year = int(text) if known else this_year
    chain = [mine, *([mine.parent] if mine.parent else [])]
    years = sorted({row.year for calendar_row in chain for row in calendar_row.years.all()})
    return {
        "calendar": mine,
        "own": _is_own(mine),
        "form": form,
        "year": year,
        "years": years,
        "covered": year in years,
        "days": CalendarDay.objects.filter(calendar__in=chain, date__year=year)
        .select_related("calendar")
        .order_by("date"),
        "hours": _week(chain),
    }
