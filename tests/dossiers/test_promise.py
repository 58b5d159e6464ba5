"""The sheet of a new date: contiguous from the date that is not kept to the new one, and it adds up to the delay."""

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.dossiers.rules import Entry, Mark, Terms, read_clock
from motcua.dossiers.rules.promise import promise_of
from motcua.dossiers.rules.sheet import ToldEntry
from motcua.worktime.rules import Amount, Calendar, CalendarPlan, Reason, Unit
from tests.dossiers.lives import lives
from tests.dossiers.slow_clock import floor
from tests.dossiers.test_clock import offices
from tests.dossiers.test_time_travel import HOUR, OFFICE, WORKING_DAY, at, life

steady = settings(deadline=None, max_examples=80, derandomize=True)


def told(lines: list[Entry]) -> list[ToldEntry]:
    return [ToldEntry(line) for line in lines]


@steady
@given(st.data(), offices())
def test_the_rows_lead_without_a_hole_to_the_new_date(data: st.DataObject, plan: CalendarPlan) -> None:
    calendar = Calendar(plan)
    terms, lines, _ = data.draw(lives(calendar))
    reading = read_clock(lines, terms, calendar)
    promise = promise_of(told(lines), terms, calendar)
    if reading.appointed_at is None:
        assert promise is None
        return
    assert promise is not None
    assert promise.appointed_at == reading.appointed_at
    ends = [promise.start, *(row.end for row in promise.rows)]
    assert [row.start for row in promise.rows] == ends[:-1]
    assert ends[-1] in (None, reading.appointed_at)
    assert ends[-1] is not None or reading.paused_since is not None


@steady
@given(st.data(), offices())
def test_a_new_date_that_nothing_moved_counts_the_delay_and_no_more(data: st.DataObject, plan: CalendarPlan) -> None:
    calendar = Calendar(plan)
    terms, lines, _ = data.draw(lives(calendar))
    before = read_clock(lines, terms, calendar)
    if before.stopped_at is not None:
        return
    signed = max(lines[-1].at, before.due_at) if data.draw(st.booleans()) else lines[-1].at
    more = Amount(data.draw(st.integers(1, 9)), Unit.WORKING_HOUR)
    promise = promise_of(told([*lines, Entry(Mark.REAPPOINTED, signed, None, more)]), terms, calendar)
    assert promise is not None
    assert promise.start == max(before.goal_at, floor(signed))
    assert sum(row.minutes for row in promise.rows if isinstance(row, Reason)) == more.number * 60


def read(lines: list[Entry], number: int = 8, unit: Unit = HOUR) -> list[tuple[str, str, int, str]]:
    promise = promise_of(told(lines), Terms(Amount(number, unit)), OFFICE)
    assert promise is not None
    return [
        (f"{row.start:%d/%m %H:%M}", f"{row.end:%d/%m %H:%M}" if row.end else "",
         row.minutes if isinstance(row, Reason) else 0, row.kind.value)
        for row in promise.rows
    ]  # fmt: skip


def again(lines: list[Entry], when: str, number: int, unit: Unit = HOUR) -> list[Entry]:
    return [*lines, Entry(Mark.REAPPOINTED, at(when), None, Amount(number, unit))]


def test_before_the_date_it_is_counted_from_the_date() -> None:
    """Eight hours from Monday 9:00 end on Tuesday 9:00; four more end at 14:30 after the noon break."""
    lines = again(life("2026-08-03 09:00"), "2026-08-03 15:00", 4)
    assert (read(lines)[0][0], read(lines)[-1][1]) == ("04/08 09:00", "04/08 15:00")
    assert sum(row[2] for row in read(lines)) == 240


def test_after_the_date_it_is_counted_from_the_signing() -> None:
    lines = again(life("2026-08-03 09:00"), "2026-08-04 14:00", 1, WORKING_DAY)
    assert (read(lines)[0][0], read(lines)[-1][1]) == ("04/08 14:00", "05/08 14:00")


def test_a_pause_in_the_new_time_is_a_row_of_its_own() -> None:
    lines = again(life("2026-08-03 09:00"), "2026-08-04 14:00", 2)
    lines += life("2026-08-03 09:00", (Mark.PAUSED, "2026-08-04 15:00"))[1:]
    assert read(lines)[-2:] == [("04/08 14:00", "04/08 15:00", 60, "work"), ("04/08 15:00", "", 0, "paused")]
