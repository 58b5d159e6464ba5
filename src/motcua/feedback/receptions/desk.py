"""Where the calendar of receptions is kept: plans, days changed once, what came of each day."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.feedback.receptions.actions import (
    add_day,
    cancel_moved,
    change_day,
    end_receptions,
    plan_receptions,
    undo_change,
)
from motcua.feedback.receptions.advice import too_rarely, too_short_notice
from motcua.feedback.receptions.forms import AddedDayForm, ChangeForm, EntryForm, LastReceptionForm, PlanForm
from motcua.feedback.receptions.keeping import KEEPERS
from motcua.feedback.receptions.models import Reception, ReceptionChange, ReceptionPlan
from motcua.feedback.receptions.outcomes import correct_reception, enter_reception, undo_reception
from motcua.feedback.receptions.queries import TOLD_AHEAD, days_between, plans_between, shares
from motcua.feedback.receptions.refusals import ReceptionRefused
from motcua.feedback.receptions.rules import ChangeKind
from motcua.feedback.receptions.wording import day_words, rhythm_words, shown
from motcua.people.access import ActingOfficial, official_of
from motcua.people.forms.parts import FIRST_DAY, LAST_DAY
from motcua.people.models import Agency

LOOKED_BACK: Final = timedelta(days=92)
"""So far back the desk shows days gone by."""


@officials(*KEEPERS)
def receptions_desk(request: HttpRequest) -> HttpResponse:
    """Plans, what the law asks and they do not give, days to write down, days to come, how they were kept."""
    agency, today = _agency(official_of(request)), localdate()
    days = days_between(agency, today - LOOKED_BACK, today + TOLD_AHEAD, with_entries=True)
    to_enter = [one for one in days if one.told.is_kept and one.told.day <= today and one.reception is None]
    entered = Reception.objects.filter(plan__agency=agency, day__gte=today - LOOKED_BACK).select_related("plan")
    plans = plans_between(agency.pk, today, today + timedelta(days=366))
    context: dict[str, Any] = {
        "plans": [(plan, rhythm_words(plan)) for plan in plans], "today": today,
        "warnings": too_rarely(agency, plans, today),
        "to_enter": shown(to_enter), "coming": shown(one for one in days if one.told.day > today or (
            one.told.day == today and one.reception is None)),
        "entered": entered.order_by("-day", "plan__receiver"),
        "shares": shares(agency, date(today.year, 1, 1), today), "year": today.year,
    }  # fmt: skip
    return render(request, "feedback/receptions/desk.html", context)


@officials(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request: HttpRequest) -> HttpResponse:
    """A leader's days, from a day on."""
    by, at = official_of(request), timezone.now()
    form = PlanForm(request.POST or None, calendar_code=by.calendar_code, today=localdate(at))
    if request.method == "POST" and form.is_valid():
        try:
            plan = plan_receptions(form.plan(), by=by, at=at)
        except ReceptionRefused as refusal:
            form.add_error(refusal.about or "receiver", str(refusal))
        else:
            messages.success(request, _("Đã ghi lịch tiếp công dân của %(who)s.") % {"who": plan.receiver})
            _warn_of_notice(request, by, plan.valid_from)
            return redirect("receptions-desk")
    return _answered(request, "feedback/receptions/new_plan.html", form)


