"""The deadline ledger against a slow model of it, minute by minute, and what must hold for every life."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from motcua.dossiers.rules import BrokenLedger, Cause, ClockReading, Entry, Mark, Terms, read_clock
from motcua.worktime.rules import VIETNAM, Amount, Calendar, CalendarPlan, CoveredYear, Unit, WeeklyHours
from tests.dossiers.lives import follows, lives, local, mores, plain, voids, waits
from tests.dossiers.slow_clock import SlowClock, floor
from tests.worktime.plans import FULL, amounts, cut_offs, moments, plans

steady = settings(deadline=None, max_examples=100, derandomize=True)
MINUTE = timedelta(minutes=1)
START = datetime(2026, 6, 1, 8, 0, tzinfo=VIETNAM)
TEN_HOURS = Terms(Amount(10, Unit.WORKING_HOUR))
WEEK = tuple(WeeklyHours(weekday, session) for weekday in range(1, 6) for session in FULL)
OFFICE = Calendar(CalendarPlan("VN", "Lịch chung", (CoveredYear(2026),), WEEK))


@st.composite
def offices(draw: st.DrawFn) -> CalendarPlan:
    """Any calendar, sometimes with a cut-off hour of its own."""
    return replace(draw(plans()), cut_off=draw(st.sampled_from([None, None, time(15), time(10, 30)])))


def slow_life(plan: CalendarPlan, terms: Terms, lines: list[Entry], at: datetime) -> SlowClock:
    slow = SlowClock(plan, terms.amount, terms.cut_off)
    slow.receive(plain(lines[0])[1])
    for line in lines[1:]:
        slow.turn(plain(line))
    slow.wait_until(at.replace(tzinfo=None))
    return slow


def strip_of(reading: ClockReading, received: datetime, until: datetime) -> list[str]:
    """What each minute was, by the stretches."""

    def minute(at: datetime) -> int:
        return int((floor(at) - floor(received)) / MINUTE)

    strip = ["settled"] * minute(until)
    for stretch in reading.stretches:
        void = "" if stretch.counts else "void "
        span = range(minute(stretch.start), min(minute(stretch.end or until), len(strip)))
        assert all(strip[at] == "settled" for at in span)
        for at in span:
            waits = stretch.begins_at is not None and at < minute(stretch.begins_at)
            strip[at] = void + (stretch.cause.value if stretch.cause else "waiting" if waits else "run")
    return strip


def agree(reading: ClockReading, slow: SlowClock, calendar: Calendar, at: datetime) -> None:
    assert reading.due_at == local(slow.due_at)
    assert reading.appointed_at == (local(slow.appointed_at) if slow.appointed_at else None)
    assert strip_of(reading, local(slow.received), at) == slow.strip
    assert reading.is_late(floor(at)) == slow.late()
    for unit in {Unit.WORKING_HOUR, slow.limit.unit}:
        assert reading.used(calendar, at, unit) == slow.used(unit)
        assert reading.left(calendar, floor(at), unit) == slow.left(unit)


@steady
@given(st.data(), offices())
def test_the_clock_agrees_with_the_minute_by_minute_model(data: st.DataObject, plan: CalendarPlan) -> None:
    calendar = Calendar(plan)
    terms, lines, at = data.draw(lives(calendar))
    agree(read_clock(lines, terms, calendar), slow_life(plan, terms, lines, at), calendar, at)


@steady
@given(st.data(), offices())
def test_whatever_happens_no_date_comes_nearer_and_lateness_never_heals(
    data: st.DataObject, plan: CalendarPlan
) -> None:
    calendar = Calendar(plan)
    terms, lines, _ = data.draw(lives(calendar))
    before = read_clock(lines[:1], terms, calendar)
    for count, line in enumerate(lines[1:], start=2):
        after = read_clock(lines[:count], terms, calendar)
        assert after.due_at >= before.due_at
        assert after.is_late(line.at) or not before.is_late(line.at)
        whole = line.mark is Mark.VOIDED and line.void_to is None and line.void_from == before.paused_since
        stays = (Mark.PAUSED, Mark.REAPPOINTED, Mark.SETTLED, Mark.RETURNED)
        if before.is_late(line.at) or whole or line.mark in stays:
            assert after.due_at == before.due_at
        if before.appointed_at and line.mark is not Mark.RESTARTED:
            assert after.appointed_at is not None
            assert after.appointed_at >= before.appointed_at
        before = after


@steady
@given(st.data(), offices())
def test_stretches_follow_each_other_from_receipt(data: st.DataObject, plan: CalendarPlan) -> None:
    calendar = Calendar(plan)
    terms, lines, _ = data.draw(lives(calendar))
    reading = read_clock(lines, terms, calendar)
    reopenings = [line.at for line in lines if line.mark is Mark.REOPENED]
    assert reading.stretches[0].start == lines[0].at
    assert (reading.stretches[-1].end is None) == (reading.settled_at is None)
    for one, following in pairwise(reading.stretches):
        assert one.end == following.start or following.start in reopenings
        assert one.end is not None
        assert one.start <= one.end <= following.start


@steady
@given(st.data(), offices())
def test_what_was_used_and_what_is_left_make_the_limit(data: st.DataObject, plan: CalendarPlan) -> None:
    calendar = Calendar(plan)
    terms, lines, at = data.draw(lives(calendar))
    unit = terms.amount.unit
    assume(unit is Unit.WORKING_HOUR and not any(line.mark is Mark.EXTENDED for line in lines))
    reading = read_clock(lines, terms, calendar)
    assert reading.used(calendar, at, unit) + reading.left(calendar, at, unit) == terms.amount.number * 60


@steady
@given(st.data(), offices())
def test_a_void_pause_is_as_if_the_clock_had_never_been_stopped(data: st.DataObject, plan: CalendarPlan) -> None:
    """Put anywhere into a life where the clock runs, it changes nothing of what comes after."""
    calendar = Calendar(plan)
    terms, lines, at = data.draw(lives(calendar))
    places = [place for place in range(1, len(lines) + 1) if Mark.PAUSED in follows(lines[:place])]
    assume(places)
    place = data.draw(st.sampled_from(places))
    latest = lines[place].at if place < len(lines) else at
    since = min(lines[place - 1].at + timedelta(minutes=data.draw(waits)), latest)
    told = min(since + timedelta(minutes=data.draw(waits)), latest)
    pause = [Entry(Mark.PAUSED, since, Cause.MONEY), Entry(Mark.VOIDED, told, Cause.MONEY, None, since)]
    with_it = [*lines[:place], *pause, *lines[place:]]
    assert read_clock(with_it, terms, calendar) == read_clock(lines, terms, calendar)


@steady
@given(st.data(), offices())
def test_a_void_never_gives_more_time_than_the_pause_would_have(data: st.DataObject, plan: CalendarPlan) -> None:
    calendar = Calendar(plan)
    terms, lines, at = data.draw(lives(calendar))
    if Mark.PAUSED in follows(lines):
        lines = [*lines, Entry(Mark.PAUSED, lines[-1].at, Cause.MONEY)]
    assume(Mark.VOIDED in follows(lines))
    told = max(at, lines[-1].at)
    stood = read_clock([*lines, Entry(Mark.RESUMED, told)], terms, calendar)
    void = data.draw(voids(lines, told))
    ran = read_clock([*lines, void], terms, calendar)
    assert ran.due_at <= stood.due_at
    assert ran.is_late(told) or not stood.is_late(told)
    assert ran.used(calendar, told) >= stood.used(calendar, told)


ALLOWED = {
    "running": {Mark.PAUSED, Mark.EXTENDED, Mark.REAPPOINTED, Mark.SETTLED},
    "paused": {Mark.RESUMED, Mark.RESTARTED, Mark.VOIDED, Mark.SETTLED},
    "settled": {Mark.REOPENED, Mark.RETURNED},
}
LEADING = {"running": (), "paused": (Mark.PAUSED,), "settled": (Mark.SETTLED,)}


@pytest.mark.parametrize("mark", Mark)
@pytest.mark.parametrize("stage", ALLOWED)
def test_only_what_can_follow_is_read(stage: str, mark: Mark) -> None:
    lines = [Entry(Mark.RECEIVED, START), *(Entry(earlier, START, Cause.PAPERS) for earlier in LEADING[stage])]
    line = Entry(mark, START + MINUTE, amount=Amount(1, Unit.DAY), void_from=START if mark is Mark.VOIDED else None)
    if mark in ALLOWED[stage]:
        assert read_clock([*lines, line], TEN_HOURS, OFFICE).stretches[0].start == START
    else:
        with pytest.raises(BrokenLedger):
            read_clock([*lines, line], TEN_HOURS, OFFICE)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [Entry(Mark.PAUSED, START)],
        [Entry(Mark.RECEIVED, START), Entry(Mark.PAUSED, START - MINUTE)],
        [Entry(Mark.RECEIVED, START), Entry(Mark.EXTENDED, START)],
        [Entry(Mark.RECEIVED, START), Entry(Mark.REAPPOINTED, START)],
        *[
            [
                Entry(Mark.RECEIVED, START),
                Entry(Mark.PAUSED, START + MINUTE, Cause.MONEY),
                Entry(Mark.VOIDED, START + 3 * MINUTE, Cause.MONEY, None, *void),
            ]
            for void in [
                (None, None),
                (START, None),
                (START + 4 * MINUTE, None),
                (START + 2 * MINUTE, START + MINUTE),
                (START + MINUTE, START + 4 * MINUTE),
            ]
        ],
    ],
)
def test_a_broken_ledger_is_refused(lines: list[Entry]) -> None:
    with pytest.raises(BrokenLedger):
        read_clock(lines, TEN_HOURS, OFFICE)


@settings(deadline=None, max_examples=25, stateful_step_count=10, derandomize=True)
class Life(RuleBasedStateMachine):
    """One dossier through whatever can happen to it, beside the slow model, compared after every step."""

    @initialize(plan=offices(), amount=amounts(), cut_off=cut_offs, at=moments)
    def receive(self, plan: CalendarPlan, amount: Amount, cut_off: time | None, at: datetime) -> None:
        self.calendar, self.terms = Calendar(plan), Terms(amount, cut_off)
        self.lines = [Entry(Mark.RECEIVED, local(at))]
        self.slow = SlowClock(plan, amount, cut_off)
        self.slow.receive(at)

    def turn(self, line: Entry) -> None:
        self.lines.append(line)
        self.slow.turn(plain(line))

    def stage(self) -> str:
        marks = follows(self.lines)
        return "settled" if Mark.REOPENED in marks else "paused" if Mark.RESUMED in marks else "running"

    def now(self, wait: int) -> datetime:
        return self.lines[-1].at + timedelta(minutes=wait)

    @precondition(lambda self: self.stage() == "running")
    @rule(wait=waits, cause=st.sampled_from(Cause))
    def pause(self, wait: int, cause: Cause) -> None:
        self.turn(Entry(Mark.PAUSED, self.now(wait), cause))

    @precondition(lambda self: self.stage() == "running")
    @rule(wait=waits, amount=mores, mark=st.sampled_from([Mark.EXTENDED, Mark.REAPPOINTED]))
    def give_time(self, wait: int, amount: Amount, mark: Mark) -> None:
        self.turn(Entry(mark, self.now(wait), None, amount))

    @precondition(lambda self: self.stage() == "paused")
    @rule(wait=waits, mark=st.sampled_from([Mark.RESUMED, Mark.RESTARTED]))
    def go_on(self, wait: int, mark: Mark) -> None:
        self.turn(Entry(mark, self.now(wait)))

    @precondition(lambda self: self.stage() == "paused")
    @rule(wait=waits, data=st.data())
    def take_back(self, wait: int, data: st.DataObject) -> None:
        self.turn(data.draw(voids(self.lines, self.now(wait))))

    @precondition(lambda self: self.stage() != "settled")
    @rule(wait=waits)
    def settle(self, wait: int) -> None:
        self.turn(Entry(Mark.SETTLED, self.now(wait)))

    @precondition(lambda self: self.stage() == "settled")
    @rule(wait=waits, mark=st.sampled_from([Mark.REOPENED, Mark.RETURNED]))
    def after_settling(self, wait: int, mark: Mark) -> None:
        self.turn(Entry(mark, self.now(wait)))

    @invariant()
    def never_differ(self) -> None:
        if not hasattr(self, "slow"):
            return
        reading = read_clock(self.lines, self.terms, self.calendar)
        assert reading.due_at == local(self.slow.due_at)
        assert reading.appointed_at == (local(self.slow.appointed_at) if self.slow.appointed_at else None)

    def teardown(self) -> None:
        if hasattr(self, "slow"):
            at = self.lines[-1].at
            agree(read_clock(self.lines, self.terms, self.calendar), self.slow, self.calendar, at)


TestLife = Life.TestCase
