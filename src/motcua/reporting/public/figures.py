"""What stands on the public page: rows of a number, the number before, and how they differ; the chart of months."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from motcua.core.alphabet import in_order
from motcua.reporting.charts import Chart, Series, columns
from motcua.reporting.public.asking import Question, month_after
from motcua.reporting.public.hiding import Mark
from motcua.reporting.public.reading import Published
from motcua.reporting.public.table import BY_SECTOR, Told, times_of
from motcua.reporting.public.words import WAYS, change_words, share_words, told_words
from motcua.reporting.tables import sector_names

MOST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is about and its cells in words."""

    label: str
    cells: tuple[str, ...]


def heads(of: Published, asked: Question, before: tuple[date, date] | None) -> list[Row]:
    """Received, settled and how, beside the same months before; then what is in hand."""
    labels = {
        "received": _("Hồ sơ đã tiếp nhận"), "settled": _("Hồ sơ đã giải quyết xong"),
        "early": _("trong đó: trước hạn"), "on_time": _("trong đó: đúng hạn"), "late": _("trong đó: quá hạn"),
    }  # fmt: skip
    rows = []
    for what, label in labels.items():
        now = of.told(what, asked.first, asked.until)
        then = of.told(what, *before) if before else None
        rows.append(Row(label, _beside(now, then)))
    in_hand = still_open(of, asked.office.first, asked.until)
    then = still_open(of, asked.office.first, before[1]) if before else None
    rows.append(Row(_("Hồ sơ đang giải quyết, lúc hết kỳ"), _beside(in_hand, then)))
    return rows


def still_open(of: Published, first: date, until: date) -> Told:
    """How many the office had in hand: all it was told to have received since its first month less all it settled.

    Reckoned from published numbers alone, so it tells nothing that they do not; withheld where one of them is.
    """
    received, settled = (of.told(what, first, until) for what in ("received", "settled"))
    if received.exact is None or settled.exact is None:
        return Told(Mark.WITHHELD, 0)
    return Told(Mark.EXACT, received.exact - settled.exact)


def timely(of: Published, asked: Question) -> str:
    """The share settled before or on its date, in words."""
    settled, late = (of.told(what, asked.first, asked.until) for what in ("settled", "late"))
    if settled.exact is None or late.exact is None:
        return ""
    return share_words(replace(settled, low=settled.exact - late.exact), settled) if settled.exact else ""


def ways(of: Published, asked: Question) -> list[Row]:
    """By what way people filed; the three kinds of online filing each for itself."""
    whole = of.told("received", asked.first, asked.until)
    rows = []
    for code, label in WAYS.items():
        told = of.told("received", asked.first, asked.until, by="way", code=code)
        rows.append(Row(str(label), (told_words(told), share_words(told, whole))))
    return rows


def sectors(of: Published, asked: Question) -> list[Row]:
    """By sector: received; of whole years also late."""
    names = sector_names()
    measures = BY_SECTOR if is_whole_years(asked) else BY_SECTOR[:1]
    rows = []
    for code in of.codes("sector", asked.first, asked.until):
        told = [of.told(what, asked.first, asked.until, by="sector", code=code) for what in measures]
        if any(one.exact != 0 for one in told):
            rows.append(Row(names.get(code, code), tuple(told_words(one) for one in told)))
    return sorted(rows, key=lambda row: in_order(row.label))


def is_whole_years(asked: Question) -> bool:
    """Whether the period is nothing but calendar years that are over."""
    return all(len(time) == 4 for time in times_of(asked.first, asked.until))


@dataclass(frozen=True, slots=True)
class Months:
    """The months, or years, of a period: the chart and its table."""

    chart: Chart
    rows: Sequence[Row]


def months(of: Published, asked: Question) -> Months:
    """Month by month; a single month stands among those of its year; many years go year by year.

    What lies before the office's first month is left out: nothing is known of it, which is not the same as none.
    """
    first = asked.first if month_after(asked.first) < asked.until else asked.first.replace(month=1)
    stretches = _stretches(max(first, asked.office.first), asked.until)
    measures = ("received", "settled", "late")
    told = [[of.told(what, *days) for what in measures] for days in stretches]
    yearly = bool(stretches) and month_after(stretches[0][0]) < stretches[0][1]
    names = [f"{start:%Y}" if yearly else f"{start:%m/%Y}" for start, _end in stretches]
    rows = [Row(name, tuple(told_words(one) for one in line)) for name, line in zip(names, told, strict=True)]
    labels = names if yearly else [f"{start:%m}" for start, _end in stretches]
    series = (
        Series(_("tiếp nhận"), "hand-1", [line[0].low for line in told]),
        Series(_("giải quyết"), "hand-2", [line[1].low for line in told]),
    )
    text = "; ".join(
        _("%(when)s: tiếp nhận %(received)s, giải quyết %(settled)s")
        % {"when": row.label, "received": row.cells[0], "settled": row.cells[1]}
        for row in rows
    )
    chart = columns("public", _("Hồ sơ tiếp nhận và giải quyết theo thời gian"), labels, series, text)
    spoken = [
        _("%(when)s, %(what)s: %(n)s") % {"when": row.label, "what": one.name, "n": row.cells[place]}
        for row in rows for place, one in enumerate(series)
    ]  # fmt: skip
    bars = tuple(replace(bar, words=words) for bar, words in zip(chart.bars, spoken, strict=True))
    return Months(replace(chart, bars=bars), rows)


def _stretches(first: date, until: date) -> list[tuple[date, date]]:
    many = (until.year - first.year) * 12 + until.month - first.month > MOST_MONTHS
    found = []
    while first < until:
        after = min(date(first.year + 1, 1, 1), until) if many else month_after(first)
        found.append((first, after))
        first = after
    return found


def _beside(now: Told, then: Told | None) -> tuple[str, ...]:
    return (told_words(now), told_words(then), change_words(now, then)) if then else (told_words(now),)
