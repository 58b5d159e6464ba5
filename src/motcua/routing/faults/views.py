"""The declared faults of the system: an administrator declares and withdraws, a leader confirms."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import Role
from motcua.people.phrases import period_words
from motcua.routing.faults.actions import confirm_fault, declare_fault, withdraw_fault
from motcua.routing.faults.confirmers import leading_unit, may_confirm
from motcua.routing.faults.forms import FaultForm, ReasonForm
from motcua.routing.faults.models import SystemFault
from motcua.worktime.rules import CalendarGap

SHOWN = 100


@officials(Role.ADMINISTRATOR, Role.APPROVER)
def faults(request: HttpRequest) -> HttpResponse:
    """What was declared, the newest first, and the form for one more."""
    by = official_of(request)
    form = FaultForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            declare_fault(
                first_at=form.first_at(), last_at=form.last_at(), evidence=form.cleaned_data["evidence"], by=by,
                at=timezone.now(),
            )  # fmt: skip
        except (Refusal, CalendarGap) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã khai sự cố. Khi lãnh đạo xác nhận, thời gian trong đó không tính cho ai."))
            return redirect("system-faults")
    leaders = leading_unit(by)
    known = _of(by).select_related("declared_by", "confirmed_by", "withdrawn_by").order_by("-first_at")[:SHOWN]
    return render(
        request,
        "routing/faults.html",
        {
            "form": form,
            "faults": [
                (fault, period_words(fault.first_at, fault.last_at), may_confirm(fault, by, leaders, timezone.now()))
                for fault in known
            ],
            "declares": by.holds(Role.ADMINISTRATOR),
        },
        status=422 if form.errors else 200,
    )


@require_POST
@officials(Role.APPROVER)
def confirm(request: HttpRequest, fault_id: UUID) -> HttpResponse:
    """A leader confirms what another declared."""
    by = official_of(request)
    fault = get_object_or_404(_of(by), pk=fault_id)
    try:
        confirm_fault(fault.pk, by=by, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã xác nhận sự cố; thời gian trong đó không tính cho ai."))
    return redirect("system-faults")


@officials(Role.ADMINISTRATOR)
def withdraw(request: HttpRequest, fault_id: UUID) -> HttpResponse:
    """Take a declaration back, with the reason."""
    by = official_of(request)
    fault = get_object_or_404(_of(by), pk=fault_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_fault(fault.pk, reason=form.cleaned_data["reason"], by=by, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã rút lời khai sự cố."))
            return redirect("system-faults")
    period = period_words(fault.first_at, fault.last_at)
    return render(
        request,
        "routing/fault_withdrawal.html",
        {"form": form, "fault": fault, "period": period},
        status=422 if form.errors else 200,
    )


def _of(by: ActingOfficial) -> QuerySet[SystemFault]:
    return SystemFault.objects.filter(agency_id=by.agency_id)
