"""What a hall has learnt of its own days: how long a need takes where and when, and how often what was told came true.

All of it is made anew from tickets (`actions.learning`); a score of a day gone by is held to them by verify.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.queueing.models.halls import Counter, Hall, Need


class Pace(models.Model):
    """Minutes from a call until the counter is free again, of a need at a counter in an hour of the day.

    Sums, so that wider groups are found by adding up.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    need = models.ForeignKey(Need, models.CASCADE, related_name="+", db_index=False, verbose_name=_("việc cần làm"))
    counter = models.ForeignKey(Counter, models.CASCADE, related_name="+", db_index=False, verbose_name=_("quầy"))
    hour = models.PositiveSmallIntegerField(_("giờ trong ngày"))
    count = models.PositiveIntegerField(_("số lượt"))
    total = models.FloatField(_("tổng số phút"))
    squares = models.FloatField(_("tổng bình phương số phút"))

    class Meta:
        verbose_name = _("nhịp phục vụ")
        verbose_name_plural = _("nhịp phục vụ")
        constraints = (
            models.UniqueConstraint(fields=("counter", "need", "hour"), name="pace_once"),
            models.CheckConstraint(condition=Q(hour__lt=24), name="pace_hour_is_an_hour"),
        )

    def __str__(self) -> str:
        return f"{self.need_id} {self.counter_id} {self.hour}"


class HallPace(models.Model):
    """How wide the ranges of a hall are (`rules.forecast.Widening`), and on which day that was learnt."""

    hall = models.OneToOneField(Hall, models.CASCADE, primary_key=True, related_name="pace", verbose_name=_("sảnh chờ"))
    learnt_on = models.DateField(_("học ngày"))
    below = models.FloatField(_("nới phía dưới"), default=1.0)
    above = models.FloatField(_("nới phía trên"), default=1.0)
    passing = models.FloatField(_("phần việc được gọi trước"), default=0.0)

    class Meta:
        verbose_name = _("nhịp của sảnh")
        verbose_name_plural = _("nhịp của sảnh")

    def __str__(self) -> str:
        return f"{self.hall_id} {self.learnt_on}"


class DayScore(models.Model):
    """Of the ranges told on a day: how many held, how many were called sooner, and how many later or never.

    `below`, `above`: the widening in force that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hall = models.ForeignKey(Hall, models.CASCADE, related_name="scores", db_index=False, verbose_name=_("sảnh chờ"))
    day = models.DateField(_("ngày"))
    told = models.PositiveIntegerField(_("đã báo"))
    held = models.PositiveIntegerField(_("báo đúng"))
    sooner = models.PositiveIntegerField(_("được gọi sớm hơn"))
    later = models.PositiveIntegerField(_("được gọi muộn hơn hoặc chưa được gọi"))
    below = models.FloatField(_("nới phía dưới"), default=1.0)
    above = models.FloatField(_("nới phía trên"), default=1.0)

    class Meta:
        verbose_name = _("điểm báo giờ chờ")
        verbose_name_plural = _("điểm báo giờ chờ")
        constraints = (
            models.UniqueConstraint(fields=("hall", "day"), name="a_score_a_day"),
            models.CheckConstraint(condition=Q(told=F("held") + F("sooner") + F("later")), name="score_adds_up"),
        )

    def __str__(self) -> str:
        return f"{self.hall_id} {self.day:%d/%m/%Y}"
