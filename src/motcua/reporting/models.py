"""Counts by day and by month, and the dossiers behind each.

A row's id is the MD5 of what it counts (`counting.key_of`), so the same thing is always the same row: live counting
and a rebuild from the events end in equal tables.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Channel, OnlineLevel
from motcua.dossiers.models import FiledBy, Source, Standing
from motcua.dossiers.rules import Timeliness
from motcua.dossiers.states import DossierOutcome


class Measure(models.TextChoices):
    """What happened to the dossiers counted. Settled = ended - reopened; nothing of the past is ever changed."""

    RECEIVED = "received", _("Tiếp nhận")
    ENDED = "ended", _("Kết thúc giải quyết")
    REOPENED = "reopened", _("Mở lại")
    RETURNED = "returned", _("Trả kết quả")


_TIMINGS = [(timing.value, timing.value) for timing in Timeliness]


class Count(models.Model):
    """By what every count is told apart. `timing` and `outcome` are empty for what has not ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency_id = models.UUIDField(_("cơ quan"))
    sector = models.CharField(_("lĩnh vực"), max_length=60)
    channel = models.CharField(_("cách nộp"), max_length=10, choices=Channel.choices)
    filed_by = models.CharField(_("ai nộp"), max_length=8, choices=FiledBy.choices)
    source = models.CharField(_("đến từ"), max_length=10, choices=Source.choices)
    level = models.CharField(_("mức độ trực tuyến"), max_length=12, choices=OnlineLevel.choices)
    standing = models.CharField(_("cách tính"), max_length=8, choices=Standing.choices)
    measure = models.CharField(_("việc được đếm"), max_length=10, choices=Measure.choices)
    timing = models.CharField(_("so với hạn"), max_length=8, choices=_TIMINGS, blank=True, default="")
    outcome = models.CharField(_("kết cục"), max_length=12, choices=DossierOutcome.choices, blank=True, default="")
    count = models.PositiveIntegerField(_("số lượng"))

    class Meta:
        abstract = True


class DayCount(Count):
    """How many on one day, down to the procedure."""

    day = models.DateField(_("ngày"))
    procedure_id = models.UUIDField(_("thủ tục"))

    class Meta:
        verbose_name = _("số đếm theo ngày")
        verbose_name_plural = _("số đếm theo ngày")
        indexes = (models.Index(fields=("agency_id", "day"), name="daycount_by_day"),)

    def __str__(self) -> str:
        return f"{self.day} {self.measure} {self.count}"


class MonthCount(Count):
    """The same by month, without the procedure: what a year's report adds up. `month` is its first day."""

    month = models.DateField(_("tháng"))

    class Meta:
        verbose_name = _("số đếm theo tháng")
        verbose_name_plural = _("số đếm theo tháng")
        indexes = (models.Index(fields=("agency_id", "month"), name="monthcount_by_month"),)

    def __str__(self) -> str:
        return f"{self.month} {self.measure} {self.count}"


class Counted(models.Model):
    """One dossier behind one day's count, by one event. `sign` is -1 where a reopening takes an end back."""

    pk = models.CompositePrimaryKey("daycount_id", "event_id")
    daycount_id = models.UUIDField(_("số đếm"))
    event_id = models.UUIDField(_("sự kiện"))
    dossier_id = models.UUIDField(_("hồ sơ"))
    sign = models.SmallIntegerField(_("dấu"))

    class Meta:
        verbose_name = _("hồ sơ được đếm")
        verbose_name_plural = _("hồ sơ được đếm")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.sign:+d}"


class Kept(models.Model):
    """A figure of days that are over, read from their dossiers once: so many of a set (`what`) in one of its parts.

    `first` up to before `until`: one day of the self-evaluation, a period that indicator 2.1 judged at its end, or what
    of a day's receipts is digitized (`indicators/by_receipt/days.py`, where `part` "" says whether the day stands).
    Made anew whenever it is missing; what changes days gone by (a dossier reopened) throws it away.
    """

    pk = models.CompositePrimaryKey("agency_id", "what", "first", "until", "part")
    agency_id = models.UUIDField(_("cơ quan"))
    what = models.CharField(_("việc được đếm"), max_length=24)
    first = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến trước ngày"))
    part = models.CharField(_("phần"), max_length=40)
    counted = models.BooleanField(_("thuộc tử số"))
    count = models.PositiveIntegerField(_("số lượng"))
    points = models.PositiveIntegerField(_("điểm"))

    class Meta:
        verbose_name = _("số liệu đã tính của ngày đã qua")
        verbose_name_plural = _("số liệu đã tính của ngày đã qua")

    def __str__(self) -> str:
        return f"{self.what} {self.first} {self.part} {self.count}"


class KeptTurn(models.Model):
    """How often kept figures of an agency were thrown away: who read before does not keep what he read."""

    agency_id = models.UUIDField(_("cơ quan"), primary_key=True)
    number = models.PositiveBigIntegerField(_("lượt"), default=0)

    class Meta:
        verbose_name = _("lượt số liệu đã tính")
        verbose_name_plural = _("lượt số liệu đã tính")

    def __str__(self) -> str:
        return f"{self.agency_id} {self.number}"
