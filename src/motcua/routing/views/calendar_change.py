"""A change of the office's calendar is seen before it is made: which open dossiers move, and by how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.people.access import official_of
from motcua.people.models import Role
from motcua.routing.outlook import Outlook
from motcua.routing.recalculation import CalendarOvertaken, Change, apply, look
from motcua.worktime.actions import mark_day, set_hours, unmark_day
from motcua.worktime.calendar_forms import PAST_DAY, DayForm, HoursForm
from motcua.worktime.calendar_pages import back_to, calendar_page, own_calendar
from motcua.worktime.models import Calendar
from motcua.worktime.rules import CalendarMistake

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change as it was asked for: its words, its year, the fields to send again, and what makes it."""

    title: str
    done: str
    year: int
    fields: Sequence[str]
    make: Change
    form: forms.Form | None = None


@require_POST
@officials(Role.ADMINISTRATOR)
def calendar_preview(request: HttpRequest) -> HttpResponse:
    """Show what a change would do; with `seen`, the revision the preview showed, make it. Nothing is stored between."""
    mine = own_calendar(request)
    proposal = _proposal(request, mine)
    if isinstance(proposal, HttpResponse):
        return proposal
    try:
        if "seen" in request.POST:
            try:
                return _applied(request, mine, proposal)
            except CalendarOvertaken as overtaken:
                messages.error(request, str(overtaken))
                mine.refresh_from_db()
        outlook = look(proposal.make)
    except (CalendarMistake, Refusal) as fault:
        return _refused(request, mine, proposal, fault)
    if outlook.report is not None and not outlook.report.touched:
        messages.success(request, _("Lịch đang như vậy rồi; không có gì đổi."))
        return back_to(proposal.year)
    echoed = [(name, request.POST.get(name, "")) for name in ("change", *proposal.fields)]
    return render(
        request,
        "routing/calendar_preview.html",
        {"proposal": proposal, "outlook": outlook, "first": outlook.first(SHOWN), "echoed": echoed, "calendar": mine},
    )


def _applied(request: HttpRequest, mine: Calendar, proposal: Proposal) -> HttpResponse:
    seen = request.POST["seen"]
    outlook = apply(
        proposal.make, code=mine.code, seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    )
    messages.success(request, f"{proposal.done} {_moved(outlook)}")
    return back_to(proposal.year)


def _moved(outlook: Outlook) -> str:
    count = outlook.total.moved
    if not count:
        return _("Không hồ sơ nào đổi ngày hẹn.")
    return ngettext("%(n)d hồ sơ đã đổi ngày hẹn.", "%(n)d hồ sơ đã đổi ngày hẹn.", count) % {"n": count}


def _refused(request: HttpRequest, mine: Calendar, proposal: Proposal, fault: Exception) -> HttpResponse:
    """The calendar's page with the refusal where the change was typed."""
    form = proposal.form
    if isinstance(form, DayForm):
        form.add_error("sessions" if isinstance(fault, CalendarMistake) else None, str(fault))
        return calendar_page(request, mine, form=form)
    if isinstance(form, HoursForm):
        form.add_error(None, str(fault))
        return calendar_page(request, mine, hours_form=form)
    messages.error(request, str(fault))
    return back_to(proposal.year)


def _proposal(request: HttpRequest, mine: Calendar) -> Proposal | HttpResponse:
    """What was asked for, or the calendar's page saying what is wrong with it."""
    by, kind = official_of(request).actor, request.POST.get("change", "")
    if kind == "hours":
        hours = HoursForm(request.POST, week={})
        if not hours.is_valid():
            return calendar_page(request, mine, hours_form=hours)
        since: date = hours.cleaned_data["valid_from"]
        words = _("Giờ làm việc mới từ ngày %(day)s") % {"day": f"{since:%d/%m/%Y}"}
        done = _("Giờ làm việc mới áp dụng từ ngày %(day)s.") % {"day": f"{since:%d/%m/%Y}"}
        return Proposal(words, done, timezone.localdate().year, [*hours.fields],
                        lambda: set_hours(mine.code, hours.week(), since, by=by), hours)  # fmt: skip
    if kind == "mark":
        form = DayForm(request.POST)
        if not form.is_valid():
            return calendar_page(request, mine, form=form)
        dated = form.dated()
        written: dict[str, Any] = {"day": f"{dated.day:%d/%m/%Y}", "name": dated.name}
        return Proposal(_("%(name)s, ngày %(day)s") % written, _("Đã ghi ngày %(day)s vào lịch.") % written,
                        dated.day.year, [*form.fields], lambda: mark_day(mine.code, dated, by=by), form)  # fmt: skip
    day = _day(request.POST.get("day", "")) if kind == "unmark" else None
    if day is None:
        messages.error(request, _("Ngày chưa đúng. Ông/bà chọn lại."))
        return redirect("calendar")
    if day < timezone.localdate():
        messages.error(request, str(PAST_DAY))
        return redirect("calendar")
    shown = {"day": f"{day:%d/%m/%Y}"}
    return Proposal(_("Bỏ ngày %(day)s khỏi lịch riêng") % shown, _("Ngày %(day)s trở lại theo lịch thường.") % shown,
                    day.year, ["day"], lambda: unmark_day(mine.code, day, by=by))  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
