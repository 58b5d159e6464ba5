"""The forms, the results and the times as reports: what their pages read, in the same order."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal
from motcua.reporting import results as read
from motcua.reporting.coverage import ii07b
from motcua.reporting.digitization import digitization, digitization_notes
from motcua.reporting.exports.value import Column, Line, Report, Role, Section, Shape
from motcua.reporting.results import Result
from motcua.reporting.rules.figures import Figure
from motcua.reporting.screens.asking import Asked
from motcua.reporting.screens.dashboard import received_chart, timing_chart, whole, year_of
from motcua.reporting.screens.results import whole_of
from motcua.reporting.screens.words import period_words
from motcua.reporting.tables import Table, filed_figures, ii06a, ii07a
from motcua.reporting.times import times
from motcua.reporting.which import Kind, Which
from motcua.worktime.queries import UnknownCalendar
from motcua.worktime.rules import CalendarGap


class NoReport(Refusal):
    """There is nothing to take along; the page of the report says the same sentence."""


def of_06a(asked: Asked, now: datetime, today: date) -> Report:
    """Form II.06a with what the channel alone would hide."""
    table = ii06a(asked.agency.id, asked.period, below=asked.below, now=now)
    return _table("ii06a", asked, table, filed_figures(asked.ids, asked.period, base_of(asked)))


def of_07a(asked: Asked, now: datetime, today: date) -> Report:
    """Form II.07a."""
    return _table("ii07a", asked, ii07a(asked.agency.id, asked.period, now=now))


def of_07b(asked: Asked, now: datetime, today: date) -> Report:
    """Form II.07b."""
    return _table("ii07b", asked, ii07b(asked.agency.id, asked.period, today=today))


def of_results(asked: Asked, now: datetime, today: date) -> Report:
    """Who settled how much, and how it stood to its date."""
    base = base_of(asked).but(kind=Kind.SETTLED)
    units, people = read.by_hands(asked.ids, asked.period, base)
    sectors = read.by_sector(asked.ids, asked.period, base)
    whole = [whole_of(sectors, base)] if sectors else []
    sections: tuple[tuple[str, Sequence[Result], list[Result]], ...] = (
        (_("Theo lĩnh vực"), sectors, whole),
        (_("Theo cách nộp và ai nộp"), read.by_channel(asked.ids, asked.period, base), whole),
        (_("Theo đơn vị giải quyết"), units, []),
        (_("Theo cán bộ thụ lý"), people, []),
    )
    note = _("Hồ sơ tính cho đơn vị và cán bộ đã làm bước thụ lý cuối cùng trước khi kết thúc.")
    return report("results", _("Kết quả giải quyết"), asked, tuple(_results(*section) for section in sections), (note,))


def of_durations(asked: Asked, now: datetime, today: date) -> Report:
    """Average and 90th percentile of working time. Raises `NoReport` when a calendar of the period is missing."""
    try:
        rows = times(asked.ids, asked.period, base_of(asked).but(kind=Kind.SETTLED))
    except (CalendarGap, UnknownCalendar) as gap:
        raise NoReport(str(gap)) from gap
    minutes = _("phút làm việc")
    columns = (
        Column("procedure", _("Thủ tục"), width=60),
        Column("agency", _("Nơi giải quyết"), width=24),
        Column("settled", _("Đã giải quyết"), Shape.COUNT),
        Column("average", _("Trung bình"), Shape.MINUTES, unit=minutes, width=16),
        Column("ninetieth", _("9 trên 10 hồ sơ không quá"), Shape.MINUTES, unit=minutes, width=18),
    )
    lines = tuple(Line((row.procedure, row.agency, row.settled, row.average, row.ninetieth)) for row in rows)
    note = _(
        "Thời gian làm việc theo lịch của cơ quan, không tính lúc chờ người nộp. Một ngày làm việc là 8 giờ. "
        "Hồ sơ rút và dừng không tính ở đây."
    )
    return report("durations", _("Thời gian giải quyết"), asked, (Section("", columns, lines),), (note,))


def of_digitization(asked: Asked, now: datetime, today: date) -> Report:
    """How much of what was settled is digitized, how much the log followed, and the older results of the last day."""
    base = base_of(asked).but(kind=Kind.SETTLED)
    told = digitization(asked.ids, base, last=min(asked.period.last, today), now=now)
    columns = (
        Column("what", _("Đếm gì"), width=44),
        Column("counted", _("Số đạt"), Shape.COUNT),
        Column("whole", _("Trên tổng số"), Shape.COUNT, width=14),
        Column("share", _("Tỷ lệ"), Shape.PERCENT, unit="%"),
        Column("rest", _("Chưa đạt"), Shape.COUNT),
    )
    lines = [
        Line((one.label, Figure(one.label, one.numerator, url=one.url), whole, one, rest))
        for one, whole, rest in told.rows
    ]
    lines.append(Line((_("Kết quả chưa số hóa có ghi lý do"), None, None, None, told.excepted)))
    section = Section("", columns, tuple(lines))
    return report("digitization", _("Số hóa kết quả"), asked, (section,), digitization_notes())


def of_overview(asked: Asked, now: datetime, today: date) -> Report:
    """The period and the twelve months that end with it, with their charts."""
    here = whole(asked.ids, asked.period, now)
    base = base_of(asked)
    heads = (
        (_("Tiếp nhận"), here.received, base), (_("Đã giải quyết"), here.settled, base.but(kind=Kind.SETTLED)),
        (_("Giải quyết quá hạn"), here.late, base.but(kind=Kind.SETTLED, timing=("late",))),
        (_("Đang giải quyết"), here.open, base.but(kind=Kind.OPEN)),
        (_("Đang quá hạn"), here.overdue, base.but(kind=Kind.OVERDUE)),
    )  # fmt: skip
    counted = Column("count", _("Số hồ sơ"), Shape.COUNT)
    figures = Section(
        _("Trong kỳ"), (Column("what", _("Số liệu"), width=40), counted),
        tuple(Line((label, Figure(label, value, url=which.url))) for label, value, which in heads),
    )  # fmt: skip
    months = year_of(asked.ids, asked.period, today)
    columns = (
        Column("month", _("Tháng"), width=40),
        Column("received", _("Tiếp nhận"), Shape.COUNT),
        Column("settled", _("Giải quyết"), Shape.COUNT),
        Column("early", _("Trước hạn"), Shape.COUNT),
        Column("on_time", _("Đúng hạn"), Shape.COUNT),
        Column("late", _("Quá hạn"), Shape.COUNT),
    )
    lines = tuple(Line((one.label, one.received, one.settled, one.early, one.on_time, one.late)) for one in months)
    return report(
        "overview", _("Tổng quan"), asked, (figures, Section(_("Từng tháng"), columns, lines)), (),
        charts=(received_chart(months), timing_chart(months)) if months else (),
    )  # fmt: skip


def base_of(asked: Asked) -> Which:
    """The dossiers that a report asks about."""
    return Which(Kind.RECEIVED, asked.agency.id, asked.period.until, asked.period.first, below=asked.below)


def report(
    name: str, title: str, asked: Asked, sections: tuple[Section, ...], notes: tuple[str, ...], **more: Any
) -> Report:
    """A report about the agency and the period asked for."""
    return Report(
        name, title, asked.agency.name, asked.period, period_words(asked.period), sections, notes=notes, **more
    )


def _table(name: str, asked: Asked, table: Table, filed: Sequence[Figure] = ()) -> Report:
    groups = [group for group, wide in table.groups for _place in range(wide)]
    columns = (
        Column("ordinal", _("Số TT"), width=6),
        Column("of", _("Lĩnh vực, cơ quan"), width=36),
        *(
            Column(f"c{place}", head, Shape.COUNT, group=group)
            for place, (group, head) in enumerate(zip(groups, table.heads, strict=True), start=1)
        ),
    )
    lines = _lines(table)
    if table.total:
        lines.append(Line(("", table.total.label, *table.total.figures), Role.TOTAL))
    notes = table.notes
    if filed:
        said = "; ".join(f"{figure.label} {number_format(figure.value or 0, force_grouping=True)}" for figure in filed)
        notes = (_("Trong số nộp trực tuyến: %(said)s.") % {"said": said}, *notes)
    return report(
        name,
        table.title,
        asked,
        (Section("", columns, tuple(lines)),),
        notes,
        code=table.code,
        citation=_("Thông tư số 01/2020/TT-VPCP ngày 21/10/2020"),
    )


def _lines(table: Table) -> list[Line]:
    """The lines of a form, numbered."""
    return [
        Line((ordinal, line.label, *line.figures), Role.APART if line.is_part else Role.ROW)
        if line.figures
        else Line((ordinal, line.label), Role.HEADING)
        for ordinal, line in table.numbered
    ]


def _results(title: str, lines: Sequence[Result], whole: Sequence[Result]) -> Section:
    heads = (
        ("settled", _("Đã giải quyết")), ("early", _("Trước hạn")), ("on_time", _("Đúng hạn")), ("late", _("Quá hạn")),
    )  # fmt: skip
    columns = (
        Column("of", _("Của ai, về việc gì"), width=44),
        *(Column(name, head, Shape.COUNT) for name, head in heads),
        Column("kept", _("Trước và đúng hạn"), Shape.PERCENT, unit="%"),
    )
    rows = [Line((line.label, *line.figures)) for line in lines]
    totals = [Line((line.label, *line.figures), Role.TOTAL) for line in whole]
    return Section(title, columns, (*rows, *totals))
