"""Whom an agency inspects in a year, each visit, what was found, and how many people were admonished for it."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models import Agency, Official
from motcua.reform.models.plans import FIRST_YEAR, LAST_YEAR, LONGEST_NUMBER, LONGEST_WORDS, PlanState

LONGEST_POST: Final = 120


class InspectionState(models.TextChoices):
    PLANNED = "planned", _("Theo kế hoạch")
    HELD = "held", _("Đã kiểm tra")
    CONCLUDED = "concluded", _("Đã kết luận")


class InspectionPlan(models.Model):
    """Whom `agency` inspects in a year. `kept_by` keeps it here: the agency itself, or the one it comes to inspect
    where the agency above does not use this program."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan kiểm tra"))
    kept_by = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", db_index=False, verbose_name=_("cơ quan theo dõi")
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    number = models.CharField(_("số, ký hiệu"), max_length=LONGEST_NUMBER, blank=True, default="")
    signed_on = models.DateField(_("ngày ký"), null=True, blank=True)
    drafted_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người soạn"))
    drafted_at = models.DateTimeField(_("soạn lúc"))

    class Meta:
        verbose_name = _("kế hoạch kiểm tra cải cách hành chính")
        verbose_name_plural = _("kế hoạch kiểm tra cải cách hành chính")
        constraints = (
            models.UniqueConstraint(fields=("kept_by", "agency", "year"), name="one_inspection_plan_for_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="inspection_plan_of_a_year_there_is",
                violation_error_message=_("Năm của kế hoạch chưa đúng."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", number="", signed_on=None)
                | (Q(state="issued", signed_on__isnull=False) & ~Q(number="")),
                name="inspection_plan_issued_under_a_number",
                violation_error_message=_("Kế hoạch đã ban hành phải có số, ký hiệu và ngày ký."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"

    @property
    def is_issued(self) -> bool:
        """Whether the agencies to be inspected are fixed."""
        return self.state == PlanState.ISSUED


class Inspection(models.Model):
    """The visit to one agency: planned, held, concluded under a number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(
        InspectionPlan, models.PROTECT, related_name="inspections", db_index=False, verbose_name=_("kế hoạch")
    )
    target = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan được kiểm tra"))
    planned_on = models.DateField(_("dự kiến ngày"))
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=InspectionState.choices, default=InspectionState.PLANNED
    )
    held_on = models.DateField(_("kiểm tra ngày"), null=True, blank=True)
    concluded_on = models.DateField(_("kết luận ngày"), null=True, blank=True)
    conclusion_number = models.CharField(_("số kết luận"), max_length=LONGEST_NUMBER, blank=True, default="")

    class Meta:
        verbose_name = _("cuộc kiểm tra cải cách hành chính")
        verbose_name_plural = _("cuộc kiểm tra cải cách hành chính")
        constraints = (
            models.UniqueConstraint(fields=("plan", "target"), name="agency_inspected_once_by_a_plan"),
            models.CheckConstraint(
                condition=Q(state="planned", held_on=None, concluded_on=None, conclusion_number="")
                | Q(state="held", held_on__isnull=False, concluded_on=None, conclusion_number="")
                | (Q(state="concluded", held_on__isnull=False, concluded_on__gte=models.F("held_on"))
                   & ~Q(conclusion_number="")),
                name="inspection_state_has_its_days",
                violation_error_message=_("Cuộc kiểm tra đã kết luận phải có ngày kiểm tra, ngày và số kết luận."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.target} {self.planned_on:%d/%m/%Y}"


class Finding(models.Model):
    """What an inspection found wanting, why, what must be done by when. `cause`: of `data/reform.yaml`.

    `revision` counts corrections; what a finding said before one is in the event.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="findings", db_index=False, verbose_name=_("cuộc kiểm tra")
    )
    ordinal = models.PositiveSmallIntegerField(_("số thứ tự"))
    cause = models.CharField(_("nguyên nhân"), max_length=30)
    words = models.CharField(_("nội dung tồn tại"), max_length=LONGEST_WORDS)
    remedy = models.CharField(_("việc phải khắc phục"), max_length=LONGEST_WORDS)
    remedy_by = models.DateField(_("hạn khắc phục"))
    remedied_on = models.DateField(_("ngày khắc phục xong"), null=True, blank=True)
    evidence = models.CharField(_("minh chứng"), max_length=LONGEST_WORDS, blank=True, default="")
    revision = models.PositiveSmallIntegerField(_("lần sửa"), default=1, db_default=1)

    class Meta:
        verbose_name = _("tồn tại qua kiểm tra")
        verbose_name_plural = _("tồn tại qua kiểm tra")
        constraints = (
            models.UniqueConstraint(fields=("inspection", "ordinal"), name="finding_numbered_once"),
            models.CheckConstraint(
                condition=Q(remedied_on=None, evidence="") | (Q(remedied_on__isnull=False) & ~Q(evidence="")),
                name="finding_remedied_with_evidence",
                violation_error_message=_("Tồn tại đã khắc phục phải có ngày và minh chứng."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.ordinal}. {self.words[:60]}"


class Admonition(models.Model):
    """So many people of one post were admonished after an inspection, for a finding or for the whole of it.

    Who they were is in nobody's table: the figure answers for the office, the persons' own papers for the persons.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="admonitions", verbose_name=_("cuộc kiểm tra")
    )
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="admonitions", verbose_name=_("tồn tại")
    )
    post = models.CharField(_("chức danh"), max_length=LONGEST_POST)
    people = models.PositiveSmallIntegerField(_("số người"))

    class Meta:
        verbose_name = _("số người bị nhắc nhở")
        verbose_name_plural = _("số người bị nhắc nhở")
        constraints = (
            models.CheckConstraint(
                condition=Q(people__gte=1, people__lte=500) & ~Q(post=""),
                name="admonition_of_somebody",
                violation_error_message=_("Số người bị nhắc nhở phải từ 1 trở lên và có chức danh."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.post}: {self.people}"
