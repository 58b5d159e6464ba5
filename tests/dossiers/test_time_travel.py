"""Ledgers on the real national calendar, worked out by hand: Tết, worked Saturdays, 30/6-1/7/2025, a year end."""

from datetime import datetime, time
from pathlib import Path

import pytest
import yaml

from motcua.dossiers.rules import Cause, Entry, Mark, Terms, read_clock
from motcua.worktime.rules import VIETNAM, Amount, Calendar, Unit
from motcua.worktime.rules.parse import parse_calendar

NATIONAL = Path(__file__).parents[2] / "data/holidays/vn.yaml"
OFFICE = Calendar(parse_calendar(yaml.safe_load(NATIONAL.read_text(encoding="utf-8"))).plan)
HOUR, WORKING_DAY, DAY = Unit.WORKING_HOUR, Unit.WORKING_DAY, Unit.DAY


def at(written: str) -> datetime:
    """ "2026-02-12 15:00" in Vietnam."""
    return datetime.fromisoformat(written).replace(tzinfo=VIETNAM)


def life(received: str, *detours: tuple[Mark, str]) -> list[Entry]:
    return [Entry(Mark.RECEIVED, at(received)), *(Entry(mark, at(when)) for mark, when in detours)]


PAUSED, RESUMED, RESTARTED = Mark.PAUSED, Mark.RESUMED, Mark.RESTARTED
SETTLED, REOPENED = Mark.SETTLED, Mark.REOPENED

