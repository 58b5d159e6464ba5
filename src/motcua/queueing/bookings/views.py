"""An appointment on the citizen's side: choosing a time, its own page, moving, giving up, arriving."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.access import public
from motcua.core.look import look_of
from motcua.core.refusals import Refusal
from motcua.core.throttle import address_of, allow
from motcua.documents.qr import qr_svg
from motcua.queueing.actions.booking import StaleBooking, book, cancel, move
from motcua.queueing.bookings.arrivals import number_for
from motcua.queueing.bookings.forms import CodeForm, PhoneForm
from motcua.queueing.guesses import missed, opened_by_key
from motcua.queueing.keys import StaleForm, key_hash, key_of, new_form
from motcua.queueing.models import Hall, Need
from motcua.queueing.models.bookings import Booking, BookingState
from motcua.queueing.queries.slots import bookable_days

TRIES: Final = 20
"""Bookings of one address in `WINDOW`: a household, not a machine."""
WINDOW: Final = timedelta(minutes=10)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def choose_slot(request: HttpRequest, hall_code: str) -> HttpResponse:
    """What for, when, and whom to remind: one question a page, each in the address but the telephone."""
    at = timezone.now()
    hall = get_object_or_404(Hall.objects.select_related("agency"), code=hall_code, is_open=True)
    needs = [*hall.needs.filter(is_open=True, takes_bookings=True)]
    chosen = next((need for need in needs if need.letter == request.GET.get("need")), None)
    if chosen is None:
        return render(request, "queueing/bookings/choose_need.html", {"hall": hall, "needs": needs})
    chosen.hall = hall
    slot_at = _moment(request.GET.get("at", ""))
    if slot_at is None:
        return _days(request, hall, chosen, at)
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _book(request, chosen, slot_at, form, at)
    return _ask_phone(request, chosen, slot_at, form)


def _days(request: HttpRequest, hall: Hall, need: Need, at: datetime, sentence: str = "") -> HttpResponse:
    days = bookable_days(need, at)
    context: dict[str, Any] = {"hall": hall, "need": need, "days": days.items(), "sentence": sentence}
    return render(request, "queueing/bookings/choose_slot.html", context, status=422 if sentence else 200)


def _ask_phone(request: HttpRequest, need: Need, slot_at: datetime, form: PhoneForm, status: int = 200) -> HttpResponse:
    token = request.POST.get("form") or new_form()
    context = {"hall": need.hall, "need": need, "slot_at": slot_at, "form": form, "token": token}
    return render(request, "queueing/bookings/phone.html", context, status=422 if form.errors else status)


def _book(request: HttpRequest, need: Need, slot_at: datetime, form: PhoneForm, at: datetime) -> HttpResponse:
    try:
        key = key_of(request.POST.get("form", ""))
    except StaleForm:
        return redirect(request.get_full_path())
    if _is_booked(key):
        return redirect("booking", key)  # sent twice
    if not allow(what="booking", who=address_of(request), limit=TRIES, window=WINDOW):
        form.add_error(None, _("Từ nơi này vừa có quá nhiều lượt hẹn. Ông/bà đợi 10 phút rồi thử lại."))
        return _ask_phone(request, need, slot_at, form)
    try:
        book(need, slot_at, phone=form.cleaned_data["phone"], key=key, at=at)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _ask_phone(request, need, slot_at, form)
    except IntegrityError:
        if not _is_booked(key):  # else the other of two presses was faster
            raise
    return redirect("booking", key)


def _is_booked(key: str) -> bool:
    return Booking.objects.filter(key_hash=key_hash(key)).exists()


@public
@require_http_methods(["GET", "HEAD"])
@opened_by_key
def booking(request: HttpRequest, booking_key: str) -> HttpResponse:
    """One's own appointment: when, what for, the code for the machine."""
    return _page(request, _held(request, booking_key), booking_key)


def _page(request: HttpRequest, row: Booking, key: str, sentence: str = "") -> HttpResponse:
    at = timezone.now()
    address = request.build_absolute_uri(reverse("booking", args=(key,)))
    context = {
        "booking": row, "key": key, "hall": row.need.hall, "sentence": sentence, "qr": qr_svg(address),
        "is_made": row.state == BookingState.MADE,
        "is_today": timezone.localdate(row.slot_at) == timezone.localdate(at),
    }  # fmt: skip
    return render(request, "queueing/bookings/booking.html", context, status=409 if sentence else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@opened_by_key
def move_booking(request: HttpRequest, booking_key: str) -> HttpResponse:
    """Another time of the same need."""
    at, key = timezone.now(), booking_key
    row, sentence = _held(request, key), ""
    if request.method == "POST":
        slot_at = _moment(request.POST.get("at", ""))
        try:
            if slot_at is not None:
                move(row.pk, slot_at, at=at)
                return redirect("booking", key)
            sentence = _("Ông/bà chọn một giờ trong danh sách.")
        except StaleBooking as refusal:
            return _page(request, _held(request, key), key, str(refusal))
        except Refusal as refusal:
            sentence = str(refusal)
    days = bookable_days(row.need, at)
    context = {"hall": row.need.hall, "need": row.need, "booking": row, "key": key, "days": days.items()}
    context["sentence"] = sentence
    return render(request, "queueing/bookings/move.html", context, status=422 if sentence else 200)


@public
@require_POST
@opened_by_key
def cancel_booking(request: HttpRequest, booking_key: str) -> HttpResponse:
    """Give the time up."""
    row = _held(request, booking_key)
    try:
        cancel(row.pk, at=timezone.now())
    except StaleBooking as refusal:
        return _page(request, _held(request, booking_key), booking_key, str(refusal))
    return redirect("booking", booking_key)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def arrive_booked(request: HttpRequest, hall_code: str) -> HttpResponse:
    """On a telephone: the code of an appointment becomes a number. The machine has a page of its own."""
    hall = get_object_or_404(Hall.objects.select_related("agency"), code=hall_code, is_open=True)
    if look_of(request).hall == hall.code:
        return redirect(f"{reverse('take-number', args=(hall.code,))}?booked=yes")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            key = number_for(hall, who=address_of(request), at=timezone.now(), code=form.cleaned_data["code"])
            return redirect("ticket", key)
        except Refusal as refusal:
            form.add_error("code", str(refusal))
    context = {"hall": hall, "form": form}
    return render(request, "queueing/bookings/arrive.html", context, status=422 if form.errors else 200)


def _held(request: HttpRequest, key: str) -> Booking:
    """The booking of this key. Raises as `missed` does for a key that opens none."""
    rows = Booking.objects.select_related("need__hall__agency", "ticket")
    return rows.filter(key_hash=key_hash(key)).first() or missed(request)


def _moment(text: str) -> datetime | None:
    """A local moment as the links have it, 2026-11-25T09:00; None for anything else."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=timezone.get_default_timezone())
    except ValueError:
        return None
