"""Who is away from when to when, and who acts for him meanwhile."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models.agencies import Unit
from motcua.people.models.officials import Official, Role


class AbsenceReason(models.TextChoices):
    """No more than the roster needs: what ails an official is nobody's business."""

    LEAVE = "leave", _("Nghỉ phép")
    MISSION = "mission", _("Đi công tác")
    TRAINING = "training", _("Đi học, bồi dưỡng")
    SICKNESS = "sickness", _("Nghỉ ốm")
    OTHER = "other", _("Việc khác")


class Absence(models.Model):
    """An official is away from `first_at` until just before `last_at`.

    When he is back early, or the absence is called off, `last_at` moves forward and `ended_early_at` says
    when that was written; an absence called off before it began is empty (`last_at` = `first_at`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    official = models.ForeignKey(Official, models.PROTECT, related_name="absences", verbose_name=_("cán bộ"))
    first_at = models.DateTimeField(_("vắng từ lúc"))
    last_at = models.DateTimeField(_("vắng đến lúc"))
    reason = models.CharField(_("lý do"), max_length=10, choices=AbsenceReason.choices)
    recorded_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    recorded_at = models.DateTimeField(_("ghi lúc"))
    ended_early_at = models.DateTimeField(_("kết thúc sớm, ghi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("kỳ vắng mặt")
        verbose_name_plural = _("kỳ vắng mặt")
        constraints = (
            models.CheckConstraint(
                condition=Q(last_at__gt=F("first_at")) | Q(last_at=F("first_at"), ended_early_at__isnull=False),
                name="absence_ends_after_it_begins",
                violation_error_message=_("Lúc trở lại phải sau lúc bắt đầu vắng mặt."),
            ),
            ExclusionConstraint(
                name="one_absence_at_a_time",
                expressions=(
                    (F("official"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("first_at"), F("last_at"), Value("[)"),
                            function="tstzrange", output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                violation_error_message=_("Cán bộ này đã được ghi vắng mặt trong thời gian đó."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.official}: {self.first_at:%d/%m/%Y %H:%M}–{self.last_at:%d/%m/%Y %H:%M}"


class StandIn(models.Model):
    """Who takes over one duty of the absent official for as long as the absence lasts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    absence = models.ForeignKey(Absence, models.CASCADE, related_name="stand_ins", verbose_name=_("kỳ vắng mặt"))
    official = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người vắng mặt"))
    role = models.CharField(_("vai trò"), max_length=24, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    substitute = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người làm thay"))

    class Meta:
        verbose_name = _("người làm thay")
        verbose_name_plural = _("người làm thay")
        constraints = (
            models.UniqueConstraint(
                fields=("absence", "role", "unit"),
                name="one_substitute_per_duty",
                violation_error_message=_("Mỗi việc chỉ giao cho một người làm thay."),
            ),
            models.CheckConstraint(
                condition=~Q(substitute=F("official")),
                name="nobody_stands_in_for_himself",
                violation_error_message=_("Người làm thay phải là người khác."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.substitute} → {self.official}"
