"""What is owed for a dossier."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier
from motcua.people.models import Official

# Neither paid nor given up.
OWED: Final = Q(settled_at=None, cancelled_at=None)
# How many letters each text takes.
LONGEST: Final = {
    "what": 200,
    "payee": 300,
    "account": 200,
    "legal_basis": 400,
    "evidence_number": 120,
    "cancel_reason": 600,
}


class FinancialDuty(models.Model):
    """One sum the applicant owes, to whom, on what ground; open until it is settled with proof or cancelled.

    `amount` in đồng; `due_on` the last day, if one is set. `paid_at`: when it was paid by the evidence, which is when
    the clock goes on; `settled_at`: when that was written down. `evidence_key`: the bare letters and figures of the
    number. `cancelled_by` is empty when the duty ended together with its dossier.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="financial_duties", verbose_name=_("hồ sơ"))
    what = models.CharField(_("khoản phải nộp"), max_length=LONGEST["what"])
    amount = models.PositiveBigIntegerField(_("số tiền (đồng)"))
    payee = models.CharField(_("nộp cho"), max_length=LONGEST["payee"])
    account = models.CharField(_("số tài khoản"), max_length=LONGEST["account"], blank=True, default="")
    legal_basis = models.CharField(_("căn cứ"), max_length=LONGEST["legal_basis"])
    asked_at = models.DateTimeField(_("yêu cầu lúc"))
    asked_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người yêu cầu"))
    due_on = models.DateField(_("nộp đến hết ngày"), null=True, blank=True)

    settled_at = models.DateTimeField(_("ghi đã nộp lúc"), null=True, blank=True)
    settled_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người ghi đã nộp")
    )
    evidence_number = models.CharField(_("số chứng từ"), max_length=LONGEST["evidence_number"], blank=True, default="")
    evidence_key = models.CharField(
        _("số chứng từ để đối chiếu"), max_length=LONGEST["evidence_number"], blank=True, default=""
    )
    evidence_on = models.DateField(_("ngày chứng từ"), null=True, blank=True)
    paid_at = models.DateTimeField(_("đã nộp lúc"), null=True, blank=True)

    cancelled_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người bỏ")
    )
    cancel_reason = models.CharField(_("lý do bỏ"), max_length=LONGEST["cancel_reason"], blank=True, default="")

    class Meta:
        verbose_name = _("nghĩa vụ tài chính")
        verbose_name_plural = _("nghĩa vụ tài chính")
        indexes = (
            models.Index(fields=("asked_at",), condition=OWED, name="open_duty_by_age"),
            models.Index(
                fields=("evidence_key", "evidence_on"), condition=~Q(evidence_key=""), name="duty_by_evidence"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "what"), condition=OWED, name="duty_open_once",
                violation_error_message=_("Khoản này đã được yêu cầu và đang chờ nộp."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=1), name="duty_is_some_money",
                violation_error_message=_("Số tiền phải nộp ít nhất là 1 đồng."),
            ),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(payee="") & ~Q(legal_basis=""), name="duty_says_what_to_whom_and_why",
                violation_error_message=_("Nghĩa vụ tài chính phải ghi khoản gì, nộp cho ai, căn cứ nào."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, evidence_number="", evidence_on=None, paid_at=None)
                | (
                    Q(settled_at__isnull=False, settled_by__isnull=False, evidence_on__isnull=False)
                    & Q(paid_at__lte=F("settled_at")) & ~Q(evidence_number="")
                ),
                name="duty_settled_with_evidence",
                violation_error_message=_("Ghi đã nộp thì phải có số, ngày chứng từ và người ghi."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
                name="duty_cancelled_says_why",
                violation_error_message=_("Bỏ một khoản phải nộp thì phải ghi lý do."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(cancelled_at=None), name="duty_ends_once",
                violation_error_message=_("Khoản đã nộp thì không bỏ được nữa, khoản đã bỏ thì không ghi nộp."),
            ),
            models.CheckConstraint(
                condition=(Q(settled_at=None) | Q(settled_at__gte=F("asked_at")))
                & (Q(cancelled_at=None) | Q(cancelled_at__gte=F("asked_at"))),
                name="duty_ends_after_it_began",
                violation_error_message=_("Lúc nộp hoặc bỏ không thể trước lúc yêu cầu."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.dossier}: {self.what}"

    @property
    def is_open(self) -> bool:
        """Still owed."""
        return self.settled_at is None and self.cancelled_at is None
