"""Each unit's own clock: what has passed, and when so much more will have passed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.worktime.rules import (
    VIETNAM,
    Amount,
    Calendar,
    CalendarGap,
    CalendarMistake,
    CalendarPlan,
    CoveredYear,
    DatedDay,
    DayKind,
    NaiveMoment,
    Session,
    Unit,
    WeeklyHours,
)
from tests.worktime.minute_model import MinuteModel
from tests.worktime.plans import FULL, OFF, moments, plans

steady = settings(deadline=None, max_examples=100, derandomize=True)
units = st.sampled_from(Unit)
office_units = st.sampled_from([Unit.WORKING_HOUR, Unit.WORKING_DAY])
spans = st.one_of(st.sampled_from([0, 1, 210, 270, 480, 481, 1440, 2880]), st.integers(0, 4000))

WEEK = tuple(WeeklyHours(weekday, session) for weekday in range(1, 6) for session in FULL)
SATURDAY = (WeeklyHours(6, FULL[0]),)
YEARS = (CoveredYear(2025), CoveredYear(2026))
OFFICE = CalendarPlan("VN", "Lịch chung", YEARS, WEEK + SATURDAY)


def local(at: datetime) -> datetime:
    return at.replace(tzinfo=VIETNAM)


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of June 2026, whose 1st is a Monday."""
    return datetime(2026, 6, day, hour, minute, tzinfo=VIETNAM)


@steady
@given(plans(), moments, st.integers(-9 * 1440, 9 * 1440), units)
def test_measure_agrees_with_the_minute_by_minute_model(
    plan: CalendarPlan, start: datetime, wait: int, unit: Unit
) -> None:
    end = start + timedelta(minutes=wait)
    assert Calendar(plan).measure(local(start), local(end), unit) == MinuteModel(plan).measure(start, end, unit)


@steady
@given(plans(), st.lists(st.tuples(moments, spans, units), min_size=3, max_size=6))
def test_extend_agrees_with_the_minute_by_minute_model(
    plan: CalendarPlan, asked: list[tuple[datetime, int, Unit]]
) -> None:
    calendar, model = Calendar(plan), MinuteModel(plan)
    for start, minutes, unit in asked:
        assert calendar.extend(local(start), minutes, unit) == local(model.extend(start, minutes, unit))


@steady
@given(plans(), moments, spans, office_units)
def test_measure_finds_back_what_extend_added(plan: CalendarPlan, start: datetime, minutes: int, unit: Unit) -> None:
    calendar = Calendar(plan)
    end = calendar.extend(local(start), minutes, unit)
    assert calendar.measure(local(start), end, unit) == minutes
    assert end >= local(start)


@steady
@given(plans(), moments, st.integers(0, 12 * 1440), units)
def test_extend_never_passes_a_moment_whose_minutes_it_is_given(
    plan: CalendarPlan, start: datetime, wait: int, unit: Unit
) -> None:
    calendar, model, end = Calendar(plan), MinuteModel(plan), start + timedelta(minutes=wait)
    found = calendar.extend(local(start), calendar.measure(local(start), local(end), unit), unit)
    if unit is Unit.DAY:
        assert found == calendar.due(local(end), Amount(0, Unit.DAY))
    elif wait and model.runs(end - timedelta(minutes=1), unit):
        assert found == local(end)
    else:
        assert calendar.measure(found, local(end), unit) == 0


@steady
@given(plans(), moments, spans, spans, office_units)
def test_splitting_office_time_changes_nothing(
    plan: CalendarPlan, start: datetime, one: int, other: int, unit: Unit
) -> None:
    calendar = Calendar(plan)
    halfway = calendar.extend(local(start), one, unit)
    assert calendar.extend(halfway, other, unit) == calendar.extend(local(start), one + other, unit)


@steady
@given(plans(), moments, moments, moments, units)
def test_what_passed_adds_up(plan: CalendarPlan, one: datetime, two: datetime, three: datetime, unit: Unit) -> None:
    calendar = Calendar(plan)
    parts = calendar.measure(local(one), local(two), unit) + calendar.measure(local(two), local(three), unit)
    assert parts == calendar.measure(local(one), local(three), unit)


@steady
@given(plans(), moments, spans, units, st.dates(date(2025, 5, 30), date(2025, 9, 1)))
def test_a_new_holiday_never_makes_extend_earlier(
    plan: CalendarPlan, start: datetime, minutes: int, unit: Unit, holiday: date
) -> None:
    others = tuple(dated for dated in plan.days if dated.day != holiday)
    added = replace(plan, days=(*others, DatedDay(holiday, DayKind.HOLIDAY, "Ngày lễ mới")))
    before = Calendar(replace(plan, days=others)).extend(local(start), minutes, unit)
    assert Calendar(added).extend(local(start), minutes, unit) >= before


