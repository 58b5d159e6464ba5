"""An appointed time taken, moved, given up, kept: each an event of the booking."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.core.events import Actor, record
from motcua.core.holding import hold
from motcua.core.refusals import Refusal
from motcua.core.sql import execute
from motcua.core.throttle import allow
from motcua.correspondence.keeping import forget_about
from motcua.queueing.actions.issuing import Issued, Wanted, issue
from motcua.queueing.declared import declared_on
from motcua.queueing.keys import key_hash, key_of_booking, new_key
from motcua.queueing.models import Need, TicketWay, Turn
from motcua.queueing.models.bookings import CODE_LENGTH, Booking, BookingState
from motcua.queueing.queries.slots import capacity_at

# No letter or digit that another looks like.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
WHO_BOOKS: Final = Actor(None, gettext_noop("Người hẹn giờ"))
TOLD, A_DAY = 8, timedelta(days=1)
"""Times taken and changed by one telephone: each is told there, at the office's cost and to whomever it belongs."""
THE_DAY_AFTER: Final = Actor(None, gettext_noop("Một Cửa, cuối ngày"))
REMINDER: Final = Actor(None, gettext_noop("Một Cửa, nhắc hẹn"))


class BookingRefused(Refusal):
    """The sentence says why the time cannot be had, and what can be done."""


