"""Letters of apology, and the recorded exceptions that stand in their place."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency, Official, Unit
from motcua.routing.apologies.rules import LONGEST_DELAY, MOST_LETTERS

# Drafted, neither signed nor withdrawn.
AWAITING: Final = Q(signed_at=None, withdrawn_at=None)


class DelayUnit(models.TextChoices):
    WORKING_HOUR = "working_hour", _("giờ làm việc")
    WORKING_DAY = "working_day", _("ngày làm việc")


class Apology(models.Model):
    """Form 04 of one dossier: a draft, then signed with a number and a new date, then told; or withdrawn.

    `promised_at` is the date it apologises for; `new_due_at` is counted from the delay and never typed: until the
    letter is signed it is what was counted at drafting. `drafted_by` is empty for the system's own draft.
    `unit` and `step_name`: where the dossier lay when lateness was foreseen.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="apologies", verbose_name=_("hồ sơ"))
    ordinal = models.PositiveSmallIntegerField(_("hẹn lại lần thứ"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị chịu trách nhiệm"))
    step_name = models.CharField(_("bước đang làm"), max_length=200)
    reason_code = models.CharField(_("lý do"), max_length=40, blank=True, default="", db_default="")
    reason = models.CharField(_("nội dung lý do"), max_length=600, blank=True, default="", db_default="")
    delay_number = models.PositiveSmallIntegerField(_("xin thêm"))
    delay_unit = models.CharField(_("đơn vị thời gian"), max_length=12, choices=DelayUnit.choices)
    promised_at = models.DateTimeField(_("đã hẹn lúc"))
    new_due_at = models.DateTimeField(_("hẹn lại lúc"))

    drafted_at = models.DateTimeField(_("soạn lúc"))
    drafted_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người soạn")
    )
    year = models.PositiveSmallIntegerField(_("năm"), null=True, blank=True)
    number = models.PositiveIntegerField(_("số thư"), null=True, blank=True)
    signed_at = models.DateTimeField(_("ký lúc"), null=True, blank=True)
    signed_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người ký")
    )
    on_behalf_of = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ký thay mặt")
    )
    sent_at = models.DateTimeField(_("báo người nộp lúc"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("bỏ bản soạn lúc"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người bỏ bản soạn")
    )
    withdraw_reason = models.CharField(_("lý do bỏ"), max_length=600, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("thư xin lỗi")
        verbose_name_plural = _("thư xin lỗi")
        ordering = ("drafted_at", "id")
        indexes = (
            models.Index(fields=("agency", "drafted_at"), condition=AWAITING, name="apology_awaiting"),
            models.Index(fields=("agency", "-signed_at"), condition=Q(signed_at__isnull=False), name="apology_signed"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("dossier",), condition=AWAITING, name="one_apology_awaiting",
                violation_error_message=_("Hồ sơ đã có một thư xin lỗi đang chờ ký."),
            ),
            models.UniqueConstraint(
                fields=("dossier", "ordinal"), condition=Q(signed_at__isnull=False), name="apology_ordinal_once",
                violation_error_message=_("Lần hẹn lại này của hồ sơ đã được ký."),
            ),
            models.UniqueConstraint(
                fields=("agency", "year", "number"), condition=Q(number__isnull=False), name="apology_number_once",
                violation_error_message=_("Số thư xin lỗi này đã dùng trong năm."),
            ),
            models.CheckConstraint(
                condition=Q(ordinal__gte=1, ordinal__lte=MOST_LETTERS), name="apology_ordinal_within_law",
                violation_error_message=_("Một hồ sơ không được hẹn lại quá hai lần."),
            ),
            models.CheckConstraint(
                condition=Q(delay_number__gte=1, delay_number__lte=LONGEST_DELAY), name="apology_delay_is_sane",
                violation_error_message=_("Thời gian xin thêm phải từ 1 đến 60."),
            ),
            models.CheckConstraint(
                condition=Q(new_due_at__gt=F("promised_at")), name="apology_gives_a_later_date",
                violation_error_message=_("Ngày hẹn lại phải sau ngày đã hẹn."),
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None, number=None, year=None, on_behalf_of=None)
                | (
                    Q(signed_at__isnull=False, signed_by__isnull=False, number__isnull=False, year__isnull=False)
                    & Q(signed_at__gte=F("drafted_at"))
                    & ~Q(reason_code="") & ~Q(reason="")
                ),
                name="signed_apology_is_whole",
                violation_error_message=_("Thư đã ký phải có số, người ký và lý do."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdraw_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason="")),
                name="apology_withdrawn_says_why",
                violation_error_message=_("Bỏ bản soạn thư xin lỗi phải ghi lý do."),
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(withdrawn_at=None), name="apology_ends_once",
                violation_error_message=_("Thư đã ký thì không bỏ được nữa."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(signed_at__isnull=False, sent_at__gte=F("signed_at")),
                name="apology_sent_after_signing",
                violation_error_message=_("Chỉ báo người nộp sau khi thư đã ký."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.dossier}: {self.ordinal}"

    @property
    def is_awaiting(self) -> bool:
        """Still a draft."""
        return self.signed_at is None and self.withdrawn_at is None


class ExceptionKind(models.TextChoices):
    SYSTEM_FAULT = "system_fault", _("Hệ thống hỏng, có biên bản")
    FORCE_MAJEURE = "force_majeure", _("Bất khả kháng")
    SETTLED_FIRST = "settled_first", _("Xong trễ khi thư chưa ký")


class LateException(models.Model):
    """Why a late dossier has no letter for the date `promised_at`, with the evidence.

    `recorded_by` is empty for what the system records itself: a dossier that ended late before a letter was signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="late_exceptions", verbose_name=_("hồ sơ"))
    kind = models.CharField(_("loại ngoại lệ"), max_length=16, choices=ExceptionKind.choices)
    evidence = models.CharField(_("chứng cứ"), max_length=600)
    promised_at = models.DateTimeField(_("đã hẹn lúc"))
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người ghi")
    )

    class Meta:
        verbose_name = _("ngoại lệ trễ hẹn")
        verbose_name_plural = _("ngoại lệ trễ hẹn")
        ordering = ("recorded_at", "id")
        indexes = (models.Index(fields=("agency", "-recorded_at"), name="late_exception_by_time"),)
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "promised_at"), name="one_exception_per_promise",
                violation_error_message=_("Lần trễ này của hồ sơ đã được ghi ngoại lệ."),
            ),
            models.CheckConstraint(
                condition=~Q(evidence=""), name="late_exception_has_evidence",
                violation_error_message=_("Ngoại lệ trễ hẹn phải ghi chứng cứ."),
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False) | Q(kind=ExceptionKind.SETTLED_FIRST),
                name="late_exception_says_who",
                violation_error_message=_("Ngoại lệ trễ hẹn phải ghi ai xác nhận."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.dossier}: {self.kind}"
