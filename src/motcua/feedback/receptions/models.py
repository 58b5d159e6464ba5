"""The calendar of receiving citizens, what was changed in it once, and what came of each day."""

from typing import Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.feedback.receptions.rules import ChangeKind, DayPart
from motcua.people.models import Agency, Official

LONGEST_REASON: Final = 300


class DayPartChoice(models.TextChoices):
    """The parts of `rules.DayPart`, with the words an official reads."""

    MORNING = DayPart.MORNING.value, _("Buổi sáng")
    AFTERNOON = DayPart.AFTERNOON.value, _("Buổi chiều")
    WHOLE_DAY = DayPart.WHOLE_DAY.value, _("Cả ngày")
    HOURS = DayPart.HOURS.value, _("Giờ riêng")


class ChangeKindChoice(models.TextChoices):
    """The kinds of `rules.ChangeKind`, with the words an official reads."""

    MOVED = ChangeKind.MOVED.value, _("Chuyển sang ngày khác")
    CANCELLED = ChangeKind.CANCELLED.value, _("Hủy buổi tiếp")
    ADDED = ChangeKind.ADDED.value, _("Thêm một ngày tiếp")


class ReceptionOutcome(models.TextChoices):
    IN_PERSON = "in_person", _("Người ghi trong lịch đã tiếp")
    BY_ANOTHER = "by_another", _("Người khác tiếp thay")
    NOT_HELD = "not_held", _("Không tiếp")


