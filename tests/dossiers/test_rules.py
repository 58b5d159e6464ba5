"""Timeliness to the minute, the code, and the ribbon."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules import OFFICE_TIME, Span, Timeliness, code_prefix, new_tracking_token, ribbon, timeliness

EARLY, ON_TIME, LATE = Timeliness.EARLY, Timeliness.ON_TIME, Timeliness.LATE
START = datetime(2026, 11, 23, 7, 30, tzinfo=OFFICE_TIME)


def november(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=OFFICE_TIME)


def minutes(start: datetime, end: datetime) -> int:
    """A clock that never stops: every minute counts, so that widths can be checked by hand."""
    return int((end - start).total_seconds() // 60)


def later(count: int) -> datetime:
    return START + timedelta(minutes=count)


DUE = november(24, 9, 15)


@pytest.mark.parametrize(
    ("ended_at", "said"),
    [
        (november(24, 9, 15), ON_TIME),  # the promised minute itself
        (november(24, 9, 14), ON_TIME),
        (november(24, 9, 15, 1), LATE),
        (november(24, 9, 16), LATE),
        (november(24, 0), ON_TIME),  # midnight belongs to the promised day
        (november(23, 23, 59), EARLY),
        (november(23, 9, 15), EARLY),
        (november(25, 0), LATE),
    ],
)
def test_timeliness_to_the_minute(ended_at: datetime, said: Timeliness) -> None:
    assert timeliness(due_at=DUE, ended_at=ended_at) is said


def test_the_day_is_hanoi_s_whatever_zone_the_instant_comes_in() -> None:
    ended = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)  # 00:30 on the 24th in Hanoi
    assert timeliness(due_at=DUE.astimezone(UTC), ended_at=ended) is ON_TIME
    assert timeliness(due_at=DUE.astimezone(UTC), ended_at=ended - timedelta(minutes=31)) is EARLY


@given(due=st.integers(0, 100_000), ended=st.integers(0, 100_000))
def test_late_is_exactly_after_the_promise(due: int, ended: int) -> None:
    said = timeliness(due_at=later(due), ended_at=later(ended))
    assert (said is LATE) == (ended > due)
    assert said is not EARLY or later(ended).date() < later(due).date()


@pytest.mark.parametrize(
    ("agency", "day", "prefix"),
    [
        ("H17.21", date(2026, 11, 23), "H17.21-261123-"),
        ("021.18.47.H47", date(2025, 1, 2), "021.18.47.H47-250102-"),
    ],
)
def test_the_code_names_agency_and_day(agency: str, day: date, prefix: str) -> None:
    assert code_prefix(agency_code=agency, day=day) == prefix


def test_tracking_keys_are_long_and_never_the_same() -> None:
    keys = {new_tracking_token() for _ in range(500)}
    assert len(keys) == 500
    assert all(len(key) == 20 and set(key) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for key in keys)


def test_a_dossier_under_way_shows_hands_rest_and_now() -> None:
    spans = [Span("Một cửa", START, later(10)), Span("Tư pháp", later(10), None)]
    shape = ribbon(spans=spans, due_at=later(100), until=later(40), ended=False, elapsed=minutes)
    assert [(part.kind, part.hand, part.minutes, part.width) for part in shape.parts] == [
        ("hand-1", "Một cửa", 10, 10), ("hand-2", "Tư pháp", 30, 30), ("rest", "", 60, 60),
    ]  # fmt: skip
    assert (shape.now, shape.due) == (40, None)


def test_a_late_dossier_shows_the_promise_inside_and_the_red_tail_in_the_last_hands() -> None:
    spans = [Span("Một cửa", START, later(20)), Span("Tư pháp", later(20), None)]
    shape = ribbon(spans=spans, due_at=later(50), until=later(100), ended=False, elapsed=minutes)
    assert [(part.kind, part.hand, part.minutes) for part in shape.parts] == [
        ("hand-1", "Một cửa", 20), ("hand-2", "Tư pháp", 30), ("over", "Tư pháp", 50),
    ]  # fmt: skip
    assert (shape.now, shape.due) == (100, 50)


def test_the_promised_minute_itself_is_not_over() -> None:
    spans = [Span("Một cửa", START, None)]
    at_due = ribbon(spans=spans, due_at=later(60), until=later(60), ended=False, elapsed=minutes)
    assert [part.kind for part in at_due.parts] == ["hand-1"]
    assert (at_due.now, at_due.due) == (100, None)
    after = ribbon(spans=spans, due_at=later(60), until=later(61), ended=False, elapsed=minutes)
    assert [part.kind for part in after.parts] == ["hand-1", "over"]


def test_an_ended_dossier_has_no_now_and_no_rest() -> None:
    spans = [Span("Một cửa", START, later(30))]
    shape = ribbon(spans=spans, due_at=later(60), until=later(30), ended=True, elapsed=minutes)
    assert [(part.kind, part.width) for part in shape.parts] == [("hand-1", 50)]
    assert (shape.now, shape.due) == (None, None)


def test_the_same_hands_keep_their_pattern_and_neighbours_are_one_segment() -> None:
    spans = [
        Span("Một cửa", START, later(10)), Span("Tư pháp", later(10), later(20)),
        Span("Tư pháp", later(20), later(30)), Span("Lãnh đạo", later(30), later(40)),
        Span("Tư pháp", later(40), later(50)), Span("Chờ bổ sung", later(50), None, clock_runs=False),
    ]  # fmt: skip
    shape = ribbon(spans=spans, due_at=later(100), until=later(60), ended=False, elapsed=minutes)
    assert [(part.kind, part.minutes) for part in shape.parts] == [
        ("hand-1", 10), ("hand-2", 20), ("hand-3", 10), ("hand-2", 10), ("stop", 10), ("rest", 40),
    ]  # fmt: skip


def test_nothing_lived_nothing_drawn() -> None:
    shape = ribbon(spans=[], due_at=later(10), until=START, ended=False, elapsed=minutes)
    assert (shape.parts, shape.now, shape.due) == ((), None, None)
    fresh = ribbon(spans=[Span("Một cửa", START, None)], due_at=later(10), until=START, ended=False, elapsed=minutes)
    assert [part.kind for part in fresh.parts] == ["rest"]


@given(
    stretches=st.lists(st.integers(0, 3000), min_size=1, max_size=9),
    promised=st.integers(1, 9000), ended=st.booleans(), hands=st.integers(1, 6),
)  # fmt: skip
def test_the_widths_fill_the_band_and_never_more(stretches: list[int], promised: int, ended: bool, hands: int) -> None:
    spans, at = [], 0
    for turn, stretch in enumerate(stretches):
        spans.append(Span(f"hand {turn % hands}", later(at), later(at + stretch)))
        at += stretch
    shape = ribbon(spans=spans, due_at=later(promised), until=later(at), ended=ended, elapsed=minutes)
    filled = sum(part.width for part in shape.parts)
    whole = 100 * at / max(promised, at) if ended else 100
    assert filled == pytest.approx(whole, abs=0.01 * (len(stretches) + 2))
    assert sum(part.minutes for part in shape.parts) == (at if ended else max(promised, at))
    assert (shape.due is not None) == (at > promised) == any(part.kind == "over" for part in shape.parts)
    assert (shape.now is None) == ended
    assert all(0 <= mark <= 100 for mark in (shape.now, shape.due) if mark is not None)
