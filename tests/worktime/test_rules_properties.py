"""What must hold for every calendar, moment and time limit."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.worktime.rules import (
    VIETNAM,
    Amount,
    Calendar,
    CalendarPlan,
    CoveredYear,
    DatedDay,
    DayKind,
    Unit,
    WeeklyHours,
    condense,
    minute_of,
    moment_of,
)
from tests.worktime.minute_model import MinuteModel
from tests.worktime.plans import FULL, OFF, amounts, cut_offs, moments, plans, questions

Questions = list[tuple[datetime, Amount, time | None]]
steady = settings(deadline=None, max_examples=100, derandomize=True)


def local(at: datetime) -> datetime:
    return at.replace(tzinfo=VIETNAM)


@steady
@given(plans(), questions())
def test_due_agrees_with_the_minute_by_minute_model(plan: CalendarPlan, asked: Questions) -> None:
    calendar, model = Calendar(plan), MinuteModel(plan)
    for start, amount, cut_off in asked:
        expected = model.due(start, amount.number, amount.unit, cut_off)
        assert calendar.due(local(start), amount, cut_off) == local(expected)


@steady
@given(plans(), moments, st.integers(0, 9 * 1440))
def test_elapsed_agrees_with_the_minute_by_minute_model(plan: CalendarPlan, start: datetime, wait: int) -> None:
    end = start + timedelta(minutes=wait)
    calendar = Calendar(plan)
    expected = MinuteModel(plan).elapsed(start, end)
    assert calendar.elapsed(local(start), local(end)) == expected
    assert calendar.elapsed(local(end), local(start)) == -expected


@steady
@given(plans(), moments, st.integers(0, 60))
def test_due_and_elapsed_are_inverse(plan: CalendarPlan, start: datetime, hours: int) -> None:
    calendar = Calendar(plan)
    due = calendar.due(local(start), Amount(hours, Unit.WORKING_HOUR))
    assert calendar.elapsed(local(start), due) == hours * 60
    assert calendar.after(local(start), hours * 60) == due


@steady
@given(plans(), moments, st.integers(1, 20 * 1440))
def test_after_finds_back_every_moment_inside_office_hours(plan: CalendarPlan, start: datetime, wait: int) -> None:
    calendar, end = Calendar(plan), start + timedelta(minutes=wait)
    assume(MinuteModel(plan).is_open(end - timedelta(minutes=1)))
    assert calendar.after(local(start), calendar.elapsed(local(start), local(end))) == local(end)


@steady
@given(plans(), moments, st.integers(0, 30), st.integers(0, 30))
def test_splitting_hours_changes_nothing(plan: CalendarPlan, start: datetime, one: int, other: int) -> None:
    calendar = Calendar(plan)
    halfway = calendar.due(local(start), Amount(one, Unit.WORKING_HOUR))
    whole = calendar.due(local(start), Amount(one + other, Unit.WORKING_HOUR))
    assert calendar.due(halfway, Amount(other, Unit.WORKING_HOUR)) == whole


@steady
@given(plans(), moments, st.integers(0, 8), st.integers(0, 8))
def test_splitting_working_days_never_changes_the_date(
    plan: CalendarPlan, start: datetime, one: int, other: int
) -> None:
    calendar = Calendar(plan)
    halfway = calendar.due(local(start), Amount(one, Unit.WORKING_DAY))
    whole = calendar.due(local(start), Amount(one + other, Unit.WORKING_DAY))
    assert calendar.due(halfway, Amount(other, Unit.WORKING_DAY)).date() == whole.date()


@steady
@given(plans(), moments, st.integers(0, 8), st.integers(0, 8))
def test_splitting_working_days_changes_nothing_while_the_hours_stay_the_same(
    plan: CalendarPlan, start: datetime, one: int, other: int
) -> None:
    weekly = tuple(WeeklyHours(weekday, session) for weekday in range(1, 6) for session in FULL)
    plan = replace(plan, weekly=weekly, days=tuple(dated for dated in plan.days if dated.kind in OFF))
    calendar = Calendar(plan)
    halfway = calendar.due(local(start), Amount(one, Unit.WORKING_DAY))
    whole = calendar.due(local(start), Amount(one + other, Unit.WORKING_DAY))
    assert calendar.due(halfway, Amount(other, Unit.WORKING_DAY)) == whole


@steady
@given(plans(), moments, amounts(), cut_offs, st.dates(date(2025, 5, 30), date(2025, 9, 1)))
def test_a_new_holiday_never_brings_a_date_forward(
    plan: CalendarPlan, start: datetime, amount: Amount, cut_off: time | None, holiday: date
) -> None:
    others = tuple(dated for dated in plan.days if dated.day != holiday)
    added = replace(plan, days=(*others, DatedDay(holiday, DayKind.HOLIDAY, "Ngày lễ mới")))
    before = Calendar(plan).due(local(start), amount, cut_off)
    after = Calendar(added).due(local(start), amount, cut_off)
    if amount.unit is Unit.DAY and cut_off is not None:
        assert after.date() >= before.date()  # the hour of a start moved by the cut-off is the new day's own
    else:
        assert after >= before


@steady
@given(plans(), moments, amounts(), cut_offs)
def test_a_due_date_is_in_office_hours_and_never_before_the_start(
    plan: CalendarPlan, start: datetime, amount: Amount, cut_off: time | None
) -> None:
    calendar = Calendar(plan)
    due = calendar.due(local(start), amount, cut_off)
    assert due >= local(start)
    assert MinuteModel(plan).receives(due.replace(tzinfo=None))
    if amount.unit is not Unit.WORKING_HOUR:
        assert calendar.is_working_day(due.date())


@steady
@given(plans(), st.lists(moments, min_size=20, max_size=60), amounts(), cut_offs)
def test_vectorised_equals_one_by_one(
    plan: CalendarPlan, starts: list[datetime], amount: Amount, cut_off: time | None
) -> None:
    calendar = Calendar(plan)
    minutes = np.array([minute_of(local(start)) for start in starts], np.int64)
    due = calendar.due_many(minutes, amount.number, amount.unit, cut_off)
    expected = [calendar.due(local(start), amount, cut_off) for start in starts]
    assert [moment_of(minute) for minute in due.tolist()] == expected
    elapsed = calendar.elapsed_many(minutes, due)
    assert elapsed.tolist() == [
        calendar.elapsed(local(start), end) for start, end in zip(starts, expected, strict=True)
    ]


@steady
@given(plans(), questions())
def test_the_reason_sheet_is_contiguous_and_adds_up(plan: CalendarPlan, asked: Questions) -> None:
    calendar = Calendar(plan)
    for start, amount, cut_off in asked:
        due = calendar.due(local(start), amount, cut_off)
        reasons = calendar.explain(local(start), amount, cut_off)
        counted = sum(reason.minutes for reason in reasons)
        for sheet in (reasons, condense(reasons)):
            ends = [local(start), *(reason.end for reason in sheet)]
            assert [reason.start for reason in sheet] == ends[:-1]
            assert ends[-1] == due
            assert all(reason.text and reason.counted == (reason.minutes > 0) for reason in sheet)
            assert sum(reason.minutes for reason in sheet) == counted
        if amount.unit is Unit.WORKING_HOUR:
            assert counted == amount.number * 60
        elif amount.unit is Unit.WORKING_DAY:
            whole = calendar.elapsed(local(start), due) - _minutes_not_counted(plan, start, due, cut_off)
            assert counted == whole
        elif counted != amount.number * 1440:  # the due day closes before that hour
            assert counted < amount.number * 1440
            assert reasons[-1].counted
            assert not calendar.is_working(due)


def _minutes_not_counted(plan: CalendarPlan, start: datetime, due: datetime, cut_off: time | None) -> int:
    """Office minutes on half-days and after the cut-off, by the naive model."""
    model, at, skipped = MinuteModel(plan), start, 0
    while local(at) < due:
        late = model.late(start, cut_off) and at.date() == start.date()
        skipped += model.is_open(at) and (late or not model.counts(at.date()))
        at += timedelta(minutes=1)
    return skipped


@steady
@given(moments, st.integers(-14 * 60, 14 * 60), st.integers(0, 59))
def test_the_zone_and_the_seconds_of_the_start_do_not_matter(at: datetime, offset: int, second: int) -> None:
    weekly = tuple(WeeklyHours(weekday, session) for weekday in range(1, 6) for session in FULL)
    years = (CoveredYear(2025), CoveredYear(2026))
    calendar = Calendar(CalendarPlan("VN", "Lịch chung", years=years, weekly=weekly))
    here = local(at)
    limit = Amount(8, Unit.WORKING_HOUR)
    for zone in (UTC, timezone(timedelta(minutes=offset)), ZoneInfo("America/New_York")):
        elsewhere = (here + timedelta(seconds=second)).astimezone(zone)
        assert minute_of(elsewhere) == minute_of(here)
        assert calendar.due(elsewhere, limit) == calendar.due(here, limit)
