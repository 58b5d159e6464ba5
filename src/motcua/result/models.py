"""Results and their hand-over to the citizen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier, ReturnMethod
from motcua.people.models import Official


class Result(models.Model):
    """What the office decided: approved by whom, when, under which code.

    A refusal on the merits (form 03) is a result too: `refusal_number`, `reason` and `legal_basis` are its own.
    `superseded_at`: the dossier was sent back or reopened since; only the result without it is handed over.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="results", verbose_name=_("hồ sơ"))
    code = models.CharField(_("mã kết quả"), max_length=48, unique=True)
    name = models.CharField(_("tên kết quả"), max_length=400)
    approved_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người duyệt"))
    approved_at = models.DateTimeField(_("duyệt lúc"))
    superseded_at = models.DateTimeField(_("bị thay thế lúc"), null=True, blank=True)
    refusal_number = models.PositiveIntegerField(_("số phiếu từ chối"), null=True, blank=True)
    reason = models.CharField(_("lý do từ chối"), max_length=600, blank=True, default="", db_default="")
    legal_basis = models.CharField(_("căn cứ từ chối"), max_length=400, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("kết quả giải quyết")
        verbose_name_plural = _("kết quả giải quyết")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier",), condition=Q(superseded_at__isnull=True), name="one_result_stands"
            ),
            models.CheckConstraint(
                condition=Q(refusal_number__isnull=True) | ~Q(reason="") & ~Q(legal_basis=""),
                name="refusal_says_why",
                violation_error_message=_("Phiếu từ chối phải ghi lý do và căn cứ."),
            ),
        )

    def __str__(self) -> str:
        return self.code


class Delivery(models.Model):
    """The result in the citizen's hands: who took it, shown which paper, confirmed how."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="deliveries", verbose_name=_("hồ sơ"))
    method = models.CharField(_("cách trả"), max_length=10, choices=ReturnMethod.choices)
    recipient_name = models.CharField(_("người nhận"), max_length=200)
    recipient_personal_id = models.CharField(_("số định danh người nhận"), max_length=14, blank=True, default="")
    confirmed = models.BooleanField(_("người nhận đã xác nhận"))
    returned_at = models.DateTimeField(_("trả lúc"))
    returned_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người trả"))
    superseded_at = models.DateTimeField(_("mở lại lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần trả kết quả")
        verbose_name_plural = _("lần trả kết quả")
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed=True) | ~Q(method="counter"),
                name="counter_delivery_is_confirmed",
                violation_error_message=_("Trả tại quầy phải có xác nhận của người nhận."),
            ),
            models.UniqueConstraint(
                fields=("dossier",), condition=Q(superseded_at__isnull=True), name="one_delivery_stands"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier} → {self.recipient_name}"
