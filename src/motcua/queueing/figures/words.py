"""Figures of the queue as cells of tables: a number, how it is written, and the tickets behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from motcua.queueing.actions.learning import scores
from motcua.queueing.models import Hall
from motcua.queueing.queries.figures import Behind, Figures, Line

OPEN_CELLS: Final = 3
"""Of the figures of a line, anybody sees how many came and how long they waited."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure: its head, how it is written, the list behind it (none on public pages), what it was before."""

    head: str
    shown: str
    url: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A line of a table."""

    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Part:
    """A table: by need, by hour, by counter."""

    title: str
    first: str
    lines: Sequence[Named]


def heads(figures: Figures, behind: Behind) -> list[Cell]:
    """The whole of the days, each figure beside what it was in the days before."""
    earlier = [one.shown for one in cells(figures.before)] if figures.before.taken else []
    found = cells(figures.whole, behind)
    return [Cell(one.head, one.shown, one.url, earlier[place] if earlier else "") for place, one in enumerate(found)]


def cells(line: Line, behind: Behind | None = None) -> list[Cell]:
    """One line of figures, in the order of every table."""

    def cell(head: str, shown: str, kind: str) -> Cell:
        return Cell(head, shown, _list(behind.but(kind=kind)) if behind is not None and shown != "–" else "")

    return [
        cell(_("Lấy số"), _count(line.taken), "taken"),
        cell(_("Chờ, một nửa không quá"), _minutes(line.median), "called"),
        cell(_("Chờ, chín phần mười không quá"), _minutes(line.ninetieth), "called"),
        cell(_("Phục vụ"), _minutes(line.serving), "done"),
        cell(_("Từ lúc gọi đến lúc tới quầy"), _seconds(line.walk), "walked"),
        cell(_("Gọi không có mặt"), _count(line.absent), "absent"),
        cell(_("Bỏ số"), _count(line.left), "left"),
        cell(_("Hết giờ chưa được phục vụ"), _count(line.unserved), "unserved"),
    ]


def parts(figures: Figures, hall: Hall, behind: Behind | None) -> list[Part]:
    """The tables below the whole; on public pages without links and without the counters."""
    needs = {need.pk: need for need in hall.needs.all()}
    by_need = [
        Named(str(need), cells(figures.needs[key], behind and behind.but(letter=need.letter)))
        for key, need in needs.items() if key in figures.needs
    ]  # fmt: skip
    by_hour = [
        Named(_whole(_("%(hour)d giờ") % {"hour": hour}), cells(line, behind and behind.but(hour=hour)))
        for hour, line in sorted(figures.hours.items())
    ]
    if behind is None:
        by_need, by_hour = ([Named(one.name, one.cells[:OPEN_CELLS]) for one in lines] for lines in (by_need, by_hour))
    found = [Part(_("Theo việc"), _("Việc cần làm"), by_need), Part(_("Theo giờ lấy số"), _("Giờ"), by_hour)]
    if behind is not None:
        found.append(Part(_("Theo quầy"), _("Quầy"), _by_counter(figures, hall, behind)))
    return [part for part in found if part.lines]


def _by_counter(figures: Figures, hall: Hall, behind: Behind) -> list[Named]:
    seen = [one for one in hall.counters.all() if one.pk in figures.counters]
    return [
        Named(
            _whole(_("Quầy %(number)d") % {"number": one.number}),
            cells(figures.counters[one.pk], behind.but(counter=one.number)),
        )
        for one in seen
    ]


def _whole(words: str) -> str:
    """Words that stay on one line."""
    return words.replace(" ", "\u00a0")


def score_words(hall_id: UUID, today: date) -> str:
    """How often what was told this month came true; of the month before while this one has no score yet."""
    first = today.replace(day=1)
    told, held = scores(hall_id, first, today)
    if told:
        return _("Tháng này khoảng chờ đã báo đúng %(held)s trên 10 lần (%(told)s lần báo).") % _score(told, held)
    last = first.fromordinal(first.toordinal() - 1)
    told, held = scores(hall_id, last.replace(day=1), last)
    if told:
        return _("Tháng trước khoảng chờ đã báo đúng %(held)s trên 10 lần (%(told)s lần báo).") % _score(told, held)
    return ""


def _score(told: int, held: int) -> dict[str, str]:
    tenths = 10 * held / told
    whole = number_format(tenths, 1)
    return {"held": whole.removesuffix(",0").removesuffix(".0"), "told": _count(told)}


def _list(behind: Behind) -> str:
    return f"{reverse('queue-tickets')}?{behind.query}"


def _count(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _minutes(value: float | None) -> str:
    return "–" if value is None else _("%(minutes)d phút") % {"minutes": round(value)}


def _seconds(value: float | None) -> str:
    return "–" if value is None else _("%(seconds)d giây") % {"seconds": round(value)}
