"""The shipped national calendar against the domain notes, the law, and an independent library."""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import holidays
import pytest
import yaml

from motcua.worktime.rules import (
    VIETNAM,
    Amount,
    Calendar,
    CalendarGap,
    DatedDay,
    DayKind,
    Session,
    Unit,
)
from motcua.worktime.rules.parse import parse_calendar

REPOSITORY = Path(__file__).parents[2]
TEXT = yaml.safe_load((REPOSITORY / "data/holidays/vn.yaml").read_text(encoding="utf-8"))
PARSED = parse_calendar(TEXT)
DAYS = {dated.day: dated for dated in PARSED.plan.days}
CALENDAR = Calendar(PARSED.plan)
OFF = {DayKind.HOLIDAY, DayKind.COMPENSATION_OFF}


@pytest.fixture(scope="module")
def section_15(shared: Path) -> str:
    """The working-calendar section of the domain notes, on one line."""
    notes = (shared / "domain/regulations.md").read_text(encoding="utf-8")
    section = notes.split("## 15. Working calendar")[1].split("\n## ")[0]
    return re.sub(r"[*\s]+", " ", section)


def stretch(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def is_weekday(day: date) -> bool:
    return day.isoweekday() <= 5


SWAPS = [  # what the notes say, the day off, the Saturday worked instead
    ("Mon 29/4/2019 off for Sat 4/5/2019", date(2019, 4, 29), date(2019, 5, 4)),
    ("Mon 29/4/2024 off for Sat 4/5/2024", date(2024, 4, 29), date(2024, 5, 4)),
    ("Fri 2/5/2025 off for Sat 26/4/2025", date(2025, 5, 2), date(2025, 4, 26)),
    ("Fri 2/1/2026 off, worked on Sat 10/1/2026", date(2026, 1, 2), date(2026, 1, 10)),
    ("Mon 31/8 off, worked on Sat 22/8", date(2026, 8, 31), date(2026, 8, 22)),
]


@pytest.mark.parametrize(("note", "off", "worked"), SWAPS)
def test_every_swap_of_the_notes(section_15: str, note: str, off: date, worked: date) -> None:
    assert note in section_15
    assert DAYS[off].kind is DayKind.COMPENSATION_OFF
    assert DAYS[worked].kind is DayKind.MAKE_UP_DAY
    assert not CALENDAR.is_working_day(off)
    assert CALENDAR.is_working_day(worked)
    assert CALENDAR.is_working(datetime.combine(worked, time(9), VIETNAM))


def test_the_saturday_worked_for_new_years_eve_2018(section_15: str) -> None:
    assert "Mon 31/12/2018 for Sat 5/1/2019" in section_15
    assert DAYS[date(2019, 1, 5)].kind is DayKind.MAKE_UP_DAY


TET = [
    ("4–8/2/2019", date(2019, 2, 4), date(2019, 2, 8)),
    ("23–29/1/2020", date(2020, 1, 23), date(2020, 1, 29)),
    ("10–16/2/2021", date(2021, 2, 10), date(2021, 2, 16)),
    ("31/1–4/2/2022", date(2022, 1, 31), date(2022, 2, 4)),
    ("20–26/1/2023", date(2023, 1, 20), date(2023, 1, 26)),
    ("8–14/2/2024", date(2024, 2, 8), date(2024, 2, 14)),
    ("25/1–2/2/2025", date(2025, 1, 25), date(2025, 2, 2)),
    ("14–22/2", date(2026, 2, 14), date(2026, 2, 22)),
]


@pytest.mark.parametrize(("note", "first", "last"), TET)
def test_tet_is_exactly_as_long_as_the_notes_say(section_15: str, note: str, first: date, last: date) -> None:
    assert note in section_15
    assert not any(CALENDAR.is_working_day(day) for day in stretch(first, last))
    for beyond in (first - timedelta(days=1), last + timedelta(days=1)):
        assert CALENDAR.is_working_day(beyond) == is_weekday(beyond)


def test_the_other_days_of_2026(section_15: str) -> None:
    for note in ("Tết Mon 16/2–Fri 20/2", "Giỗ Tổ Sun 26/4 → off Mon 27/4", "30/4–1/5", "Tue 1/9–Wed 2/9"):
        assert note in section_15
    off = {day for day, dated in DAYS.items() if day.year == 2026 and dated.kind in OFF and is_weekday(day)}
    assert off == {
        date(2026, 1, 1), date(2026, 1, 2), *stretch(date(2026, 2, 16), date(2026, 2, 20)), date(2026, 4, 27),
        date(2026, 4, 30), date(2026, 5, 1), date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2),
        date(2026, 11, 24),
    }  # fmt: skip
    for paper in ("9441/TB-BNV", "9859/VPCP-KGVX"):
        assert paper in section_15
        assert paper in DAYS[date(2026, 2, 16)].decision
        assert paper in DAYS[date(2026, 8, 22)].decision


def test_the_culture_day_begins_in_2026(section_15: str) -> None:
    assert "Do not apply to 2025" in section_15
    assert "28/2026/QH16" in section_15
    for year in range(2019, 2028):
        assert (date(year, 11, 24) in DAYS) == (year >= 2026)
    assert "28/2026/QH16" in DAYS[date(2026, 11, 24)].decision


def test_2027_is_provisional_and_on_the_computed_days(section_15: str) -> None:
    assert "Tết day 1 = 6/2/2027, Giỗ Tổ 10/3 lunar = 16/4/2027" in section_15
    assert "The coming year is provisional" in section_15
    assert DAYS[date(2027, 2, 6)].name.startswith("Tết")
    assert DAYS[date(2027, 4, 16)].name == "Giỗ Tổ Hùng Vương"
    assert DAYS[date(2027, 4, 16)].provisional
    assert CALENDAR.is_provisional(date(2027, 6, 1))
    assert not CALENDAR.is_provisional(date(2026, 6, 1))


