"""When a warning is owed, and to whom: the pure rules, and the table shipped with the product."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.routing.warnings.recipients import Hands, Post, Recipient, recipients
from motcua.routing.warnings.rules import (
    Addressee,
    Kind,
    Term,
    WarningRule,
    duty_moment,
    first_uncovered,
    owed,
    reached,
    window,
)
from motcua.routing.warnings.shipped import rules_on, warning_rules
from motcua.worktime.rules import Calendar, CalendarPlan, CoveredYear, Session, WeeklyHours
from tests.cast import HANOI_TIME

DAYS = [WeeklyHours(day, Session(*hours), date(2026, 1, 1), None)
        for day in range(1, 6) for hours in ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))]  # fmt: skip
OFFICE = Calendar(
    CalendarPlan(
        code="T", name="Lịch thử", revision=1, weekly=tuple(DAYS), days=(),
        years=(CoveredYear(2026, False, ""), CoveredYear(2027, False, "")),
    )
)  # fmt: skip
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=HANOI_TIME)
STEP_RULES = rules_on(FRIDAY.date(), Kind.STEP)


def rule(minutes: int, to: Addressee = Addressee.HOLDER) -> WarningRule:
    return WarningRule(f"r{minutes}{to}", Kind.STEP, minutes, False, to, "", date(2025, 7, 1), None)


def at(day: int, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=HANOI_TIME)


def test_a_notice_counts_back_over_the_week_end():
    """Due on Monday 8:00; an hour of working time before that is Friday 16:30."""
    term = Term(at(19, "08:00"), at(23, "08:00"))
    assert not reached(rule(-60), term, at(20, "16:29"), OFFICE)
    assert reached(rule(-60), term, at(20, "16:30"), OFFICE)
    assert reached(rule(-60), term, at(22, "12:00"), OFFICE)
    assert not reached(rule(-60), term, at(23, "08:00"), OFFICE)


def test_lateness_counts_on_over_the_week_end():
    """Due on Friday 16:30; an hour of working time late is Monday 8:00."""
    term = Term(at(19, "08:00"), at(20, "16:30"))
    assert not reached(rule(60), term, at(23, "07:59"), OFFICE)
    assert reached(rule(60), term, at(23, "08:00"), OFFICE)


def test_a_step_shorter_than_its_notice_is_announced_when_half_of_it_is_over():
    term = Term(at(20, "09:00"), at(20, "09:40"))
    assert not reached(rule(-60), term, at(20, "09:19"), OFFICE)
    assert reached(rule(-60), term, at(20, "09:20"), OFFICE)


def test_of_the_rules_to_the_same_people_only_the_latest_is_owed():
    """A round that did not run for a week does not tell everybody everything at once."""
    term = Term(at(9, "08:00"), at(10, "08:00"))
    found = owed(STEP_RULES, term, sent=(), now=FRIDAY, clock=OFFICE)
    assert {one.code for one in found} == {"step-due", "step-late"}


MINUTES = st.integers(0, 60 * 24 * 12)


@settings(max_examples=200, deadline=None)
@given(
    start=MINUTES, length=st.integers(1, 60 * 24 * 6),
    ticks=st.lists(MINUTES, min_size=1, max_size=12),
    offsets=st.lists(st.integers(-600, 600), min_size=1, max_size=5, unique=True),
)  # fmt: skip
def test_whatever_the_clock_does_nothing_is_sent_twice_or_before_its_time(start, length, ticks, offsets):
    """Rounds at any moments in any order, as on a machine whose clock jumps to and fro."""
    began = at(2, "00:00") + timedelta(minutes=start)
    term = Term(began, began + timedelta(minutes=length))
    rules = [rule(minutes, to) for minutes in offsets for to in (Addressee.HOLDER, Addressee.HEAD)]
    sent: list[str] = []
    for tick in ticks:
        now = at(2, "00:00") + timedelta(minutes=tick)
        for one in owed(rules, term, sent=sent, now=now, clock=OFFICE):
            worked = OFFICE.elapsed(now, term.due_at)
            if one.minutes < 0:
                assert now < term.due_at
                assert worked <= -one.minutes
            else:
                assert now >= term.due_at
                assert -worked >= one.minutes
            sent.append(one.code)
    assert len(sent) == len(set(sent))


@settings(max_examples=100, deadline=None)
@given(start=MINUTES, length=st.integers(2, 60 * 24 * 6))
def test_a_round_every_minute_sends_each_shipped_rule_once(start, length):
    began = at(2, "00:00") + timedelta(minutes=start)
    term = Term(began, began + timedelta(minutes=length))
    moments = [term.due_at + timedelta(minutes=15 * step) for step in range(-40, 4 * 24 * 5)]
    sent: list[str] = []
    for now in moments:
        sent += [one.code for one in owed(STEP_RULES, term, sent=sent, now=now, clock=OFFICE)]
    assert len(sent) == len(set(sent))
    assert {"step-due", "step-late"} <= set(sent)


ONE_STOP, POLICE, LEADERS = UUID(int=1), UUID(int=2), UUID(int=3)
MAI, HUNG, CHIEF, CHAIR, VICE = (UUID(int=number) for number in range(11, 16))


def posts(**changes) -> list[Post]:
    """Two clerks, a police post with its chief, two leaders."""
    return [
        Post(ONE_STOP, "receiver", False, MAI, changes.get("mai_away", False), changes.get("for_mai")),
        Post(ONE_STOP, "receiver", False, HUNG, changes.get("hung_away", False), None),
        Post(POLICE, "approver", False, CHIEF, changes.get("chief_away", False), changes.get("for_chief")),
        Post(LEADERS, "approver", True, CHAIR, changes.get("chair_away", False), changes.get("for_chair")),
        Post(LEADERS, "approver", True, VICE, False, None),
    ]


def told(to: Addressee, hands: Hands | None, **changes) -> list[tuple[UUID, UUID | None]]:
    return [(one.official_id, one.on_behalf_of) for one in recipients(to, hands, posts(**changes))]


TAKEN, FREE = Hands(ONE_STOP, "receiver", MAI), Hands(ONE_STOP, "receiver", None)


def test_the_holder_is_told_and_all_of_the_duty_while_nobody_took_it():
    assert told(Addressee.HOLDER, TAKEN) == [(MAI, None)]
    assert told(Addressee.HOLDER, FREE) == [(MAI, None), (HUNG, None)]


def test_whoever_is_away_is_stood_in_for():
    assert told(Addressee.HOLDER, TAKEN, mai_away=True, for_mai=VICE) == [(VICE, MAI)]
    assert told(Addressee.HOLDER, TAKEN, mai_away=True) == [(HUNG, None)]
    assert told(Addressee.HOLDER, TAKEN, mai_away=True, for_mai=HUNG) == [(HUNG, MAI)]
    assert told(Addressee.HOLDER, FREE, mai_away=True, for_mai=HUNG) == [(HUNG, None)]


def test_the_counters_head_is_who_approves_there_else_the_leaders():
    waiting = Hands(POLICE, "case_officer", None)
    assert told(Addressee.COUNTER, waiting) == [(CHAIR, None), (VICE, None)]
    with_head = [*posts(), Post(ONE_STOP, "approver", False, MAI, False, None, at_counter=True)]
    assert [one.official_id for one in recipients(Addressee.COUNTER, waiting, with_head)] == [MAI]


def test_with_nobody_there_the_head_is_told():
    assert told(Addressee.HOLDER, TAKEN, mai_away=True, hung_away=True) == [(CHAIR, None), (VICE, None)]


def test_the_head_is_who_approves_in_the_unit_else_the_leaders():
    assert told(Addressee.HEAD, Hands(POLICE, "case_officer", None)) == [(CHIEF, None)]
    assert told(Addressee.HEAD, TAKEN) == [(CHAIR, None), (VICE, None)]
    assert told(Addressee.HEAD, Hands(POLICE, "case_officer", None), chief_away=True) == [(CHAIR, None), (VICE, None)]
    assert told(Addressee.HEAD, Hands(POLICE, "case_officer", None), chief_away=True, for_chief=HUNG) == [(HUNG, CHIEF)]


def test_nobody_is_told_twice_of_the_same():
    assert told(Addressee.LEADER, None, chair_away=True, for_chair=VICE) == [(VICE, None)]
    assert recipients(Addressee.ADMINISTRATOR, None, posts()) == []
    everybody = [Post(uuid4(), "administrator", False, MAI, False, None) for _ in range(3)]
    assert recipients(Addressee.ADMINISTRATOR, None, everybody) == [Recipient(MAI)]


MORNING, AFTERNOON = (time(7, 30), time(11, 30)), (time(13, 30), time(17, 0))


def day_of(day: int) -> list[tuple[datetime, datetime]]:
    return [
        (
            datetime.combine(date(2026, 11, day), first, HANOI_TIME),
            datetime.combine(date(2026, 11, day), last, HANOI_TIME),
        )
        for first, last in (MORNING, AFTERNOON)
    ]


def test_a_duty_is_spoken_of_from_the_afternoon_before_and_again_an_hour_before_opening():
    eve, opening = (next(one for one in warning_rules() if one.code == code) for code in ("duty-eve", "duty-opening"))
    assert duty_moment(eve, day_of(23), day_of(20)) == at(20, "13:30")
    assert duty_moment(opening, day_of(23), day_of(20)) == at(23, "06:30")
    assert duty_moment(eve, day_of(23), []) == at(23, "07:30")


@pytest.mark.parametrize(
    ("gap", "first"),
    [(("00:00", "23:59"), "07:30"), (("12:00", "14:00"), "13:30"), (("09:00", "10:00"), "09:00"),
     (("11:30", "13:30"), None), (("17:00", "23:00"), None)],
)  # fmt: skip
def test_a_gap_begins_with_its_first_office_minute(gap, first):
    found = first_uncovered((at(23, gap[0]), at(23, gap[1])), day_of(23))
    assert found == (at(23, first) if first else None)


def test_the_shipped_rules_are_whole():
    rules = warning_rules()
    assert len({one.code for one in rules}) == len(rules)
    said = {"code": "H", "step": "Ký", "unit": "Tư pháp", "role": "Lãnh đạo", "due": "08:00 23/11/2026"}
    for one in rules:
        assert "{" not in one.text.format(**said)
        assert one.valid_to is None or one.valid_to >= one.valid_from
        assert (one.minutes < 0) or not one.code.endswith("near")
    steps = sorted(one.minutes for one in rules if one.kind is Kind.STEP)
    assert all(first < second for first, second in pairwise(steps))
    assert not rules_on(date(2025, 6, 30), *Kind)


@pytest.mark.parametrize(
    "rule", [one for one in warning_rules() if one.kind is not Kind.DUTY], ids=lambda one: one.code
)
def test_a_rule_looks_at_every_term_that_it_can_speak_of_and_at_few_others(rule):
    """Quarter by quarter over a week end: what is reached lies in the window, what lies there is reached."""
    for hours in range(0, 96, 5):
        now = at(20, "09:00") + timedelta(hours=hours)
        seen = window(rule, now, OFFICE)
        for quarters in range(-400, 400):
            due = now + timedelta(minutes=15 * quarters)
            term = Term(due - timedelta(days=30), due)
            inside = due <= seen.until and (seen.since is None or due > seen.since)
            assert inside or not reached(rule, term, now, OFFICE), (rule.code, now, due)
            assert not inside or reached(rule, term, now, OFFICE), (rule.code, now, due)
