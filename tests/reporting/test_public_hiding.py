"""No number that is kept back can be read or computed from the numbers that are told."""

from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.reporting.public.hiding import BOUNDS, LEAST, Mark, Sum, hide
from motcua.reporting.public.table import MonthRow, added, times_of, year_of


def small_table(numbers: list[list[int]]) -> tuple[dict, list[Sum]]:
    """A table with a total to each line and column, and one over all."""
    lines, columns = len(numbers), len(numbers[0])
    values = {(a, b): numbers[a][b] for a in range(lines) for b in range(columns)}
    sums = []
    for a in range(lines):
        values[a, "total"] = sum(numbers[a])
        sums.append(Sum((a, "total"), tuple((a, b) for b in range(columns))))
    for b in range(columns):
        values["total", b] = sum(numbers[a][b] for a in range(lines))
        sums.append(Sum(("total", b), tuple((a, b) for a in range(lines))))
    values["total", "total"] = sum(map(sum, numbers))
    sums.append(Sum(("total", "total"), tuple((a, "total") for a in range(lines))))
    return values, sums


def tables_that_fit(values: dict, marks: dict, lines: int, columns: int, reach: int) -> list[dict]:
    """Every table of whole numbers that agrees with all that is published: tried one by one."""
    inner = list(product(range(lines), range(columns)))
    choices = []
    for key in inner:
        if marks[key] is Mark.EXACT:
            choices.append([values[key]])
        else:
            low, high = BOUNDS[marks[key]]
            choices.append([n for n in range(max(0, values[key] - reach), values[key] + reach + 1) if low <= n <= high])
    found = []
    for numbers in product(*choices):
        table = dict(zip(inner, numbers, strict=True))
        for a in range(lines):
            table[a, "total"] = sum(table[a, b] for b in range(columns))
        for b in range(columns):
            table["total", b] = sum(table[a, b] for a in range(lines))
        table["total", "total"] = sum(table[a, "total"] for a in range(lines))
        if all(_agrees(table[key], values[key], marks[key]) for key in values):
            found.append(table)
    return found


def _agrees(number: int, true: int, mark: Mark) -> bool:
    return number == true if mark is Mark.EXACT else BOUNDS[mark][0] <= number <= BOUNDS[mark][1]


NUMBERS = st.one_of(st.integers(0, 6), st.integers(0, 40))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=2, max_size=3))
def test_whoever_tries_every_table_that_fits_still_does_not_know(numbers):
    values, sums = small_table(numbers)
    marks = hide([list(values)], values, sums)
    fitting = tables_that_fit(values, marks, len(numbers), 3, reach=1)
    for key, mark in marks.items():
        if mark is Mark.EXACT:
            assert not 0 < values[key] < LEAST, (key, "a small number is told")
        else:
            assert len({table[key] for table in fitting}) > 1, (key, "a number kept back can be computed")
            assert mark is Mark.WITHHELD or (mark is Mark.UNDER) == (0 < values[key] < LEAST), (
                key,
                "told as what it is not",
            )


@settings(max_examples=80, deadline=None)
@given(st.lists(NUMBERS, min_size=3, max_size=3), st.lists(NUMBERS, min_size=3, max_size=3))
def test_a_later_release_betrays_nothing_of_an_earlier_and_takes_nothing_back(one, other):
    """Three months of two sectors come out one by one, the quarter with the last."""
    values, sums = small_table([one, other])
    months = [[(0, m), (1, m), ("total", m)] for m in range(3)]
    quarter = [(0, "total"), (1, "total"), ("total", "total")]
    first = hide(months[:2], values, sums)
    marks = hide([*months[:2], months[2] + quarter], values, sums)
    assert {key: marks[key] for key in first} == first
    fitting = tables_that_fit(values, marks, 2, 3, reach=1)
    for key, mark in marks.items():
        if mark is not Mark.EXACT:
            assert len({table[key] for table in fitting}) > 1, (key, mark)


def test_nothing_is_kept_back_where_nothing_is_small():
    values, sums = small_table([[10, 0, 7], [5, 6, 0]])
    assert set(hide([list(values)], values, sums).values()) == {Mark.EXACT}


def test_a_small_number_takes_the_smallest_that_would_betray_it():
    values, sums = small_table([[3, 50, 60], [70, 80, 9]])
    marks = hide([list(values)], values, sums)
    assert marks[0, 0] is Mark.UNDER
    back = {key for key, mark in marks.items() if mark is not Mark.EXACT}
    assert 4 <= len(back) <= 6
    assert marks["total", "total"] is Mark.EXACT


