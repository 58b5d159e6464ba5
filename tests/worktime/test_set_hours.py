"""New weekly hours from a day on: what was before that day stays, and every date is counted by its own hours."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.events import Actor
from motcua.core.models import Event
from motcua.worktime.actions import load_calendar, set_hours
from motcua.worktime.models import WeeklyHours
from motcua.worktime.queries import UnknownCalendar, calendar_for, plan_of
from motcua.worktime.rules import VIETNAM, CalendarMistake, CalendarPlan, Session
from motcua.worktime.rules import WeeklyHours as PlainHours
from motcua.worktime.rules.plan import sessions_on
from motcua.worktime.rules.weeks import change_week, has_whole_day
from tests.worktime.plans import any_sessions, plans

NATIONAL = Path(__file__).parents[2] / "data/holidays/vn.yaml"
CLERK = Actor(None, "Quản trị")
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
FROM = date(2026, 12, 1)
SUMMER = (Session(time(6, 30), time(11)), Session(time(13), time(16, 30)))
WEEK = dict.fromkeys(range(1, 6), SUMMER)
weeks = st.dictionaries(st.integers(1, 7), any_sessions, max_size=7)
starts = st.dates(date(2025, 5, 25), date(2025, 8, 10))


def hours_of(plan: CalendarPlan, day: date) -> tuple[Session, ...]:
    return sessions_on(plan, day.isoweekday(), day)


@settings(deadline=None, max_examples=200, derandomize=True)
@given(plans(), weeks, starts)
def test_every_date_before_keeps_its_hours_and_every_date_after_has_the_new(
    plan: CalendarPlan, week: dict[int, tuple[Session, ...]], since: date
) -> None:
    changed = CalendarPlan(
        plan.code, plan.name, plan.years, weekly=tuple(change_week(plan.weekly, week, since)), days=plan.days
    )
    for offset in range(-40, 90):
        day = since + timedelta(days=offset)
        expected = hours_of(plan, day) if day < since else tuple(sorted(week.get(day.isoweekday(), ())))
        assert hours_of(changed, day) == expected
    assert set(change_week(changed.weekly, week, since)) == set(changed.weekly)


def test_a_session_that_goes_on_stays_one_row() -> None:
    old = [PlainHours(1, SUMMER[0]), PlainHours(1, SUMMER[1], date(2025, 1, 1)), PlainHours(2, SUMMER[0])]
    assert change_week(old, {1: SUMMER}, FROM) == [
        PlainHours(1, SUMMER[0]), PlainHours(1, SUMMER[1], date(2025, 1, 1)),
        PlainHours(2, SUMMER[0], None, date(2026, 11, 30)),
    ]  # fmt: skip


def test_what_is_no_week_is_refused() -> None:
    with pytest.raises(CalendarMistake, match="từ 1"):
        change_week((), {0: SUMMER}, FROM)
    with pytest.raises(CalendarMistake, match="chồng lên nhau"):
        change_week((), {1: (*SUMMER, Session(time(7), time(8)))}, FROM)
    assert has_whole_day({1: SUMMER}, half_day_counts=False)
    assert not has_whole_day({1: SUMMER[:1], 2: ()}, half_day_counts=False)
    assert has_whole_day({1: SUMMER[:1], 2: ()}, half_day_counts=True)
    assert not has_whole_day({}, half_day_counts=True)


@pytest.fixture
def office(db: None) -> str:
    """An office that follows the national calendar in everything."""
    load_calendar(NATIONAL, by=CLERK, at=AT)
    load_calendar({"calendar": {"code": "P-01", "name": "Lịch phường", "parent": "VN"}}, by=CLERK, at=AT)
    return "P-01"


def test_an_office_that_followed_keeps_the_hours_it_followed_up_to_that_day(office: str) -> None:
    report = set_hours(office, WEEK, FROM, by=CLERK, at=AT)
    assert (report.touched, report.revision) == (True, 2)
    calendar = calendar_for(office)
    assert calendar.is_working(datetime(2026, 11, 30, 16, 45, tzinfo=VIETNAM))
    assert not calendar.is_working(datetime(2026, 12, 1, 16, 45, tzinfo=VIETNAM))
    assert calendar.is_working(datetime(2026, 12, 1, 6, 45, tzinfo=VIETNAM))
    assert calendar_for("VN").is_working(datetime(2026, 12, 1, 16, 45, tzinfo=VIETNAM))
    assert WeeklyHours.objects.filter(calendar__code=office, valid_to=date(2026, 11, 30)).count() == 10


def test_the_event_keeps_the_old_hours(office: str) -> None:
    set_hours(office, WEEK, FROM, by=CLERK, at=AT)
    set_hours(office, WEEK | {5: SUMMER[:1]}, date(2027, 1, 1), by=CLERK, at=AT)
    event = Event.objects.filter(kind="calendar.hours_set").latest("sequence")
    friday = {"weekday": 5, "opens": "13:00", "closes": "16:30", "valid_from": "2026-12-01", "valid_to": None}
    assert event.before == {"hours": [friday]}
    assert event.after["hours"] == [friday | {"valid_to": "2026-12-31"}]


def test_the_same_hours_again_change_nothing(office: str) -> None:
    now = {weekday: sessions_on(plan_of(office), weekday, FROM) for weekday in range(1, 8)}
    assert not set_hours(office, now, FROM, by=CLERK, at=AT).touched
    assert not WeeklyHours.objects.filter(calendar__code=office).exists()
    set_hours(office, WEEK, FROM, by=CLERK, at=AT)
    assert not set_hours(office, WEEK, date(2027, 2, 1), by=CLERK, at=AT).touched
    assert Event.objects.filter(kind="calendar.hours_set").count() == 1


def test_hours_that_were_to_begin_later_are_replaced(office: str) -> None:
    set_hours(office, WEEK, date(2027, 2, 1), by=CLERK, at=AT)
    set_hours(office, {1: SUMMER}, FROM, by=CLERK, at=AT)
    later = WeeklyHours.objects.filter(calendar__code=office, valid_from__isnull=False)
    assert {(row.weekday, row.valid_from) for row in later} == {(1, FROM)}


def test_hours_without_a_working_day_are_refused(office: str) -> None:
    with pytest.raises(CalendarMistake, match="trọn ngày"):
        set_hours(office, {6: SUMMER[:1]}, FROM, by=CLERK, at=AT)
    with pytest.raises(CalendarMistake, match="chồng lên nhau"):
        set_hours(office, {1: (*SUMMER, Session(time(7), time(8)))}, FROM, by=CLERK, at=AT)
    with pytest.raises(UnknownCalendar, match="P-99"):
        set_hours("P-99", WEEK, FROM, by=CLERK, at=AT)
    assert not WeeklyHours.objects.filter(calendar__code=office).exists()