class ReceptionPlan(models.Model):
    """From a day to a day, somebody receives citizens on these weekdays of these weeks, at this place.

    `weeks`: 1 to 4, -1 the last of the month, none: every week. A plan that began is ended, not changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reception_plans", verbose_name=_("cơ quan"))
    receiver = models.CharField(_("người tiếp công dân"), max_length=120)
    is_head = models.BooleanField(_("là người đứng đầu cơ quan"), default=False)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("các thứ trong tuần"))
    weeks = ArrayField(models.SmallIntegerField(), verbose_name=_("các tuần trong tháng"), default=list, blank=True)
    part = models.CharField(_("buổi"), max_length=10, choices=DayPartChoice)
    starts = models.TimeField(_("từ giờ"), null=True, blank=True)
    ends = models.TimeField(_("đến giờ"), null=True, blank=True)
    next_when_closed = models.BooleanField(_("cơ quan nghỉ thì tiếp vào ngày làm việc kế tiếp"), default=False)
    place = models.CharField(_("nơi tiếp"), max_length=200)
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True, default="")
    decision = models.CharField(_("theo văn bản"), max_length=200, blank=True, default="")
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("lịch tiếp công dân")
        verbose_name_plural = _("lịch tiếp công dân")
        ordering = ("-is_head", "receiver", "valid_from")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__lte=F("valid_to")), name="reception_plan_begins_first",
                violation_error_message=_("Ngày cuối không được trước ngày đầu."),
            ),
            models.CheckConstraint(
                condition=Q(weekdays__len__gt=0, weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]),
                name="reception_plan_has_weekdays",
                violation_error_message=_("Chọn ít nhất một thứ trong tuần."),
            ),
            models.CheckConstraint(
                condition=Q(weeks__contained_by=[1, 2, 3, 4, -1]), name="reception_plan_of_real_weeks",
                violation_error_message=_("Tuần trong tháng là tuần 1 đến 4 hoặc tuần cuối."),
            ),
            models.CheckConstraint(
                condition=Q(part="hours", starts__isnull=False, ends__isnull=False, starts__lt=F("ends"))
                | (~Q(part="hours") & Q(starts=None, ends=None)),
                name="reception_plan_hours_run_forward",
                violation_error_message=_("Giờ riêng phải có giờ bắt đầu và giờ kết thúc sau đó."),
            ),
            ExclusionConstraint(
                name="one_reception_plan_at_a_time",
                expressions=(
                    (F("agency"), RangeOperators.EQUAL),
                    (Lower("receiver"), RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange",
                             output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                violation_error_message=_(
                    "Người này đã có lịch tiếp công dân trong thời gian đó. Ông/bà cho lịch cũ kết thúc trước."
                ),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.receiver} {self.valid_from:%d/%m/%Y}"


class ReceptionChange(models.Model):
    """One day of a plan moved, cancelled or added, with the reason people read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(ReceptionPlan, models.PROTECT, related_name="changes", verbose_name=_("lịch tiếp"))
    kind = models.CharField(_("thay đổi"), max_length=10, choices=ChangeKindChoice)
    day = models.DateField(_("ngày trong lịch"), null=True, blank=True)
    to_day = models.DateField(_("ngày tiếp mới"), null=True, blank=True)
    reason = models.CharField(_("lý do"), max_length=LONGEST_REASON)
    made_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    made_at = models.DateTimeField(_("ghi lúc"))

    class Meta:
        verbose_name = _("thay đổi lịch tiếp công dân")
        verbose_name_plural = _("thay đổi lịch tiếp công dân")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "day"), name="reception_day_changed_once",
                violation_error_message=_("Ngày này vừa được đổi. Ông/bà mở lại trang để xem."),
            ),
            models.UniqueConstraint(
                fields=("plan", "to_day"), name="reception_day_taken_once",
                violation_error_message=_("Ngày này đã có buổi tiếp. Ông/bà chọn ngày khác."),
            ),
            models.CheckConstraint(
                condition=Q(kind="moved", day__isnull=False, to_day__isnull=False)
                | Q(kind="cancelled", day__isnull=False, to_day=None)
                | Q(kind="added", day=None, to_day__isnull=False),
                name="reception_change_names_its_days",
                violation_error_message=_("Thay đổi phải ghi đủ ngày cũ, ngày mới."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="reception_change_says_why",
                violation_error_message=_("Ghi lý do: người dân sẽ đọc được."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.plan} {self.kind}"


class Reception(models.Model):
    """What came of one day: who received, how many people came, how many matters of each class; or why nobody did.

    Numbers only: who came and with what is in the register that the law prescribes, not here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(ReceptionPlan, models.PROTECT, related_name="receptions", verbose_name=_("lịch tiếp"))
    day = models.DateField(_("ngày tiếp"))
    outcome = models.CharField(_("kết quả"), max_length=10, choices=ReceptionOutcome)
    received_by = models.CharField(_("người đã tiếp"), max_length=120, blank=True, default="")
    people = models.PositiveIntegerField(_("số người đến"), default=0)
    complaints = models.PositiveIntegerField(_("khiếu nại"), default=0)
    denunciations = models.PositiveIntegerField(_("tố cáo"), default=0)
    recommendations = models.PositiveIntegerField(_("kiến nghị"), default=0)
    remarks = models.PositiveIntegerField(_("phản ánh"), default=0)
    reason = models.CharField(_("lý do không tiếp"), max_length=LONGEST_REASON, blank=True, default="")
    entered_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    entered_at = models.DateTimeField(_("ghi lúc"))

    class Meta:
        verbose_name = _("buổi tiếp công dân")
        verbose_name_plural = _("buổi tiếp công dân")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "day"), name="one_reception_a_day",
                violation_error_message=_("Buổi tiếp ngày này vừa có người ghi. Ông/bà mở lại trang để xem."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="not_held", received_by="", people=0) & ~Q(reason="")
                | (~Q(outcome="not_held") & ~Q(received_by="") & Q(reason="")),
                name="reception_held_or_says_why_not",
                violation_error_message=_("Buổi tiếp phải ghi ai đã tiếp; không tiếp thì ghi lý do."),
            ),
            models.CheckConstraint(
                condition=Q(people__gt=0) | Q(complaints=0, denunciations=0, recommendations=0, remarks=0),
                name="reception_matters_come_with_people",
                violation_error_message=_("Có vụ việc thì phải có người đến."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.plan} {self.day:%d/%m/%Y}"