class StaleBooking(Refusal):
    """It was moved, kept, cancelled or missed meanwhile."""

    def __str__(self) -> str:
        return _("Lượt hẹn này đã được dùng, đã hủy hoặc đã qua. Trang đã tải lại theo tình trạng mới.")


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking just made; `key` is told this once only."""

    id: UUID
    code: str
    key: str
    slot_at: datetime


def book(need: Need, slot_at: datetime, *, phone: str, at: datetime, key: str = "") -> Booked:
    """Take a seat of an appointed time. Records `booking.made`. Raises `BookingRefused`."""
    _possible(need, slot_at, at)
    key, code = key or new_key(), "".join(secrets.choice(ALPHABET) for _mark in range(CODE_LENGTH))
    with transaction.atomic():
        _one_at_a_time(need, phone)
        _not_too_many(phone, slot_at, at)
        _not_too_often(phone)
        booking = Booking.objects.create(
            agency_id=need.hall.agency_id, need=need, slot_at=slot_at, seat=_free_seat(need, slot_at), code=code,
            key_hash=key_hash(key), phone=phone, made_at=at,
        )  # fmt: skip
        _tell(booking, "made", by=WHO_BOOKS, at=at, after={"need": str(need.id), "slot_at": slot_at.isoformat()})
    return Booked(booking.id, code, key, slot_at)


def move(booking_id: UUID, slot_at: datetime, *, at: datetime) -> None:
    """Change to another time of the same need; the old seat is free again. Records `booking.moved`.

    To the time it has already: nothing. Raises `BookingRefused`, `StaleBooking`.
    """
    with transaction.atomic():
        booking = _made(booking_id)
        if booking.slot_at == slot_at:
            return
        _possible(booking.need, slot_at, at)
        _one_at_a_time(booking.need, booking.phone)
        _not_too_many(booking.phone, slot_at, at, but=booking)
        _not_too_often(booking.phone)
        before, seat = booking.slot_at, _free_seat(booking.need, slot_at)
        Booking.objects.filter(pk=booking.pk).update(slot_at=slot_at, seat=seat, reminded_at=None)
        _tell(
            booking, "moved", by=WHO_BOOKS, at=at, before={"slot_at": before.isoformat()},
            after={"slot_at": slot_at.isoformat()},
        )  # fmt: skip


def cancel(booking_id: UUID, *, at: datetime) -> None:
    """Give the time up. Records `booking.cancelled`. Raises `StaleBooking`."""
    _cancelled(booking_id, "cancelled", by=WHO_BOOKS, at=at, after={})


def call_off(booking_id: UUID, *, reason: str, by: Actor, at: datetime) -> None:
    """The office cannot keep the time; the person is told why. Records `booking.called_off`. Raises `StaleBooking`."""
    _cancelled(booking_id, "called_off", by=by, at=at, after={"reason": reason})


def _cancelled(booking_id: UUID, what: str, *, by: Actor, at: datetime, after: dict[str, Any]) -> None:
    with transaction.atomic():
        booking = _made(booking_id)
        Booking.objects.filter(pk=booking.pk).update(state=BookingState.CANCELLED, ended_at=at)
        _tell(booking, what, by=by, at=at, after={"state": "cancelled", **after})


def arrive(booking_id: UUID, *, at: datetime) -> Issued:
    """The person is here: a number, called from the appointed time on as one who is on time.

    Who comes too late queues as who has none. Records `booking.arrived`. Raises `StaleBooking`, `QueueClosed`,
    and `BookingRefused` on another day than the appointed one.
    """
    with transaction.atomic():
        booking = _made(booking_id)
        if localdate(booking.slot_at) != localdate(at):
            raise BookingRefused(
                _("Lượt hẹn này vào ngày %(day)s. Ông/bà dời hẹn, hoặc lấy số thường.")
                % {"day": f"{localdate(booking.slot_at):%d/%m/%Y}"}
            )
        on_time = at <= booking.slot_at + declared_on(localdate(at)).late
        turn, since = (Turn.BOOKED, max(booking.slot_at, at)) if on_time else (Turn.ORDINARY, at)
        wanted = Wanted(
            booking.need_id, TicketWay.BOOKING, since=since, turn=turn, key=key_of_booking(booking.pk)
        )  # fmt: skip
        issued = issue(wanted, by=WHO_BOOKS, at=at)
        kept = {"state": BookingState.ARRIVED, "ticket_id": issued.id, "ended_at": at}
        Booking.objects.filter(pk=booking.pk).update(**kept)
        after = {"state": "arrived", "ticket": str(issued.id), "on_time": on_time}
        _tell(booking, "arrived", by=WHO_BOOKS, at=at, after=after)
    return issued


def remind_round(at: datetime) -> int:
    """Whoever comes within a day and was not reminded is: records `booking.reminded`, which is told. How many."""
    coming = Booking.objects.filter(state=BookingState.MADE, reminded_at=None, slot_at__gt=at)
    soon = coming.filter(slot_at__lte=at + timedelta(days=1), made_at__lte=at - timedelta(hours=2))
    reminded = 0
    for booking_id in list(soon.exclude(phone="").values_list("pk", flat=True)):
        with transaction.atomic():
            booking = Booking.objects.select_for_update().get(pk=booking_id)
            if booking.state != BookingState.MADE or booking.reminded_at is not None:
                continue
            Booking.objects.filter(pk=booking_id).update(reminded_at=at)
            _tell(booking, "reminded", by=REMINDER, at=at, after={"slot_at": booking.slot_at.isoformat()})
            reminded += 1
    return reminded


def miss_round(at: datetime) -> int:
    """Appointed times of days gone by that nobody kept. Records `booking.missed`. How many there were."""
    midnight = datetime.combine(localdate(at), datetime.min.time(), get_default_timezone())
    missed = 0
    with transaction.atomic():
        rows = Booking.objects.select_for_update(skip_locked=True).filter(state=BookingState.MADE, slot_at__lt=midnight)
        for booking in rows:
            Booking.objects.filter(pk=booking.pk).update(state=BookingState.MISSED, ended_at=at)
            _tell(booking, "missed", by=THE_DAY_AFTER, at=at, after={"state": "missed"})
            missed += 1
    return missed


def forget_round(at: datetime) -> int:
    """Telephones of appointments long gone are forgotten, with what was sent there; the appointments stay. How many."""
    before = at - declared_on(localdate(at)).forgotten_after
    with transaction.atomic():
        gone = Booking.objects.filter(slot_at__lt=before).exclude(phone="")
        ids = list(gone.select_for_update(skip_locked=True).values_list("pk", flat=True))
        forget_about("booking", ids)
        return Booking.objects.filter(pk__in=ids).update(phone="")


def _possible(need: Need, slot_at: datetime, at: datetime) -> None:
    """Raises `BookingRefused` for what is no appointed time of the need, is over, or is too far ahead."""
    if not need.is_open or not need.takes_bookings:
        raise BookingRefused(_("Việc này không hẹn giờ. Ông/bà lấy số tại phòng chờ."))
    if slot_at <= at:
        raise BookingRefused(_("Giờ hẹn này đã qua. Ông/bà chọn giờ khác."))
    ahead = declared_on(localdate(at)).days_ahead
    if localdate(slot_at) > localdate(at) + timedelta(days=ahead):
        raise BookingRefused(_("Chỉ hẹn trước tối đa %(days)d ngày. Ông/bà chọn ngày gần hơn.") % {"days": ahead})
    if localdate(slot_at).isoweekday() not in need.weekdays or not capacity_at(need, slot_at):
        raise BookingRefused(_("Giờ này không có trong lịch hẹn. Ông/bà chọn một giờ đang hiện trên trang."))


def _free_seat(need: Need, slot_at: datetime) -> int:
    """The first seat nobody has. Raises `BookingRefused` when all are taken."""
    kept = Booking.objects.filter(need=need, slot_at=slot_at, state__in=(BookingState.MADE, BookingState.ARRIVED))
    taken = set(kept.values_list("seat", flat=True))
    free = [seat for seat in range(1, capacity_at(need, slot_at) + 1) if seat not in taken]
    if not free:
        raise BookingRefused(_("Giờ này vừa hết chỗ. Ông/bà chọn giờ khác."))
    return free[0]


def _one_at_a_time(need: Need, phone: str) -> None:
    """Two who book the same need, or by the same telephone, at once: the second sees what the first has."""
    hold("booking by", phone)
    execute("SELECT FROM queueing_need WHERE id = %s FOR NO KEY UPDATE", (need.id,))


def _not_too_many(phone: str, slot_at: datetime, at: datetime, *, but: Booking | None = None) -> None:
    """Raises `BookingRefused` when the telephone has its appointments of that day already, `but` not counted."""
    first = datetime.combine(localdate(slot_at), datetime.min.time(), get_default_timezone())
    kept = Booking.objects.filter(phone=phone, state__in=(BookingState.MADE, BookingState.ARRIVED))
    kept = kept.exclude(pk=but.pk) if but else kept
    each_day = declared_on(localdate(at)).each_day
    if kept.filter(slot_at__gte=first, slot_at__lt=first + timedelta(days=1)).count() >= each_day:
        raise BookingRefused(
            _("Số điện thoại này đã hẹn đủ %(count)d lượt trong ngày đó. Ông/bà dời hoặc hủy một lượt rồi hẹn lại.")
            % {"count": each_day}
        )


def _not_too_often(phone: str) -> None:
    """Raises `BookingRefused` once a telephone was told of too many changes within a day."""
    if not allow(what="booking-told", who=phone, limit=TOLD, window=A_DAY):
        raise BookingRefused(
            _("Số điện thoại này đã hẹn, dời giờ nhiều lần trong ngày. Ông/bà để ngày mai, hoặc lấy số tại phòng chờ.")
        )


def _made(booking_id: UUID) -> Booking:
    rows = Booking.objects.select_for_update(of=("self",)).select_related("need__hall__agency")
    booking = rows.filter(pk=booking_id, state=BookingState.MADE).first()
    if booking is None:
        raise StaleBooking
    return booking


def _tell(
    booking: Booking, what: str, *, by: Actor, at: datetime, after: dict[str, Any], before: dict[str, Any] | None = None
) -> None:
    record(
        kind=f"booking.{what}", subject=("booking", booking.pk), by=by, at=at, agency_id=booking.agency_id,
        before=before, after=after,
    )  # fmt: skip
