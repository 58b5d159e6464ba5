"""Two opinions on due dates, written apart: the product's rules and those of the pack's verifier always agree."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.record.leaves import moment
from motcua.core.sql import fetch_one
from motcua.dossiers.rules import Cause, Entry, Mark, Terms, read_clock
from motcua.reporting.pack.contents import fields_of
from motcua.reporting.pack.lateness import CannotTell, OfficeCalendar, instant, micros, read_ledger, wall_minute
from motcua.reporting.pack.reading import shipped
from motcua.worktime.rules import VIETNAM, Amount, Calendar, CalendarGap, Unit
from tests.worktime.plans import amounts, cut_offs, moments, plans, questions


def cut_of(cut: time | None) -> int | None:
    return cut.hour * 60 + cut.minute if cut else None


def at_of(wall: datetime) -> int:
    return micros(moment(wall.replace(tzinfo=VIETNAM)))


def as_moment(at: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)


@given(plans(), questions())
@settings(max_examples=60, deadline=None)
def test_both_count_a_limit_alike(plan, asked):
    calendar = Calendar(plan)
    other = OfficeCalendar(shipped(calendar))
    for wall, amount, cut in asked:
        start = wall.replace(tzinfo=VIETNAM)
        minute = other.due(wall_minute(at_of(wall)), amount.number, amount.unit.value, cut_of(cut))
        assert as_moment(instant(minute)) == calendar.due(start, amount, cut)


def entries_from(draw: st.DrawFn, received: datetime) -> list[Entry]:
    """A ledger of up to eight lines that may follow one another, minutes to weeks apart."""
    lines: list[Entry] = []
    at, state = received, "running"
    pause = received
    for _ in range(draw(st.integers(0, 8))):
        at += timedelta(minutes=draw(st.sampled_from([0, 7, 60, 300, 1440, 2000, 4321, 9000])))
        if state == "running":
            mark = draw(st.sampled_from([Mark.PAUSED, Mark.EXTENDED, Mark.SETTLED]))
            extra = {Mark.PAUSED: {"cause": draw(st.sampled_from(Cause))}, Mark.EXTENDED: {"amount": draw(amounts())}}
            lines.append(Entry(mark, at, **extra.get(mark, {})))
            state, pause = {Mark.PAUSED: "paused", Mark.SETTLED: "settled"}.get(mark, "running"), at
        elif state == "paused":
            mark = draw(st.sampled_from([Mark.RESUMED, Mark.RESTARTED, Mark.SETTLED, Mark.VOIDED]))
            if mark is Mark.VOIDED:
                since = pause + (at - pause) * draw(st.sampled_from([0, 1, 2])) / 2
                until = draw(st.sampled_from([None, since + (at - since) / 2]))
                lines.append(Entry(mark, at, void_from=since, void_to=until))
                state, pause = ("running", at) if until is None else ("paused", until)
            else:
                lines.append(Entry(mark, at))
                state = "settled" if mark is Mark.SETTLED else "running"
        else:
            lines.append(Entry(Mark.REOPENED, at))
            state = "running"
    return lines


@st.composite
def lives(draw: st.DrawFn):
    received = draw(moments).replace(tzinfo=VIETNAM)
    return received, entries_from(draw, received)


def told(entry: Entry) -> dict[str, object]:
    """An entry as a pack has it."""
    return {
        "mark": entry.mark.value, "at": micros(moment(entry.at)), "cause": entry.cause.value if entry.cause else None,
        "number": entry.amount.number if entry.amount else 0, "unit": entry.amount.unit.value if entry.amount else None,
        "void_from": micros(moment(entry.void_from)) if entry.void_from else None,
        "void_to": micros(moment(entry.void_to)) if entry.void_to else None,
    }  # fmt: skip


@given(plans(), lives(), amounts(), cut_offs)
@settings(max_examples=150, deadline=None)
def test_both_read_a_ledger_alike(plan, life, amount, cut):
    received, entries = life
    calendar = Calendar(plan)
    now = max([received, *(entry.at for entry in entries)]) + timedelta(days=2)
    reading = read_clock([Entry(Mark.RECEIVED, received), *entries], Terms(amount, cut), calendar)
    other = read_ledger(
        micros(moment(received)), map(told, entries), amount.number, amount.unit.value, cut_of(cut),
        OfficeCalendar(shipped(calendar)),
    )  # fmt: skip
    assert as_moment(other.due) == reading.due_at
    assert other.is_late(micros(moment(now))) == reading.is_late(now)


@given(plans())
@settings(max_examples=10, deadline=None)
def test_neither_guesses_a_year_that_is_not_loaded(plan):
    calendar = Calendar(plan)
    other = OfficeCalendar(shipped(calendar))
    outside = datetime(2031, 5, 5, 9, tzinfo=VIETNAM)
    with pytest.raises(CalendarGap):
        calendar.due(outside, Amount(1, Unit.DAY))
    with pytest.raises(CannotTell):
        other.due(wall_minute(micros(moment(outside))), 1, "day", None)


HOSTILE = ["", "a", 'say "x"', "a,b", "(a)", "back\\slash", "two\nlines", " ", '""', "\\", ',"', "Nguyễn", None]

ANY_TEXT = st.text(st.characters(exclude_characters="\x00", codec="utf-8"))


@pytest.mark.django_db
@given(
    st.lists(st.sampled_from(HOSTILE) | st.text(st.characters(exclude_characters="\x00", codec="utf-8")), max_size=5)
)
@settings(max_examples=100, deadline=None)
def test_a_row_is_read_as_the_database_printed_it(values):
    values = [*values, "end"]
    row = fetch_one("SELECT ROW(" + ", ".join(["%s::text"] * len(values)) + ")::text", values)
    assert row is not None
    assert fields_of(row[0]) == values
