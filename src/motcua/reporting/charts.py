"""Charts as plain shapes: where each bar stands, and the sentence that says the same. `_chart.html` draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, BOTTOM, TOP = 720, 240, 208, 16
LEFT = 92
"""Room for the numbers of the axis, also as large as a phone needs them."""
ON_A_PHONE = 4
"""Words under the bars that a phone has room for; the others stay hidden there, the bars and their words do not."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `kind` is its colour and weave, `words` what it says when read aloud."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A word on an axis. `is_minor`: it gives way where there is no room."""

    x: float
    y: float
    words: str
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars over a base line, with their labels; `title` and `text` are read instead of it."""

    code: str
    title: str
    text: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Mark, ...]
    series: tuple["Series", ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    bottom: int = BOTTOM


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers: its name, its colour, and a number for each group."""

    name: str
    kind: str
    values: Sequence[int]


def columns(code: str, title: str, groups: Sequence[str], series: Sequence[Series], text: str) -> Chart:
    """Groups of columns side by side, one for each series; the tallest reaches the top."""
    top = _round_up(max((value for one in series for value in one.values), default=0))
    step = (WIDTH - LEFT) / max(len(groups), 1)
    each = -(-len(groups) // ON_A_PHONE)
    wide = min(28.0, step * 0.8 / max(len(series), 1))
    bars, marks = [], []
    for place, group in enumerate(groups):
        start = LEFT + place * step + (step - wide * len(series)) / 2
        for order, one in enumerate(series):
            tall = (BOTTOM - TOP) * max(one.values[place], 0) / top
            words = f"{group}, {one.name}: {one.values[place]}"
            bars.append(Bar(round(start + order * wide, 1), round(BOTTOM - tall, 1), round(wide - 2, 1),
                            round(tall, 1), one.kind, words))  # fmt: skip
        is_minor = (len(groups) - 1 - place) % each > 0
        marks.append(Mark(round(LEFT + (place + 0.5) * step, 1), BOTTOM + 22, group, is_minor))
    lines = tuple(Mark(LEFT, round(BOTTOM - (BOTTOM - TOP) * part / 2, 1), _said(top * part / 2)) for part in (0, 1, 2))
    return Chart(code, title, text, tuple(bars), tuple(marks), lines, tuple(series))


def _round_up(value: int) -> int:
    """The next of 2, 4, 6, 8, 10, 20, 40 ... : an axis that can be read."""
    top = 2
    for factor in (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000):
        for step in (2, 4, 6, 8, 10):
            top = step * factor
            if value <= top:
                return top
    return max(top, value)


def _said(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")
