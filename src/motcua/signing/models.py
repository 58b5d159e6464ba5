"""The register: one row a certificate of an agency or an official, for as long as anybody may meet its signatures."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models import Agency, Official

LONGEST_NOTE: Final = 300


class WithdrawalReason(models.TextChoices):
    KEY_LOST = "key_lost", _("Mất thiết bị, lộ khóa")
    REPLACED = "replaced", _("Thay bằng chứng thư khác")
    HOLDER_LEFT = "holder_left", _("Người giữ thôi nhiệm vụ")
    WRONG_ENTRY = "wrong_entry", _("Ghi nhầm người, nhầm cơ quan")
    OTHER = "other", _("Lý do khác")


class DigitalCertificate(models.Model):
    """A certificate as it was registered: its public part (`der`) and what it says of itself.

    `official` is empty for an agency's seal. `position`: the holder's title on that day. `usages`: what its key may be
    used for, empty where it does not say. `subject_fits`: whether the subject seemed to be the holder. A wrong entry
    stays to be seen, and the same certificate may be registered again, for whoever holds it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="certificates", verbose_name=_("cơ quan"))
    official = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="certificates", verbose_name=_("người giữ")
    )
    position = models.CharField(_("chức danh"), max_length=120, blank=True, default="")
    subject = models.CharField(_("cấp cho"), max_length=1000)
    issuer = models.CharField(_("nơi cấp"), max_length=1000)
    issuer_name = models.CharField(_("tên nơi cấp"), max_length=1000)
    root_name = models.CharField(_("chứng thư gốc"), max_length=1000)
    serial = models.CharField(_("số sê-ri"), max_length=48)
    fingerprint = models.CharField(_("dấu vân tay SHA-256"), max_length=64)
    usages = models.CharField(_("mục đích sử dụng"), max_length=200, blank=True, default="")
    valid_from = models.DateTimeField(_("có hiệu lực từ"))
    valid_to = models.DateTimeField(_("có hiệu lực đến"))
    der = models.BinaryField(_("nội dung"))
    subject_fits = models.BooleanField(_("tên khớp người giữ"))
    registered_at = models.DateTimeField(_("đăng ký lúc"))
    registered_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người đăng ký")
    )
    withdrawn_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người thu hồi")
    )
    withdrawal_reason = models.CharField(
        _("lý do thu hồi"), max_length=12, choices=WithdrawalReason.choices, blank=True, default=""
    )
    withdrawal_note = models.CharField(_("ghi thêm"), max_length=LONGEST_NOTE, blank=True, default="")

    class Meta:
        verbose_name = _("chứng thư số")
        verbose_name_plural = _("chứng thư số")
        indexes = (models.Index(fields=("agency", "valid_to"), name="certificate_of_agency"),)
        constraints = (
            models.UniqueConstraint(
                fields=("fingerprint",), condition=~Q(withdrawal_reason="wrong_entry"),
                name="certificate_registered_once",
                violation_error_message=_("Chứng thư này đã đăng ký. Mỗi chứng thư đăng ký một lần."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")), name="certificate_ends_after_it_begins",
                violation_error_message=_("Chứng thư phải hết hiệu lực sau khi có hiệu lực."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="", withdrawal_note="")
                | (Q(withdrawn_at__gte=F("registered_at"), withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                name="certificate_withdrawn_for_a_reason",
                violation_error_message=_("Thu hồi phải ghi lúc nào, ai, vì sao."),
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$"), name="certificate_has_a_fingerprint",
                violation_error_message=_("Dấu vân tay SHA-256 gồm 64 ký tự."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.serial
