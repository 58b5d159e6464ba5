"""The rules one by one, on days a clerk can check by hand (June 2025: Monday the 2nd, Saturday the 7th)."""

from datetime import date, datetime, time

import numpy as np
import pytest

from motcua.worktime.rules import (
    VIETNAM,
    Amount,
    Calendar,
    CalendarPlan,
    CoveredYear,
    DatedDay,
    DayKind,
    ReasonKind,
    Session,
    Unit,
    WeeklyHours,
    condense,
    minute_of,
    moment_of,
    sentence,
)
from tests.worktime.plans import AFTERNOON, FULL, MORNING

HOUR, WORKING_DAY, DAY = Unit.WORKING_HOUR, Unit.WORKING_DAY, Unit.DAY
WEEK = tuple(WeeklyHours(weekday, session) for weekday in range(1, 6) for session in FULL)
SATURDAY = (WeeklyHours(6, MORNING),)
YEARS = (CoveredYear(2025), CoveredYear(2026, provisional=True))


def office(*days: DatedDay, weekly: tuple[WeeklyHours, ...] = WEEK, **more: object) -> Calendar:
    plan = {"code": "XA", "name": "Lịch xã", "years": YEARS, "weekly": weekly, "days": days, **more}
    return Calendar(CalendarPlan(**plan))  # type: ignore[arg-type]


def june(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 6, day, hour, minute, tzinfo=VIETNAM)


def holiday(day: int) -> DatedDay:
    return DatedDay(date(2025, 6, day), DayKind.HOLIDAY, "Ngày lễ", "01/QĐ")


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (june(2, 8), 2, june(2, 10)),
        (june(2, 10), 2, june(2, 14)),  # the lunch break is not counted
        (june(2, 7), 8, june(2, 17)),  # a full day ends at closing, not next morning
        (june(2, 16), 2, june(3, 8)),
        (june(6, 16), 2, june(9, 8)),  # over the weekend
        (june(7, 9), 1, june(9, 8)),  # received on a Saturday
        (june(2, 12), 1, june(2, 14, 30)),  # received in the break
        (june(2, 12), 0, june(2, 13, 30)),
    ],
)
def test_working_hours(start: datetime, hours: int, due: datetime) -> None:
    assert office().due(start, Amount(hours, HOUR)) == due


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (june(2, 9, 15), 1, june(3, 9, 15)),
        (june(6, 9, 15), 1, june(9, 9, 15)),
        (june(2, 12), 1, june(3, 13, 30)),  # the break: from the next session
        (june(2, 17), 1, june(3, 17)),  # the closing minute is still office time
        (june(2, 17, 1), 1, june(4, 7)),  # a minute later: from the next opening
        (june(7, 9), 1, june(10, 7)),  # Saturday: from Monday's opening
        (june(2, 5), 1, june(3, 7)),
    ],
)
def test_working_days(start: datetime, days: int, due: datetime) -> None:
    assert office().due(start, Amount(days, WORKING_DAY)) == due


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (june(2, 9), 3, june(5, 9)),
        (june(2, 9), 5, june(9, 9)),  # Saturday the 7th moves to Monday
        (june(7, 9), 3, june(10, 9)),  # days off count, the office need not be open
        (june(1, 20), 3, june(4, 17)),  # after hours: the last closing of the due day
        (june(1, 3), 3, june(4, 7)),
        (june(2, 20), 0, june(3, 7)),  # never before the start
    ],
)
def test_calendar_days(start: datetime, days: int, due: datetime) -> None:
    assert office().due(start, Amount(days, DAY)) == due


def test_a_due_date_never_lands_on_a_holiday() -> None:
    assert office(holiday(9), holiday(10)).due(june(2, 9), Amount(5, DAY)) == june(11, 9)
    assert office(holiday(3)).due(june(2, 9), Amount(1, WORKING_DAY)) == june(4, 9)


def test_a_half_day_counts_for_hours_but_is_no_working_day() -> None:
    calendar = office(weekly=WEEK + SATURDAY)
    assert calendar.due(june(6, 16), Amount(2, HOUR)) == june(7, 8)
    assert calendar.due(june(6, 9), Amount(1, WORKING_DAY)) == june(9, 9)
    assert calendar.due(june(7, 9), Amount(1, WORKING_DAY)) == june(10, 7)  # as if received on a Sunday
    assert calendar.due(june(2, 9), Amount(5, DAY)) == june(9, 9)


def test_unless_the_agency_says_so() -> None:
    calendar = office(weekly=WEEK + SATURDAY, half_day_counts=True)
    assert calendar.due(june(6, 9), Amount(1, WORKING_DAY)) == june(7, 9)
    assert calendar.due(june(6, 14), Amount(1, WORKING_DAY)) == june(7, 11, 30)  # its last closing
    assert calendar.due(june(2, 9), Amount(5, DAY)) == june(7, 9)


def test_a_make_up_day_is_a_whole_working_day_with_mondays_hours() -> None:
    made_up = DatedDay(date(2025, 6, 7), DayKind.MAKE_UP_DAY, "Làm bù")
    calendar = office(made_up, holiday(6))
    assert calendar.due(june(5, 9), Amount(1, WORKING_DAY)) == june(7, 9)
    assert calendar.due(june(5, 16), Amount(9, HOUR)) == june(7, 17)
    morning_only = DatedDay(date(2025, 6, 7), DayKind.MAKE_UP_DAY, "Làm bù", sessions=(MORNING,))
    assert office(morning_only).due(june(6, 9), Amount(1, WORKING_DAY)) == june(7, 9)


