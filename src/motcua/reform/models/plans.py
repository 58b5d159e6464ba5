"""The reform plan of an agency and a year, and its tasks."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models import Agency, Official, Unit

LONGEST_CONTENT: Final = 1000
LONGEST_WORDS: Final = 600
LONGEST_NUMBER: Final = 60
FIRST_YEAR: Final = 2011
"""The first year of the first whole programme of reform (Resolution 30c/NQ-CP)."""
LAST_YEAR: Final = 2100


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    ISSUED = "issued", _("Đã ban hành")


class TaskState(models.TextChoices):
    """What was written of a task. In time, late and overdue are computed (`plan.rules.standing`)."""

    NOT_BEGUN = "not_begun", _("Chưa làm")
    IN_PROGRESS = "in_progress", _("Đang làm")
    DONE = "done", _("Đã xong")
    DROPPED = "dropped", _("Thôi không làm")


class Plan(models.Model):
    """One plan for an agency and a year. `number` and `signed_on` are those of the document that issued it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name=_("cơ quan"))
    year = models.PositiveSmallIntegerField(_("năm"))
    title = models.CharField(_("trích yếu"), max_length=300)
    state = models.CharField(_("trạng thái"), max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    number = models.CharField(_("số, ký hiệu"), max_length=LONGEST_NUMBER, blank=True, default="")
    signed_on = models.DateField(_("ngày ký"), null=True, blank=True)
    drafted_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người soạn"))
    drafted_at = models.DateTimeField(_("soạn lúc"))
    issued_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người ban hành")
    )
    issued_at = models.DateTimeField(_("ban hành lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("kế hoạch cải cách hành chính")
        verbose_name_plural = _("kế hoạch cải cách hành chính")
        constraints = (
            models.UniqueConstraint(fields=("agency", "year"), name="one_reform_plan_for_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="reform_plan_of_a_year_there_is",
                violation_error_message=_("Năm của kế hoạch chưa đúng."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", number="", signed_on=None, issued_at=None, issued_by=None)
                | (Q(state="issued", signed_on__isnull=False, issued_at__isnull=False, issued_by__isnull=False)
                   & ~Q(number="")),
                name="reform_plan_issued_under_a_number",
                violation_error_message=_("Kế hoạch đã ban hành phải có số, ký hiệu, ngày ký và người ban hành."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"

    @property
    def is_issued(self) -> bool:
        """Whether its tasks change only by recorded acts."""
        return self.state == PlanState.ISSUED


class PlanTask(models.Model):
    """A task of a plan.

    `area`: code of `data/reform.yaml`, as it was called in the plan's year. `coordinating`: units in words, for many of
    them are other agencies. `progress`: the newest report. `basis`: the document under which the task came in or was
    changed after the plan was issued. `revision` counts changes, so that nobody writes over what he did not see.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks", db_index=False, verbose_name=_("kế hoạch"))
    ordinal = models.PositiveSmallIntegerField(_("số thứ tự"))
    area = models.CharField(_("lĩnh vực"), max_length=30)
    content = models.CharField(_("nội dung"), max_length=LONGEST_CONTENT)
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị chủ trì"))
    coordinating = models.CharField(_("đơn vị phối hợp"), max_length=LONGEST_WORDS, blank=True, default="")
    owner = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người phụ trách")
    )
    deadline = models.DateField(_("hạn hoàn thành"))
    product = models.CharField(_("sản phẩm"), max_length=LONGEST_WORDS)
    basis = models.CharField(_("văn bản bổ sung, điều chỉnh"), max_length=200, blank=True, default="")
    state = models.CharField(_("tình trạng"), max_length=12, choices=TaskState.choices, default=TaskState.NOT_BEGUN)
    progress = models.CharField(_("tiến độ"), max_length=LONGEST_WORDS, blank=True, default="")
    done_on = models.DateField(_("ngày hoàn thành"), null=True, blank=True)
    evidence = models.CharField(_("minh chứng"), max_length=LONGEST_WORDS, blank=True, default="")
    evidence_number = models.CharField(_("số, ký hiệu minh chứng"), max_length=LONGEST_NUMBER, blank=True, default="")
    dropped_reason = models.CharField(_("lý do thôi"), max_length=LONGEST_WORDS, blank=True, default="")
    revision = models.PositiveSmallIntegerField(_("lần sửa"), default=1)

    class Meta:
        verbose_name = _("nhiệm vụ cải cách hành chính")
        verbose_name_plural = _("nhiệm vụ cải cách hành chính")
        constraints = (
            models.UniqueConstraint(fields=("plan", "ordinal"), name="reform_task_numbered_once"),
            models.CheckConstraint(
                condition=~Q(content="") & ~Q(product=""),
                name="reform_task_says_what_comes_of_it",
                violation_error_message=_("Nhiệm vụ phải có nội dung và sản phẩm."),
            ),
            models.CheckConstraint(
                condition=(Q(state="done", done_on__isnull=False) & ~Q(evidence=""))
                | (~Q(state="done") & Q(done_on=None, evidence="", evidence_number="")),
                name="reform_task_done_with_evidence",
                violation_error_message=_("Nhiệm vụ đã xong phải có ngày hoàn thành và minh chứng."),
            ),
            models.CheckConstraint(
                condition=(Q(state="dropped") & ~Q(dropped_reason="")) | (~Q(state="dropped") & Q(dropped_reason="")),
                name="reform_task_dropped_with_reason",
                violation_error_message=_("Thôi không làm nhiệm vụ phải có lý do."),
            ),
            models.CheckConstraint(condition=Q(revision__gte=1, ordinal__gte=1), name="reform_task_counted"),
        )

    def __str__(self) -> str:
        return f"{self.ordinal}. {self.content[:60]}"
