"""A year of an office as published cells: which there are, how they add up, in what order they come out. Pure.

A cell is (what, by, code, time): what was counted ("received", "settled", "early", "on_time", "late"), told apart by
nothing (""), by sector or by way of filing, in a month ("2026-03"), a quarter ("2026-Q1") or a year ("2026").
Quarters and years come out with their last month. What was late is told apart by sector for whole years
only: finer, too much would have to stay back. Parts of bundles are in no public number.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Final

from motcua.reporting.public.hiding import LEAST, Mark, Sum, hide

Cell = tuple[str, str, str, str]
MEASURES: Final = ("received", "settled", "early", "on_time", "late")
BY_SECTOR: Final = ("received", "late")
"""What is told apart by sector; `late` for whole years only. How many were settled would tell how many came in."""
FILED_ONLINE: Final = ("online-self", "online-helped", "online-officer")
WAYS: Final = ("counter", "post", "online", *FILED_ONLINE)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """So many of one month: a row of the counters, without the parts of bundles."""

    month: date
    sector: str
    channel: str
    filed_by: str
    measure: str
    timing: str
    count: int


@dataclass(frozen=True, slots=True)
class Told:
    """A number as told: exactly `low`, or at least that; `mark` says which, and whether it is just "under five"."""

    mark: Mark
    low: int

    @property
    def exact(self) -> int | None:
        """The number itself where it is told."""
        return self.low if self.mark is Mark.EXACT else None


NOTHING: Final = Told(Mark.EXACT, 0)


@dataclass(frozen=True, slots=True)
class Year:
    """The published cells of one office in one year, as far as its months are over."""

    values: Mapping[Cell, int]
    marks: Mapping[Cell, Mark]

    def told(self, cell: Cell) -> Told:
        """One cell; what it does not name is zero. What is kept back is told by what its own months let see."""
        value = self.values.get(cell, 0)
        mark = self.marks.get(cell, Mark.EXACT)
        if mark is Mark.EXACT:
            return Told(mark, value)
        if mark is Mark.UNDER:
            return Told(mark, 1)
        finer = [] if only_by_year(*cell[:2]) else [self.told((*cell[:3], time)) for time in finer_times(cell[3])]
        if finer and all(one.mark is Mark.EXACT for one in finer):
            return Told(Mark.EXACT, sum(one.low for one in finer))
        if mark is Mark.WITHHELD or any(one.mark is Mark.WITHHELD for one in finer):
            return Told(Mark.MORE, LEAST) if mark is Mark.MORE else Told(Mark.WITHHELD, 0)
        return Told(Mark.MORE, max(LEAST, sum(one.low for one in finer)))

    def codes(self, by: str) -> list[str]:
        """The sectors, or the ways, of which anything was counted."""
        return sorted({cell[2] for cell in self.values if cell[1] == by})


def added(told: Iterable[Told]) -> Told:
    """Several numbers together: never more than everybody could add up from what is told."""
    parts = list(told)
    if len(parts) == 1:
        return parts[0]
    low = sum(one.low for one in parts)
    if all(one.mark is Mark.EXACT for one in parts):
        return Told(Mark.EXACT, low)
    return Told(Mark.WITHHELD, 0) if any(one.mark is Mark.WITHHELD for one in parts) else Told(Mark.MORE, low)


def finer_times(time: str) -> tuple[str, ...]:
    """The quarters of a year, the months of a quarter, nothing below a month."""
    year, _, rest = time.partition("-")
    if not rest:
        return tuple(f"{year}-Q{quarter}" for quarter in range(1, 5))
    if rest.startswith("Q"):
        last = int(rest[1:]) * 3
        return tuple(f"{year}-{month:02d}" for month in range(last - 2, last + 1))
    return ()


def only_by_year(what: str, by: str) -> bool:
    """Whether it is told of whole years alone: of what was late in a sector no quarter and no month is told."""
    return by == "sector" and what != "received"


def times_of(first: date, until: date) -> list[str]:
    """The fewest whole years, quarters and months that make up the months in [first, until)."""
    found = []
    year, month = first.year, first.month
    while (year, month) < (until.year, until.month):
        for length, name in ((12, f"{year}"), (3, f"{year}-Q{(month + 2) // 3}"), (1, f"{year}-{month:02d}")):
            after = (year + (month - 1 + length) // 12, (month - 1 + length) % 12 + 1)
            if (month - 1) % length == 0 and after <= (until.year, until.month):
                found.append(name)
                year, month = after
                break
    return found


@lru_cache(maxsize=512)
def year_of(rows: tuple[MonthRow, ...], year: int, months: int) -> Year:
    """The cells of the first so many months of a year, and how each is told."""
    values = _values(rows, year)
    cells: dict[str, list[Cell]] = defaultdict(list)
    for cell in sorted(values, key=lambda cell: (cell[1] == "", cell)):
        cells[cell[3]].append(cell)
    releases = [[cell for time in _come_out(year, month) for cell in cells[time]] for month in range(1, months + 1)]
    marks: Mapping[Cell, Mark] = hide(releases, values, _sums(values))
    return Year(values, marks)


def _come_out(year: int, month: int) -> list[str]:
    """What is published when this month is over."""
    times = [f"{year}-{month:02d}"]
    if month % 3 == 0:
        times.append(f"{year}-Q{month // 3}")
    if month == 12:
        times.append(f"{year}")
    return times


def _values(rows: Iterable[MonthRow], year: int) -> dict[Cell, int]:
    """Every cell that is not zero."""
    values: dict[Cell, int] = defaultdict(int)
    for row in rows:
        month = row.month.month
        times = (f"{year}-{month:02d}", f"{year}-Q{(month + 2) // 3}", f"{year}")
        for what, by, code, sign in _counts(row):
            for time in times[2:] if only_by_year(what, by) else times:
                values[what, by, code, time] += sign * row.count
    return {cell: value for cell, value in values.items() if value}


def _counts(row: MonthRow) -> Iterable[tuple[str, str, str, int]]:
    """What a row of the counters adds to: what, by, code, and the sign (a reopening takes an end back)."""
    if row.measure == "received":
        ways = [row.channel] + ([f"online-{row.filed_by}"] if row.channel == "online" else [])
        return [("received", "", "", 1), ("received", "sector", row.sector, 1),
                *(("received", "way", way, 1) for way in ways)]  # fmt: skip
    if row.measure not in ("ended", "reopened"):
        return []
    sign = 1 if row.measure == "ended" else -1
    found = [("settled", "", "", sign), (row.timing, "", "", sign)]
    if row.timing == "late":
        found.append(("late", "sector", row.sector, sign))
    return found


def _sums(values: Mapping[Cell, int]) -> list[Sum]:
    """Everything that anybody can add up: over time, over sectors, over ways, over how it stood to its date."""
    lines = sorted({cell[:3] for cell in values})
    times = sorted({cell[3] for cell in values})
    sectors: Mapping[str, Sequence[tuple[str, str, str]]] = {
        what: [line for line in lines if line[0] == what and line[1] == "sector"] for what in BY_SECTOR
    }
    over_time = (Sum((*line, time), tuple((*line, finer) for finer in finer_times(time)))
                 for line in lines for time in times if finer_times(time))  # fmt: skip
    over_lines = (_of_time(time, sectors) for time in times)
    every = chain(over_time, chain.from_iterable(over_lines))
    return [one for one in every if any(part in values for part in one.parts)]


def _of_time(time: str, sectors: Mapping[str, Sequence[tuple[str, str, str]]]) -> list[Sum]:
    whole = {what: (what, "", "", time) for what in MEASURES}
    found = [Sum(whole[what], tuple((*line, time) for line in lines)) for what, lines in sectors.items()]
    found.append(Sum(whole["settled"], (whole["early"], whole["on_time"], whole["late"])))
    ways = {way: ("received", "way", way, time) for way in WAYS}
    found.append(Sum(whole["received"], (ways["counter"], ways["post"], ways["online"])))
    found.append(Sum(ways["online"], tuple(ways[way] for way in FILED_ONLINE)))
    # How many are in hand is told for the whole office: where that is as at the start, what came in is what was
    # settled. So the two keep each other's secrets, as if one were the sum of the other.
    found.append(Sum(whole["received"], (whole["settled"],)))
    return found