def a_year(seed: int, sectors: int) -> tuple[MonthRow, ...]:
    """An office's year: few large sectors, many small ones."""
    random = Random(seed)
    rows = []
    for month in range(1, 13):
        for sector in range(sectors):
            usual = max(1, 120 // (sector + 1))
            for channel, filed_by in (("counter", "officer"), ("online", "self"), ("online", "helped")):
                count = random.randrange(usual + 1)
                name, first = f"s{sector:02d}", date(2025, month, 1)
                if count:
                    rows.append(MonthRow(first, name, channel, filed_by, "received", "", count))
                    late = int(random.random() < 0.04)
                    rows.append(MonthRow(first, name, channel, filed_by, "ended", "early", count))
                    if late:
                        rows.append(MonthRow(first, name, channel, filed_by, "ended", "late", late))
    return tuple(rows)


@pytest.mark.parametrize("seed", range(4))
def test_a_year_is_told_as_far_as_it_may_be(seed):
    year = year_of(a_year(seed, 14), 2025, 12)
    small = [cell for cell, value in year.values.items() if 0 < value < LEAST]
    assert small
    assert all(year.marks[cell] is Mark.UNDER for cell in small)
    assert year.told(("received", "", "", "2025")).exact == year.values["received", "", "", "2025"]
    told = [cell for cell in year.values if year.marks[cell] is Mark.EXACT]
    assert len(told) > len(year.values) / 3
    withheld = [cell for cell in year.values if year.marks[cell] is Mark.WITHHELD]
    assert not withheld


def late_in(sector: str, *months: int) -> list[MonthRow]:
    """Late dossiers of a sector, one in each of these months; every month received and settled many in time."""
    usual = [MonthRow(date(2023, month, 1), sector, "counter", "officer", *what, 100)
             for month in range(1, 13) for what in (("received", ""), ("ended", "on_time"))]  # fmt: skip
    return usual + [
        MonthRow(date(2023, month, 1), sector, "counter", "officer", "ended", "late", 1) for month in months
    ]


def test_what_was_late_in_a_sector_is_kept_back_and_never_told_as_none():
    """Seven late here, four there: the four stay back, and so the seven, of which no month is told either."""
    year = year_of((*late_in("a", 1, 2, 3, 5, 7, 9, 11), *late_in("b", 3, 5, 8, 10)), 2023, 12)
    assert year.told(("late", "sector", "b", "2023")).mark is Mark.UNDER
    seven = year.told(("late", "sector", "a", "2023"))
    assert (seven.mark, seven.low) == (Mark.MORE, LEAST)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_told_is_true(seed):
    year = year_of(a_year(seed, 14), 2025, 12)
    for cell, value in year.values.items():
        told = year.told(cell)
        assert told.exact in (None, value), cell
        assert told.low <= value, cell


def test_no_month_is_computed_from_the_year():
    """What a month keeps back is not what the year's number less the other months gives."""
    for seed in range(3):
        year = year_of(a_year(seed, 10), 2025, 12)
        for line in {cell[:3] for cell in year.values if cell[1] != "sector" or cell[0] == "received"}:
            for whole in ("2025", *(f"2025-Q{n}" for n in range(1, 5))):
                parts = ([f"2025-Q{n}" for n in range(1, 5)] if whole == "2025" else
                         [f"2025-{m:02d}" for m in range(int(whole[-1]) * 3 - 2, int(whole[-1]) * 3 + 1)])  # fmt: skip
                back = [time for time in (whole, *parts) if year.marks.get((*line, time), Mark.EXACT) is not Mark.EXACT]
                assert len(back) != 1, (line, back)


def test_a_running_year_tells_the_same_as_when_it_is_over():
    rows = a_year(1, 8)
    early = year_of(tuple(row for row in rows if row.month.month <= 5), 2025, 5)
    whole = year_of(rows, 2025, 12)
    for cell, mark in early.marks.items():
        if cell[3] in {f"2025-{m:02d}" for m in range(1, 6)} | {"2025-Q1"}:
            assert whole.marks[cell] is mark, cell


def test_months_are_put_together_from_the_fewest_pieces():
    assert times_of(date(2024, 11, 1), date(2026, 5, 1)) == ["2024-11", "2024-12", "2025", "2026-Q1", "2026-04"]
    assert times_of(date(2026, 1, 1), date(2026, 1, 1)) == []


def test_a_sum_says_no_more_than_its_parts():
    year = year_of((MonthRow(date(2025, 1, 1), "a", "counter", "officer", "received", "", 3),
                    MonthRow(date(2025, 2, 1), "a", "counter", "officer", "received", "", 9)), 2025, 2)  # fmt: skip
    parts = [year.told(("received", "", "", time)) for time in ("2025-01", "2025-02")]
    assert [(one.mark, one.low) for one in parts] == [(Mark.UNDER, 1), (Mark.EXACT, 9)]
    assert (added(parts).mark, added(parts).low) == (Mark.MORE, 10)


def test_what_came_in_is_not_betrayed_by_what_was_settled():
    """With nothing in hand before and after, the two are one number: neither is told where the other must not be."""
    for seed in range(6):
        year = year_of(a_year(seed, 5), 2025, 12)
        assert not [cell for cell in year.values if cell[:2] == ("settled", "sector")]
        for time in {cell[3] for cell in year.values}:
            marks = {what: year.marks.get((what, "", "", time), Mark.EXACT) for what in ("received", "settled")}
            assert (marks["received"] is Mark.EXACT) == (marks["settled"] is Mark.EXACT), (time, marks)


def test_keeping_back_what_was_told_before_in_parts_is_not_tried():
    """A quarter that is the sum of months already told is told: to keep it back would hide nothing."""
    values = {"m1": 5, "m2": 7, "other": 3, "big": 90, "q": 12, "whole": 105}
    sums = [Sum("q", ("m1", "m2")), Sum("whole", ("q", "other", "big"))]
    marks = hide([["m1", "m2"], ["other", "big", "q", "whole"]], values, sums)
    assert marks["q"] is Mark.EXACT
    assert marks["other"] is Mark.UNDER
    assert Mark.WITHHELD not in marks.values()
