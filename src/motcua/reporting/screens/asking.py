"""What a page of reports is asked about: an agency, with or without those below it, and a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.typed import day_typed
from motcua.people.overseeing import Overseen
from motcua.reporting.cutoffs import cutoffs
from motcua.reporting.reading import known_days
from motcua.reporting.rules.periods import (
    CALENDAR,
    CutOff,
    NoSuchPeriod,
    Period,
    Span,
    TurnedRound,
    cut_in_force,
    days,
    period,
    period_of,
)
from motcua.reporting.screens.words import period_words

SPANS: Final = (Span.MONTH, Span.QUARTER, Span.HALF, Span.YEAR, Span.RANGE)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as understood. `fault`: the sentence for what could not be; then `period` is this month."""

    agencies: Sequence[Overseen]
    agency: Overseen
    below: bool
    period: Period
    fault: str = ""

    @property
    def ids(self) -> list[UUID]:
        """The agencies asked about, as far as they may be seen."""
        return [one.id for one in self.agencies] if self.below and self.agency == self.agencies[0] else [self.agency.id]

    def again(self, **changes: Any) -> str:
        """The same question in an address."""
        return urlencode(self._said(self.period) | changes)

    def at(self, other: Period) -> str:
        """The same question about another period, in an address."""
        return urlencode(self._said(other))

    def shown(self, today: date) -> dict[str, Any]:
        """What the pages' common head needs."""
        before, after = _or_none(self.period.before), _or_none(self.period.after)
        if after and after.first > today:
            after = None
        return {
            "asked": self,
            "query": self.again(),
            "pages": [(name, label) for name, label in PAGES.items()],
            "words": period_words(self.period),
            "before": {"query": self.at(before), "words": period_words(before)} if before else None,
            "after": {"query": self.at(after), "words": period_words(after)} if after else None,
            "spans": [
                {"query": self.at(period_of(span, min(self.period.last, today), self.cut)), "label": SPAN_WORDS[span],
                 "current": span is self.period.span}
                for span in SPANS if span is not Span.RANGE
            ],
            "cuts": [
                {"query": self.at(self._recut(cut)), "label": cut.name or _("Theo tháng của lịch"),
                 "current": cut.code == self.cut.code}
                for cut in (CALENDAR, *cutoffs())
            ] if self.period.span is not Span.RANGE else [],
            "typed": {"from": f"{self.period.first:%d/%m/%Y}", "to": f"{self.period.last:%d/%m/%Y}"},
            "without": self._without(),
        }  # fmt: skip

    @property
    def cut(self) -> CutOff:
        """Where the period is cut."""
        return self.period.cut

    def _recut(self, cut: CutOff) -> Period:
        return period(self.period.span, self.period.year, self.period.number, cut)

    def _said(self, of: Period) -> dict[str, Any]:
        said: dict[str, Any] = {"agency": self.agency.id, "span": of.span.value}
        if self.below:
            said["below"] = "1"
        if of.span is Span.RANGE:
            return said | {"from": f"{of.first:%d/%m/%Y}", "to": f"{of.last:%d/%m/%Y}"}
        return said | {"year": of.year, "number": of.number, "cut": of.cut.code}

    def _without(self) -> str:
        """The sentence for a period about which nothing is known; empty when something is."""
        known = known_days(self.ids)
        if known is None:
            return _("Chưa có số liệu: cơ quan chưa nhận hồ sơ nào trong hệ thống này.")
        if self.period.last < known[0] or self.period.first > known[1]:
            return _("Kỳ này không có số liệu. Số liệu có từ %(first)s đến %(last)s.") % {
                "first": f"{known[0]:%d/%m/%Y}", "last": f"{known[1]:%d/%m/%Y}",
            }  # fmt: skip
        return ""


PAGES: Final = {
    "reports": gettext_lazy("Tổng quan"),
    "report-ii06a": gettext_lazy("Biểu II.06a"),
    "report-ii07a": gettext_lazy("Biểu II.07a"),
    "report-ii07b": gettext_lazy("Biểu II.07b"),
    "report-results": gettext_lazy("Kết quả"),
    "report-durations": gettext_lazy("Thời gian"),
    "service-index": gettext_lazy("Bộ chỉ số 766"),
    "self-evaluation": gettext_lazy("Tự đánh giá"),
}
"""The pages of reports, in the order of their list."""

SPAN_WORDS: Final = {
    Span.MONTH: gettext_lazy("Tháng"),
    Span.QUARTER: gettext_lazy("Quý"),
    Span.HALF: gettext_lazy("6 tháng"),
    Span.YEAR: gettext_lazy("Năm"),
}


def asked_of(request: HttpRequest, agencies: Sequence[Overseen], today: date) -> Asked | None:
    """What the address asks; None for an agency that the official does not oversee."""
    wanted = request.GET.get("agency", "")
    agency = next((one for one in agencies if str(one.id) == wanted), None) if wanted else agencies[0]
    if agency is None:
        return None
    below = request.GET.get("below") == "1"
    try:
        return Asked(agencies, agency, below, _period(request, today))
    except TurnedRound:
        fault = _("Ngày đầu đứng sau ngày cuối. Ông/bà đổi lại hai ngày: ngày đầu phải trước hoặc trùng ngày cuối.")
    except NoSuchPeriod:
        fault = _("Không có kỳ này. Ông/bà chọn lại tháng, quý hoặc năm.")
    except ValueError:
        fault = _("Ngày chưa đúng. Ông/bà nhập theo dạng ngày/tháng/năm, ví dụ 05/12/2026.")
    return Asked(agencies, agency, below, period_of(Span.MONTH, today), fault)


def _period(request: HttpRequest, today: date) -> Period:
    asked = request.GET
    if asked.get("from") or asked.get("to"):
        return days(day_typed(asked.get("from", "")), day_typed(asked.get("to", "")))
    if asked.get("span", "") not in {span.value for span in SPANS}:
        return period_of(Span.MONTH, today)
    cut = cut_in_force(cutoffs(), asked.get("cut", ""), today)
    year, number = asked.get("year", ""), asked.get("number", "1")
    if not (year.isdecimal() and number.isdecimal()) or len(year) > 4 or len(number) > 2:
        raise NoSuchPeriod(year)
    return period(Span(asked["span"]), int(year), int(number), cut)


def _or_none(other: Any) -> Period | None:
    try:
        found: Period = other()
    except (NoSuchPeriod, OverflowError):
        return None
    return found
