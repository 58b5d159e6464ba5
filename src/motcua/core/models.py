"""The event log, the number series, and what ran by itself."""

from django.db import models
from django.db.models.functions import Now

from motcua.core.ids import uuid7
from motcua.core.record.models import Imprint, Layout, Leaf, LeafKind, Seal

__all__ = ["Event", "Imprint", "Layout", "Leaf", "LeafKind", "NumberSeries", "RuleRun", "Seal", "Throttle"]


class Event(models.Model):
    """One thing that happened: history, outbox, statistic and audit in one row.

    Written in the transaction of what it tells; the database refuses to change or delete it (triggers in
    the first migration). `at` is when it happened, `recorded_at` when the database wrote it down: a gap
    between the two is visible to any inspector. Order by `sequence`, never by time: clocks move.
    """

    sequence = models.BigAutoField(primary_key=True)
    id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField("việc xảy ra", max_length=60)
    subject_kind = models.CharField("loại đối tượng", max_length=40)
    subject_id = models.UUIDField("đối tượng")
    agency_id = models.UUIDField("cơ quan", null=True)
    actor_id = models.UUIDField("tài khoản thực hiện", null=True)
    actor_name = models.CharField("người thực hiện", max_length=200)
    at = models.DateTimeField("thời điểm xảy ra")
    recorded_at = models.DateTimeField("thời điểm ghi", db_default=Now())
    before = models.JSONField("trước", null=True)
    after = models.JSONField("sau", null=True)
    request_id = models.CharField("mã yêu cầu", max_length=40, default="", db_default="")

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "sự kiện"
        ordering = ("sequence",)
        indexes = (models.Index(fields=("subject_kind", "subject_id", "sequence"), name="event_by_subject"),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind}"


class NumberSeries(models.Model):
    """The last number given in one series of one agency on one day.

    The row stays locked until the transaction that took the number ends, so a number given up by a
    rollback is given again: no gaps, no twins.
    """

    pk = models.CompositePrimaryKey("agency_id", "series", "day")
    agency_id = models.UUIDField("cơ quan")
    series = models.CharField("dãy số", max_length=40)
    day = models.DateField("ngày")
    last = models.PositiveIntegerField("số cuối")

    class Meta:
        verbose_name = "dãy số"
        verbose_name_plural = "dãy số"

    def __str__(self) -> str:
        return f"{self.series} {self.day}: {self.last}"


class Throttle(models.Model):
    """How often one key (an address hash, an account) did something in the running window."""

    key = models.CharField("khóa", max_length=120, primary_key=True)
    window_started_at = models.DateTimeField("bắt đầu đếm")
    hits = models.PositiveIntegerField("số lần")

    class Meta:
        verbose_name = "giới hạn tần suất"
        verbose_name_plural = "giới hạn tần suất"

    def __str__(self) -> str:
        return f"{self.key}: {self.hits}"


class RuleRun(models.Model):
    """One run of a recurring rule: when, how long, what came of it.

    Without `finished_at` it still runs, or its machine went dark. `error` is empty for a run that did its work.
    Order by `sequence`, never by time: clocks move.
    """

    sequence = models.BigAutoField(primary_key=True)
    name = models.CharField("việc định kỳ", max_length=60)
    started_at = models.DateTimeField("bắt đầu lúc")
    finished_at = models.DateTimeField("xong lúc", null=True)
    took_ms = models.PositiveIntegerField("mất (mili giây)", null=True)
    counts = models.JSONField("kết quả", default=dict)
    error = models.CharField("lỗi", max_length=400, default="", db_default="")

    class Meta:
        verbose_name = "lần chạy việc định kỳ"
        verbose_name_plural = "lần chạy việc định kỳ"
        ordering = ("sequence",)
        indexes = (
            models.Index(fields=("name", "-sequence"), name="run_by_rule"),
            models.Index(
                fields=("name", "-sequence"),
                condition=models.Q(error="", finished_at__isnull=False),
                name="good_run_by_rule",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.started_at:%d/%m/%Y %H:%M}"