def test_special_hours_and_a_closed_day() -> None:
    late_opening = DatedDay(date(2025, 6, 3), DayKind.SPECIAL, "Mất điện", sessions=(Session(time(9), time(17)),))
    assert office(late_opening).due(june(2, 8), Amount(1, WORKING_DAY)) == june(3, 9)
    afternoon_only = DatedDay(date(2025, 6, 3), DayKind.SPECIAL, "Bão", sessions=(AFTERNOON,))
    assert office(afternoon_only).due(june(2, 8), Amount(1, WORKING_DAY)) == june(4, 8)
    closed = DatedDay(date(2025, 6, 3), DayKind.CLOSED, "Bão số 1")
    assert office(closed).due(june(2, 16), Amount(2, HOUR)) == june(4, 8)


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        (june(2, 15), Amount(2, HOUR), june(2, 17)),  # at 15:00 sharp is not after 15:00
        (june(2, 15, 1), Amount(2, HOUR), june(3, 9)),
        (june(2, 15, 1), Amount(1, WORKING_DAY), june(4, 7)),
        (june(6, 15, 30), Amount(1, WORKING_DAY), june(10, 7)),
        (june(2, 15, 1), Amount(2, DAY), june(5, 7)),
        (june(2, 14), Amount(1, WORKING_DAY), june(3, 14)),
    ],
)
def test_received_after_the_cut_off_counts_from_the_next_day(start: datetime, amount: Amount, due: datetime) -> None:
    assert office().due(start, amount, cut_off=time(15)) == due
    agency = office(cut_off=time(15))
    assert agency.due(start, amount) == due
    assert agency.explain(start, amount)[-1].end == due


def test_the_cut_off_is_a_rule_of_receiving_not_of_the_route() -> None:
    assert office(cut_off=time(15)).after(june(2, 16), 30) == june(2, 16, 30)


def test_a_cut_off_moves_hours_to_the_next_open_day_and_days_to_the_next_working_day() -> None:
    calendar = office(weekly=WEEK + SATURDAY)
    assert calendar.due(june(6, 16), Amount(1, HOUR), time(15)) == june(7, 8)
    assert calendar.due(june(6, 16), Amount(1, WORKING_DAY), time(15)) == june(10, 7)


def test_hours_that_change_on_a_date() -> None:
    winter = tuple(
        WeeklyHours(weekday, session, valid_from=date(2025, 6, 4))
        for weekday in range(1, 6)
        for session in (Session(time(8), time(12)), Session(time(13), time(16)))
    )
    summer = tuple(WeeklyHours(h.weekday, h.session, valid_to=date(2025, 6, 3)) for h in WEEK)
    calendar = office(weekly=summer + winter)
    assert calendar.due(june(2, 16, 30), Amount(2, WORKING_DAY)) == june(4, 16)
    assert calendar.due(june(3, 16), Amount(2, HOUR)) == june(4, 9)
    assert calendar.due(june(2, 11, 45), Amount(2, WORKING_DAY)) == june(4, 13, 30)


def test_the_reason_sheet_names_the_holiday_and_its_decision() -> None:
    expected = DatedDay(date(2026, 1, 1), DayKind.HOLIDAY, "Tết Dương lịch", "02/TB", provisional=True)
    calendar = office(holiday(3), expected)
    rows = condense(calendar.explain(june(2, 16), Amount(9, HOUR)))
    assert [(row.kind, row.minutes, row.decision) for row in rows] == [
        (ReasonKind.WORK, 60, ""),
        (ReasonKind.HOLIDAY, 0, "01/QĐ"),
        (ReasonKind.WORK, 480, ""),
    ]
    assert rows[1].text == "Nghỉ lễ, tết: Ngày lễ"
    assert (rows[1].start, rows[1].end) == (june(2, 17), june(4, 7))
    waited = calendar.explain(datetime(2025, 12, 31, 16, tzinfo=VIETNAM), Amount(2, HOUR))
    assert "Nghỉ lễ, tết: Tết Dương lịch (lịch dự kiến, chờ công bố chính thức)" in [row.text for row in waited]
    assert calendar.is_provisional(date(2026, 3, 1))


def test_the_sheet_of_calendar_days_says_why_it_moved_on() -> None:
    rows = office().explain(june(2, 9), Amount(5, DAY))
    assert [row.kind for row in rows] == [
        *[ReasonKind.CALENDAR_DAY] * 5, ReasonKind.CALENDAR_DAY_OFF,  # until Saturday 09:00
        ReasonKind.WEEKLY_REST, ReasonKind.WEEKLY_REST, ReasonKind.NIGHT, ReasonKind.MOVED_ON,
    ]  # fmt: skip
    assert sum(row.minutes for row in rows) == 5 * 1440


def test_a_half_day_inside_working_days_is_shown_as_skipped() -> None:
    rows = office(weekly=WEEK + SATURDAY).explain(june(6, 9), Amount(1, WORKING_DAY))
    assert [row.minutes for row in rows if row.kind is ReasonKind.HALF_DAY_SKIPPED] == [0]


def test_sentences_can_be_translated_outside() -> None:
    english = {"Nghỉ lễ, tết: {name}": "Public holiday: {name}"}
    text = sentence(ReasonKind.HOLIDAY, "Quốc khánh", False, translate=lambda msgid: english.get(msgid, msgid))
    assert text == "Public holiday: Quốc khánh"


def test_nothing_asked_nothing_shown() -> None:
    assert office().explain(june(2, 9), Amount(0, HOUR)) == []
    assert condense([]) == []
    assert office().due_many(np.array([], np.int64), 1, HOUR).size == 0


def test_minutes_are_numpys_own_wall_clock_minutes() -> None:
    at = june(2, 9, 15)
    assert minute_of(at) == np.datetime64("2025-06-02T09:15", "m").astype("int64")
    assert moment_of(minute_of(at)) == at
    assert moment_of(minute_of(at)).tzinfo is VIETNAM
