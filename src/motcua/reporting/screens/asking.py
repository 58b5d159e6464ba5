"""What a page of reports is asked about: an agency, with or without those below it, and a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.typed import day_typed
from motcua.people.overseeing import Overseen
from motcua.people.queries import agencies_under
from motcua.reporting.cutoffs import cutoffs
from motcua.reporting.reading import known_among, known_days
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
    """The question as understood.

    `fault`: the sentence for what could not be; then `period` is this month, and `typed` the days as they were typed.
    """

    agencies: Sequence[Overseen]
    agency: Overseen
    below: bool
    period: Period
    fault: str = ""
    typed: Mapping[str, str] | None = None

    @property
    def ids(self) -> list[UUID]:
        """The agencies asked about, as far as they may be seen; what an agency took over is asked for by itself."""
        if not self.below:
            return [self.agency.id]
        under = set(agencies_under(self.agency.id))
        return [one.id for one in self.agencies if one.id in under]

    def again(self, **changes: Any) -> str:
        """The same question in an address."""
        return urlencode(self._said(self.period) | changes)

    def at(self, other: Period) -> str:
        """The same question about another period, in an address."""
        return urlencode(self._said(other))

    def shown(self, today: date) -> dict[str, Any]:
        """What the pages' common head needs."""
        without = self._without(today)
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
            "typed": self.typed or {"from": f"{self.period.first:%d/%m/%Y}", "to": f"{self.period.last:%d/%m/%Y}"},
            "without": without,
            "elsewhere": self._elsewhere() if without else [],
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

    def _elsewhere(self) -> list[dict[str, str]]:
        """The agencies since taken over that do have figures of the period, each with the same question about it."""
        former = {one.id: one for one in self.agencies if one.is_former and one.id != self.agency.id}
        known = known_among(list(former), self.period.first, self.period.last) if former else set()
        return [
            {"name": one.name, "query": replace(self, agency=one, below=False).again()}
            for one in former.values() if one.id in known
        ]  # fmt: skip

    def _without(self, today: date) -> str:
        """The sentence for a period about which nothing is known; empty when something is, or may still come today."""
        known = known_days(self.ids)
        if known is None:
            return _("Chưa có số liệu: cơ quan chưa nhận hồ sơ nào trong hệ thống này.")
        runs = not self.agency.is_former and self.period.first <= today <= self.period.last
        if self.period.last < known[0] or (self.period.first > known[1] and not runs):
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
    "report-digitization": gettext_lazy("Số hóa"),
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
    typed = {name: request.GET.get(name, "")[:40] for name in ("from", "to")}
    return Asked(agencies, agency, below, period_of(Span.MONTH, today), fault, typed if any(typed.values()) else None)


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
