"""What the public page is asked: an office, and months that are over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.typed import day_typed
from motcua.reporting.public.reading import Office, month_under_way
from motcua.reporting.rules.periods import NoSuchPeriod, Period, Span, TurnedRound, days, is_told_of, period

LONGEST_MONTHS = 600


@dataclass(frozen=True, slots=True)
class Question:
    """The question as understood. `until`: up to where its months are over. `fault`: why it could not be followed."""

    office: Office
    period: Period
    until: date
    fault: str = ""

    @property
    def first(self) -> date:
        """Its first day."""
        return self.period.first

    @property
    def is_cut_short(self) -> bool:
        """Whether some of its months are still to come."""
        return self.until < self.period.until

    @property
    def without(self) -> str:
        """The sentence for months of which nothing is known; empty when something is."""
        if self.first < month_after(self.office.last) and self.until > self.office.first:
            return ""
        return _("Kỳ này không có số liệu. Số liệu có từ tháng %(first)s đến tháng %(last)s.") % {
            "first": f"{self.office.first:%m/%Y}", "last": f"{self.office.last:%m/%Y}",
        }  # fmt: skip

    def address(self, of: Period) -> str:
        """The same question about another period, as an address."""
        said: dict[str, Any] = {"agency": self.office.id, "span": of.span.value}
        if of.span is Span.RANGE:
            return "?" + urlencode(said | {"from": f"{of.first:%m/%Y}", "to": f"{of.last:%m/%Y}"})
        return "?" + urlencode(said | {"year": of.year, "number": of.number})


def asked_of(asked: QueryDict, offices: Sequence[Office], today: date) -> Question | None:
    """The question; None for an office that does not exist. Without a period: the last year of which anything is."""
    wanted = asked.get("agency", "")
    office = next((one for one in offices if str(one.id) == wanted), None) if wanted else offices[0]
    if office is None:
        return None
    usual, fault = period(Span.YEAR, office.last.year), ""
    try:
        chosen = _period(asked) or usual
    except TurnedRound:
        fault = _("Tháng đầu đứng sau tháng cuối. Ông/bà đổi chỗ hai tháng: tháng đầu trước hoặc trùng tháng cuối.")
    except NoSuchPeriod:
        fault = _("Không có kỳ này. Ông/bà chọn lại tháng, quý hoặc năm.")
    except ValueError:
        fault = _("Tháng chưa đúng. Ông/bà nhập theo dạng tháng/năm, ví dụ 05/2026.")
    if fault:
        chosen = usual
    return Question(office, chosen, max(chosen.first, min(chosen.until, month_under_way(today))), fault)


def month_after(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_typed(text: str) -> date:
    """The first day of a month as people type it: 05/2026, 5/2026 or 2026-05. Raises `ValueError`."""
    said = text.strip()
    return day_typed(f"{said}-01" if said[:4].isdecimal() else f"01/{said}")


def _period(asked: QueryDict) -> Period | None:
    if asked.get("from") or asked.get("to"):
        first, last = month_typed(asked.get("from", "")), month_typed(asked.get("to", ""))
        if first > last:
            raise TurnedRound(f"{first} > {last}")
        if (last.year - first.year) * 12 > LONGEST_MONTHS or not (is_told_of(first) and is_told_of(last)):
            raise NoSuchPeriod(f"{first} - {last}")
        return days(first, month_after(last) - timedelta(days=1))
    span, year, number = asked.get("span", ""), asked.get("year", ""), asked.get("number", "1")
    if not span and not year:
        return None
    if span not in (Span.MONTH, Span.QUARTER, Span.YEAR) or not (year.isascii() and number.isascii()):
        raise NoSuchPeriod(span)
    if not (year.isdecimal() and number.isdecimal()) or len(year) > 4 or len(number) > 2:
        raise NoSuchPeriod(year)
    return period(Span(span), int(year), int(number))
