"""Where people wait and are served: a hall, what they come for, its counters, and who sits there now."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models import Agency, Official, Unit

LONGEST_ANNOUNCEMENT: Final = 300
EVERY_DAY: Final = (1, 2, 3, 4, 5, 6, 7)


def every_day() -> list[int]:
    """All ISO weekdays; a list of its own for each row."""
    return list(EVERY_DAY)


class Hall(models.Model):
    """A waiting room of an agency. `code` is its word in addresses.

    `unit`: whose duty roster says who should be here. `early_minutes`: how long before the doors open
    numbers are given.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="halls", verbose_name=_("cơ quan"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="halls", verbose_name=_("đơn vị trực"))
    code = models.SlugField(_("mã trong địa chỉ"), max_length=20, unique=True)
    name = models.CharField(_("tên sảnh"), max_length=120)
    early_minutes = models.PositiveSmallIntegerField(_("cho lấy số trước giờ mở cửa (phút)"), default=30)
    takes_phones = models.BooleanField(_("cho lấy số bằng điện thoại"), default=True)
    announcement = models.CharField(
        _("thông báo trên màn hình"), max_length=LONGEST_ANNOUNCEMENT, blank=True, default=""
    )
    is_open = models.BooleanField(_("đang dùng"), default=True)

    class Meta:
        verbose_name = _("sảnh chờ")
        verbose_name_plural = _("sảnh chờ")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Need(models.Model):
    """What a person comes for, in his own words; its letter begins his number.

    `sectors`: codes of the catalogue's sectors it belongs to, for the way from a procedure to its need.
    `is_collecting`: only for a result that lies at the desk. `weekdays`: ISO weekdays on which the counter takes it;
    on the others it is done online only. `usual_minutes`: how long it takes, until the hall has learnt it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="needs", verbose_name=_("sảnh chờ"))
    letter = models.CharField(_("chữ đầu của số"), max_length=1)
    name = models.CharField(_("việc cần làm"), max_length=80)
    explained = models.CharField(_("nói rõ thêm"), max_length=160, blank=True, default="")
    sectors = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("lĩnh vực"))
    is_collecting = models.BooleanField(_("nhận kết quả"), default=False)
    takes_bookings = models.BooleanField(_("cho hẹn giờ"), default=False)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=every_day, verbose_name=_("các thứ trong tuần"))
    usual_minutes = models.PositiveSmallIntegerField(_("thường mất (phút)"), default=10)
    position = models.PositiveSmallIntegerField(_("thứ tự hiện"), default=0)
    is_open = models.BooleanField(_("đang dùng"), default=True)

    class Meta:
        verbose_name = _("việc cần làm")
        verbose_name_plural = _("việc cần làm")
        ordering = ("position", "letter")
        constraints = (
            models.UniqueConstraint(fields=("hall", "letter"), name="letter_once_in_hall"),
            models.CheckConstraint(
                condition=Q(letter__regex=r"^[A-Z]$"), name="letter_is_one_capital",
                violation_error_message=_("Chữ đầu của số là một chữ in hoa từ A đến Z."),
            ),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=list(EVERY_DAY)), name="weekdays_are_weekdays",
                violation_error_message=_("Thứ trong tuần ghi từ 1 (thứ Hai) đến 7 (Chủ nhật)."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.letter} · {self.name}"


class Counter(models.Model):
    """A place where people are served; `needs` are what it takes.

    `favoured_streak`: how many favoured tickets it called in a row while an ordinary one waited that it could have
    called; the order rule reads it (`rules.order`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="counters", verbose_name=_("sảnh chờ"))
    number = models.PositiveSmallIntegerField(_("số quầy"))
    name = models.CharField(_("tên quầy"), max_length=80, blank=True, default="")
    needs = models.ManyToManyField(Need, related_name="counters", verbose_name=_("các việc nhận"))
    usual_official = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người thường ngồi")
    )
    favoured_streak = models.PositiveSmallIntegerField(_("lượt ưu tiên liền nhau"), default=0)
    is_open = models.BooleanField(_("đang dùng"), default=True)

    class Meta:
        verbose_name = _("quầy")
        verbose_name_plural = _("quầy")
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("hall", "number"), name="counter_number_once_in_hall"),)

    def __str__(self) -> str:
        return str(self.number)


class Sitting(models.Model):
    """An official at a counter, from a moment until another; `break_since` while he is away for a while."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="sittings", verbose_name=_("quầy"))
    official = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("cán bộ"))
    began_at = models.DateTimeField(_("ngồi từ lúc"))
    ended_at = models.DateTimeField(_("đến lúc"), null=True, blank=True)
    break_since = models.DateTimeField(_("tạm nghỉ từ lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("phiên trực quầy")
        verbose_name_plural = _("phiên trực quầy")
        constraints = (
            models.UniqueConstraint(
                fields=("counter",), condition=Q(ended_at=None), name="one_official_at_a_counter",
                violation_error_message=_("Quầy này đang có người ngồi."),
            ),
            models.UniqueConstraint(
                fields=("official",), condition=Q(ended_at=None), name="an_official_at_one_counter",
                violation_error_message=_("Một người chỉ ngồi một quầy."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(break_since=None), name="no_break_after_the_end",
                violation_error_message=_("Phiên đã kết thúc thì không còn tạm nghỉ."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.counter_id} {self.began_at:%d/%m/%Y %H:%M}"
