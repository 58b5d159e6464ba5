"""The nine indices of a small office, worked out by hand, and their formulas for any figures."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.catalogue.models import Posting
from motcua.dossiers.models import Dossier, Standing
from motcua.reporting.indicators.counts import Count, PartCount
from motcua.reporting.indicators.measures import members_of
from motcua.reporting.indicators.self_evaluation.evaluating import INDEX_SETS, Evaluation, evaluate, official_dossiers
from motcua.reporting.indicators.self_evaluation.rules import (
    OnlineFigures,
    average,
    dossier_points,
    online_points,
    publicity_points,
    wholly_points,
)
from motcua.reporting.indicators.self_evaluation.table import nine_on
from motcua.reporting.rules.periods import days
from tests.cast import BIRTH, LAND, Cast
from tests.reporting.small_year import at, entry, laid_down, pattern, scope_of_ward, step

FIGURES = OnlineFigures(procedures=Decimal(20), dossiers=Decimal(30), some_dossiers=Decimal(15))


def count(counted: int, rest: int = 0, part: str = "whole", other: str = "elsewhere") -> Count:
    return Count("dossier", (PartCount(part, True, counted), PartCount(other, False, rest)))


def scored(two: int, one: int, none: int) -> Count:
    return Count("dossier", (PartCount("2", True, two), PartCount("1", False, one), PartCount("0", False, none)))


@pytest.mark.parametrize(
    ("two", "one", "none", "points"),
    [(3, 1, 0, "1.75"), (0, 0, 4, "0.00"), (1, 1, 1, "1.00"), (2, 1, 0, "1.67"), (0, 0, 0, None)],
)
def test_points_for_each_dossier_by_hand(two: int, one: int, none: int, points: str | None):
    assert dossier_points(scored(two, one, none)) == (None if points is None else Decimal(points))


def test_an_officials_average_is_said_to_one_place():
    assert average(34, 4, places=1) == Decimal("8.5")
    assert average(35, 8, places=1) == Decimal("4.4")
    assert average(0, 0, places=1) is None


@settings(deadline=None)
@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_points_for_each_dossier_lie_between_nothing_and_two(two: int, one: int, none: int):
    points = dossier_points(scored(two, one, none))
    assert (points is None) == (two + one + none == 0)
    if points is not None:
        assert 0 <= points <= 2
        assert (points == 2) or one + none > 0


@pytest.mark.parametrize(
    ("counted", "rest", "other", "threshold", "points"),
    [
        (5, 0, "ends", 100, 2), (4, 1, "ends", 100, 1), (4, 1, "elsewhere", 100, 0), (1, 4, "elsewhere", 20, 2),
        (0, 3, "ends", 20, 1), (0, 0, "ends", 20, None),
    ],
)  # fmt: skip
def test_wholly_at_the_one_stop_shop_by_hand(counted, rest, other, threshold, points):
    assert wholly_points(count(counted, rest, other=other), Decimal(threshold)) == points


def test_publicity_by_hand():
    assert publicity_points(count(4)) == 2
    assert publicity_points(count(3, 1)) == 1
    assert publicity_points(count(0)) is None


@pytest.mark.parametrize(
    ("procedures", "dossiers", "late", "points"),
    [
        ((2, 8), (3, 7), 0, 2), ((2, 8), (3, 7), 1, 0), ((1, 9), (3, 7), 0, 1), ((2, 8), (2, 8), 0, 1),
        ((2, 8), (1, 9), 0, 0), ((0, 10), (3, 7), 0, 0), ((0, 0), (3, 7), 0, None), ((2, 8), (0, 0), 0, None),
    ],
)  # fmt: skip
def test_online_service_by_hand(procedures, dossiers, late, points):
    assert online_points(count(*procedures), count(*dossiers), late, FIGURES) == points


@settings(deadline=None)
@given(st.tuples(st.integers(0, 50), st.integers(1, 50)), st.tuples(st.integers(0, 50), st.integers(1, 50)))
def test_one_late_dossier_costs_the_online_points(procedures: tuple[int, int], dossiers: tuple[int, int]):
    good = online_points(count(*procedures), count(*dossiers), 0, FIGURES)
    assert good in (0, 1, 2)
    assert online_points(count(*procedures), count(*dossiers), 1, FIGURES) == 0


def points(told: Evaluation) -> dict[int, Decimal | None]:
    return {row.index.number: row.points for row in told.rows}


@pytest.fixture
def like(cast: Cast) -> Dossier:
    return pattern(cast)


def evaluated(cast: Cast, **asked) -> Evaluation:
    found = evaluate(scope_of_ward(cast, **asked))
    assert found is not None
    return found


def test_an_office_of_four_dossiers_by_hand(cast: Cast, like: Dossier):
    """Index 1: 2, 1, 0, 1. Index 2: 2, 1, 0 (the fourth has no step). Index 3: 2, 2, 1, 0. Index 4: 2, 1, 1, 1."""
    Posting.objects.exclude(procedure__national_code__in=(BIRTH, LAND)).delete()
    early = laid_down(like, "EARLY", at(2), at(9), at(5), channel="online", return_method="post")
    same = laid_down(like, "SAME", at(2), at(9, 16), at(9), channel="online")
    late = laid_down(like, "LATE", at(2), at(9), at(12))
    asked = laid_down(like, "ASKED", at(2), at(20, 16), at(20))
    laid_down(like, "PART", at(2), at(9), at(12), standing=Standing.PART)
    laid_down(like, "GONE", at(2), at(9), at(12), outcome="withdrawn", state=7)
    step(early, cast.receiver, at(2), at(3), at(2))
    step(early, cast.case_officer, at(2), at(8), at(5))
    step(same, cast.receiver, at(2), at(3), at(2))
    step(same, cast.case_officer, at(2), at(9, 16), at(9))
    step(late, cast.receiver, at(2), at(3), at(2))
    step(late, cast.case_officer, at(2), at(8), at(12))
    step(late, cast.receiver, at(12), at(13), at(20), outcome="returned")
    entry(late, 1, "reappointed", at(8))
    for position, mark in ((1, "paused"), (2, "resumed"), (3, "reappointed"), (4, "reappointed")):
        entry(asked, position, mark, at(3 + position), cause="papers" if mark == "paused" else "")
    told = evaluated(cast)
    assert points(told) == {
        1: Decimal("1.00"), 2: Decimal("1.00"), 3: Decimal("1.25"), 4: Decimal("1.25"), 5: Decimal(1), 6: Decimal(2),
        7: None, 8: None, 9: Decimal(2),
    }  # fmt: skip
    assert told.total.points == Decimal("9.50")
    assert (told.total.measured, told.total.most, told.total.at_most) == (14, 18, Decimal("13.50"))
    assert (told.worst.name, told.best.name) == ("Khá", "Tốt")
    averages = {one.id: (one.dossiers, one.average) for one in told.officials}
    # The receiver: 2+2+2+2, 1+2+2+1, 0+2+1+1; the case officer: 2+2+2+2, 1+1+2+1, 0+0+1+1.
    assert averages == {cast.receiver.id: (3, Decimal("6.0")), cast.case_officer.id: (3, Decimal("5.0"))}
    assert {one.id: (one.worst.name, one.best.name) for one in told.officials} == {
        cast.receiver.id: ("Hoàn thành 100% nhiệm vụ", "Hoàn thành 100% nhiệm vụ"),
        cast.case_officer.id: ("Hoàn thành 100% nhiệm vụ", "Hoàn thành 100% nhiệm vụ"),
    }


def test_the_dossiers_behind_an_officials_average_add_up_to_it(cast: Cast, like: Dossier):
    for number in range(5):
        life = laid_down(like, f"N{number}", at(2), at(9), at(5 + 2 * number))
        step(life, cast.case_officer, at(2), at(6), at(5 + 2 * number))
    scope = scope_of_ward(cast)
    (official,) = evaluated(cast).officials
    rows = official_dossiers(scope, official.id, limit=100)
    assert len(rows) == official.dossiers == 5
    assert average(sum(row.points for row in rows), len(rows), places=1) == official.average
    assert rows == [
        row for start in range(0, 5, 2) for row in official_dossiers(scope, official.id, limit=2, offset=start)
    ]


def test_every_count_is_as_long_as_its_list(cast: Cast, like: Dossier):
    for number in range(9):
        life = laid_down(
            like, f"N{number}", at(2), at(9), at(5 + number), channel="online" if number % 2 else "counter"
        )
        step(life, cast.case_officer, at(2), at(6), at(5 + number))
    scope = scope_of_ward(cast)
    for row in evaluated(cast).rows:
        for name, told in row.counts.items():
            one = INDEX_SETS[row.index.formula][name]
            assert len(members_of(one, scope.values())) == told.denominator > 0, (row.index.number, name)
            for part in told.parts:
                assert len(members_of(one, scope.values(), part=part.part)) == part.count


def test_a_period_in_which_nothing_ended_has_no_points_for_dossiers(cast: Cast):
    told = evaluated(cast, asked=days(date(2026, 2, 1), date(2026, 2, 28)))
    assert [points(told)[number] for number in (1, 2, 3, 4, 7, 8, 9)] == [None] * 7
    assert told.total.measured == 4
    assert told.officials == ()


def test_the_old_scale_is_carried_on_and_says_so(cast: Cast):
    assert evaluate(scope_of_ward(cast, asked=days(date(2017, 1, 1), date(2017, 12, 31)))) is None
    before, after = nine_on(date(2025, 9, 14)), nine_on(date(2025, 9, 15))
    assert before is not None
    assert after is not None
    assert (before[1].mark, after[1].mark) == ("verified", "inferred")
    assert [index.number for index in after[0].indices] == list(range(1, 10))
    for index in after[0].indices:
        assert bool(index.formula) != bool(index.reason)
    assert {index.formula for index in after[0].indices if index.formula} == set(INDEX_SETS)


def test_the_midnight_between_two_periods_belongs_to_the_later(cast: Cast, like: Dossier):
    laid_down(like, "MIDNIGHT", at(2), at(9, month=12), datetime(2026, 12, 1, tzinfo=at(2).tzinfo))
    assert points(evaluated(cast))[1] is None
    assert points(evaluated(cast, asked=days(date(2026, 12, 1), date(2026, 12, 1))))[1] == 2
