"""The formulas of the service index, by hand and for any figures; the shipped table of points."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.reporting.indicators.measures import SETS
from motcua.reporting.indicators.rules import Band, Score, Total, band_of, bands_between, score, total_of
from motcua.reporting.indicators.table import table_on

IN_FORCE = date(2026, 11, 23)
SHARES = st.integers(0, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
TARGETS = st.integers(1, 100).map(Decimal)
POINTS = st.integers(1, 20).map(Decimal)


@pytest.mark.parametrize(
    ("numerator", "denominator", "target", "most", "rate", "points"),
    [
        (97, 100, 100, 20, "97.00", "19.40"),
        (1, 3, 100, 4, "33.33", "1.33"),
        (2, 3, 100, 4, "66.67", "2.67"),
        (4, 5, 80, 2, "80.00", "2.00"),
        (5, 5, 80, 2, "100.00", "2.00"),
        (3, 10, 80, 2, "30.00", "0.75"),
        (0, 7, 50, 6, "0.00", "0.00"),
        (4311, 5880, 50, 6, "73.32", "6.00"),
    ],
)
def test_points_by_hand(numerator, denominator, target, most, rate, points):
    came_to = score(numerator, denominator, target=Decimal(target), most=Decimal(most))
    assert (came_to.rate, came_to.points) == (Decimal(rate), Decimal(points))


def test_nothing_to_count_is_neither_nothing_nor_everything():
    assert score(0, 0, target=Decimal(100), most=Decimal(4)) == Score(None, None, Decimal(4))


@pytest.mark.parametrize(("numerator", "denominator", "target"), [(3, 2, 100), (-1, 2, 100), (1, 2, 0), (1, 2, 101)])
def test_counts_that_make_no_share_are_refused(numerator: int, denominator: int, target: int):
    with pytest.raises(ValueError, match=r"\d"):
        score(numerator, denominator, target=Decimal(target), most=Decimal(4))


@settings(deadline=None)
@given(SHARES, TARGETS, POINTS)
def test_points_never_pass_the_most_and_are_all_there_from_the_target_on(counts, target, most):
    came_to = score(*counts, target=target, most=most)
    if counts[1] == 0:
        assert came_to.rate is None
        assert came_to.points is None
        return
    assert came_to.rate is not None
    assert came_to.points is not None
    assert 0 <= came_to.points <= most
    assert 0 <= came_to.rate <= 100
    assert (came_to.points == most) or came_to.rate < target


@settings(deadline=None)
@given(SHARES, TARGETS, POINTS)
def test_one_more_done_never_costs_points(counts, target, most):
    numerator, denominator = counts
    if numerator < denominator:
        fewer, more = (score(n, denominator, target=target, most=most) for n in (numerator, numerator + 1))
        assert fewer.points is not None
        assert more.points is not None
        assert fewer.points <= more.points


BANDS = [Band("Tốt", Decimal(80), "ok"), Band("Yếu", Decimal(0), "late"), Band("Khá", Decimal(50), "plain")]


def test_the_rank_by_hand():
    assert [band_of(Decimal(p), BANDS).name for p in ("100", "80", "79.99", "50", "49.99", "0")] == [
        "Tốt", "Tốt", "Khá", "Khá", "Yếu", "Yếu",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no rank"):
        band_of(Decimal(10), BANDS[:1])


def test_what_has_no_data_is_left_out_of_both_sides_of_the_total():
    total = total_of([Score(Decimal(50), Decimal(10), Decimal(20)), Score(None, None, Decimal(4))])
    assert total == Total(Decimal(10), Decimal(20), Decimal(100))
    assert total.at_most == Decimal(90)
    worst, best = bands_between(total, BANDS)
    assert (worst.name, best.name) == ("Yếu", "Tốt")


@settings(deadline=None)
@given(st.lists(st.tuples(SHARES, POINTS), max_size=5))
def test_the_whole_truth_lies_between_the_two_ranks(rows):
    """Whatever the indicators without data would have brought, the rank is not outside of what is said."""
    scores = [score(*counts, target=Decimal(100), most=most) for counts, most in rows]
    total = total_of(scores, Decimal(100))
    assert 0 <= total.points <= total.measured <= 100
    worst, best = bands_between(total, BANDS)
    for missing in (Decimal(0), (total.most - total.measured) / 2, total.most - total.measured):
        assert worst.at_least <= band_of(total.points + missing, BANDS).at_least <= best.at_least


def test_the_shipped_points_make_a_hundred_group_by_group():
    table = table_on(IN_FORCE)
    assert [group.number for group in table.groups] == [1, 2, 3, 4, 5]
    assert sum(group.points for group in table.groups) == 100
    for group in table.groups:
        assert sum(row.points for row in table.indicators if row.group == group.number) == group.points, group.name
    assert min(band.at_least for band in table.bands) == 0
    assert len({row.code for row in table.indicators}) == len(table.indicators) == 21


def test_every_row_is_counted_here_or_says_why_not():
    for row in table_on(IN_FORCE).indicators:
        assert bool(row.formula) != bool(row.reason), row.code
        assert row.formula in SETS or row.absent in {"outside", "later", "unscored"}, row.code
        assert {row.mark, row.points_mark} <= {"verified", "remembered", "inferred"}, row.code
        assert row.source
        assert (row.target is None) == (row.points == 0), row.code
    assert {row.formula for row in table_on(IN_FORCE).indicators if row.formula} == set(SETS)


def test_before_the_decision_there_was_no_index():
    assert table_on(date(2022, 6, 22)).groups == ()
    assert table_on(date(2022, 6, 23)).indicators != ()