@steady
@given(plans(), moments, st.integers(0, 8))
def test_a_limit_in_working_days_measures_what_its_reason_sheet_counts(
    plan: CalendarPlan, start: datetime, number: int
) -> None:
    calendar, limit = Calendar(plan), Amount(number, Unit.WORKING_DAY)
    due = calendar.due(local(start), limit)
    used = calendar.measure(local(start), due, Unit.WORKING_DAY)
    assert used == sum(reason.minutes for reason in calendar.explain(local(start), limit))
    again = calendar.extend(local(start), used, Unit.WORKING_DAY)
    assert again <= due
    assert calendar.measure(again, due, Unit.WORKING_DAY) == 0


@steady
@given(plans(), moments, st.integers(0, 8))
def test_a_working_day_is_as_long_as_the_office_is_open_while_the_hours_stay_the_same(
    plan: CalendarPlan, start: datetime, number: int
) -> None:
    closed = tuple(dated for dated in plan.days if dated.kind in OFF)
    calendar = Calendar(replace(OFFICE, days=closed))
    due = calendar.due(local(start), Amount(number, Unit.WORKING_DAY))
    assert calendar.measure(local(start), due, Unit.WORKING_DAY) == number * 480


def test_a_half_day_counts_for_hours_and_not_for_working_days() -> None:
    calendar = Calendar(OFFICE)
    friday, monday = on(5, 16), on(8, 8)
    assert calendar.measure(friday, monday, Unit.WORKING_HOUR) == 60 + 270 + 60
    assert calendar.measure(friday, monday, Unit.WORKING_DAY) == 60 + 60
    assert calendar.measure(monday, friday, Unit.DAY) == -64 * 60
    assert Calendar(replace(OFFICE, half_day_counts=True)).measure(friday, monday, Unit.WORKING_DAY) == 390
    assert calendar.extend(friday, 120, Unit.WORKING_HOUR) == on(6, 8)
    assert calendar.extend(friday, 120, Unit.WORKING_DAY) == on(8, 8)


@pytest.mark.parametrize(
    ("start", "unit", "opening"),
    [
        (on(5, 16), Unit.WORKING_DAY, on(5, 16)),
        (on(5, 17), Unit.WORKING_DAY, on(5, 17)),
        (on(5, 12), Unit.WORKING_DAY, on(5, 13, 30)),
        (on(6, 8), Unit.WORKING_HOUR, on(6, 8)),
        (on(6, 8), Unit.WORKING_DAY, on(8, 7)),
        (on(6, 8), Unit.DAY, on(8, 8)),
        (on(5, 18), Unit.DAY, on(8, 7)),
    ],
)
def test_nothing_more_is_the_start_or_the_next_opening(start: datetime, unit: Unit, opening: datetime) -> None:
    assert Calendar(OFFICE).extend(start, 0, unit) == opening


def test_the_first_moment_is_a_closing_not_the_next_opening() -> None:
    assert Calendar(OFFICE).extend(on(4, 7), 480, Unit.WORKING_DAY) == on(4, 17)
    assert Calendar(OFFICE).extend(on(5, 9), 1440, Unit.DAY) == on(8, 9)


@pytest.mark.parametrize("unit", Unit)
def test_nothing_is_guessed_outside_the_covered_years(unit: Unit) -> None:
    calendar = Calendar(replace(OFFICE, years=(CoveredYear(2025), CoveredYear(2026), CoveredYear(2028))))
    inside, hole, past = on(1, 9), on(1, 9).replace(year=2027), on(1, 9).replace(year=2029)
    for start, end, year in ((inside, hole, 2027), (inside, past, 2029), (inside, on(1, 9).replace(year=2028), 2027)):
        with pytest.raises(CalendarGap, match=str(year)):
            calendar.measure(start, end, unit)
        with pytest.raises(CalendarGap, match=str(year)):
            calendar.measure(end, start, unit)
    with pytest.raises(CalendarGap, match="2029"):
        calendar.extend(past, 1, unit)
    with pytest.raises(CalendarGap, match="2027"):
        calendar.extend(inside, 400 * 1440 if unit is Unit.DAY else 300 * 480, unit)
    with pytest.raises(CalendarGap, match="2027"):
        calendar.extend(inside, 10**12, unit)


@pytest.mark.parametrize("unit", Unit)
def test_what_makes_no_sense_is_refused(unit: Unit) -> None:
    calendar = Calendar(OFFICE)
    with pytest.raises(ValueError, match="không âm"):
        calendar.extend(on(1, 9), -1, unit)
    with pytest.raises(NaiveMoment):
        calendar.extend(on(1, 9).replace(tzinfo=None), 1, unit)
    with pytest.raises(NaiveMoment):
        calendar.measure(on(1, 9), on(2, 9).replace(tzinfo=None), unit)


def test_without_a_whole_day_only_hours_can_be_extended() -> None:
    mornings = Calendar(replace(OFFICE, weekly=(WeeklyHours(1, Session(time(8), time(10))),)))
    assert mornings.extend(on(1, 9), 90, Unit.WORKING_HOUR) == on(8, 8, 30)
    assert mornings.measure(on(1, 9), on(9, 9), Unit.WORKING_DAY) == 0
    for unit in (Unit.WORKING_DAY, Unit.DAY):
        with pytest.raises(CalendarMistake, match="trọn ngày"):
            mornings.extend(on(1, 9), 1, unit)
