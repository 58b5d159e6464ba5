"""A password that two people renew."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models.officials import Official


class PasswordRenewal(models.Model):
    """An administrator asked for a new password of one who signs or administers; another gives it or drops the wish.

    Until then the old password stands.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    official = models.ForeignKey(Official, models.PROTECT, related_name="renewals", verbose_name=_("cán bộ"))
    asked_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người đề nghị"))
    asked_at = models.DateTimeField(_("đề nghị lúc"))
    settled_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người quyết định")
    )
    settled_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    is_given = models.BooleanField(_("đã cấp"), default=False)

    class Meta:
        verbose_name = _("đề nghị cấp lại mật khẩu")
        verbose_name_plural = _("đề nghị cấp lại mật khẩu")
        constraints = (
            models.UniqueConstraint(
                fields=("official",), condition=Q(settled_at__isnull=True), name="one_renewal_waits",
                violation_error_message=_("Đã có đề nghị cấp lại mật khẩu cho người này."),
            ),
            models.CheckConstraint(
                condition=Q(is_given=False)
                | (Q(settled_by__isnull=False) & ~Q(settled_by=F("asked_by")) & ~Q(settled_by=F("official"))),
                name="renewal_given_by_another",
                violation_error_message=_("Mật khẩu phải do người thứ hai xác nhận."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="renewal_settled_by_somebody",
                violation_error_message=_("Quyết định phải ghi ai, lúc nào."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.official} {self.asked_at:%d/%m/%Y}"
