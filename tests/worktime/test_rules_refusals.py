"""What the rules refuse: years without a table, moments without a zone, amounts and calendars without sense."""

from datetime import UTC, date, datetime, time

import numpy as np
import pytest

from motcua.worktime.rules import (
    VIETNAM,
    Amount,
    CalendarGap,
    CalendarMistake,
    CoveredYear,
    DatedDay,
    DayKind,
    NaiveMoment,
    Session,
    Unit,
    WeeklyHours,
    minute_of,
)
from tests.worktime.test_rules_examples import DAY, HOUR, SATURDAY, WEEK, WORKING_DAY, holiday, june, office


def test_missing_years_are_refused_whichever_way_they_are_reached() -> None:
    calendar = office(years=(CoveredYear(2025), CoveredYear(2027)))
    december = datetime(2025, 12, 31, 9, tzinfo=VIETNAM)
    later = datetime(2027, 1, 4, 9, tzinfo=VIETNAM)
    asked = np.array([minute_of(december)], np.int64)
    for unit in Unit:
        with pytest.raises(CalendarGap, match="2026") as refusal:
            calendar.due(december, Amount(300, unit))
        assert refusal.value.year == 2026
        with pytest.raises(CalendarGap, match="2026"):
            calendar.due_many(asked, 300, unit)
        with pytest.raises(CalendarGap, match="2028"):
            calendar.due(later, Amount(9_999_999, unit))
        with pytest.raises(CalendarGap, match="2028"):
            calendar.due_many(np.array([minute_of(later)], np.int64), 9_999_999, unit)
    with pytest.raises(CalendarGap, match="2026"):
        calendar.elapsed(december, later)
    with pytest.raises(CalendarGap, match="2026"):
        calendar.elapsed_many(asked, asked + 600_000)
    with pytest.raises(CalendarGap, match="2026"):
        calendar.is_working(datetime(2026, 5, 5, 9, tzinfo=VIETNAM))
    with pytest.raises(CalendarGap, match="2026"):
        calendar.is_working_day(date(2026, 5, 5))
    for far in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        with pytest.raises(CalendarGap):
            calendar.due(far, Amount(1, HOUR))
    assert calendar.due(june(2, 8), Amount(1, HOUR)) == june(2, 9)


def test_the_gap_tells_a_clerk_what_to_do() -> None:
    with pytest.raises(CalendarGap) as refusal:
        office().due(datetime(2027, 1, 5, 9, tzinfo=VIETNAM), Amount(1, HOUR))
    assert str(refusal.value) == (
        "“Lịch xã” chưa có ngày nghỉ của năm 2027 nên chưa tính được ngày hẹn. "
        "Ông/bà báo quản trị nạp lịch năm 2027 rồi tính lại."
    )


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = june(2, 8).replace(tzinfo=None)
    for ask in (
        lambda: office().due(naive, Amount(1, HOUR)),
        lambda: office().elapsed(june(2, 8), naive),
        lambda: office().explain(naive, Amount(1, DAY)),
        lambda: office().is_working(naive),
    ):
        with pytest.raises(NaiveMoment, match="múi giờ"):
            ask()


@pytest.mark.parametrize(("number", "unit"), [(-1, HOUR), (1.5, HOUR), (True, DAY), (1, "week")])
def test_nonsense_amounts_are_refused(number: object, unit: object) -> None:
    with pytest.raises(ValueError, match="hời hạn"):
        Amount(number, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("plan", "sentence_part"),
    [
        ({"years": ()}, "chưa có năm"),
        ({"years": (CoveredYear(2025), CoveredYear(2025))}, "hai lần"),
        ({"years": (CoveredYear(1970),)}, "nằm ngoài"),
        ({"weekly": (*WEEK, WeeklyHours(1, Session(time(11), time(12))))}, "chồng lên nhau"),
        ({"days": (holiday(3), holiday(3))}, "hai lần"),
        ({"days": (DatedDay(date(2025, 6, 3), DayKind.SPECIAL, "Họp"),)}, "không có buổi"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(plan: dict[str, object], sentence_part: str) -> None:
    with pytest.raises(CalendarMistake, match=sentence_part):
        office(**plan)


def test_an_office_of_half_days_only_cannot_count_days() -> None:
    calendar = office(weekly=SATURDAY)
    assert calendar.due(june(7, 8), Amount(1, HOUR)) == june(7, 9)
    for unit in (WORKING_DAY, DAY):
        with pytest.raises(CalendarMistake, match="nửa ngày"):
            calendar.due(june(7, 8), Amount(1, unit))


def test_sessions_must_open_before_they_close() -> None:
    with pytest.raises(CalendarMistake, match="trước giờ đóng cửa"):
        Session(time(12), time(7))
    with pytest.raises(CalendarMistake, match="đến phút"):
        Session(time(7, 0, 30), time(12))


def test_negative_working_minutes_are_refused() -> None:
    with pytest.raises(ValueError, match="không âm"):
        office().after(june(2, 9), -1)
