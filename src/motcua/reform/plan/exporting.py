"""A plan as a report to be kept: a spreadsheet, CSV, or paper."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from motcua.reform.facts import areas_of, name_of
from motcua.reform.models import Plan
from motcua.reform.plan.queries import TaskRow
from motcua.reporting.exports.value import Column, Line, Report, Section, Shape
from motcua.reporting.rules.periods import Span, period
from motcua.reporting.screens.words import period_words


def report_of(plan: Plan, rows: Sequence[TaskRow]) -> Report:
    """The tasks asked for, each on its line; nobody's name among them."""
    areas = areas_of(plan.year)
    columns = (
        Column("number", _("STT"), Shape.COUNT, width=6),
        Column("area", _("Lĩnh vực"), width=26),
        Column("content", _("Nội dung nhiệm vụ"), width=60),
        Column("lead_unit", _("Đơn vị chủ trì"), width=26),
        Column("coordinating", _("Đơn vị phối hợp"), width=26),
        Column("deadline", _("Hạn hoàn thành"), width=14),
        Column("product", _("Sản phẩm"), width=34),
        Column("standing", _("Tình trạng"), width=16),
        Column("done_on", _("Ngày hoàn thành"), width=14),
        Column("evidence", _("Minh chứng"), width=40),
    )
    year = period(Span.YEAR, plan.year)
    notes = (
        _("Quá hạn, đúng hạn, trễ hạn được tính từ hạn hoàn thành và ngày hoàn thành; không ai nhập tay."),
        *([_("Kế hoạch số %(number)s ngày %(day)s.") % {"number": plan.number, "day": f"{plan.signed_on:%d/%m/%Y}"}]
          if plan.is_issued else [_("Bản dự thảo, chưa ban hành.")]),
    )  # fmt: skip
    lines = [
        Line((
            place, name_of(areas, row.task.area), row.task.content, row.task.lead_unit.name, row.task.coordinating,
            f"{row.task.deadline:%d/%m/%Y}", row.task.product, row.words,
            f"{row.task.done_on:%d/%m/%Y}" if row.task.done_on else "", _evidence(row),
        ))
        for place, row in enumerate(rows, 1)
    ]  # fmt: skip
    return Report(
        "reform-plan", plan.title, plan.agency.short_name, year, period_words(year), (Section("", columns, lines),),
        notes=notes,
    )  # fmt: skip


def _evidence(row: TaskRow) -> str:
    task = row.task
    parts = (task.evidence_number, task.evidence, task.dropped_reason)
    return ": ".join(part for part in parts if part)
