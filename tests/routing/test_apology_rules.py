"""When lateness is foreseen, how much longer it takes, and how a name is shown: the rules alone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.routing.apologies.reasons import listed_reasons, reason_words, reasons_on
from motcua.routing.apologies.rules import (
    OpenLeg,
    Outlook,
    is_halfway,
    is_time_to_draft,
    longest_delay,
    masked,
    minutes_of,
    outlook,
    proposed_delay,
)
from motcua.worktime.rules import Amount, Unit

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class EveryMinute:
    """A calendar in which every minute is worked."""

    def elapsed(self, start: datetime, end: datetime) -> int:
        return int((end - start).total_seconds() // 60)

    def after(self, start: datetime, minutes: int) -> datetime:
        return start + timedelta(minutes=minutes)


@dataclass(frozen=True)
class Leg:
    share: int
    parallel: bool = False
    name: str = ""
    role: str = ""
    function: str = ""


ROUTE = [Leg(10), Leg(50), Leg(30), Leg(10), Leg(0)]
BESIDE = [Leg(10), Leg(60), Leg(0, parallel=True), Leg(30), Leg(0)]
CLOCK = EveryMinute()


def minute(number: int) -> datetime:
    return START + timedelta(minutes=number)


def seen(route, legs, at: int, goal: int = 1000, running=None) -> Outlook:
    return outlook(
        route, [OpenLeg(position, minute(since)) for position, since in legs],
        running=running or ((START, None),), goal_at=minute(goal), at=minute(at), clock=CLOCK,
    )  # fmt: skip


def test_a_dossier_on_its_plan_is_not_foreseen_late():
    assert seen(ROUTE, [(2, 100)], at=100) == Outlook(needed=900, left=900)
    assert seen(ROUTE, [(2, 100)], at=600) == Outlook(needed=400, left=400)
    assert not seen(ROUTE, [(2, 100)], at=600).is_late


def test_a_step_that_overruns_leaves_too_little_for_what_follows():
    assert seen(ROUTE, [(2, 100)], at=601) == Outlook(needed=400, left=399)
    assert seen(ROUTE, [(2, 100)], at=601).is_late


def test_a_step_that_came_late_is_foreseen_at_once_and_one_that_came_early_has_air():
    assert seen(ROUTE, [(2, 101)], at=101).is_late
    assert not seen(ROUTE, [(2, 50)], at=540).is_late


def test_what_is_past_its_date_is_late_whatever_is_left_to_do():
    assert seen(ROUTE, [(5, 900)], at=1000) == Outlook(needed=0, left=0)
    assert not seen(ROUTE, [(5, 900)], at=1000).is_late
    assert seen(ROUTE, [(5, 900)], at=1001).is_late


def test_a_date_that_passed_while_the_office_was_closed_has_passed():
    class Closed(EveryMinute):
        def elapsed(self, start: datetime, end: datetime) -> int:
            return 0

    view = outlook(ROUTE, [], running=((START, None),), goal_at=minute(10), at=minute(11), clock=Closed())
    assert view.is_late


def test_side_by_side_the_slowest_counts_once():
    assert seen(BESIDE, [(2, 100), (3, 300)], at=500) == Outlook(needed=600 - 200 + 300, left=500)
    assert seen(BESIDE, [(2, 100)], at=500) == Outlook(needed=600 - 400 + 300, left=500)


def test_the_time_in_which_the_clock_stood_still_is_neither_planned_nor_worked():
    stopped = ((START, minute(200)), (minute(700), None))
    assert seen(ROUTE, [(2, 100)], at=700, goal=1500, running=stopped) == Outlook(needed=800, left=800)


@given(st.integers(1, 5), st.integers(0, 1200), st.integers(0, 1200))
def test_waiting_never_makes_it_better(position: int, since: int, at: int):
    """As time passes with the same step open, what is missing never shrinks."""
    first, second = sorted((since, at))
    before, after = seen(ROUTE, [(position, first)], at=first), seen(ROUTE, [(position, first)], at=second)
    assert after.needed - after.left >= before.needed - before.left


@pytest.mark.parametrize(
    ("left", "limit", "drafts"),
    [(961, 9600, False), (960, 9600, True), (480, 960, True), (481, 960, False), (241, 480, False), (240, 480, True)],
)
def test_a_letter_is_drafted_two_working_days_before_or_at_half_a_short_limit(left: int, limit: int, drafts: bool):
    assert is_time_to_draft(Outlook(needed=left + 1, left=left), whole_left=left, whole_limit=limit) is drafts
    assert not is_time_to_draft(Outlook(needed=left, left=left), whole_left=left, whole_limit=limit)


@pytest.mark.parametrize("days", range(2, 60))
def test_wherever_the_limit_has_two_days_the_letter_is_there_one_working_day_before(days: int):
    assert is_time_to_draft(Outlook(needed=481, left=480), whole_left=480, whole_limit=days * 480)


@pytest.mark.parametrize(
    ("needed", "left", "unit", "delay"),
    [
        (481, 480, Unit.WORKING_DAY, Amount(1, Unit.WORKING_DAY)),
        (1441, 960, Unit.DAY, Amount(2, Unit.WORKING_DAY)),
        (0, -30, Unit.WORKING_DAY, Amount(1, Unit.WORKING_DAY)),
        (121, 60, Unit.WORKING_HOUR, Amount(2, Unit.WORKING_HOUR)),
        (10**6, 0, Unit.WORKING_DAY, Amount(30, Unit.WORKING_DAY)),
    ],
)
def test_the_delay_proposed_is_what_the_plan_still_needs(needed: int, left: int, unit: Unit, delay: Amount):
    assert proposed_delay(Outlook(needed, left), Amount(60, unit)) == delay


@pytest.mark.parametrize(
    ("limit", "most"),
    [
        (Amount(4, Unit.WORKING_HOUR), 2), (Amount(24, Unit.WORKING_HOUR), 3), (Amount(25, Unit.WORKING_HOUR), 4),
        (Amount(1, Unit.WORKING_DAY), 2), (Amount(20, Unit.WORKING_DAY), 20), (Amount(45, Unit.WORKING_DAY), 30),
        (Amount(30, Unit.DAY), 22), (Amount(90, Unit.DAY), 30),
    ],
)  # fmt: skip
def test_a_letter_asks_at_most_for_the_limit_once_more(limit: Amount, most: int):
    assert longest_delay(limit) == Amount(most, Unit.WORKING_DAY)
    assert minutes_of(proposed_delay(Outlook(10**6, 0), limit)) == most * 480


def test_half_of_the_time_has_gone_once_more_than_half_has():
    assert not is_halfway(START, minute(100), minute(50))
    assert is_halfway(START, minute(100), minute(51))
    assert is_halfway(START, minute(100), minute(500))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Thị Lan", "Nguyễn T. L."),
        ("Võ Đình Quang", "Võ Đ. Q."),
        ("  Trần   An ", "Trần A."),
        ("Lan", "L."),
        ("", "."),
    ],
)
def test_a_name_is_masked_to_family_name_and_initials(name: str, shown: str):
    assert masked(name) == shown


def test_the_list_of_reasons_is_whole():
    codes = [reason.code for reason in listed_reasons()]
    assert len(codes) == len(set(codes)) >= 5
    assert all(len(code) <= 40 for code in codes)
    assert reasons_on(date(2026, 11, 23))
    assert not reasons_on(date(2000, 1, 1))
    assert reason_words("other", "Mất điện cả ngày.") == "Mất điện cả ngày."
    assert reason_words("own_error", "Ghi sai số thửa.") == "Sai sót của cơ quan khi xử lý hồ sơ. Ghi sai số thửa."
