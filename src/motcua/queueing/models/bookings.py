"""An appointed time: when a need can be booked (`SlotPlan`), and who booked it (`Booking`)."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models import Agency
from motcua.queueing.models.halls import Need
from motcua.queueing.models.tickets import Ticket

CODE_LENGTH: Final = 6


class SlotPlan(models.Model):
    """On these weekdays, from `starts` until `ends`, every so many minutes, so many people can come by appointment.

    Only inside the working hours of the agency's calendar. A plan that was used is ended, not changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    need = models.ForeignKey(Need, models.PROTECT, related_name="slot_plans", verbose_name=_("việc cần làm"))
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("các thứ trong tuần"))
    starts = models.TimeField(_("từ giờ"))
    ends = models.TimeField(_("đến giờ"))
    every_minutes = models.PositiveSmallIntegerField(_("cách nhau (phút)"), default=30)
    capacity = models.PositiveSmallIntegerField(_("số người mỗi giờ hẹn"), default=1)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("giờ hẹn")
        verbose_name_plural = _("giờ hẹn")
        ordering = ("need", "starts")
        constraints = (
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")), name="slots_run_forward",
                violation_error_message=_("Giờ kết thúc phải sau giờ bắt đầu."),
            ),
            models.CheckConstraint(
                condition=Q(every_minutes__gte=5, every_minutes__lte=240, capacity__gte=1, capacity__lte=50),
                name="slots_within_reason",
                violation_error_message=_("Các giờ hẹn cách nhau từ 5 đến 240 phút, mỗi giờ từ 1 đến 50 người."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__lte=F("valid_to")), name="slots_begin_before_they_end",
                violation_error_message=_("Ngày cuối không được trước ngày đầu."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.starts:%H:%M} {self.ends:%H:%M}"


class BookingState(models.TextChoices):
    MADE = "made", _("Đã hẹn")
    ARRIVED = "arrived", _("Đã đến")
    CANCELLED = "cancelled", _("Đã hủy")
    MISSED = "missed", _("Không đến")


class Booking(models.Model):
    """One seat of one slot. `code`: what the person types at the machine; the address carries the key, as a ticket's.

    `phone`: to remind and to keep one person from taking all; forgotten some days after the appointed day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name=_("cơ quan"))
    need = models.ForeignKey(Need, models.PROTECT, related_name="+", db_index=False, verbose_name=_("việc cần làm"))
    slot_at = models.DateTimeField(_("giờ hẹn"))
    seat = models.PositiveSmallIntegerField(_("chỗ"))
    state = models.CharField(_("tình trạng"), max_length=9, choices=BookingState.choices, default=BookingState.MADE)
    code = models.CharField(_("mã hẹn"), max_length=CODE_LENGTH, unique=True)
    key_hash = models.CharField(_("dấu khóa"), max_length=64, unique=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True, default="")
    ticket = models.OneToOneField(
        Ticket, models.PROTECT, null=True, blank=True, related_name="booking", verbose_name=_("số thứ tự")
    )
    made_at = models.DateTimeField(_("hẹn lúc"))
    reminded_at = models.DateTimeField(_("nhắc lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lượt hẹn")
        verbose_name_plural = _("lượt hẹn")
        indexes = (
            models.Index(fields=("slot_at",), condition=Q(state="made"), name="booking_to_come"),
            models.Index(fields=("phone", "slot_at"), condition=~Q(phone=""), name="booking_by_phone"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("need", "slot_at", "seat"), condition=Q(state__in=("made", "arrived")),
                name="one_booking_a_seat",
                violation_error_message=_("Giờ này vừa có người hẹn. Ông/bà chọn giờ khác."),
            ),
            models.CheckConstraint(
                condition=Q(state="arrived", ticket__isnull=False) | (~Q(state="arrived") & Q(ticket=None)),
                name="arrived_has_a_ticket",
                violation_error_message=_("Người đã đến phải có số thứ tự."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.slot_at:%d/%m/%Y %H:%M}"
