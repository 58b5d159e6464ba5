"""The leader's page of figures: the period in six numbers beside the period before, and a year in two charts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.people.overseeing import OVERSEERS
from motcua.reporting.charts import Chart, Series, columns
from motcua.reporting.reading import by_month, known_days
from motcua.reporting.rules.figures import Figure, share
from motcua.reporting.rules.ii06 import Balance, total
from motcua.reporting.rules.periods import NoSuchPeriod, Period
from motcua.reporting.screens.tables import question
from motcua.reporting.screens.words import period_words
from motcua.reporting.tables import balanced, filed_figures
from motcua.reporting.which import WHOLE, Kind, Which


@dataclass(frozen=True, slots=True)
class Head:
    """A figure with what it was in the period before; `hot`: wants somebody's eye."""

    figure: Figure
    shown: str
    before: str
    hot: bool = False


@officials(*OVERSEERS)
def dashboard(request: HttpRequest) -> HttpResponse:
    """What the office did in a period, every figure with its dossiers."""
    asked, now = question(request), timezone.now()
    base = Which(Kind.RECEIVED, asked.agency.id, asked.period.until, asked.period.first, below=asked.below)
    here = whole(asked.ids, asked.period, now)
    earlier = earlier_known(asked.ids, asked.period)
    before = whole(asked.ids, earlier, now) if earlier else None
    months = year_of(asked.ids, asked.period, timezone.localdate())
    context: dict[str, Any] = {
        "heads": heads_of(here, before, base),
        "compared": period_words(earlier) if earlier else "",
        "filed": filed_figures(asked.ids, asked.period, base),
        "months": months,
        "charts": [received_chart(months), timing_chart(months)] if months else [],
        **asked.shown(timezone.localdate()),
    }
    return render(request, "reporting/dashboard.html", context, status=422 if asked.fault else 200)


def earlier_known(agencies: Sequence[UUID], asked: Period) -> Period | None:
    """The period before, to be compared with; None where it lies before anything was counted: that is not nought."""
    known = known_days(agencies)
    try:
        earlier = asked.before()
    except NoSuchPeriod:
        return None
    return earlier if known and earlier.last >= known[0] else None


def whole(agencies: Sequence[UUID], asked: Period, now: Any) -> Balance:
    """The whole of a period in one balance; parts of bundles are not in it."""
    found = balanced(agencies, asked, now=now)
    return total(line for key, line in found.items() if isinstance(key, tuple) and not key[2])


def heads_of(here: Balance, before: Balance | None, base: Which) -> list[Head]:
    """The six figures of the page."""

    def counted(label: str, name: str, kind: Kind, hot: bool = False, **only: Any) -> Head:
        figure = Figure(label, getattr(here, name), url=base.but(kind=kind, **only).url)
        return Head(figure, _number(figure.value), _number(getattr(before, name)) if before else "", hot)

    kept = _kept(here, base)
    earlier = _percent(_kept(before, base)) if before else ""
    return [
        counted(_("Tiếp nhận"), "received", Kind.RECEIVED),
        counted(_("Đã giải quyết"), "settled", Kind.SETTLED),
        Head(kept, _percent(kept), earlier),
        counted(_("Giải quyết quá hạn"), "late", Kind.SETTLED, here.late > 0, timing=("late",)),
        counted(_("Đang giải quyết"), "open", Kind.OPEN),
        counted(_("Đang quá hạn"), "overdue", Kind.OVERDUE, here.overdue > 0),
    ]


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One calendar month of the year before the end of the period, every number with its list."""

    month: date
    received: Figure
    settled: Figure
    early: Figure
    on_time: Figure
    late: Figure

    @property
    def label(self) -> str:
        return f"{self.month:%m/%Y}"


def year_of(agencies: Sequence[UUID], asked: Period, today: date) -> list[MonthLine]:
    """The twelve calendar months that end with the period (or today); empty when nothing happened in them."""
    last = min(asked.last, today).replace(day=1)
    months = [last]
    while len(months) < 12:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    until = (last + timedelta(days=32)).replace(day=1)
    rows = by_month(agencies, months[0], until, only={"standing": WHOLE})
    counts: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for month, measure, timing, count in rows:
        if measure == "received":
            counts[month]["received"] += count
        elif measure in ("ended", "reopened"):
            counts[month][timing] += count if measure == "ended" else -count
    if not counts:
        return []
    return [_month_line(month, counts[month], agencies) for month in months]


def _month_line(month: date, counts: dict[str, int], agencies: Sequence[UUID]) -> MonthLine:
    until = (month + timedelta(days=32)).replace(day=1)
    base = Which(Kind.SETTLED, agencies[0], until, month, below=len(agencies) > 1)

    def settled(*timings: str) -> Figure:
        value = sum(counts[timing] for timing in timings)
        which = base.but(timing=timings if len(timings) == 1 else ())
        return Figure(f"{month:%m/%Y}", value, url=which.url)

    received = Figure(f"{month:%m/%Y}", counts["received"], url=base.but(kind=Kind.RECEIVED).url)
    return MonthLine(
        month, received, settled("early", "on_time", "late"), settled("early"), settled("on_time"), settled("late")
    )


def received_chart(months: Sequence[MonthLine]) -> Chart:
    """What came in and what was settled, month by month."""
    received = [int(line.received.value or 0) for line in months]
    settled = [int(line.settled.value or 0) for line in months]
    text = _("12 tháng: tiếp nhận %(received)s hồ sơ, giải quyết %(settled)s hồ sơ. Số từng tháng ở bảng.") % {
        "received": _number(sum(received)), "settled": _number(sum(settled)),
    }  # fmt: skip
    series = (Series(_("tiếp nhận"), "hand-1", received), Series(_("giải quyết"), "hand-2", settled))
    return columns(
        "received", _("Tiếp nhận và giải quyết theo tháng"), [f"{line.month:%m/%y}" for line in months], series, text
    )


def timing_chart(months: Sequence[MonthLine]) -> Chart:
    """How what was settled stood to its date, month by month."""
    early, on_time, late = (
        [int(getattr(line, name).value or 0) for line in months] for name in ("early", "on_time", "late")
    )
    text = _("12 tháng: trước hạn %(early)s, đúng hạn %(on_time)s, quá hạn %(late)s hồ sơ.") % {
        "early": _number(sum(early)), "on_time": _number(sum(on_time)), "late": _number(sum(late)),
    }  # fmt: skip
    series = (
        Series(_("trước hạn"), "hand-2", early),
        Series(_("đúng hạn"), "hand-1", on_time),
        Series(_("quá hạn"), "over-ground", late),
    )
    return columns(
        "timing", _("Kết quả so với hạn theo tháng"), [f"{line.month:%m/%y}" for line in months], series, text
    )


def _kept(balance: Balance, base: Which) -> Figure:
    which = base.but(kind=Kind.SETTLED, timing=("early", "on_time"))
    return share(_("Trước và đúng hạn"), balance.early + balance.on_time, balance.settled, url=which.url)


def _number(value: Any) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


def _percent(figure: Figure) -> str:
    return "–" if figure.value is None else f"{number_format(figure.value, decimal_pos=2)} %"
