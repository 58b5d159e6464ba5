"""A change of the office's calendar is seen before it is made: which open dossiers move, and by how much."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.people.access import official_of
from motcua.people.models import Role
from motcua.routing.confirmations.actions import ConfirmationRefused, propose
from motcua.routing.confirmations.proposals import (
    Proposal,
    ProposalRefused,
    needs_leader,
    read_proposal,
    require_gone_hours,
)
from motcua.routing.outlook import moved_words
from motcua.routing.recalculation import CalendarOvertaken, apply, look
from motcua.worktime.calendar_forms import DayForm, HoursForm
from motcua.worktime.calendar_pages import back_to, calendar_page, own_calendar
from motcua.worktime.models import Calendar
from motcua.worktime.rules import CalendarGap, CalendarMistake

SHOWN = 20
LACKING = "lacking"


@require_POST
@officials(Role.ADMINISTRATOR)
def calendar_preview(request: HttpRequest) -> HttpResponse:
    """Show what a change would do; with `seen`, the revision the preview showed, make it or ask a leader for it."""
    mine, lacking, status = own_calendar(request), "", 200
    try:
        proposal = read_proposal(request.POST, mine.code, by=official_of(request).actor)
    except ProposalRefused as refusal:
        return _refused(request, mine, refusal.form, refusal if refusal.form is None else None)
    try:
        at = timezone.now()
        require_gone_hours(proposal, mine.code, at)
        soon = needs_leader(proposal, mine.code, at)
        if "seen" in request.POST:
            try:
                return _asked(request, proposal) if soon else _applied(request, mine, proposal)
            except CalendarOvertaken as overtaken:
                messages.error(request, str(overtaken))
                mine.refresh_from_db()
            except ConfirmationRefused as refusal:
                lacking, status = str(refusal), 422
        outlook = look(proposal.make)
    except (CalendarMistake, CalendarGap, Refusal) as fault:
        return _refused(request, mine, proposal.form, fault, proposal.year)
    if outlook.report is not None and not outlook.report.touched:
        messages.success(request, _("Lịch đang như vậy rồi; không có gì đổi."))
        return back_to(proposal.year)
    typed = [name for name in ("change", *proposal.fields) if not (soon and name == "decision")]
    context = {
        "proposal": proposal, "outlook": outlook, "calendar": mine, "soon": soon,
        "moves": Paginator(outlook.farthest_first(), SHOWN).get_page(request.POST.get("page")),
        "echoed": [(name, request.POST.get(name, "")) for name in typed],
        "decision": request.POST.get("decision", ""), LACKING: lacking,
    }  # fmt: skip
    return render(request, "routing/calendar_preview.html", context, status=status)


def _asked(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Keep the change for a leader."""
    said = {name: request.POST.get(name, "") for name in ("change", *proposal.fields)}
    propose(said, proposal, request.POST.get("decision", ""), by=official_of(request), at=timezone.now())
    messages.success(request, _("Đã gửi lãnh đạo xác nhận. Lịch chưa đổi."))
    return back_to(proposal.year)


def _applied(request: HttpRequest, mine: Calendar, proposal: Proposal) -> HttpResponse:
    seen = request.POST["seen"]
    outlook = apply(
        proposal.make, code=mine.code, seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    )
    messages.success(request, f"{proposal.done} {moved_words(outlook)}")
    return back_to(proposal.year)


def _refused(
    request: HttpRequest, mine: Calendar, form: forms.Form | None, fault: Exception | None, year: int | None = None
) -> HttpResponse:
    """The calendar's page with the refusal where the change was typed."""
    if isinstance(form, DayForm):
        if fault is not None:
            form.add_error("sessions" if isinstance(fault, CalendarMistake) else None, str(fault))
        return calendar_page(request, mine, form=form)
    if isinstance(form, HoursForm):
        if fault is not None:
            form.add_error(None, str(fault))
        return calendar_page(request, mine, hours_form=form)
    messages.error(request, str(fault))
    return redirect("calendar") if year is None else back_to(year)