@officials(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def end_plan(request: HttpRequest, reception_plan_id: UUID) -> HttpResponse:
    """Until when a plan holds."""
    by, at = official_of(request), timezone.now()
    plan = _plan(by, reception_plan_id)
    form = LastReceptionForm(request.POST or None, initial={"last_day": localdate(at)})
    if request.method == "POST" and form.is_valid():
        last_day: date = form.cleaned_data["last_day"]
        try:
            end_receptions(plan.pk, last_day, by=by, at=at)
        except ReceptionRefused as refusal:
            form.add_error("last_day", str(refusal))
        else:
            messages.success(request, _("Lịch của %(who)s có đến hết ngày %(day)s.") % {
                "who": plan.receiver, "day": f"{last_day:%d/%m/%Y}"})  # fmt: skip
            return redirect("receptions-desk")
    return _answered(request, "feedback/receptions/end_plan.html", form, plan=plan, words=rhythm_words(plan))


@officials(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def changed_day(request: HttpRequest, reception_plan_id: UUID, reception_day: str) -> HttpResponse:
    """Move one day of a plan, or cancel it; one that was moved is cancelled where it was moved to."""
    by, at = official_of(request), timezone.now()
    plan, day = _plan(by, reception_plan_id), _day(reception_day)
    moved_id = _moved(request, plan, day)
    form = ChangeForm(request.POST or None, calls_off=moved_id is not None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if moved_id is not None:
                cancel_moved(moved_id, reason=said["reason"], by=by, at=at)
            else:
                change_day(plan.pk, day, to_day=said["to_day"], reason=said["reason"], by=by, at=at)
        except ReceptionRefused as refusal:
            form.add_error(refusal.about, str(refusal))
        else:
            messages.success(request, _("Đã đổi buổi tiếp %(day)s.") % {"day": day_words(day)})
            _warn_of_notice(request, by, said.get("to_day"))
            return redirect("receptions-desk")
    moved = plan.changes.filter(pk=moved_id).first() if moved_id else None
    more = {"plan": plan, "day": day, "moved_id": moved_id, "moved_to": moved.to_day if moved else None}
    return _answered(request, "feedback/receptions/change_day.html", form, **more)


@officials(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def added_day(request: HttpRequest, reception_plan_id: UUID) -> HttpResponse:
    """One more day of a plan's receiver."""
    by, at = official_of(request), timezone.now()
    plan = _plan(by, reception_plan_id)
    form = AddedDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        to_day: date = form.cleaned_data["to_day"]
        try:
            add_day(plan.pk, to_day, reason=form.cleaned_data["reason"], by=by, at=at)
        except ReceptionRefused as refusal:
            form.add_error(refusal.about, str(refusal))
        else:
            messages.success(request, _("Đã thêm buổi tiếp %(day)s.") % {"day": day_words(to_day)})
            _warn_of_notice(request, by, to_day)
            return redirect("receptions-desk")
    return _answered(request, "feedback/receptions/add_day.html", form, plan=plan)


@officials(*KEEPERS)
@require_POST
def undone_change(request: HttpRequest, reception_change_id: UUID) -> HttpResponse:
    """The day is again as the plan says."""
    by = official_of(request)
    get_object_or_404(ReceptionChange, pk=reception_change_id, plan__agency_id=by.agency_id)
    return _undone(request, lambda: undo_change(reception_change_id, by=by, at=timezone.now()),
                   _("Đã bỏ thay đổi. Ngày ấy lại theo lịch."))  # fmt: skip


@officials(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, reception_plan_id: UUID, reception_day: str) -> HttpResponse:
    """What came of a day: entered first, corrected afterwards."""
    by, at = official_of(request), timezone.now()
    plan, day = _plan(by, reception_plan_id), _day(reception_day)
    row = plan.receptions.filter(day=day).first()
    form = EntryForm(request.POST or None, plan=plan, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("entered"):
                correct_reception(_of_day(Reception, request.POST["entered"], plan, day), form.entered(), by=by, at=at)
            else:
                enter_reception(plan.pk, day, form.entered(), by=by, at=at)
        except ReceptionRefused as refusal:
            form.add_error(refusal.about, str(refusal))
        else:
            messages.success(request, _("Đã ghi buổi tiếp %(day)s.") % {"day": day_words(day)})
            return redirect("receptions-desk")
    return _answered(request, "feedback/receptions/entry.html", form, plan=plan, day=day, row=row)


@officials(*KEEPERS)
@require_POST
def undone_entry(request: HttpRequest, reception_id: UUID) -> HttpResponse:
    """It was entered by mistake: the day waits again."""
    by = official_of(request)
    get_object_or_404(Reception, pk=reception_id, plan__agency_id=by.agency_id)
    return _undone(request, lambda: undo_reception(reception_id, by=by, at=timezone.now()),
                   _("Đã bỏ ghi. Ngày ấy chờ ghi lại."))  # fmt: skip


def _undone(request: HttpRequest, undo: Any, done: str) -> HttpResponse:
    try:
        undo()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("receptions-desk")


def _answered(request: HttpRequest, template: str, form: forms.Form, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)


def _warn_of_notice(request: HttpRequest, by: ActingOfficial, day: date | None) -> None:
    said = too_short_notice(by.calendar_code, day, timezone.now()) if day is not None else ""
    if said:
        messages.warning(request, said)


def _agency(by: ActingOfficial) -> Agency:
    return Agency.objects.get(pk=by.agency_id)


def _plan(by: ActingOfficial, plan_id: UUID) -> ReceptionPlan:
    """A plan of his agency; a foreign one looks like a missing one."""
    return get_object_or_404(ReceptionPlan.objects.select_related("agency"), pk=plan_id, agency_id=by.agency_id)


def _day(written: str) -> date:
    """A day as the addresses of this desk write it, of the years that can be typed."""
    try:
        found = date.fromisoformat(written)
    except ValueError as nothing:
        raise Http404 from nothing
    if found.isoformat() != written or not FIRST_DAY <= found <= LAST_DAY:
        raise Http404
    return found


def _moved(request: HttpRequest, plan: ReceptionPlan, day: date) -> UUID | None:
    """Which moving of the day the page calls off; none where it changes the day for the first time."""
    if request.method != "POST":
        row = plan.changes.filter(day=day, kind=ChangeKind.MOVED).first()
        return row.pk if row else None
    written = request.POST.get("moved")
    return _of_day(ReceptionChange, written, plan, day) if written else None


def _of_day(kind: type[Reception | ReceptionChange], written: str, plan: ReceptionPlan, day: date) -> UUID:
    """The row the page was about: it may be gone meanwhile, but is never one of another plan or day."""
    try:
        found = UUID(written)
    except ValueError as nothing:
        raise Http404 from nothing
    if kind.objects.filter(pk=found).exclude(plan=plan, day=day).exists():
        raise Http404
    return found
