"""A change of a calendar: seen before it is made, told to listeners in its transaction, and kept for ever."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from motcua.core import events
from motcua.core.events import Actor, Happened
from motcua.core.models import Event
from motcua.worktime.actions import load_calendar, mark_day, mark_days, unmark_day
from motcua.worktime.changes import KINDS, CalendarChanged, LoadReport
from motcua.worktime.models import CalendarDay
from motcua.worktime.queries import UnknownCalendar, calendar_for, calendar_if, calendars_touched
from motcua.worktime.rules import VIETNAM, Amount, CalendarMistake, DatedDay, DayKind, Session, Unit

NATIONAL = Path(__file__).parents[2] / "data/holidays/vn.yaml"
CLERK = Actor(None, "Quản trị")
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
EVE, STORM = date(2026, 12, 31), date(2026, 12, 3)
DECREE = (
    DatedDay(EVE, DayKind.COMPENSATION_OFF, "Nghỉ hoán đổi", "99/TB-BNV"),
    DatedDay(date(2026, 12, 26), DayKind.MAKE_UP_DAY, "Làm bù ngày 31/12", "99/TB-BNV"),
)
FRIDAY = datetime(2026, 12, 25, 9, tzinfo=VIETNAM)
LIMIT = Amount(5, Unit.WORKING_DAY)


def ward(code: str, parent: str, **more: object) -> None:
    load_calendar({"calendar": {"code": code, "name": f"Lịch {code}", "parent": parent}, **more}, by=CLERK, at=AT)


@pytest.fixture
def offices(db: None) -> None:
    """VN, a province below it, a ward below that with its own word on the storm, and one with its own hours."""
    load_calendar(NATIONAL, by=CLERK, at=AT)
    ward("H1", "VN")
    ward("H1.1", "H1", days=[{"day": STORM, "kind": "closed", "name": "Nghỉ tránh bão", "decision": "12/TB"}])
    ward("H1.2", "H1", hours=[{"weekdays": [1, 2, 3, 4, 5], "sessions": ["08:00-12:00", "13:00-17:00"]}])


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Happened]:
    """What a listener of every kind of change hears; it asks the calendar in the middle of the transaction."""
    heard: list[Happened] = []
    for kind in KINDS:
        monkeypatch.setitem(events._listeners, kind, [heard.append])
    return heard


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize("code", ["VN", "H1", "H1.1", "H1.2"])
@pytest.mark.parametrize("on", ["VN", "H1"])
def test_a_change_looks_beforehand_as_it_does_afterwards(code: str, on: str) -> None:
    days = (*DECREE, DatedDay(STORM, DayKind.SPECIAL, "Họp", sessions=(Session(time(8), time(11)),)))
    without = (date(2026, 11, 24), date(2026, 1, 1))
    rows = CalendarDay.objects.count()
    before, seen = calendar_for(code), calendar_if(code, days, without, on=on)
    assert (CalendarDay.objects.count(), calendar_for(code)) == (rows, before)
    mark_days(on, days, without, by=CLERK, at=AT)
    after = calendar_for(code)
    assert seen.table == after.table
    assert (seen.table != before.table) == (code in calendars_touched(on))
    assert seen.cut_off == after.cut_off


@pytest.mark.usefixtures("offices")
def test_a_national_change_is_seen_through_the_office_and_where_the_office_has_its_own_word_it_is_not() -> None:
    assert calendar_for("H1.1").due(FRIDAY, LIMIT) == datetime(2027, 1, 4, 9, tzinfo=VIETNAM)
    assert calendar_if("H1.1", DECREE, on="VN").is_working_day(date(2026, 12, 26))
    assert not calendar_if("H1.1", DECREE, on="VN").is_working_day(EVE)
    worked = DatedDay(STORM, DayKind.MAKE_UP_DAY, "Làm bù")
    assert not calendar_if("H1.1", (worked,), on="VN").is_working_day(STORM)
    assert calendar_if("H1.1", (worked,)).is_working_day(STORM)
    assert calendar_if("H1.1", (), (STORM,)).is_working_day(STORM)
    assert not calendar_if("H1.1", (), (STORM,), on="VN").is_working_day(STORM)
    assert calendar_if("H1", DECREE, on="H1.1").table == calendar_for("H1").table


@pytest.mark.usefixtures("offices")
def test_a_change_nobody_can_make_is_refused() -> None:
    with pytest.raises(UnknownCalendar, match="H9"):
        calendar_if("H9", DECREE)
    with pytest.raises(UnknownCalendar, match="H9"):
        calendar_if("H1", DECREE, on="H9")
    with pytest.raises(UnknownCalendar, match="H9"):
        calendars_touched("H9")
    for refused in (lambda: calendar_if("VN", DECREE[:1] * 2), lambda: mark_days("VN", DECREE[:1] * 2, by=CLERK)):
        with pytest.raises(CalendarMistake, match="hai lần"):
            refused()


@pytest.mark.usefixtures("offices")
def test_only_those_a_change_reaches_are_touched() -> None:
    assert calendars_touched("VN") == ["VN", "H1", "H1.1", "H1.2"]
    assert calendars_touched("VN", [STORM]) == ["VN", "H1", "H1.2"]
    assert calendars_touched("VN", [STORM, EVE]) == ["VN", "H1", "H1.1", "H1.2"]
    assert calendars_touched("VN", hours=True) == ["VN", "H1", "H1.1"]
    assert calendars_touched("VN", [STORM], hours=True) == ["VN", "H1", "H1.1", "H1.2"]
    assert calendars_touched("H1.2") == ["H1.2"]
    mark_day("H1", DatedDay(EVE, DayKind.CLOSED, "Kiểm kê"), by=CLERK, at=AT)
    assert calendars_touched("VN", [EVE]) == ["VN"]


@pytest.mark.usefixtures("offices")
def test_one_decree_is_one_event_that_listeners_hear_in_its_transaction(told: list[Happened]) -> None:
    mark_days("VN", DECREE, by=CLERK, at=AT)
    revision = calendar_for("VN").revision
    assert [(heard.kind, heard.carried) for heard in told] == [
        ("calendar.day_marked", CalendarChanged("VN", ("VN", "H1", "H1.1", "H1.2"), revision, LoadReport("VN")))
    ]
    mark_days("VN", DECREE, by=CLERK, at=AT)
    assert len(told) == 1


@pytest.mark.usefixtures("offices")
def test_an_office_with_its_own_word_is_not_named(told: list[Happened]) -> None:
    mark_day("VN", DatedDay(STORM, DayKind.HOLIDAY, "Ngày lễ mới"), by=CLERK, at=AT)
    unmark_day("H1.1", STORM, by=CLERK, at=AT)
    assert [heard.carried.touched for heard in told] == [("VN", "H1", "H1.2"), ("H1.1",)]
    ward("H1", "VN", hours=[{"weekdays": [1, 2, 3, 4, 5], "sessions": ["07:30-11:30", "13:30-17:30"]}])
    ward("H1", "VN", years=[{"year": 2028}])
    assert [heard.carried.touched for heard in told[2:]] == [("H1", "H1.1"), ("H1", "H1.1", "H1.2")]
    assert [heard.kind for heard in told] == [
        "calendar.day_marked", "calendar.day_unmarked", "calendar.loaded", "calendar.loaded",
    ]  # fmt: skip


@pytest.mark.usefixtures("offices")
def test_what_a_listener_refuses_never_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(happened: Happened) -> None:
        assert not calendar_for("H1").is_working_day(EVE)
        raise RuntimeError("no")

    monkeypatch.setitem(events._listeners, "calendar.day_marked", [refuse])
    with pytest.raises(RuntimeError):
        mark_days("VN", DECREE, by=CLERK, at=AT)
    assert calendar_for("H1").is_working_day(EVE)
    assert not Event.objects.filter(kind="calendar.day_marked").exists()


@pytest.mark.usefixtures("offices")
def test_the_event_keeps_what_the_calendar_said_before() -> None:
    mark_day("H1.1", DatedDay(STORM, DayKind.SPECIAL, "Họp", "15/TB", (Session(time(8), time(11)),)), by=CLERK, at=AT)
    unmark_day("H1.1", STORM, by=CLERK, at=AT)
    marked, unmarked = Event.objects.filter(kind__startswith="calendar.day_").order_by("sequence")
    closed = {
        "date": "2026-12-03", "kind": "closed", "name": "Nghỉ tránh bão", "decision": "12/TB",
        "status": "announced", "sessions": [],
    }  # fmt: skip
    special = closed | {"kind": "special", "name": "Họp", "decision": "15/TB", "sessions": ["08:00-11:00"]}
    assert (marked.before, marked.after["days"]) == ({"days": [closed]}, [special])
    assert (unmarked.before, "days" in unmarked.after) == ({"days": [special]}, False)
    assert [event.after["revision"] for event in (marked, unmarked)] == [2, 3]


@pytest.mark.usefixtures("offices")
def test_loading_keeps_old_hours_years_and_rules() -> None:
    load_calendar(
        {
            "calendar": {"code": "H1.2", "name": "Lịch H1.2", "parent": "H1", "cut_off": "15:00"},
            "hours": [{"weekdays": [1, 2, 3, 4, 5], "sessions": ["08:00-11:00", "13:00-17:00"]}],
            "years": [{"year": 2028, "status": "announced", "decision": "1/TB"}],
        },
        by=CLERK,
        at=AT,
    )
    event = Event.objects.filter(kind="calendar.loaded").latest("sequence")
    head = {"code": "H1.2", "name": "Lịch H1.2", "parent": "H1", "half_day_counts": False, "cut_off": None}
    assert event.before["calendar"] == [head]
    assert event.after["calendar"] == [head | {"cut_off": "15:00"}]
    monday = {"weekday": 1, "opens": "08:00", "closes": "12:00", "valid_from": None, "valid_to": None}
    assert (len(event.before["hours"]), event.before["hours"][0]) == (5, monday)
    assert (len(event.after["hours"]), event.after["hours"][0]) == (5, monday | {"closes": "11:00"})
    assert event.after["years"] == [{"year": 2028, "status": "announced", "decision": "1/TB"}]
    assert "days" not in {**event.before, **event.after}
