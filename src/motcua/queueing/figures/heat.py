"""How long people waited by weekday and hour, as squares of a picture; a table beside it says the same in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from motcua.queueing.queries.figures import Line
from motcua.queueing.queries.opening import weekday_words

SIDE, HIGH, LEFT, TOP = 64, 40, 96, 28
STEPS: Final = (5, 15, 30, 60)
"""Minutes from which a square is a step darker: the same everywhere, so that two halls can be compared."""


@dataclass(frozen=True, slots=True)
class Square:
    """One weekday and hour: where it stands, how dark, and its figures."""

    x: int
    y: int
    step: int
    shown: str
    words: str


@dataclass(frozen=True, slots=True)
class Name:
    """A weekday or an hour at the edge."""

    x: int
    y: int
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A weekday of the table beside the picture; None: nobody came."""

    name: str
    cells: Sequence[Line | None]


@dataclass(frozen=True, slots=True)
class Heat:
    """The picture and its table."""

    width: int
    height: int
    squares: Sequence[Square]
    days: Sequence[Name]
    hours: Sequence[Name]
    rows: Sequence[Row]
    key: Sequence[tuple[int, str]]


def heat_of(cells: Mapping[tuple[int, int], Line]) -> Heat | None:
    """The picture of these figures by ISO weekday and hour; None when nobody came at all."""
    if not cells:
        return None
    weekdays, found = sorted({day for day, _hour in cells}), sorted({hour for _day, hour in cells})
    hours = list(range(found[0], found[-1] + 1))
    squares = [
        _square(cells[day, hour], LEFT + column * SIDE, TOP + row * HIGH, day, hour)
        for row, day in enumerate(weekdays) for column, hour in enumerate(hours) if (day, hour) in cells
    ]  # fmt: skip
    return Heat(
        LEFT + len(hours) * SIDE, TOP + len(weekdays) * HIGH, squares,
        [Name(0, TOP + row * HIGH + HIGH // 2, _day(day)) for row, day in enumerate(weekdays)],
        [Name(LEFT + column * SIDE + SIDE // 2, TOP - 10, _hour(hour)) for column, hour in enumerate(hours)],
        [Row(_day(day), [cells.get((day, hour)) for hour in hours]) for day in weekdays],
        [(0, _("dưới 5 phút")), (1, _("5–15 phút")), (2, _("15–30 phút")), (3, _("30–60 phút")), (4, _("từ 60 phút"))],
    )  # fmt: skip


def _square(line: Line, x: int, y: int, day: int, hour: int) -> Square:
    if line.median is None:
        return Square(x, y, 0, "", _("%(day)s, %(hour)s: chưa ai được gọi") % {"day": _day(day), "hour": _hour(hour)})
    words = _("%(day)s, %(hour)s: một nửa chờ không quá %(minutes)d phút, %(people)d người") % {
        "day": _day(day), "hour": _hour(hour), "minutes": round(line.median), "people": line.called,
    }  # fmt: skip
    return Square(x, y, sum(line.median >= step for step in STEPS), str(round(line.median)), words)


def _day(day: int) -> str:
    words = weekday_words([day])
    return words[0].upper() + words[1:]


def _hour(hour: int) -> str:
    return _("%(hour)d giờ") % {"hour": hour}
