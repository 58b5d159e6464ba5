"""The plan of a route: shares laid over working time, never backwards, never past the promise."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.routing.rules import due_of_leg, plan
from motcua.worktime.rules import VIETNAM, Calendar, CalendarPlan, CoveredYear, DatedDay, DayKind, WeeklyHours
from tests.worktime.plans import FULL

OFFICE = Calendar(
    CalendarPlan(
        code="XA", name="Lịch xã", years=(CoveredYear(2025), CoveredYear(2026)),
        weekly=tuple(WeeklyHours(weekday, session) for weekday in range(1, 6) for session in FULL),
        days=(DatedDay(date(2025, 6, 5), DayKind.HOLIDAY, "Ngày lễ"),),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Leg:
    share: int
    name: str = "Bước"
    role: str = "case_officer"
    function: str = "justice"
    parallel: bool = False


def june(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 6, day, hour, minute, tzinfo=VIETNAM)


def due_times(shares: list[int], received_at: datetime, due_at: datetime) -> list[datetime]:
    legs = plan([Leg(share) for share in shares], running=((received_at, None),), due_at=due_at, clock=OFFICE)
    return [leg.due_at for leg in legs]


def test_shares_of_one_working_day() -> None:
    assert due_times([10, 50, 30, 10, 0], june(2, 8), june(3, 8)) == [
        june(2, 8, 48), june(2, 14, 48), june(3, 7, 12), june(3, 8), june(3, 8),
    ]  # fmt: skip


def test_shares_step_over_the_holiday_and_the_weekend() -> None:
    assert due_times([50, 50, 0], june(4, 8), june(9, 8)) == [june(6, 8), june(9, 8), june(9, 8)]


def test_a_leg_keeps_what_the_route_says_of_it() -> None:
    legs = plan(
        [Leg(100, "Ký", "approver", "leaders"), Leg(0, "Trả kết quả", "receiver", "one_stop")],
        running=((june(2, 8), None),), due_at=june(2, 10), clock=OFFICE,
    )  # fmt: skip
    assert [(leg.position, leg.name, leg.role, leg.function, leg.due_at) for leg in legs] == [
        (1, "Ký", "approver", "leaders", june(2, 10)),
        (2, "Trả kết quả", "receiver", "one_stop", june(2, 10)),
    ]


def test_without_working_time_every_step_is_due_with_the_dossier() -> None:
    assert due_times([30, 70, 0], june(7, 9), june(7, 9)) == [june(7, 9)] * 3


def test_an_empty_route_plans_nothing() -> None:
    assert due_times([], june(2, 8), june(3, 8)) == []


@pytest.mark.parametrize("received_at", [june(2, 6), june(2, 12), june(2, 20), june(7, 9)])
def test_received_outside_office_hours_no_step_is_due_before_receipt(received_at: datetime) -> None:
    dues = due_times([5, 90, 5, 0], received_at, june(10, 17))
    assert received_at < dues[0] < dues[1] < dues[2] == dues[3] == june(10, 17)


@st.composite
def routes(draw: st.DrawFn) -> list[int]:
    """Shares that sum to 100, with the uncounted return at the end."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), max_size=7)))
    marks = [0, *cuts, 100]
    return [after - before for before, after in pairwise(marks)] + [0]


@given(shares=routes(), start=st.integers(0, 60 * 24 * 200), length=st.integers(0, 60 * 24 * 90))
def test_every_plan_ends_at_the_promise_and_never_goes_back(shares: list[int], start: int, length: int) -> None:
    received_at = june(2, 0) + timedelta(minutes=start)
    due_at = received_at + timedelta(minutes=length)
    dues = due_times(shares, received_at, due_at)
    assert len(dues) == len(shares)
    assert dues == sorted(dues)
    assert dues[-1] == dues[-2] == due_at
    assert all(received_at <= due <= due_at for due in dues)
    total, used = OFFICE.elapsed(received_at, due_at), 0
    for share, due in zip(shares, dues, strict=True):
        used += share
        assert OFFICE.elapsed(received_at, due) == total * used // 100


@given(
    shares=routes(),
    beside=st.sets(st.integers(0, 8)),
    pause=st.tuples(st.integers(1, 9_000), st.integers(0, 9_000)),
    length=st.integers(0, 60 * 24 * 60),
)
def test_one_leg_alone_is_due_as_in_the_whole_plan(
    shares: list[int], beside: set[int], pause: tuple[int, int], length: int
) -> None:
    """Also after a pause, and with legs side by side; a place the route does not have has no date."""
    route = [Leg(share, parallel=place in beside) for place, share in enumerate(shares)]
    first, stop = june(2, 8), june(2, 8) + timedelta(minutes=pause[0])
    again = stop + timedelta(minutes=pause[1])
    asked = {"running": ((first, stop), (again, None)), "due_at": again + timedelta(minutes=length), "clock": OFFICE}
    planned = [leg.due_at for leg in plan(route, **asked)]
    assert [due_of_leg(route, place, **asked) for place in range(1, len(route) + 1)] == planned
    assert due_of_leg(route, 0, **asked) is due_of_leg(route, len(route) + 1, **asked) is None
