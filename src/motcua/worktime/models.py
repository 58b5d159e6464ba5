"""What an agency has loaded: weekly hours, dated days, covered years. The arithmetic is in `rules`."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.worktime.rules import DayKind

WORKED_KINDS = (DayKind.MAKE_UP_DAY.value, DayKind.SPECIAL.value)


class Calendar(models.Model):
    """A working calendar. Agencies name it by `code`; "VN" is the national one.

    One with a parent takes over the parent's years and dated days, and its weekly hours and cut-off
    where it has none of its own. `revision` rises whenever anything a due date depends on changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("mã lịch"), max_length=40, unique=True)
    name = models.CharField(_("tên lịch"), max_length=200)
    revision = models.PositiveIntegerField(_("lần sửa"), default=0)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="heirs", null=True, blank=True, verbose_name=_("theo lịch")
    )
    half_day_counts = models.BooleanField(_("nửa ngày tính là ngày làm việc"), default=False)
    cut_off = models.TimeField(_("nhận sau giờ này tính sang ngày sau"), null=True, blank=True)

    class Meta:
        verbose_name = _("lịch làm việc")
        verbose_name_plural = _("lịch làm việc")
        constraints = (
            models.CheckConstraint(
                name="calendar_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("Lịch không thể theo chính nó."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class HoursRange(Func):
    """Two times of one day as a range that an exclusion constraint understands."""

    template = "tsrange(DATE '2000-01-01' + %(expressions)s)"
    arg_joiner = ", DATE '2000-01-01' + "
    output_field: Any = DateTimeRangeField()


def _validity() -> Func:
    return Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange", output_field=DateRangeField())


class WeeklyHours(models.Model):
    """One session of one weekday (1 = Monday … 7 = Sunday), between two dates, both included."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="weekly_hours", verbose_name=_("lịch làm việc"))
    weekday = models.PositiveSmallIntegerField(_("thứ trong tuần"))
    opens = models.TimeField(_("giờ mở cửa"))
    closes = models.TimeField(_("giờ đóng cửa"))
    valid_from = models.DateField(_("áp dụng từ"), null=True, blank=True)
    valid_to = models.DateField(_("áp dụng đến"), null=True, blank=True)

    class Meta:
        verbose_name = _("giờ làm việc trong tuần")
        verbose_name_plural = _("giờ làm việc trong tuần")
        ordering = ("calendar", "weekday", "opens")
        constraints = (
            models.CheckConstraint(
                name="hours_open_before_they_close",
                condition=Q(opens__lt=F("closes")),
                violation_error_message=_("Giờ mở cửa phải trước giờ đóng cửa."),
            ),
            models.CheckConstraint(
                name="hours_of_a_real_weekday",
                condition=Q(weekday__gte=1, weekday__lte=7),
                violation_error_message=_("Thứ trong tuần ghi từ 1 (thứ Hai) đến 7 (Chủ nhật)."),
            ),
            models.CheckConstraint(
                name="hours_begin_before_they_end",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                violation_error_message=_("Ngày bắt đầu áp dụng phải trước ngày kết thúc."),
            ),
            ExclusionConstraint(
                name="hours_never_overlap",
                expressions=(
                    (F("calendar"), "="),
                    (F("weekday"), "="),
                    (HoursRange(F("opens"), F("closes")), "&&"),
                    (_validity(), "&&"),
                ),
                violation_error_message=_("Hai buổi làm việc trong cùng một ngày không được chồng lên nhau."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.weekday}: {self.opens:%H:%M}-{self.closes:%H:%M}"


class DayState(models.TextChoices):
    """Whether a day off has been announced, or is only expected."""

    ANNOUNCED = "announced", _("đã công bố")
    PROVISIONAL = "provisional", _("dự kiến")


class CalendarYear(models.Model):
    """A year that somebody has loaded; a due date in any other year is refused, never guessed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="years", verbose_name=_("lịch làm việc"))
    year = models.PositiveSmallIntegerField(_("năm"))
    status = models.CharField(_("tình trạng công bố"), max_length=12, choices=DayState)
    decision = models.CharField(_("văn bản công bố"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("năm đã nạp lịch")
        verbose_name_plural = _("năm đã nạp lịch")
        ordering = ("calendar", "year")
        constraints = (
            models.UniqueConstraint(
                name="one_row_per_calendar_year",
                fields=("calendar", "year"),
                violation_error_message=_("Năm này đã có trong lịch."),
            ),
            models.CheckConstraint(
                name="years_of_one_time_zone",
                condition=Q(year__gte=1976),
                violation_error_message=_("Chỉ tính được từ năm 1976, khi cả nước dùng chung múi giờ +7."),
            ),
        )

    def __str__(self) -> str:
        return str(self.year)


class DayKindChoice(models.TextChoices):
    """The kinds of `rules.DayKind`, with the words a clerk reads."""

    HOLIDAY = DayKind.HOLIDAY.value, _("nghỉ lễ, tết")
    COMPENSATION_OFF = DayKind.COMPENSATION_OFF.value, _("nghỉ bù, nghỉ hoán đổi")
    MAKE_UP_DAY = DayKind.MAKE_UP_DAY.value, _("ngày làm bù")
    CLOSED = DayKind.CLOSED.value, _("cơ quan không làm việc")
    SPECIAL = DayKind.SPECIAL.value, _("giờ làm việc riêng trong ngày")


class CalendarDay(models.Model):
    """A date that differs from its weekday, with the reason and the decision behind it.

    `sessions` hold "07:00-11:30" pieces: required for special hours, optional on a make-up day
    (else Monday's hours), forbidden on a day off.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="days", verbose_name=_("lịch làm việc"))
    date = models.DateField(_("ngày"))
    kind = models.CharField(_("loại ngày"), max_length=20, choices=DayKindChoice)
    name = models.CharField(_("lý do"), max_length=200)
    decision = models.CharField(_("văn bản"), max_length=200, blank=True, default="")
    status = models.CharField(_("tình trạng công bố"), max_length=12, choices=DayState, default=DayState.ANNOUNCED)
    sessions = ArrayField(models.CharField(max_length=11), verbose_name=_("buổi làm việc"), default=list, blank=True)

    class Meta:
        verbose_name = _("ngày đặc biệt")
        verbose_name_plural = _("ngày đặc biệt")
        ordering = ("calendar", "date")
        constraints = (
            models.UniqueConstraint(
                name="one_row_per_calendar_date",
                fields=("calendar", "date"),
                violation_error_message=_("Ngày này đã được ghi trong lịch."),
            ),
            models.CheckConstraint(
                name="day_off_has_no_sessions",
                condition=Q(kind__in=WORKED_KINDS) | Q(sessions__len=0),
                violation_error_message=_("Ngày nghỉ không có buổi làm việc."),
            ),
            models.CheckConstraint(
                name="special_day_has_sessions",
                condition=~Q(kind=DayKind.SPECIAL.value) | Q(sessions__len__gt=0),
                violation_error_message=_("Ngày có giờ riêng phải ghi ít nhất một buổi làm việc."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"
