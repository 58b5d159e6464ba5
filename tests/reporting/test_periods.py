"""Periods: pure, in a row without holes, cut as the decree says, and in pieces that are the same days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reporting.cutoffs import cutoffs
from motcua.reporting.rules.periods import (
    CALENDAR,
    NoSuchPeriod,
    Span,
    TurnedRound,
    cut_in_force,
    days,
    period,
    period_of,
    pieces,
)

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
SPANS = st.sampled_from([Span.MONTH, Span.QUARTER, Span.HALF, Span.YEAR])


def periodic(day: date):
    return cut_in_force(cutoffs(), "periodic", day)


def test_a_year_of_periodic_reports_ends_on_the_fourteenth_of_december():
    cut = periodic(date(2026, 1, 1))
    year = period(Span.YEAR, 2026, 1, cut)
    assert (year.first, year.last) == (date(2025, 12, 15), date(2026, 12, 14))
    third = period(Span.QUARTER, 2026, 3, cut)
    assert (third.first, third.last) == (date(2026, 6, 15), date(2026, 9, 14))
    half = period(Span.HALF, 2026, 1, cut)
    assert (half.first, half.last) == (date(2025, 12, 15), date(2026, 6, 14))
    month = period(Span.MONTH, 2026, 3, cut)
    assert (month.first, month.last) == (date(2026, 2, 15), date(2026, 3, 14))


def test_before_the_decree_periods_were_the_calendars():
    assert periodic(date(2018, 12, 31)) == CALENDAR
    assert periodic(date(2019, 3, 12)).first_day == 15


@given(SPANS, DAYS, st.booleans())
def test_periods_follow_one_another_without_a_hole(span, day, is_periodic):
    cut = periodic(date(2026, 1, 1)) if is_periodic else CALENDAR
    here = period_of(span, day, cut)
    assert here.first <= day <= here.last
    assert here.before().last == here.first - timedelta(days=1)
    assert here.after().first == here.until
    assert here.after().before() == here


EDGES = [date(1, 1, 1), date(1945, 9, 1), date(1945, 9, 2), date(9000, 12, 31), date(9001, 1, 1), date(9999, 12, 31)]


@pytest.mark.parametrize("first", EDGES)
@pytest.mark.parametrize("last", EDGES)
def test_no_range_is_so_far_away_that_its_neighbours_break(first, last):
    for asked in (lambda: days(first, last), lambda: days(first, last).before(), lambda: days(first, last).after()):
        try:
            found = asked()
        except (NoSuchPeriod, TurnedRound):
            continue
        assert date(1945, 9, 2) <= found.first <= found.last < found.until <= date(9001, 1, 1)


@given(DAYS, DAYS)
def test_a_range_is_compared_with_as_many_days_before_it(one, other):
    first, last = sorted((one, other))
    asked = days(first, last)
    assert asked.before().last - asked.before().first == last - first
    assert asked.before().after() == asked


def test_a_range_turned_round_is_refused():
    with pytest.raises(TurnedRound):
        days(date(2026, 12, 2), date(2026, 12, 1))


@pytest.mark.parametrize(("span", "number"), [(Span.MONTH, 13), (Span.QUARTER, 0), (Span.YEAR, 2), (Span.RANGE, 1)])
def test_there_is_no_thirteenth_month(span, number):
    with pytest.raises(NoSuchPeriod):
        period(span, 2026, number)


@given(DAYS, DAYS)
def test_pieces_are_the_same_days(one, other):
    first, until = sorted((one, other))
    cut = pieces(first, until)
    stretches = [*cut.odd, *([cut.months] if cut.months else [])]
    found = sorted(start + timedelta(days=n) for start, end in stretches for n in range((end - start).days))
    assert found == [first + timedelta(days=n) for n in range((until - first).days)]
    if cut.months:
        assert {day.day for day in cut.months} == {1}
    assert sum((end - start).days for start, end in cut.odd) <= 60
