"""Whose hands the time lay in: a partition of the life, whatever the spans; shares that add up."""

from collections import Counter
from datetime import date
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from motcua.routing.shares import (
    APPLICANT,
    DESK,
    FAULT,
    Hands,
    Held,
    Keeper,
    Lived,
    in_order,
    lives_of,
    parted,
    tenths,
    told_by,
)
from motcua.worktime.rules import Calendar, CalendarPlan, CoveredYear, WeeklyHours
from motcua.worktime.rules.moments import first_minute_of
from tests.worktime.plans import FULL

OFFICE = Calendar(
    CalendarPlan(
        code="XA", name="Lịch xã", years=(CoveredYear(2025), CoveredYear(2026)),
        weekly=tuple(WeeklyHours(weekday, session) for weekday in range(1, 6) for session in FULL),
    )
)  # fmt: skip
JUSTICE, LAND, POLICE = Hands(Keeper.UNIT, "Tư pháp"), Hands(Keeper.UNIT, "Địa chính"), Hands(Keeper.UNIT, "Công an")
TAX = Hands(Keeper.CONSULTED, "Thuế")
HANDS = (JUSTICE, LAND, POLICE, DESK)


def test_every_minute_has_its_owner() -> None:
    lived = Lived(
        lives=[(0, 100)],
        steps=[Held(DESK, 5, 10), Held(JUSTICE, 10, 60), Held(LAND, 60, None)],
        pauses=[Held(APPLICANT, 20, 40)],
        consultations=[Held(TAX, 35, 50)],
        faults=[Held(FAULT, 38, 39), Held(FAULT, 90, 200)],
    )
    assert parted(lived) == [
        Held(DESK, 0, 10), Held(JUSTICE, 10, 20), Held(APPLICANT, 20, 38), Held(FAULT, 38, 39),
        Held(APPLICANT, 39, 40), Held(TAX, 40, 50), Held(JUSTICE, 50, 60), Held(LAND, 60, 90), Held(FAULT, 90, 100),
    ]  # fmt: skip


def test_side_by_side_the_minute_belongs_to_the_step_that_ended_last() -> None:
    together = [Held(JUSTICE, 0, 30), Held(LAND, 0, 50), Held(POLICE, 10, 20)]
    assert parted(Lived([(0, 50)], together)) == [Held(LAND, 0, 50)]
    lasting = [Held(JUSTICE, 0, None), Held(LAND, 0, 50)]
    assert parted(Lived([(0, 60)], lasting)) == [Held(JUSTICE, 0, 60)]


def test_what_ended_and_was_reopened_lay_in_nobodys_hands_meanwhile() -> None:
    lives = lives_of(0, [(40, 90)], 120)
    assert lives == [(0, 40), (90, 120)]
    assert parted(Lived(lives, [Held(JUSTICE, 0, 40), Held(LAND, 90, 120)])) == [
        Held(JUSTICE, 0, 40), Held(LAND, 90, 120),
    ]  # fmt: skip
    assert lives_of(7, [], 7) == []


def test_shares_add_up_by_the_largest_remainder() -> None:
    assert tenths([1, 1, 1]) == [334, 333, 333]
    assert tenths([2, 1, 4]) == [286, 143, 571]
    assert tenths([0, 0]) == [0, 0]
    assert tenths([]) == []


def test_the_order_of_the_page_is_the_order_of_the_way() -> None:
    sums = {FAULT: 1, APPLICANT: 2, TAX: 3, LAND: 4, JUSTICE: 5, DESK: 6}
    assert [hands for hands, _minutes in in_order(sums)] == [DESK, JUSTICE, LAND, TAX, APPLICANT, FAULT]


@st.composite
def held(draw: st.DrawFn, hands: tuple[Hands, ...]) -> Held:
    start = draw(st.integers(-50, 350))
    end = draw(st.none() | st.integers(start, 400))
    return Held(draw(st.sampled_from(hands)), start, end)


