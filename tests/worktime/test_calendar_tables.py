"""Calendars in the database: loading twice, following a parent, never serving a stale one."""

from copy import deepcopy
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.core.events import Actor
from motcua.core.models import Event
from motcua.core.sql import fetch_one
from motcua.worktime import queries
from motcua.worktime.actions import load_calendar, mark_day, unmark_day
from motcua.worktime.models import Calendar as CalendarRow
from motcua.worktime.models import CalendarDay, CalendarYear, WeeklyHours
from motcua.worktime.queries import UnknownCalendar, calendar_for
from motcua.worktime.rules import (
    VIETNAM,
    Amount,
    CalendarGap,
    CalendarMistake,
    DatedDay,
    DayKind,
    Session,
    Unit,
)
from motcua.worktime.rules.parse import CalendarRejected, parse_calendar

NATIONAL = Path(__file__).parents[2] / "data/holidays/vn.yaml"
SAID: dict[str, Any] = yaml.safe_load(NATIONAL.read_text(encoding="utf-8"))
CLERK = Actor(None, "Quản trị")
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SAIGON_WARD: dict[str, Any] = {
    "calendar": {"code": "P-01", "name": "Lịch phường Tân Thạnh", "parent": "VN", "cut_off": "15:00"},
    "hours": [
        {"weekdays": [1, 2, 3, 4, 5], "sessions": ["07:30-11:30", "13:00-17:00"]},
        {"weekdays": [6], "sessions": ["07:30-11:30"], "valid_from": "2026-01-01"},
    ],
    "days": [{"day": "2026-06-05", "kind": "closed", "name": "Chuyển trụ sở", "decision": "12/QĐ-UBND"}],
}


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
def national(db: None) -> None:
    load_calendar(NATIONAL, by=CLERK, at=AT)


@pytest.mark.django_db
def test_loading_twice_changes_nothing() -> None:
    first = load_calendar(NATIONAL, by=CLERK, at=AT)
    assert (first.revision, len(first.changed), len(first.removed), first.unchanged) == (1, 0, 0, 0)
    again = load_calendar(NATIONAL, by=CLERK, at=AT)
    assert not again.touched
    assert (again.revision, again.unchanged) == (1, len(first.new))
    assert Event.objects.filter(kind="calendar.loaded").count() == 1


@pytest.mark.django_db
def test_what_was_loaded_compiles_to_what_the_text_says(national: None) -> None:
    calendar = calendar_for("VN")
    assert (calendar.first_day, calendar.last_day) == (date(2019, 1, 1), date(2027, 12, 31))
    assert calendar.due(at(2026, 8, 28, 9), Amount(1, Unit.WORKING_DAY)) == at(2026, 9, 3, 9)
    (holiday,) = [r for r in calendar.explain(at(2026, 11, 23, 16), Amount(2, Unit.WORKING_HOUR)) if r.decision]
    assert holiday.decision == "Điều 2 Nghị quyết 28/2026/QH16 (từ 01/7/2026)"
    assert calendar.is_provisional(date(2027, 3, 1))


