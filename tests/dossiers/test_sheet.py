"""The reason sheet of a whole life: contiguous from receipt to due date, and it adds up to the limit."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.dossiers.actions import turn_clock
from motcua.dossiers.reasons import reasons_of
from motcua.dossiers.rules import Cause, Entry, Mark, Terms, read_clock
from motcua.dossiers.rules.sheet import ToldEntry, Turn, sheet_of
from motcua.dossiers.states import State
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Amount, Calendar, CalendarPlan, Reason, Unit
from tests.cast import MONDAY, Cast
from tests.dossiers.lives import lives
from tests.dossiers.slow_clock import floor
from tests.dossiers.test_clock import offices
from tests.dossiers.test_ledger_rows import MACHINE, begun, done
from tests.dossiers.test_time_travel import DAY, HOUR, OFFICE, WORKING_DAY, at, life

steady = settings(deadline=None, max_examples=150, derandomize=True)


def told(lines: list[Entry]) -> list[ToldEntry]:
    return [ToldEntry(line) for line in lines]


@steady
@given(st.data(), offices(), st.booleans())
def test_a_sheet_is_contiguous_from_receipt_to_the_due_date(
    data: st.DataObject, plan: CalendarPlan, short: bool
) -> None:
    calendar = Calendar(plan)
    terms, lines, _ = data.draw(lives(calendar))
    reading = read_clock(lines, terms, calendar)
    rows = sheet_of(told(lines), terms, calendar, short=short)
    ends = [floor(lines[0].at), *(row.end for row in rows)]
    assert [row.start for row in rows] == ends[:-1]
    stood_still = reading.stretches[-1].cause is not None
    if reading.paused_since:
        assert ends[-1] is None
    elif stood_still:
        assert ends[-1] == floor(lines[-1].at)
    else:
        assert ends[-1] == max(reading.due_at, floor(lines[-1].at))
    assert sum(isinstance(row, Turn) and row.start == row.end for row in rows) >= sum(
        line.mark not in (Mark.RECEIVED, Mark.PAUSED, Mark.RESUMED) for line in lines
    )


@steady
@given(st.data(), offices())
def test_the_counted_minutes_are_those_used_and_those_left(data: st.DataObject, plan: CalendarPlan) -> None:
    calendar = Calendar(plan)
    terms, lines, now = data.draw(lives(calendar))
    terms = replace(terms, amount=Amount(terms.amount.number, Unit.WORKING_HOUR))
    reading = read_clock(lines, terms, calendar)
    counted = sum(row.minutes for row in sheet_of(told(lines), terms, calendar) if isinstance(row, Reason))
    left = reading.left(calendar, now)
    stood_still = reading.stretches[-1].cause is not None
    assert counted == reading.used(calendar, now) + (min(left, 0) if stood_still else left)
    if not stood_still and not any(line.mark is Mark.EXTENDED for line in lines):
        assert counted == terms.amount.number * 60


@steady
@given(st.data(), offices())
def test_a_plain_life_reads_as_its_limit_explains_itself(data: st.DataObject, plan: CalendarPlan) -> None:
    calendar = Calendar(plan)
    terms, lines, _ = data.draw(lives(calendar))
    expected = calendar.explain(lines[0].at, terms.amount, terms.cut_off)
    assert sheet_of(told(lines[:1]), terms, calendar, short=False) == expected


def read(number: int, unit: Unit, lines: list[Entry]) -> list[tuple[str, str, int, str]]:
    """The sheet in short: from, to, counted minutes, what it was."""
    rows = sheet_of(told(lines), Terms(Amount(number, unit)), OFFICE)
    return [
        (
            f"{row.start:%d/%m %H:%M}",
            f"{row.end:%d/%m %H:%M}" if row.end else "",
            row.minutes if isinstance(row, Reason) else 0,
            row.kind.value,
        )
        for row in rows
    ]


def test_a_pause_through_tet_is_one_row() -> None:
    lines = life("2026-02-12 15:00", (Mark.PAUSED, "2026-02-13 08:00"), (Mark.RESUMED, "2026-02-24 09:00"))
    assert read(8, HOUR, lines) == [
        ("12/02 15:00", "13/02 08:00", 180, "work"),
        ("13/02 08:00", "24/02 09:00", 0, "paused"),
        ("24/02 09:00", "24/02 16:00", 300, "work"),
    ]


def test_a_restart_says_that_what_was_before_is_void() -> None:
    lines = life("2026-08-03 09:00", (Mark.PAUSED, "2026-08-03 11:00"), (Mark.RESTARTED, "2026-08-05 09:00"))
    assert read(1, WORKING_DAY, lines) == [
        ("03/08 09:00", "03/08 11:00", 0, "void"),
        ("03/08 11:00", "05/08 09:00", 0, "paused"),
        ("05/08 09:00", "05/08 09:00", 0, "restarted"),
        ("05/08 09:00", "06/08 09:00", 480, "work"),
    ]


def test_a_void_pause_counts_and_says_so() -> None:
    """Eight hours from Monday 9:00; waited from 11:00 to Wednesday for a sum that was not owed: two hours late."""
    lines = life("2026-08-03 09:00", (Mark.PAUSED, "2026-08-03 11:00"))
    lines.append(Entry(Mark.VOIDED, at("2026-08-04 11:00"), Cause.MONEY, None, at("2026-08-03 11:00")))
    assert read(8, HOUR, lines) == [
        ("03/08 09:00", "04/08 09:00", 480, "work"),
        ("04/08 09:00", "04/08 11:00", 0, "overdue"),
        ("04/08 11:00", "04/08 11:00", 0, "pause_voided"),
    ]


def test_of_a_pause_only_what_was_waited_for_a_sum_that_is_owed_counts_for_nobody() -> None:
    lines = life("2026-08-03 09:00", (Mark.PAUSED, "2026-08-03 11:00"))
    void = at("2026-08-03 11:00"), at("2026-08-03 13:30")
    lines.append(Entry(Mark.VOIDED, at("2026-08-03 16:00"), Cause.MONEY, None, *void))
    assert read(8, HOUR, [*lines, Entry(Mark.RESUMED, at("2026-08-04 13:30"))]) == [
        ("03/08 09:00", "03/08 13:30", 150, "work"),
        ("03/08 13:30", "03/08 16:00", 0, "paused"),
        ("03/08 16:00", "03/08 16:00", 0, "pause_voided"),
        ("03/08 16:00", "04/08 13:30", 0, "paused"),
        ("04/08 13:30", "05/08 09:00", 330, "work"),
    ]


def test_a_holiday_comes_with_its_decision_and_lateness_with_its_own_row() -> None:
    lines = life("2026-08-28 15:00", (Mark.SETTLED, "2026-09-03 17:00"), (Mark.RETURNED, "2026-09-04 08:00"))
    rows = sheet_of(told(lines), Terms(Amount(8, HOUR)), OFFICE)
    assert any(row.kind == "holiday" and row.decision for row in rows if isinstance(row, Reason))
    assert [row.kind for row in rows[-4:]] == ["overdue", "settled", "ended", "returned"]


def test_calendar_days_wait_for_office_time_after_a_pause_too() -> None:
    lines = life("2026-08-03 09:00", (Mark.PAUSED, "2026-08-04 09:00"), (Mark.RESUMED, "2026-08-06 09:00"))
    rows = read(3, DAY, lines)  # two days left on Thursday: Saturday, moved on to Monday
    assert rows[-1][1] == "10/08 09:00"
    assert sum(row[2] for row in rows) == 3 * 1440
    assert rows[-1][2] == 0


def test_a_pause_that_lasts_is_the_last_row_and_says_until_when(cast: Cast) -> None:
    dossier = begun(cast)
    done(dossier, Mark.PAUSED, State.SUPPLEMENT_ASKED, MONDAY + timedelta(minutes=30))
    last = reasons_of(dossier, calendar_for(dossier.agency.calendar_code))[-1]
    assert (last.start, last.end, last.counted) == (MONDAY + timedelta(minutes=30), None, False)
    assert "giấy tờ" in last.text
    assert "đến hết ngày 23/11/2026" in last.text


def test_a_void_pause_is_said_with_its_time_and_why(cast: Cast) -> None:
    dossier = begun(cast)
    done(dossier, Mark.PAUSED, State.PAYMENT_ASKED, MONDAY + timedelta(minutes=30))
    void = Entry(Mark.VOIDED, MONDAY + timedelta(minutes=90), Cause.MONEY, None, MONDAY + timedelta(minutes=30))
    turn_clock(dossier.pk, void, seen=State.PAYMENT_ASKED, to=State.PROCESSING, by=MACHINE, note="Lệ phí: nhầm hồ sơ")
    dossier.refresh_from_db()
    said = [row.text for row in reasons_of(dossier, calendar_for(dossier.agency.calendar_code))]
    assert (
        "Từ 09:45 23/11/2026 đến 10:45 23/11/2026 không còn khoản nào phải chờ, "
        "thời gian này tính cho cơ quan: Lệ phí: nhầm hồ sơ"
    ) in said
    assert not any("Chờ người nộp" in text for text in said)
