"""An appointment on the office's side: who comes on a day, a time that cannot be kept, and the plan of times."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.access import officials
from motcua.core.typed import day_typed
from motcua.people.access import official_of
from motcua.people.models import Role
from motcua.queueing.actions import booking as bookings
from motcua.queueing.actions.planning import begin_plan, end_plan
from motcua.queueing.bookings.forms import ReasonForm, SlotPlanForm
from motcua.queueing.models import Hall
from motcua.queueing.models.bookings import Booking, SlotPlan
from motcua.queueing.queries.opening import weekday_words
from motcua.queueing.queries.slots import bookings_of

DESK: Final = (Role.RECEIVER, Role.APPROVER, Role.ADMINISTRATOR)


@officials(*DESK)
@require_http_methods(["GET", "HEAD"])
def booked_today(request: HttpRequest, hall_code: str) -> HttpResponse:
    """Who comes by appointment, in the order of the times; another day by `day`."""
    by = official_of(request)
    hall = get_object_or_404(Hall, code=hall_code, agency_id=by.agency_id)
    day = timezone.localdate()
    try:
        day = day_typed(request.GET["day"]) if request.GET.get("day") else day
    except ValueError:
        messages.error(request, _("Ngày chưa đúng, ví dụ 25/11/2026. Trang hiện các lượt hẹn của hôm nay."))
    context = {"hall": hall, "day": day, "bookings": bookings_of(hall.pk, day)}
    return render(request, "queueing/bookings/day.html", context)


@officials(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: HttpRequest, hall_code: str, booking_code: str) -> HttpResponse:
    """The office cannot keep a time: the person is told the reason."""
    by = official_of(request)
    hall = get_object_or_404(Hall, code=hall_code, agency_id=by.agency_id)
    booking = get_object_or_404(Booking.objects.select_related("need"), code=booking_code, need__hall=hall)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            bookings.call_off(booking.pk, reason=form.cleaned_data["reason"], by=by.actor, at=timezone.now())
            messages.success(request, _("Đã hủy lượt hẹn %(code)s. Người hẹn được báo lý do.") % {"code": booking.code})
        except bookings.StaleBooking as refusal:
            messages.error(request, str(refusal))
        return redirect("booked-today", hall.code)
    context = {"hall": hall, "booking": booking, "form": form}
    return render(request, "queueing/bookings/call_off.html", context, status=422 if form.errors else 200)


@officials(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def slot_plans(request: HttpRequest, hall_code: str) -> HttpResponse:
    """When each need can be booked; a new plan, the end of one."""
    by, at = official_of(request), timezone.now()
    hall = get_object_or_404(Hall, code=hall_code, agency_id=by.agency_id)
    form = SlotPlanForm(hall, timezone.localdate(at), data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        begin_plan(form.instance, by=by.actor, at=at)
        messages.success(request, _("Đã mở lịch hẹn."))
        return redirect("slot-plans", hall.code)
    plans = SlotPlan.objects.filter(need__hall=hall).select_related("need").order_by("need__position", "starts")
    lines = [(plan, weekday_words(plan.weekdays)) for plan in plans]
    context = {"hall": hall, "form": form, "plans": lines, "today": timezone.localdate(at)}
    return render(request, "queueing/bookings/plans.html", context, status=422 if form.errors else 200)


@officials(Role.ADMINISTRATOR)
@require_POST
def stop_plan(request: HttpRequest, hall_code: str, plan_id: UUID) -> HttpResponse:
    """No new appointments by this plan after today; those that were made stand."""
    by, at = official_of(request), timezone.now()
    plan = get_object_or_404(SlotPlan, pk=plan_id, need__hall__code=hall_code, need__hall__agency_id=by.agency_id)
    end_plan(plan, by=by.actor, at=at)
    messages.success(request, _("Lịch hẹn này thôi nhận từ ngày mai. Các lượt đã hẹn vẫn giữ."))
    return redirect("slot-plans", hall_code)
