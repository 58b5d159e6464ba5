"""Closing time and the night: who waits is served while somebody sits, and in the end everything is said."""

from datetime import datetime, timedelta

import pytest

from motcua.core.models import Event
from motcua.queueing.actions import begin, call_next, finish, give_up, hold, sit_down, stand_up
from motcua.queueing.actions.evening import evening_round
from motcua.queueing.models import Sitting, Ticket
from motcua.queueing.queries.opening import opening_of
from motcua.worktime.rules import CalendarGap
from tests.cast import HANOI_TIME, MONDAY
from tests.queueing.hall import Morning, minutes

LUNCH, CLOSED, NEXT_MORNING = minutes(180), minutes(9 * 60), minutes(22 * 60)
"""12:15, 18:15 and 7:15 of the next day."""


def states() -> list[str]:
    return list(Ticket.objects.order_by("place").values_list("state", flat=True))


def test_nothing_ends_at_noon_nor_while_the_office_works(hall: Morning):
    hall.take("A")
    for at in (minutes(5), LUNCH):
        assert evening_round(at) == {"unserved": 0, "left": 0}
    assert states() == ["waiting"]


def test_closing_time_with_twelve_people_waiting(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    for number in range(12):
        hall.take("A", after=number)
    assert evening_round(CLOSED) == {"unserved": 0, "left": 0}, "somebody sits: they are served"
    for served in range(10):
        ticket = call_next(by=hall.first, at=CLOSED + timedelta(minutes=served))
        begin(ticket.pk, by=hall.first, at=CLOSED + timedelta(minutes=served))
        finish(ticket.pk, by=hall.first, at=CLOSED + timedelta(minutes=served, seconds=30))
    stand_up(by=hall.first, at=CLOSED + timedelta(minutes=11))
    assert Event.objects.get(kind="counter.left").after["waiting"] == 2
    assert evening_round(CLOSED + timedelta(minutes=12)) == {"unserved": 2, "left": 0}
    assert states() == ["done"] * 10 + ["unserved"] * 2
    assert evening_round(CLOSED + timedelta(minutes=22)) == {"unserved": 0, "left": 0}, "once is enough"


def test_who_forgot_to_leave_has_left_by_the_next_morning(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    sit_down(hall.counters[2].id, by=hall.second, at=minutes(0))
    for number in range(5):
        hall.take("A", after=number)
    begin(call_next(by=hall.first, at=minutes(10)).pk, by=hall.first, at=minutes(11))
    call_next(by=hall.second, at=minutes(12))
    assert evening_round(CLOSED) == {"unserved": 0, "left": 0}
    assert evening_round(NEXT_MORNING) == {"unserved": 3, "left": 2}
    assert states() == ["done", "absent", "unserved", "unserved", "unserved"]
    assert not Sitting.objects.filter(ended_at=None).exists()
    left = Event.objects.filter(kind="counter.left").values_list("actor_name", flat=True)
    assert list(left) == ["Một Cửa, cuối ngày"] * 2


def test_held_and_given_up(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    taken = [hall.take("A", after=number) for number in range(2)]
    hold(call_next(by=hall.first, at=minutes(5)).pk, by=hall.first, at=minutes(6))
    give_up(taken[1].id, at=minutes(7))
    stand_up(by=hall.first, at=minutes(8))
    assert evening_round(CLOSED) == {"unserved": 1, "left": 0}
    assert states() == ["unserved", "left"]


@pytest.mark.parametrize("days", [5, 6])
def test_a_day_without_work_is_over_from_its_beginning(hall: Morning, days: int):
    hall.take("A")
    assert evening_round(minutes(24 * 60 * days)) == {"unserved": 1, "left": 0}


YEAR_ENDS = datetime(2027, 12, 31, 17, 30, tzinfo=HANOI_TIME)
"""After work on the last day of the calendar that is loaded."""


def test_the_last_evening_of_the_calendar_ends_and_the_days_after_are_said_to_be_missing(hall: Morning):
    hall.take("A", after=(YEAR_ENDS - timedelta(hours=2) - MONDAY) / timedelta(minutes=1))
    assert evening_round(YEAR_ENDS) == {"unserved": 1, "left": 0}
    sit_down(hall.counters[1].id, by=hall.first, at=YEAR_ENDS)
    with pytest.raises(ExceptionGroup) as missing:
        evening_round(YEAR_ENDS + timedelta(days=3))
    assert [type(fault) for fault in missing.value.exceptions] == [CalendarGap]
    assert not Sitting.objects.filter(ended_at=None).exists(), "who sat there in the old year has left all the same"


def test_beyond_the_calendar_no_number_is_given_and_nothing_breaks(hall: Morning):
    need = hall.needs["A"].id
    assert opening_of(need, YEAR_ENDS).sentence.startswith("Ngoài giờ làm việc. Ông/bà xem lịch")
    beyond = opening_of(need, YEAR_ENDS + timedelta(days=3, hours=-8))
    assert not beyond.is_open
    assert "chưa được nạp" in beyond.sentence


def test_who_came_early_and_calls_already_keeps_his_counter(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    hall.take("A", after=46 * 60)
    call_next(by=hall.first, at=minutes(46 * 60 + 1))
    assert evening_round(minutes(46 * 60 + 2)) == {"unserved": 0, "left": 0}
    assert states() == ["called"]