def test_the_national_hours_of_the_notes(section_15: str) -> None:
    assert "07:00–11:30 and 13:30–17:00" in section_15
    expected = (Session(time(7), time(11, 30)), Session(time(13, 30), time(17)))
    for weekday in range(1, 6):
        assert tuple(hours.session for hours in PARSED.plan.weekly if hours.weekday == weekday) == expected
    assert not [hours for hours in PARSED.plan.weekly if hours.weekday > 5]


@pytest.mark.parametrize("year", range(2019, 2028))
def test_each_year_has_the_days_the_law_gives(year: int) -> None:
    """Labour Code: 10 days until 2020 (Art 115 of 2012), 11 from 2021 (Art 112 of 2019), 12 from 2026."""
    holiday = [day for day, dated in DAYS.items() if day.year == year and dated.kind is DayKind.HOLIDAY]
    assert len(holiday) == (10 if year < 2021 else 11 if year < 2026 else 12)
    assert sum(DAYS[day].name.startswith("Tết Nguyên đán") for day in holiday) == 5
    for month, day in ((1, 1), (4, 30), (5, 1), (9, 2)):
        assert date(year, month, day) in holiday


@pytest.mark.parametrize("year", range(2019, 2028))
def test_a_holiday_on_a_weekend_is_compensated_on_the_next_working_days(year: int) -> None:
    """Art 111.3; a day off bought with a worked Saturday is not compensation."""
    worked = {day for day, dated in DAYS.items() if dated.kind is DayKind.MAKE_UP_DAY}
    swapped = {off for _note, off, saturday in SWAPS if saturday in worked}
    on_weekend = [
        day for day, dated in DAYS.items()
        if day.year == year and dated.kind is DayKind.HOLIDAY and not is_weekday(day)
    ]  # fmt: skip
    owed = []
    for day in sorted(on_weekend):
        while not is_weekday(day) or day in owed or (day in DAYS and DAYS[day].kind is DayKind.HOLIDAY):
            day += timedelta(days=1)
        owed.append(day)
    compensated = {
        day for day, dated in DAYS.items()
        if day.year == year and dated.kind is DayKind.COMPENSATION_OFF and day not in swapped
    }  # fmt: skip
    assert compensated == set(owed)


def test_agreement_with_the_holidays_library_but_for_known_differences() -> None:
    """The library's only known errors: it misses the swap of 2 January for 10 January 2026."""
    theirs = holidays.country_holidays("VN", years=range(2019, 2028))
    their_off = {day for day in theirs if 2019 <= day.year <= 2027 and is_weekday(day)}
    their_worked = {day for day in theirs.weekend_workdays if 2019 <= day.year <= 2027}
    our_off = {day for day, dated in DAYS.items() if dated.kind in OFF and is_weekday(day)}
    our_worked = {day for day, dated in DAYS.items() if dated.kind is DayKind.MAKE_UP_DAY}
    assert our_off ^ their_off == {date(2026, 1, 2)}
    assert our_worked ^ their_worked == {date(2026, 1, 10)}


def test_every_entry_says_how_sure_we_are() -> None:
    marks = {"verified", "inferred"}
    for year in TEXT["years"]:
        assert year["decision"]["decision_mark"] in {"verified", "secondary", "unverified"}
        assert year["decision"]["number"] or year["decision"]["decision_mark"] == "unverified"
        for entry in year["days"]:
            assert entry["mark"] in marks
            assert entry["basis"] == "decision" or entry["basis"] in TEXT["bases"]


def test_every_day_names_its_paper_and_doubtful_numbers_say_so() -> None:
    assert all(dated.decision for dated in DAYS.values())
    assert DAYS[date(2019, 2, 4)].decision == "Thông báo nghỉ lễ, tết năm 2019 (chưa xác minh)"
    assert DAYS[date(2022, 2, 1)].decision == "119/TB-LĐTBXH (chưa xác minh)"


def test_a_birth_registration_around_the_swapped_saturday_of_august_2026() -> None:
    friday_noon = datetime(2026, 8, 21, 11, 0, tzinfo=VIETNAM)
    assert CALENDAR.due(friday_noon, Amount(1, Unit.WORKING_DAY)) == datetime(2026, 8, 22, 11, 0, tzinfo=VIETNAM)
    next_friday = datetime(2026, 8, 28, 11, 0, tzinfo=VIETNAM)
    assert CALENDAR.due(next_friday, Amount(1, Unit.WORKING_DAY)) == datetime(2026, 9, 3, 11, 0, tzinfo=VIETNAM)
    reasons = CALENDAR.explain(next_friday, Amount(1, Unit.WORKING_DAY))
    assert any("31/8" not in r.text and "22/8/2026" in r.text and "9441" in r.decision for r in reasons)


def test_a_year_outside_the_table_is_refused_by_name() -> None:
    with pytest.raises(CalendarGap, match="2028") as refusal:
        CALENDAR.due(datetime(2027, 12, 30, 9, 0, tzinfo=VIETNAM), Amount(2, Unit.WORKING_DAY))
    assert refusal.value.year == 2028
    with pytest.raises(CalendarGap, match="2018"):
        CALENDAR.elapsed(datetime(2018, 12, 31, 9, 0, tzinfo=VIETNAM), datetime(2019, 1, 2, 9, 0, tzinfo=VIETNAM))


def test_dated_days_are_plain_values() -> None:
    assert DAYS[date(2026, 9, 2)] == DatedDay(
        date(2026, 9, 2), DayKind.HOLIDAY, "Quốc khánh", "Điều 112 khoản 1 Bộ luật Lao động 45/2019/QH14"
    )
