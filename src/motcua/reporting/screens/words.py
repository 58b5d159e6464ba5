"""Reports in words: periods, what a list counts, minutes of working time."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import Channel, OnlineLevel
from motcua.core.sql import fetch_one
from motcua.dossiers.models import FiledBy, Source
from motcua.dossiers.states import DossierOutcome
from motcua.reporting.rules.periods import CALENDAR, Period, Span
from motcua.reporting.tables import LEVELS, sector_names
from motcua.reporting.which import PARTS, Kind, Which

KINDS: Final = {
    Kind.RECEIVED: gettext_lazy("Hồ sơ tiếp nhận"),
    Kind.SETTLED: gettext_lazy("Hồ sơ đã giải quyết"),
    Kind.REOPENED: gettext_lazy("Hồ sơ mở lại"),
    Kind.RETURNED: gettext_lazy("Hồ sơ đã trả kết quả"),
    Kind.CARRIED: gettext_lazy("Hồ sơ từ kỳ trước chuyển sang"),
    Kind.IN_HAND: gettext_lazy("Hồ sơ tiếp nhận và từ kỳ trước chuyển sang"),
    Kind.OPEN: gettext_lazy("Hồ sơ đang giải quyết"),
    Kind.WITHIN: gettext_lazy("Hồ sơ đang giải quyết, trong hạn"),
    Kind.OVERDUE: gettext_lazy("Hồ sơ đang giải quyết, quá hạn"),
}
TIMINGS: Final = {
    "early": gettext_lazy("trước hạn"),
    "on_time": gettext_lazy("đúng hạn"),
    "late": gettext_lazy("quá hạn"),
}
COPIES: Final = {
    "with": gettext_lazy("kết quả đã số hóa"),
    "without": gettext_lazy("kết quả chưa số hóa"),
    "excepted": gettext_lazy("kết quả chưa số hóa, có ghi lý do"),
}
LOGS: Final = {
    "in_turn": gettext_lazy("mọi bước ghi vào sổ đúng lúc"),
    "not_in_turn": gettext_lazy("có bước ghi lùi hoặc thiếu việc"),
}


def period_words(asked: Period) -> str:
    """A period as people say it, with its days."""
    stretch = _("từ %(first)s đến hết %(last)s") % {
        "first": f"{asked.first:%d/%m/%Y}", "last": f"{asked.last:%d/%m/%Y}",
    }  # fmt: skip
    if asked.span is Span.RANGE:
        return stretch
    values = {"number": asked.number, "year": asked.year}
    name = {
        Span.MONTH: _("Tháng %(number)d năm %(year)d") % values,
        Span.QUARTER: _("Quý %(number)d năm %(year)d") % values,
        Span.HALF: (_("6 tháng đầu năm %(year)d") if asked.number == 1 else _("6 tháng cuối năm %(year)d")) % values,
        Span.YEAR: _("Năm %(year)d") % values,
    }[asked.span]
    return f"{name}, {stretch}" if asked.cut != CALENDAR else name


def which_words(which: Which, agency: str) -> str:
    """What a list counts, in one sentence."""
    parts = [str(KINDS[which.kind]), agency]
    if which.below:
        parts.append(_("và các cơ quan cấp dưới"))
    if which.at_level:
        parts.append(str(LEVELS.get(which.at_level, which.at_level)))
    if which.kind in (Kind.CARRIED,):
        parts.append(_("tính đến đầu ngày %(day)s") % {"day": _day(which.first or which.until)})
    elif which.kind in (Kind.OPEN, Kind.WITHIN, Kind.OVERDUE):
        parts.append(_("tính đến hết ngày %(day)s") % {"day": _day(which.until - timedelta(days=1))})
    elif which.first:
        parts.append(
            _("từ %(first)s đến hết %(last)s")
            % {"first": _day(which.first), "last": _day(which.until - timedelta(days=1))}
        )
    return "; ".join([*parts, *_filters(which)])


def _filters(which: Which) -> list[str]:
    said: list[str] = []
    if which.sector:
        said.append(_("lĩnh vực %(name)s") % {"name": sector_names().get(which.sector, which.sector)})
    if which.procedure:
        said.append(_name("SELECT name FROM catalogue_procedure WHERE id = %s", which.procedure))
    if which.official:
        said.append(_name("SELECT full_name FROM people_official WHERE id = %s", which.official))
    if which.unit:
        said.append(_name("SELECT name FROM people_unit WHERE id = %s", which.unit))
    chosen = (
        (which.channel, dict(Channel.choices)), (which.filed_by, dict(FiledBy.choices)),
        (which.source, dict(Source.choices)), (which.level, dict(OnlineLevel.choices)), (which.timing, TIMINGS),
        (which.outcome, dict(DossierOutcome.choices)), (which.copy, COPIES), (which.log, LOGS),
    )  # fmt: skip
    said += [", ".join(str(labels.get(code, code)) for code in codes) for codes, labels in chosen if codes]
    if which.standing == PARTS:
        said.append(_("phần của hồ sơ liên thông"))
    return said


def minutes_in_days(minutes: float) -> str:
    """Working minutes as "1,5 ngày" or "3,2 giờ" of working time; a day is 8 hours."""
    hours = minutes / 60
    if hours >= 8:
        return _("%(n)s ngày làm việc") % {"n": f"{hours / 8:.1f}".replace(".", ",")}
    return _("%(n)s giờ làm việc") % {"n": f"{hours:.1f}".replace(".", ",")}


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _name(sql: str, key: object) -> str:
    row = fetch_one(sql, (key,))
    return str(row[0]) if row else ""