@pytest.mark.django_db
def test_a_changed_a_new_and_a_removed_day_are_reported_and_raise_the_revision(national: None) -> None:
    before = calendar_for("VN")
    said = deepcopy(SAID)
    year = next(year for year in said["years"] if year["year"] == 2027)
    year["days"][0]["name"] = "Tết Dương lịch 2027"
    removed = year["days"].pop()
    year["days"].append({"day": date(2027, 5, 4), "kind": "compensation_off", "name": "Nghỉ hoán đổi"})
    report = load_calendar(said, by=CLERK, at=AT)
    assert report.changed == ["01/01/2027 Tết Dương lịch 2027"]
    assert report.new == ["04/05/2027 Nghỉ hoán đổi"]
    assert report.removed == [f"24/11/2027 {removed['name']}"]
    assert report.revision == 2
    after = calendar_for("VN")
    assert (before.revision, after.revision) == (1, 2)
    assert not after.is_working_day(date(2027, 5, 4))
    event = Event.objects.filter(kind="calendar.loaded").latest("sequence")
    assert {name: event.after[name] for name in ("new", "changed", "removed", "unchanged", "revision")} == {
        "new": 1, "changed": 1, "removed": 1, "unchanged": report.unchanged, "revision": 2,
    }  # fmt: skip
    assert [(day["date"], day["name"]) for day in event.after["days"]] == [
        ("2027-01-01", "Tết Dương lịch 2027"), ("2027-05-04", "Nghỉ hoán đổi"),
    ]  # fmt: skip
    assert [(day["date"], day["name"]) for day in event.before["days"]] == [
        ("2027-01-01", "Tết Dương lịch"), ("2027-11-24", removed["name"]),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_text_of_one_year_leaves_the_other_years_alone(national: None) -> None:
    year = {"year": 2028, "days": [{"day": "2028-01-01", "kind": "holiday", "name": "Tết Dương lịch"}]}
    load_calendar({"calendar": SAID["calendar"], "years": [year]}, by=CLERK, at=AT)
    assert CalendarDay.objects.filter(date__year=2026).count() == 17
    assert WeeklyHours.objects.count() == 10
    assert calendar_for("VN").is_provisional(date(2028, 1, 1))


@pytest.mark.django_db
def test_a_known_calendar_costs_one_tiny_query(national: None, monkeypatch: pytest.MonkeyPatch) -> None:
    known = calendar_for("VN")
    asked: list[str] = []

    def counted(sql: str, params: tuple[str]) -> tuple[object, ...] | None:
        asked.append(sql)
        return fetch_one(sql, params)  # type: ignore[arg-type]

    monkeypatch.setattr(queries, "fetch_one", counted)
    with CaptureQueriesContext(connection) as through_django:
        assert calendar_for("VN") is known
    assert (len(asked), len(through_django)) == (1, 0)


@pytest.mark.django_db
def test_a_rolled_back_change_is_never_served(national: None) -> None:
    storm = DatedDay(date(2026, 9, 7), DayKind.CLOSED, "Bão số 5")
    with transaction.atomic():
        mark_day("VN", storm, by=CLERK, at=AT)
        assert not calendar_for("VN").is_working_day(storm.day)
        transaction.set_rollback(True)
    assert calendar_for("VN").is_working_day(storm.day)
    mark_day("VN", DatedDay(date(2026, 9, 8), DayKind.CLOSED, "Bão số 6"), by=CLERK, at=AT)
    assert calendar_for("VN").is_working_day(storm.day)
    assert not calendar_for("VN").is_working_day(date(2026, 9, 8))


@pytest.mark.django_db
def test_an_agency_follows_the_national_days_with_its_own_hours(national: None) -> None:
    load_calendar(SAIGON_WARD, by=CLERK, at=AT)
    ward = calendar_for("P-01")
    assert ward.due(at(2026, 8, 28, 14), Amount(1, Unit.WORKING_DAY)) == at(2026, 9, 3, 14)
    assert ward.due(at(2026, 8, 28, 16), Amount(1, Unit.WORKING_DAY)) == at(2026, 9, 4, 7, 30)  # its cut-off
    assert ward.is_working(at(2026, 6, 6, 8))
    assert not ward.is_working(at(2025, 6, 7, 8))
    assert not ward.is_working_day(date(2026, 6, 5))
    assert calendar_for("VN").is_working_day(date(2026, 6, 5))
    assert ward.is_working_day(date(2026, 8, 22))  # the national make-up Saturday, with its own Monday hours
    assert ward.is_working(at(2026, 8, 22, 13, 15))


@pytest.mark.django_db
def test_a_national_change_reaches_the_agencies_that_follow(national: None) -> None:
    load_calendar(SAIGON_WARD, by=CLERK, at=AT)
    before = calendar_for("P-01")
    mark_day("VN", DatedDay(date(2026, 7, 1), DayKind.HOLIDAY, "Ngày lễ mới"), by=CLERK, at=AT)
    after = calendar_for("P-01")
    assert after.revision == before.revision + 1
    assert not after.is_working_day(date(2026, 7, 1))
    mark_day(
        "P-01",
        DatedDay(date(2026, 7, 1), DayKind.SPECIAL, "Trực lễ", sessions=(Session(time(8), time(10)),)),
        by=CLERK,
        at=AT,
    )
    assert calendar_for("P-01").is_working(at(2026, 7, 1, 9))  # the agency's own word goes first
    unmark_day("P-01", date(2026, 7, 1), by=CLERK, at=AT)
    assert not calendar_for("P-01").is_working(at(2026, 7, 1, 9))


@pytest.mark.django_db
def test_a_year_counts_as_covered_only_when_loaded(national: None) -> None:
    CalendarYear.objects.filter(year=2026).delete()
    CalendarRow.objects.update(revision=99)
    with pytest.raises(CalendarGap, match="2026"):
        calendar_for("VN").due(at(2025, 12, 31, 9), Amount(3, Unit.DAY))


@pytest.mark.django_db
def test_unknown_calendars_are_named() -> None:
    with pytest.raises(UnknownCalendar, match="P-99"):
        calendar_for("P-99")
    with pytest.raises(UnknownCalendar, match="VN"):
        load_calendar(SAIGON_WARD, by=CLERK, at=AT)
    with pytest.raises(UnknownCalendar, match="P-99"):
        unmark_day("P-99", date(2026, 1, 1), by=CLERK)


@pytest.mark.django_db
def test_a_contradiction_leaves_everything_as_it_was(national: None) -> None:
    overlapping = (Session(time(8), time(10)), Session(time(9), time(11)))
    with pytest.raises(CalendarMistake, match="chồng lên nhau"):
        mark_day("VN", DatedDay(date(2026, 7, 1), DayKind.SPECIAL, "Họp", sessions=overlapping), by=CLERK, at=AT)
    assert not CalendarDay.objects.filter(date=date(2026, 7, 1)).exists()
    assert calendar_for("VN").revision == 1


def test_a_text_full_of_faults_names_them_all() -> None:
    with pytest.raises(CalendarRejected) as refusal:
        parse_calendar(
            {
                "calendar": {"code": "X", "cut_off": "ba giờ"},
                "hours": [{"weekdays": [8], "sessions": []}, {"weekdays": [1], "sessions": ["17:00-07:00", "x"]}],
                "years": [
                    "2026",
                    {"year": "hai nghìn"},
                    {"year": 2026, "status": "maybe", "days": [
                        {"day": "2026-13-01", "kind": "holiday", "name": "A"},
                        {"day": "2025-01-01", "kind": "holiday", "name": "B"},
                        {"day": "2026-01-02", "kind": "party", "name": "C"},
                        {"day": "2026-01-03", "kind": "holiday"},
                        {"day": "2026-01-04", "kind": "special", "name": "D"},
                        {"day": "2026-01-05", "kind": "holiday", "name": "E", "sessions": ["07:00-11:00"]},
                        {"day": "2026-01-06", "kind": "holiday", "name": "F", "basis": "law"},
                        {"from": "2026-02-01", "to": "2026-01-01", "kind": "holiday", "name": "G"},
                        {"day": "2026-03-01", "kind": "holiday", "name": "H"},
                        {"day": "2026-03-01", "kind": "holiday", "name": "H"},
                    ]},
                    {"year": 2026},
                ],
            }
        )  # fmt: skip
    faults = "\n".join(refusal.value.faults)
    for part in (
        "“name”", "ba giờ", "số từ 1 (thứ Hai) đến 7", "trước giờ đóng cửa", "“x” không phải là giờ",
        "cặp tên và giá trị", "hai nghìn", "maybe", "2026-13-01", "01/01/2025 không thuộc năm này", "party",
        "thiếu “name”", "ít nhất một buổi", "ngày nghỉ không có buổi", "“bases” không có mục này",
        "từ 1 đến 32 ngày", "01/03/2026: được ghi hai lần", "năm 2026: được ghi hai lần",
    ):  # fmt: skip
        assert part in faults


@pytest.mark.parametrize("said", [None, [], {}, {"calendar": "VN"}])
def test_a_text_that_is_no_calendar_is_refused(said: object) -> None:
    with pytest.raises(CalendarRejected, match="calendar"):
        parse_calendar(said)


@pytest.mark.django_db
def test_the_command_loads_the_shipped_calendar_and_refuses_nonsense(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_calendar", verbosity=2)
    told = capsys.readouterr().out
    assert told.startswith("VN, lần sửa 1: ")
    assert "mới: 02/09/2026 Quốc khánh" in told
    broken = tmp_path / "broken.yaml"
    broken.write_text("calendar: [", encoding="utf-8")
    with pytest.raises(CommandError, match=r"broken\.yaml"):
        call_command("load_calendar", str(broken))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("weekday", "opens", "closes", "since", "until"),
    [
        (1, time(11), time(12), None, None),
        (7, time(12), time(8), None, None),
        (8, time(8), time(12), None, None),
        (7, time(8), time(12), date(2026, 2, 1), date(2026, 1, 1)),
    ],
)
def test_the_database_refuses_impossible_hours(
    national: None, weekday: int, opens: time, closes: time, since: date | None, until: date | None
) -> None:
    calendar = CalendarRow.objects.get(code="VN")
    with pytest.raises(IntegrityError), transaction.atomic():
        WeeklyHours.objects.create(
            calendar=calendar, weekday=weekday, opens=opens, closes=closes, valid_from=since, valid_to=until
        )


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "sessions"), [("holiday", ["07:00-11:00"]), ("special", [])])
def test_the_database_refuses_impossible_days(national: None, kind: str, sessions: list[str]) -> None:
    calendar = CalendarRow.objects.get(code="VN")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(calendar=calendar, date=date(2026, 7, 7), kind=kind, name="Thử", sessions=sessions)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(calendar=calendar, date=date(2026, 9, 2), kind="closed", name="Trùng")
