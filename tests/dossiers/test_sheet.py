"""The reason sheet of a whole life: contiguous from receipt to due date, and it adds up to the limit."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.dossiers.reasons import reasons_of, shown_rows
from motcua.dossiers.rules import Cause, Entry, Mark, Terms, read_clock
from motcua.dossiers.rules.sheet import ToldEntry, Turn, TurnKind, sheet_of
from motcua.dossiers.states import State
from motcua.worktime.rules import Amount, Calendar, CalendarPlan, Reason, Unit
from tests.cast import MONDAY, Cast
from tests.dossiers.lives import lives
from tests.dossiers.slow_clock import floor
from tests.dossiers.test_clock import offices
from tests.dossiers.test_ledger_rows import begun, done
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
    """The sheet as read: from, to, counted minutes, why."""
    rows = shown_rows(sheet_of(told(lines), Terms(Amount(number, unit)), OFFICE), inside=False)
    return [(f"{r.start:%d/%m %H:%M}", f"{r.end:%d/%m %H:%M}" if r.end else "", r.minutes, r.text) for r in rows]


PAPERS = "Tạm dừng, chờ ông/bà bổ sung giấy tờ."


def test_a_pause_through_tet_is_one_row() -> None:
    lines = life("2026-02-12 15:00", (Mark.PAUSED, "2026-02-13 08:00"), (Mark.RESUMED, "2026-02-24 09:00"))
    assert read(8, HOUR, lines) == [
        ("12/02 15:00", "13/02 08:00", 180, "Trong giờ làm việc"),
        ("13/02 08:00", "24/02 09:00", 0, PAPERS),
        ("24/02 09:00", "24/02 16:00", 300, "Trong giờ làm việc"),
    ]


def test_a_restart_says_that_what_was_before_is_void() -> None:
    lines = life("2026-08-03 09:00", (Mark.PAUSED, "2026-08-03 11:00"), (Mark.RESTARTED, "2026-08-05 09:00"))
    assert read(1, WORKING_DAY, lines) == [
        ("03/08 09:00", "03/08 11:00", 0, "Không tính: hồ sơ chưa đủ, thời hạn tính lại từ đầu khi đã đủ."),
        ("03/08 11:00", "05/08 09:00", 0, PAPERS),
        ("05/08 09:00", "05/08 09:00", 0, "Hồ sơ đã đủ: thời hạn tính lại từ đầu."),
        ("05/08 09:00", "06/08 09:00", 480, "Trong giờ làm việc"),
    ]


def test_a_holiday_in_the_middle_comes_with_its_decision_and_lateness_with_its_own_row() -> None:
    lines = life("2026-08-28 15:00", (Mark.SETTLED, "2026-09-03 17:00"), (Mark.RETURNED, "2026-09-04 08:00"))
    assert read(8, HOUR, lines)[0][2:] == (120, "Trong giờ làm việc")
    rows = list(shown_rows(sheet_of(told(lines), Terms(Amount(8, HOUR)), OFFICE), inside=False))
    assert any(row.kind == "holiday" and row.decision for row in rows)
    assert [row.text for row in rows[-4:]] == [
        "Đã quá hạn.", "Kết thúc xử lý.", "Hồ sơ đã kết thúc, thời hạn không chạy.", "Trả kết quả."
    ]  # fmt: skip


def test_calendar_days_wait_for_office_time_after_a_pause_too() -> None:
    lines = life("2026-08-03 09:00", (Mark.PAUSED, "2026-08-04 09:00"), (Mark.RESUMED, "2026-08-06 09:00"))
    rows = read(3, DAY, lines)  # two days left on Thursday: Saturday, moved on to Monday
    assert rows[-1][1] == "10/08 09:00"
    assert sum(row[2] for row in rows) == 3 * 1440
    assert rows[-1][2] == 0


def test_officials_see_who_asked_and_why_and_citizens_only_until_when(cast: Cast) -> None:
    dossier = begun(cast)
    done(dossier, Mark.PAUSED, State.SUPPLEMENT_ASKED, MONDAY + timedelta(minutes=30))
    inside, outside = reasons_of(dossier, inside=True)[-1], reasons_of(dossier)[-1]
    assert (outside.start, outside.end) == (MONDAY + timedelta(minutes=30), None)
    assert outside.text == f"{PAPERS} Ông/bà có đến hết ngày 23/11/2026."
    assert inside.text == f"{outside.text} Người ghi: Thử nghiệm."


def test_every_turn_and_cause_has_its_own_sentence() -> None:
    moment = at("2026-08-03 09:00")
    pauses = [Turn(moment, moment, TurnKind.PAUSED, ToldEntry(Entry(Mark.PAUSED, moment, cause))) for cause in Cause]
    more = ToldEntry(Entry(Mark.EXTENDED, moment, None, Amount(2, WORKING_DAY)))
    others = [Turn(moment, moment, kind, more) for kind in TurnKind if kind is not TurnKind.PAUSED]
    said = [row.text for row in shown_rows([*pauses, *others], inside=False)]
    assert len(set(said)) == len(Cause) + len(TurnKind) - 1
    assert sum("thêm 2 ngày làm việc" in text for text in said) == 2