STORIES = {
    # Tết 2026: off from Saturday 14/2 to Sunday 22/2.
    "received before Tết": (2, WORKING_DAY, life("2026-02-12 15:00"), "2026-02-23 15:00"),
    "hours before Tết, paused through it": (
        16, HOUR, life("2026-02-12 15:00", (PAUSED, "2026-02-13 08:00"), (RESUMED, "2026-02-24 09:00")),
        "2026-02-25 16:00",
    ),
    "paused and resumed within Tết: the date stands": (
        2, WORKING_DAY, life("2026-02-12 15:00", (PAUSED, "2026-02-15 08:00"), (RESUMED, "2026-02-20 09:00")),
        "2026-02-23 15:00",
    ),
    "calendar days end in Tết": (5, DAY, life("2026-02-12 15:00"), "2026-02-23 15:00"),
    "calendar days, paused in Tết": (
        5, DAY, life("2026-02-12 15:00", (PAUSED, "2026-02-13 15:00"), (RESUMED, "2026-02-16 15:00")),
        "2026-02-26 15:00",
    ),
    "anew after Tết": (
        3, WORKING_DAY, life("2026-02-11 09:00", (PAUSED, "2026-02-12 10:00"), (RESTARTED, "2026-02-21 10:00")),
        "2026-02-26 07:00",
    ),
    # Saturday 22/8/2026 is worked for Monday 31/8; National Day 1/9-2/9.
    "a worked Saturday is a working day": (1, WORKING_DAY, life("2026-08-21 10:00"), "2026-08-22 10:00"),
    "resumed on a worked Saturday": (
        1, WORKING_DAY, life("2026-08-20 10:00", (PAUSED, "2026-08-20 16:00"), (RESUMED, "2026-08-22 16:00")),
        "2026-08-24 10:00",
    ),
    "paused over National Day": (
        2, WORKING_DAY, life("2026-08-28 10:00", (PAUSED, "2026-08-28 11:00"), (RESUMED, "2026-09-03 08:00")),
        "2026-09-04 17:00",
    ),
    # Saturday 10/1/2026 is worked for Friday 2/1; the year ends on a Thursday.
    "over the year end": (2, WORKING_DAY, life("2025-12-31 14:00"), "2026-01-06 14:00"),
    "paused over the year end": (
        8, HOUR, life("2025-12-31 08:00", (PAUSED, "2025-12-31 10:00"), (RESUMED, "2026-01-05 07:00")),
        "2026-01-05 15:00",
    ),
    "left over to the worked Saturday": (
        8, HOUR, life("2026-01-08 08:00", (PAUSED, "2026-01-08 16:00"), (RESUMED, "2026-01-09 16:00")),
        "2026-01-10 08:00",
    ),
    # Two-level government from 1/7/2025: another agency, the same clock.
    "across 30/6-1/7/2025": (3, WORKING_DAY, life("2025-06-27 09:00"), "2025-07-02 09:00"),
    "paused before and resumed after 1/7/2025": (
        3, WORKING_DAY, life("2025-06-27 09:00", (PAUSED, "2025-06-30 09:00"), (RESUMED, "2025-07-01 09:00")),
        "2025-07-03 09:00",
    ),
    "settled on 30/6/2025, reopened on 1/7": (
        3, WORKING_DAY, life("2025-06-27 09:00", (SETTLED, "2025-06-30 16:00"), (REOPENED, "2025-07-01 08:00")),
        "2025-07-02 11:00",
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_the_date_is_the_one_worked_out_by_hand(story: str) -> None:
    number, unit, lines, due_at = STORIES[story]
    assert read_clock(lines, Terms(Amount(number, unit)), OFFICE).due_at == at(due_at)


def test_a_pause_after_the_cut_off_hour_takes_nothing_from_the_next_day() -> None:
    terms = Terms(Amount(8, HOUR), time(15))
    lines = life("2026-08-20 16:00", (PAUSED, "2026-08-20 16:10"), (RESUMED, "2026-08-20 16:30"))
    reading = read_clock(lines, terms, OFFICE)
    assert reading.due_at == at("2026-08-21 17:00")
    assert reading.used(OFFICE, at("2026-08-21 07:30")) == 30
    assert reading.left(OFFICE, at("2026-08-20 16:40")) == 480


def test_a_night_s_pause_moves_nothing() -> None:
    """Received on Sunday: due at an opening, while the minutes are used up at the closing before."""
    lines = life("2026-08-16 10:00", (PAUSED, "2026-08-17 18:00"), (RESUMED, "2026-08-18 06:00"))
    assert read_clock(lines, Terms(Amount(2, WORKING_DAY)), OFFICE).due_at == at("2026-08-19 07:00")


def test_withdrawn_or_discontinued_in_a_pause_is_not_late_and_goes_on_from_the_pause() -> None:
    lines = life("2026-08-17 07:00", (PAUSED, "2026-08-17 09:00"), (SETTLED, "2026-08-28 09:00"))
    terms = Terms(Amount(8, HOUR))
    ended = read_clock(lines, terms, OFFICE)
    assert not ended.is_late(at("2026-08-28 10:00"))
    assert (ended.stopped_at, ended.paused_since) == (at("2026-08-17 09:00"), None)
    again = read_clock([*lines, Entry(REOPENED, at("2026-09-03 07:00"))], terms, OFFICE)
    assert again.due_at == at("2026-09-03 15:00")


def test_an_extension_granted_too_late_heals_nothing() -> None:
    terms, more = Terms(Amount(8, HOUR)), Amount(5, WORKING_DAY)
    lines = life("2026-08-17 07:00")
    in_time, too_late = (Entry(Mark.EXTENDED, at(f"2026-08-17 17:0{minute}"), None, more) for minute in (0, 1))
    assert read_clock([*lines, in_time], terms, OFFICE).due_at == at("2026-08-22 17:00")
    reading = read_clock([*lines, too_late], terms, OFFICE)
    assert reading.due_at == at("2026-08-17 17:00")
    assert reading.is_late(too_late.at)


def test_a_restart_keeps_the_longer_time_an_extension_gave() -> None:
    terms = Terms(Amount(1, WORKING_DAY))
    lines = [
        Entry(Mark.RECEIVED, at("2026-08-03 09:00")),
        Entry(Mark.EXTENDED, at("2026-08-03 10:00"), None, Amount(5, WORKING_DAY)),
        Entry(PAUSED, at("2026-08-03 11:00"), Cause.PAPERS),
        Entry(RESTARTED, at("2026-08-04 11:00")),
    ]
    assert read_clock(lines, terms, OFFICE).due_at == at("2026-08-12 09:00")


def test_the_citizen_s_new_date_moves_with_the_pause_and_the_limit_stays_what_late_is_measured_by() -> None:
    terms = Terms(Amount(8, HOUR))
    lines = [
        Entry(Mark.RECEIVED, at("2026-08-03 07:00")),
        Entry(Mark.REAPPOINTED, at("2026-08-03 16:00"), None, Amount(2, WORKING_DAY)),
        Entry(PAUSED, at("2026-08-04 07:00"), Cause.MONEY),
        Entry(RESUMED, at("2026-08-05 07:00")),
    ]
    reading = read_clock(lines, terms, OFFICE)
    assert (reading.due_at, reading.appointed_at) == (at("2026-08-03 17:00"), at("2026-08-06 17:00"))
    assert reading.goal_at == reading.appointed_at
    assert reading.is_late(at("2026-08-05 08:00"))
