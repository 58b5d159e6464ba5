"""The service index and the self-evaluation as reports."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.reporting.exports.pages import NoReport, report
from motcua.reporting.exports.value import Cell, Column, Line, Report, Role, Section, Shape
from motcua.reporting.indicators.five_groups import FiveGroups, Measured, five_groups
from motcua.reporting.indicators.measures import DOSSIER, scope_of
from motcua.reporting.indicators.self_evaluation.evaluating import Evaluation, IndexScore, evaluate
from motcua.reporting.indicators.self_evaluation.rules import BEST
from motcua.reporting.indicators.self_evaluation.views import set_words
from motcua.reporting.indicators.words import nothing_counted, points_words, rank_words
from motcua.reporting.rules.figures import Figure
from motcua.reporting.screens.asking import Asked
from motcua.worktime.queries import UnknownCalendar
from motcua.worktime.rules import CalendarGap


def of_index(asked: Asked, now: datetime, today: date) -> Report:
    """Decision 766/QĐ-TTg. Raises `NoReport` before it was in force, or without the calendar it is measured by."""
    try:
        found = five_groups(scope_of(asked.ids, asked.period))
    except (CalendarGap, UnknownCalendar) as gap:
        raise NoReport(str(gap)) from gap
    if found is None:
        raise NoReport(_("Quyết định 766/QĐ-TTg ban hành ngày 23/6/2022. Ông/bà chọn một kỳ sau ngày đó."))
    columns = (
        Column("code", _("Mã"), width=6),
        Column("indicator", _("Chỉ số"), width=60),
        Column("numerator", _("Tử số"), Shape.COUNT),
        Column("denominator", _("Mẫu số"), Shape.COUNT),
        Column("rate", _("Mức đạt"), Shape.PERCENT, unit="%"),
        Column("target", _("Đủ điểm từ"), Shape.PERCENT, unit="%"),
        Column("points", _("Điểm"), Shape.DECIMAL),
        Column("most", _("Điểm cao nhất"), Shape.DECIMAL),
        Column("why", _("Vì sao không có"), width=40),
    )
    lines: list[Line] = []
    for group in found.groups:
        lines.append(Line((str(group.group.number), group.group.name), Role.HEADING))
        lines += [Line(_measured(row, asked)) for row in group.rows]
        total = group.total
        lines.append(
            Line(("", _("Cộng nhóm"), None, None, None, None, total.points if total.measured else None, total.most, ""),
                 Role.APART)
        )  # fmt: skip
    whole = ("", _("Tổng số"), None, None, None, None, found.total.points, found.total.most, "")
    section = Section("", columns, (*lines, Line(whole, Role.TOTAL)))
    return report("index", _("Bộ chỉ số phục vụ người dân, doanh nghiệp"), asked, (section,), _index_notes(found))


def _measured(row: Measured, asked: Asked) -> tuple[Cell, ...]:
    told = row.indicator
    most = told.points if told.points else None
    if row.count is None:
        return (told.code, told.name, None, None, None, told.target, None, most, told.reason)
    url = f"{reverse('indicator', args=(told.code,))}?{asked.again()}"
    counts = (
        Figure(told.name, row.count.numerator, url=f"{url}&side=counted"),
        Figure(told.name, row.count.denominator, url=url),
    )
    if row.score is None or row.score.rate is None:
        return (told.code, told.name, *counts, None, told.target, None, most, nothing_counted()["reason"])
    return (told.code, told.name, *counts, row.score.rate, told.target, row.score.points, most, "")


def _index_notes(found: FiveGroups) -> tuple[str, ...]:
    return (
        _("%(total)s điểm trên %(measured)s điểm đo được ở đây; xếp loại: %(rank)s.") % {
            "total": points_words(found.total.points), "measured": points_words(found.total.measured),
            "rank": rank_words(found.worst, found.best),
        },
        _("Chỉ số không đo được hoặc không có dữ liệu đứng ngoài tổng, không tính là 0 và cũng không tính là đủ điểm."),
        _("Phần của hồ sơ liên thông do cơ quan khác giải quyết không đếm ở đây: hồ sơ liên thông đếm một lần ở nơi "
          "tiếp nhận."),
    )  # fmt: skip


def of_self_evaluation(asked: Asked, now: datetime, today: date) -> Report:
    """Circular 01/2018/TT-VPCP art. 13: one agency, its nine indices, its officials. Raises `NoReport` before it."""
    found = evaluate(scope_of([asked.agency.id], asked.period))
    if found is None:
        raise NoReport(_("Thông tư 01/2018/TT-VPCP ban hành ngày 23/11/2018. Ông/bà chọn một kỳ sau ngày đó."))
    columns = (
        Column("number", _("Số TT"), width=6),
        Column("index", _("Chỉ số"), width=60),
        Column("two", _("2 điểm"), Shape.COUNT),
        Column("one", _("1 điểm"), Shape.COUNT),
        Column("none", _("0 điểm"), Shape.COUNT),
        Column("numerator", _("Tử số"), Shape.COUNT),
        Column("denominator", _("Mẫu số"), Shape.COUNT),
        Column("points", _("Điểm"), Shape.DECIMAL),
        Column("why", _("Vì sao không có"), width=40),
    )
    total = Line(("", _("Tổng số"), None, None, None, None, None, found.total.points, ""), Role.TOTAL)
    lines = tuple(line for row in found.rows for line in _index(row, asked))
    sections = (Section(_("Chín chỉ số của cơ quan"), columns, (*lines, total)), _officials(found, asked))
    return report("self-evaluation", _("Tự đánh giá việc giải quyết thủ tục"), asked, sections, _notes(found))


def _index(row: IndexScore, asked: Asked) -> list[Line]:
    """An index in one line, or one more for every further set that it counts."""
    told = row.index
    number, points = str(told.number), row.points
    if not told.formula:
        return [Line((number, told.name, None, None, None, None, None, None, told.reason))]
    url = f"{reverse('self-evaluation-index', args=(told.number,))}?"
    why = nothing_counted()["reason"] if points is None else ""
    if told.scope == DOSSIER:
        numbers = {part.part: part.count for part in row.counts["dossiers"].parts}
        parts = [
            Figure(told.name, numbers.get(part, 0),
                   url=url + asked.again(part=part, side="counted" if part == "2" else "rest"))
            for part in ("2", "1", "0")
        ]  # fmt: skip
        return [Line((number, told.name, *parts, None, None, points, why))]
    lines: list[Line] = []
    for name, count in row.counts.items():
        listed = url + asked.again(set=name)
        counts = (
            Figure(told.name, count.numerator, url=f"{listed}&side=counted"),
            Figure(told.name, count.denominator, url=listed),
        )
        head = (number, f"{told.name}: {set_words(name)}") if not lines else ("", set_words(name))
        lines.append(Line((*head, None, None, None, *counts, None if lines else points, "" if lines else why)))
    return lines


def _officials(found: Evaluation, asked: Asked) -> Section:
    columns = (
        Column("official", _("Cán bộ"), width=36),
        Column("title", _("Chức danh"), width=30),
        Column("dossiers", _("Số hồ sơ"), Shape.COUNT),
        Column("average", _("Điểm bình quân"), Shape.DECIMAL),
        Column("class", _("Mức hoàn thành"), width=36),
    )
    lines = tuple(
        Line((one.name, one.title,
              Figure(one.name, one.dossiers,
                     url=f"{reverse('self-evaluation-official', args=(one.id,))}?{asked.again()}"),
              one.average, rank_words(one.worst, one.best)))
        for one in found.officials
    )  # fmt: skip
    return Section(_("Cán bộ"), columns, lines)


def _notes(found: Evaluation) -> tuple[str, ...]:
    return (
        _("%(total)s điểm trên %(measured)s điểm đo được ở đây; xếp loại: %(rank)s.") % {
            "total": points_words(found.total.points), "measured": points_words(found.total.measured),
            "rank": rank_words(found.worst, found.best),
        },
        _("Chín chỉ số, mỗi chỉ số tối đa %(best)s điểm (Thông tư 01/2018/TT-VPCP, Điều 13). Chỉ số không có dữ liệu "
          "được bỏ ra; xếp loại nói khoảng còn có thể.") % {"best": BEST},
        f"{found.scale.source}.",
    )  # fmt: skip
