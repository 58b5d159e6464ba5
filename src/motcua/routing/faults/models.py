"""When the system could not be worked with."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models import Agency, Official


class SystemFault(models.Model):
    """The agency's system stood still from `first_at` until just before `last_at`; `evidence` says how one knows.

    It takes minutes from nobody before a leader confirmed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="system_faults", verbose_name=_("cơ quan"))
    first_at = models.DateTimeField(_("từ lúc"))
    last_at = models.DateTimeField(_("đến lúc"))
    evidence = models.CharField(_("bằng chứng"), max_length=1000)
    declared_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người khai"))
    declared_at = models.DateTimeField(_("khai lúc"))
    confirmed_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người xác nhận")
    )
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người rút")
    )
    withdrawn_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("lý do rút"), max_length=600, blank=True, default="")

    class Meta:
        verbose_name = _("sự cố hệ thống")
        verbose_name_plural = _("sự cố hệ thống")
        indexes = (models.Index(fields=("agency", "-first_at"), name="system_fault_by_agency"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(last_at__gt=F("first_at")),
                name="fault_ends_after_it_begins",
                violation_error_message=_("Sự cố phải kết thúc sau lúc bắt đầu."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("declared_by"))),
                name="fault_confirmed_by_another",
                violation_error_message=_("Sự cố phải do người khác người khai xác nhận."),
            ),
            models.CheckConstraint(
                condition=~Q(evidence=""),
                name="fault_has_evidence",
                violation_error_message=_("Khai sự cố phải ghi bằng chứng."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="withdrawn_fault_says_why",
                violation_error_message=_("Rút khai sự cố phải ghi ai rút, lúc nào, vì sao."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency}: {self.first_at:%H:%M %d/%m/%Y}–{self.last_at:%H:%M %d/%m/%Y}"
