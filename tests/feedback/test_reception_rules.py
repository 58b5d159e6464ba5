"""On which days a leader receives: the plan over the calendar, moved and cancelled days, years nobody loaded."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.feedback.receptions.minimums import Per, days_ahead, minimum_on
from motcua.feedback.receptions.rules import (
    KEPT,
    LAST_WEEK,
    Changed,
    ChangeKind,
    DayPart,
    DayStanding,
    Rhythm,
    next_kept,
    reception_days,
)
from motcua.worktime.rules import (
    VIETNAM,
    Calendar,
    CalendarPlan,
    CoveredYear,
    DatedDay,
    DayKind,
    Session,
    WeeklyHours,
)

MORNING, AFTERNOON = Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17))
WEEK = tuple(WeeklyHours(day, session) for day in range(1, 6) for session in (MORNING, AFTERNOON))
TET = tuple(DatedDay(date(2026, 2, 16) + timedelta(days=n), DayKind.HOLIDAY, "Tết Bính Ngọ") for n in range(5))
HALF = DatedDay(date(2026, 3, 5), DayKind.SPECIAL, "Họp dân", sessions=(AFTERNOON,))
PLAN = CalendarPlan("P", "Phường", (CoveredYear(2026),), WEEK, (*TET, HALF))
CALENDAR = Calendar(PLAN)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
THURSDAYS = Rhythm(frozenset({4}), frozenset(), DayPart.MORNING, date(2025, 7, 1))


def kept(rhythm: Rhythm, *changes: Changed, first: date = YEAR[0], last: date = YEAR[1]) -> list[date]:
    return [one.day for one in reception_days(rhythm, changes, CALENDAR, first, last) if one.is_kept]


def on(rhythm: Rhythm, day: date, *changes: Changed):
    (found,) = reception_days(rhythm, changes, CALENDAR, day, day)
    return found


def test_every_week_but_when_the_office_is_closed_then():
    days = kept(THURSDAYS)
    assert len(days) == 53 - 2  # of the year's Thursdays one is in Tết, and on another the office opens at noon
    assert {day.isoweekday() for day in days} == {4}
    fell_out = on(THURSDAYS, date(2026, 2, 19))
    assert (fell_out.standing, fell_out.reason, fell_out.hours) == (DayStanding.CLOSED, "Tết Bính Ngọ", ())
    assert on(THURSDAYS, date(2026, 3, 5)).reason == "Họp dân"
    assert on(THURSDAYS, date(2026, 3, 12)).hours == (MORNING,)


def test_it_moves_to_the_next_working_day_where_the_plan_says_so():
    rhythm = replace(THURSDAYS, next_when_closed=True)
    closed, later = on(rhythm, date(2026, 2, 19)), on(rhythm, date(2026, 2, 23))
    assert (closed.is_kept, closed.to_day) == (False, date(2026, 2, 23))
    assert (later.standing, later.instead_of, later.reason) == (
        DayStanding.SHIFTED, date(2026, 2, 19), "Tết Bính Ngọ",
    )  # fmt: skip
    assert on(rhythm, date(2026, 3, 6)).instead_of == date(2026, 3, 5), "only the morning was closed"


def test_two_days_that_fall_on_one_date_are_one_reception():
    every_day = replace(THURSDAYS, weekdays=frozenset({1, 2, 3, 4, 5}), next_when_closed=True)
    (monday,) = reception_days(every_day, (), CALENDAR, date(2026, 2, 23), date(2026, 2, 23))
    assert monday.standing is DayStanding.PLANNED


@pytest.mark.parametrize(
    ("weeks", "days"),
    [
        ({1}, [1]), ({2}, [8]), ({LAST_WEEK}, [29]), ({1, 3}, [1, 15]), ({4, LAST_WEEK}, [22, 29]), ({4}, [22]),
    ],
)  # fmt: skip
def test_the_first_third_and_last_thursday_of_a_month_of_five(weeks, days):
    found = kept(replace(THURSDAYS, weeks=frozenset(weeks)), first=date(2026, 1, 1), last=date(2026, 1, 31))
    assert [day.day for day in found] == days


@pytest.mark.parametrize(
    ("part", "hours"),
    [
        (DayPart.MORNING, (MORNING,)), (DayPart.AFTERNOON, (AFTERNOON,)), (DayPart.WHOLE_DAY, (MORNING, AFTERNOON)),
        (DayPart.HOURS, (Session(time(9), time(11, 30)), Session(time(13, 30), time(15)))),
    ],
)  # fmt: skip
def test_only_as_far_as_the_office_is_open(part, hours):
    rhythm = replace(THURSDAYS, part=part, starts=time(9), ends=time(15))
    assert on(rhythm, date(2026, 3, 12)).hours == hours


def test_one_day_is_moved_one_cancelled_one_added():
    moved = Changed(ChangeKind.MOVED, "họp Hội đồng", date(2026, 3, 12), date(2026, 3, 13))
    off = Changed(ChangeKind.CANCELLED, "bão số 3", date(2026, 3, 19))
    more = Changed(ChangeKind.ADDED, "nhiều đơn", None, date(2026, 3, 24))
    days = kept(THURSDAYS, moved, off, more, first=date(2026, 3, 9), last=date(2026, 3, 31))
    assert days == [date(2026, 3, 13), date(2026, 3, 24), date(2026, 3, 26)]
    assert on(THURSDAYS, date(2026, 3, 12), moved).to_day == date(2026, 3, 13)
    assert on(THURSDAYS, date(2026, 3, 19), off).reason == "bão số 3"


def test_a_day_moved_far_is_found_from_the_day_it_went_to():
    moved = Changed(ChangeKind.MOVED, "đi học", date(2026, 3, 12), date(2026, 6, 1))
    assert on(THURSDAYS, date(2026, 6, 1), moved).instead_of == date(2026, 3, 12)


def test_a_day_moved_to_where_the_office_is_closed_since_falls_out():
    moved = Changed(ChangeKind.MOVED, "họp", date(2026, 2, 12), date(2026, 2, 17))
    assert on(THURSDAYS, date(2026, 2, 17), moved).standing is DayStanding.CLOSED


def test_changes_of_a_plan_that_was_ended_before_them_are_none():
    ended = replace(THURSDAYS, last=date(2026, 3, 10))
    moved = Changed(ChangeKind.MOVED, "họp", date(2026, 3, 12), date(2026, 3, 13))
    more = Changed(ChangeKind.ADDED, "nhiều đơn", None, date(2026, 3, 24))
    assert reception_days(ended, (moved, more), CALENDAR, date(2026, 3, 11), date(2026, 12, 31)) == []


def test_what_lies_in_a_year_nobody_loaded_is_not_known_and_nothing_is_guessed():
    days = reception_days(THURSDAYS, (), CALENDAR, date(2026, 12, 20), date(2027, 1, 20))
    assert [(one.day.year, one.standing) for one in days] == [
        (2026, DayStanding.PLANNED), (2026, DayStanding.PLANNED), (2027, DayStanding.UNKNOWN),
        (2027, DayStanding.UNKNOWN),
    ]  # fmt: skip
    assert next_kept(days, datetime(2026, 12, 31, 11, 31, tzinfo=VIETNAM)) is None
    last = DatedDay(date(2026, 12, 31), DayKind.CLOSED, "kiểm kê")
    calendar = Calendar(replace(PLAN, days=(last,)))
    (eve,) = reception_days(replace(THURSDAYS, next_when_closed=True), (), calendar, last.day, last.day)
    assert eve.standing is DayStanding.UNKNOWN, "where it moves lies in the year that is missing"
    added = Changed(ChangeKind.ADDED, "thêm", None, date(2027, 1, 5))
    assert on(THURSDAYS, date(2027, 1, 5), added).standing is DayStanding.UNKNOWN


def test_the_next_day_is_today_until_its_hours_are_over():
    days = reception_days(THURSDAYS, (), CALENDAR, date(2026, 3, 12), date(2026, 4, 1))
    at = datetime(2026, 3, 12, 11, 29, tzinfo=VIETNAM)
    assert next_kept(days, at).day == date(2026, 3, 12)
    assert next_kept(days, at + timedelta(minutes=1)).day == date(2026, 3, 19)


@given(
    st.frozensets(st.integers(1, 7), min_size=1), st.frozensets(st.sampled_from((1, 2, 3, 4, LAST_WEEK))),
    st.booleans(), st.dates(date(2026, 1, 1), date(2026, 11, 1)), st.integers(0, 90), st.integers(0, 90),
)  # fmt: skip
def test_of_whatever_stretch_the_days_are_the_same(weekdays, weeks, moves, first, length, cut):
    """Asked in two parts or at once; each kept day once, in order, with hours inside those of the office."""
    rhythm = Rhythm(weekdays, weeks, DayPart.MORNING, date(2026, 1, 1), None, next_when_closed=moves)
    last, middle = min(first + timedelta(days=length), YEAR[1]), min(first + timedelta(days=cut), YEAR[1])
    whole = reception_days(rhythm, (), CALENDAR, first, last)
    if middle < last:
        parts = reception_days(rhythm, (), CALENDAR, first, middle)
        assert [*parts, *reception_days(rhythm, (), CALENDAR, middle + timedelta(days=1), last)] == whole
    days = [one.day for one in whole if one.standing in KEPT]
    assert days == sorted(set(days))
    assert all(one.hours for one in whole if one.is_kept)
    assert not {day for day in days if day.isoweekday() > 5}


@given(st.frozensets(st.integers(1, 5), min_size=1), st.frozensets(st.sampled_from((1, 2, 3, 4, LAST_WEEK))))
def test_what_a_plan_is_sure_of_is_what_every_month_of_a_hundred_has(weekdays, weeks):
    rhythm = Rhythm(weekdays, weeks, DayPart.MORNING, date(2020, 1, 1))
    counts = []
    for month in range(100):
        first = date(2020 + month // 12, month % 12 + 1, 1)
        days = (first + timedelta(days=n) for n in range(31))
        counts.append(sum(day.month == first.month and rhythm.falls_on(day) for day in days))
    assert min(counts) >= rhythm.least_a_month
    assert rhythm.least_a_month >= min(counts) - 1, "not far below either"


def test_what_the_law_asks_is_dated():
    ward = {"level": "commune", "kind": "peoples_committee"}
    before, after = minimum_on(date(2026, 6, 30), **ward), minimum_on(date(2026, 7, 1), **ward)
    assert before is not None
    assert after is not None
    assert (before.least, before.per, before.is_verified) == (1, Per.WEEK, True)
    assert (after.least, after.per, after.is_verified) == (1, Per.WEEK, False), "the amendment was not read"
    district = minimum_on(date(2019, 5, 1), level="district", kind="peoples_committee")
    assert district is not None
    assert (district.least, district.per) == (2, Per.MONTH)
    assert minimum_on(date(2026, 1, 1), level="province", kind="department").legal_basis.endswith("khoản 2")
    assert minimum_on(date(2010, 1, 1), **ward) is None
    assert (days_ahead(date(2026, 11, 23)), days_ahead(date(2010, 1, 1))) == (5, 0)
    first_week = replace(THURSDAYS, weeks=frozenset({1}))
    assert before.reached_by([THURSDAYS]) == 1
    assert before.reached_by([first_week]) == 0
    assert district.reached_by([first_week, replace(THURSDAYS, weeks=frozenset({LAST_WEEK}))]) == 2


def test_a_closed_day_does_not_move_past_the_end_of_the_plan():
    rhythm = replace(THURSDAYS, weekdays=frozenset({5}), next_when_closed=True, last=date(2026, 2, 20))
    (friday,) = reception_days(rhythm, (), CALENDAR, date(2026, 2, 20), date(2026, 3, 31))
    assert (friday.standing, friday.to_day) == (DayStanding.CLOSED, None)
    assert kept(replace(rhythm, last=date(2026, 2, 23)), first=date(2026, 2, 20)) == [date(2026, 2, 23)]


def test_a_closed_day_does_not_move_to_one_that_was_called_off():
    rhythm = replace(THURSDAYS, weekdays=frozenset({1, 5}), next_when_closed=True, first=date(2026, 2, 20))
    off = Changed(ChangeKind.CANCELLED, "họp", date(2026, 2, 23))
    assert on(rhythm, date(2026, 2, 23), off).standing is DayStanding.CANCELLED
    assert on(rhythm, date(2026, 2, 20), off).to_day == date(2026, 2, 24)
    assert on(rhythm, date(2026, 2, 24), off).instead_of == date(2026, 2, 20)
    here = Changed(ChangeKind.MOVED, "đi học", date(2026, 3, 2), date(2026, 2, 23))
    days = reception_days(rhythm, (off, here), CALENDAR, date(2026, 2, 20), date(2026, 2, 24))
    assert [(one.day.day, one.standing) for one in days if one.is_kept] == [(23, DayStanding.MOVED)]


def test_a_closed_day_that_moved_on_is_called_off_where_it_moved_to():
    rhythm, monday = replace(THURSDAYS, next_when_closed=True), date(2026, 2, 23)
    off = Changed(ChangeKind.CANCELLED, "ốm", date(2026, 2, 19), id=uuid4())
    told = on(rhythm, monday, off)
    assert (told.standing, told.reason, told.instead_of) == (DayStanding.CANCELLED, "ốm", date(2026, 2, 19))
    assert told.lost == (MORNING,)
    assert (told.may_change, told.may_undo) == (False, True)
    closed = on(rhythm, date(2026, 2, 19), off)
    assert (closed.standing, closed.reason, closed.to_day) == (DayStanding.CLOSED, "Tết Bính Ngọ", None)
    two = replace(rhythm, weekdays=frozenset({3, 4}))
    assert on(two, monday, off).standing is DayStanding.SHIFTED, "Wednesday moved there as well"


def test_what_may_be_done_with_a_day_is_asked_of_the_day_it_stands_for():
    rhythm = replace(THURSDAYS, next_when_closed=True)
    moved = Changed(ChangeKind.MOVED, "họp", date(2026, 3, 12), date(2026, 3, 13))
    shifted, here = on(rhythm, date(2026, 2, 23)), on(rhythm, date(2026, 3, 13), moved)
    assert (shifted.may_change, shifted.of_plan) == (True, date(2026, 2, 19))
    assert (here.may_change, here.may_call_off, here.of_plan) == (False, True, date(2026, 3, 12))
    assert on(rhythm, date(2026, 3, 12), moved).lost == (MORNING,)
