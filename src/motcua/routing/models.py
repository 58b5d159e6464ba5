"""The live steps of dossiers, and the reminders of their dates."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier
from motcua.people.models import Official, Role, Unit
from motcua.routing.apologies.models import Apology, DelayUnit, ExceptionKind, LateException
from motcua.routing.bundles.models import Bundle, BundleMember, MemberState
from motcua.routing.confirmations.models import CalendarProposal
from motcua.routing.consultations.models import Consultation
from motcua.routing.faults.models import SystemFault
from motcua.routing.warnings.models import Reminder, ReminderKind

__all__ = [
    "Apology",
    "Bundle",
    "BundleMember",
    "CalendarProposal",
    "Consultation",
    "DelayUnit",
    "ExceptionKind",
    "LateException",
    "MemberState",
    "Outcome",
    "Reminder",
    "ReminderKind",
    "Step",
    "SystemFault",
]


class Outcome(models.TextChoices):
    PASSED_ON = "passed_on", _("Đã chuyển bước")
    APPROVED = "approved", _("Đã duyệt")
    SENT_BACK = "sent_back", _("Đã trả lại")
    RETURNED = "returned", _("Đã trả kết quả")
    FORWARDED = "forwarded", _("Đã chuyển đơn vị khác")
    REJECTED = "rejected", _("Đã từ chối giải quyết")
    ENDED = "ended", _("Hồ sơ kết thúc")
    REOPENED = "reopened", _("Mở lại để xử lý")


class Step(models.Model):
    """A dossier in one pair of hands, from when it came until it went on.

    Rows are what happened; what is still to come is the route of the frozen version. `position` is the step's
    place in that route; a dossier has at most one open step at each place, and several only where the route
    runs side by side. A step sent back and done again is a new row. `on_behalf_of`: the absent official in
    whose place `official` did it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="steps", db_index=False, verbose_name=_("hồ sơ"))
    position = models.PositiveSmallIntegerField(_("bước thứ"))
    name = models.CharField(_("tên bước"), max_length=200)
    role = models.CharField(_("vai trò"), max_length=24, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="steps", verbose_name=_("đơn vị"))
    official = models.ForeignKey(
        Official, models.PROTECT, related_name="steps", null=True, blank=True, verbose_name=_("người làm")
    )
    on_behalf_of = models.ForeignKey(
        Official,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("làm thay mặt"),
    )
    started_at = models.DateTimeField(_("đến lúc"))
    due_at = models.DateTimeField(_("hạn của bước"))
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    outcome = models.CharField(_("kết quả bước"), max_length=10, choices=Outcome.choices, blank=True, default="")
    note = models.CharField(_("ghi chú"), max_length=600, blank=True, default="")

    class Meta:
        verbose_name = _("bước xử lý")
        verbose_name_plural = _("bước xử lý")
        ordering = ("started_at", "id")
        indexes = (
            models.Index(
                fields=("unit", "role", "due_at"),
                include=("official",),
                condition=Q(finished_at__isnull=True),
                name="open_step_by_unit",
            ),
            models.Index(fields=("official",), condition=Q(finished_at__isnull=True), name="open_step_by_official"),
            models.Index(fields=("dossier", "started_at"), name="step_by_dossier"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "position"),
                include=("unit", "official"),
                condition=Q(finished_at__isnull=True),
                name="one_open_step_per_place",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="step_ends_after_it_starts",
                violation_error_message=_("Bước không thể xong trước khi bắt đầu."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, outcome="") | (Q(finished_at__isnull=False) & ~Q(outcome="")),
                name="finished_step_has_outcome",
                violation_error_message=_("Bước đã xong phải ghi kết quả."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="sent_back") | ~Q(note=""),
                name="send_back_has_reason",
                violation_error_message=_("Trả lại hồ sơ phải ghi lý do."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier}: {self.name}"