@st.composite
def any_life(draw: st.DrawFn) -> Lived:
    marks = sorted(draw(st.lists(st.integers(0, 300), min_size=2, max_size=6, unique=True)))
    lives = [(first, last) for first, last in pairwise(marks)][::2]
    return Lived(
        lives=lives,
        steps=draw(st.lists(held(HANDS), max_size=6)),
        pauses=draw(st.lists(held((APPLICANT,)), max_size=3)),
        consultations=draw(st.lists(held((TAX, Hands(Keeper.CONSULTED, "Điện lực"))), max_size=3)),
        faults=draw(st.lists(held((FAULT,)), max_size=3)),
    )


def owner(lived: Lived, minute: int) -> Hands:
    """The rule said minute by minute."""
    for layer in (lived.faults, lived.pauses, lived.consultations, lived.steps):
        here = [one for one in layer if one.start <= minute and (one.end is None or one.end > minute)]
        if here:
            return max(here, key=lambda one: (one.end is None, one.end or 0, one.start, one.hands)).hands
    return DESK


@given(any_life())
def test_shares_always_partition_the_life(lived: Lived) -> None:
    parts = parted(lived)
    slow = {minute: owner(lived, minute) for first, last in lived.lives for minute in range(first, last)}
    fast: dict[int, Hands] = {}
    for part in parts:
        assert part.end is not None
        for minute in range(part.start, part.end):
            assert minute not in fast, "two owners"
            fast[minute] = part.hands
    assert fast == slow


@given(any_life(), st.integers(0, 365), st.integers(1, 400))
def test_working_minutes_add_up_to_all_that_elapsed(lived: Lived, day: int, scale: int) -> None:
    """Whatever the calendar skips, the parts sum to the whole, and the shares to a hundred percent."""
    base = first_minute_of(date(2025, 2, 1)) + day * 1440

    def moved(layer: list[Held]) -> list[Held]:
        return [Held(h, base + s * scale, None if e is None else base + e * scale) for h, s, e in layer]

    there = Lived(
        [(base + first * scale, base + last * scale) for first, last in lived.lives],
        *(moved(list(layer)) for layer in (lived.steps, lived.pauses, lived.consultations, lived.faults)),
    )
    sums: Counter[Hands] = Counter()
    for part in parted(there):
        assert part.end is not None
        sums[part.hands] += elapsed(part.start, part.end)
    total = sum(elapsed(first, last) for first, last in there.lives)
    assert sum(sums.values()) == total
    assert sum(tenths([*sums.values()])) == (1000 if total else 0)


def elapsed(start: int, end: int) -> int:
    return int(OFFICE.elapsed_many(np_array(start), np_array(end))[0])


def np_array(minute: int):
    return np.array([minute], np.int64)


@given(st.lists(st.integers(0, 10**9), max_size=40))
def test_no_share_is_off_by_more_than_a_tenth(minutes: list[int]) -> None:
    shares, total = tenths(minutes), sum(minutes)
    assert sum(shares) == (1000 if total else 0)
    for part, share in zip(minutes, shares, strict=True):
        assert total == 0 or abs(share * total - part * 1000) < total


def test_a_ledger_tells_the_pauses_and_the_ends() -> None:
    steps = [Held(JUSTICE, 0, 50), Held(DESK, 50, 80), Held(JUSTICE, 120, None)]
    marks = [("paused", 10), ("resumed", 20), ("paused", 30), ("restarted", 40), ("extended", 45), ("settled", 50),
             ("returned", 80), ("reopened", 120), ("paused", 130)]  # fmt: skip
    pauses, ends = told_by(marks, steps)
    assert pauses == [Held(APPLICANT, 10, 20), Held(APPLICANT, 30, 40), Held(APPLICANT, 130, None)]
    assert ends == [(80, 120)]


def test_settled_with_nobody_working_is_an_end_and_with_a_step_open_is_none() -> None:
    marks = [("paused", 10), ("settled", 50), ("reopened", 70)]
    assert told_by(marks, [Held(JUSTICE, 0, 50)]) == ([Held(APPLICANT, 10, 50)], [(50, 70)])
    assert told_by(marks[1:], [Held(JUSTICE, 0, 50), Held(DESK, 50, 70)]) == ([], [])
