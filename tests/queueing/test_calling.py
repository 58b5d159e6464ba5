"""From a number taken to a person served, by two officials at two counters."""

import pytest

from motcua.core.models import Event
from motcua.core.sql import fetch_all
from motcua.queueing.actions import (
    begin,
    bring_back,
    call_again,
    call_next,
    call_with,
    end_day,
    finish,
    give_up,
    hold,
    mark_absent,
    rest,
    return_to_work,
    send_on,
    sit_down,
    stand_up,
    take_up,
)
from motcua.queueing.models import Ticket, TicketState, Turn
from motcua.queueing.queries.hall import standing as hall_stands
from motcua.queueing.queries.ranges import range_for
from motcua.queueing.states import CounterTaken, NotSitting, QueueClosed, StaleTicket, StillCalled
from tests.queueing.hall import Morning, minutes


def seated(hall: Morning) -> None:
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    sit_down(hall.counters[2].id, by=hall.second, at=minutes(0))


def called(ticket: Ticket | None) -> str:
    assert ticket is not None
    return f"{ticket.need.letter}{ticket.number:03d}"


def test_numbers_run_by_need_and_the_line_is_one(hall: Morning):
    taken = [hall.take(letter, after=number) for number, letter in enumerate("AABAB")]
    assert [ticket.label for ticket in taken] == ["A001", "A002", "B001", "A003", "B002"]
    assert [ticket.ahead for ticket in taken] == [0, 1, 2, 3, 4]
    assert list(Ticket.objects.order_by("place").values_list("place", flat=True)) == [1, 2, 3, 4, 5]
    told = Event.objects.filter(kind="ticket.issued").order_by("sequence").values_list("after__number", flat=True)
    assert list(told) == ["A001", "A002", "B001", "A003", "B002"]


def test_each_counter_calls_what_it_takes_in_the_order_of_the_line(hall: Morning):
    seated(hall)
    for number, letter in enumerate("BABA"):
        hall.take(letter, after=number)
    assert called(call_next(by=hall.first, at=minutes(5))) == "A001"
    assert called(call_next(by=hall.second, at=minutes(5))) == "B001"
    with pytest.raises(StillCalled):
        call_next(by=hall.first, at=minutes(6))
    first = Ticket.objects.get(state="called", counter=hall.counters[1])
    begin(first.pk, by=hall.first, at=minutes(6))
    assert called(call_next(by=hall.first, at=minutes(9))) == "A002"
    first.refresh_from_db()
    assert (first.state, first.began_at, first.ended_at) == ("done", minutes(6), minutes(9))


def test_priority_goes_first_but_not_for_ever(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    hall.take("A")
    for number in range(1, 5):
        hall.take("A", after=number, ground="elderly")
    order = []
    for after in range(10, 15):
        ticket = call_next(by=hall.first, at=minutes(after))
        order.append(called(ticket))
        begin(ticket.pk, by=hall.first, at=minutes(after))
    assert order == ["A002", "A003", "A001", "A004", "A005"]


def test_a_ground_that_is_none_is_refused(hall: Morning):
    with pytest.raises(QueueClosed, match="Lý do ưu tiên"):
        hall.take("A", ground="in-a-hurry")


def test_who_did_not_come_comes_back_before_the_others(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    for number in range(3):
        hall.take("A", after=number)
    first = call_next(by=hall.first, at=minutes(5))
    again = call_again(first.pk, by=hall.first, at=minutes(6))
    assert (again.calls, again.called_at, again.first_called_at) == (2, minutes(6), minutes(5))
    mark_absent(first.pk, by=hall.first, at=minutes(7))
    second = call_next(by=hall.first, at=minutes(7))
    assert called(second) == "A002"
    begin(second.pk, by=hall.first, at=minutes(7))
    bring_back(first.pk, by=hall.first, at=minutes(8))
    back = call_next(by=hall.first, at=minutes(9))
    assert (called(back), back.turn) == ("A001", Turn.BACK)


def test_a_number_of_yesterday_comes_back_into_no_line(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    hall.take("A")
    absent = call_next(by=hall.first, at=minutes(5))
    mark_absent(absent.pk, by=hall.first, at=minutes(6))
    with pytest.raises(StaleTicket):
        bring_back(absent.pk, by=hall.first, at=minutes(24 * 60))
    assert Ticket.objects.get().state == TicketState.ABSENT


def test_held_sent_on_and_served_together(hall: Morning):
    seated(hall)
    for number in range(4):
        hall.take("A", after=number)
    one = call_next(by=hall.first, at=minutes(5))
    begin(one.pk, by=hall.first, at=minutes(5))
    hold(one.pk, by=hall.first, at=minutes(6))
    two = call_next(by=hall.first, at=minutes(6))
    assert called(two) == "A002"
    send_on(two.pk, to=hall.counters[2].id, by=hall.first, at=minutes(7))
    three = call_next(by=hall.first, at=minutes(7))
    assert called(three) == "A003", "what was sent to another counter is not called here"
    assert called(call_next(by=hall.second, at=minutes(8))) == "A002"
    family = call_with(Ticket.objects.get(number=4, need=hall.needs["A"]).pk, by=hall.first, at=minutes(8))
    assert family.counter_id == hall.counters[1].id
    for ticket in (three, family):
        begin(ticket.pk, by=hall.first, at=minutes(9))
    assert call_next(by=hall.first, at=minutes(12)) is None, "nobody waits, and both are done"
    assert Ticket.objects.filter(state="done").count() == 2
    back = take_up(one.pk, by=hall.first, at=minutes(13))
    assert (back.state, back.began_at) == ("serving", minutes(5))


def test_a_counter_has_one_official_and_a_break_calls_nobody(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    with pytest.raises(CounterTaken):
        sit_down(hall.counters[1].id, by=hall.second, at=minutes(1))
    hall.take("A")
    rest(by=hall.first, at=minutes(2))
    with pytest.raises(NotSitting):
        call_next(by=hall.first, at=minutes(3))
    return_to_work(by=hall.first, at=minutes(4))
    one = call_next(by=hall.first, at=minutes(5))
    with pytest.raises(StillCalled):
        stand_up(by=hall.first, at=minutes(6))
    finish(one.pk, by=hall.first, at=minutes(7))
    stand_up(by=hall.first, at=minutes(8))
    with pytest.raises(NotSitting):
        call_next(by=hall.first, at=minutes(9))


def test_what_somebody_else_did_meanwhile_is_not_overwritten(hall: Morning):
    seated(hall)
    taken = hall.take("A")
    ticket = call_next(by=hall.first, at=minutes(1))
    with pytest.raises(StaleTicket):
        finish(ticket.pk, by=hall.second, at=minutes(2))
    with pytest.raises(StaleTicket):
        hold(taken.id, by=hall.second, at=minutes(2))
    give_up(taken.id, at=minutes(2))
    with pytest.raises(StaleTicket):
        begin(ticket.pk, by=hall.first, at=minutes(3))


def test_the_evening_ends_what_was_not_served_and_says_so(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    for number in range(3):
        hall.take("A", after=number)
    begin(call_next(by=hall.first, at=minutes(5)).pk, by=hall.first, at=minutes(5))
    assert end_day(hall.hall.id, at=minutes(600)) == 2
    states = Ticket.objects.order_by("place").values_list("state", flat=True)
    assert list(states) == [TicketState.SERVING, TicketState.UNSERVED, TicketState.UNSERVED]
    assert fetch_all("SELECT count(*) FROM core_event WHERE kind = 'ticket.unserved'") == [(2,)]


def test_no_number_out_of_hours_or_where_nobody_sits(hall: Morning):
    with pytest.raises(QueueClosed, match=r"Ngoài giờ làm việc\. Quầy mở lại lúc 07:00 ngày 25/11/2026"):
        hall.take("A", after=9 * 60)
    seated(hall)
    stand_up(by=hall.second, at=minutes(30))
    with pytest.raises(QueueClosed, match="chưa có cán bộ trực quầy"):
        hall.take("B", after=31)
    hall.take("A", after=31)


def test_a_clock_set_back_loses_no_number_and_no_priority(hall: Morning):
    seated(hall)
    ordinary = hall.take("A", after=20)
    favoured = hall.take("A", after=21, ground="elderly")
    back = minutes(5)
    standing = hall_stands(hall.hall.pk, back)
    assert standing is not None
    assert [range_for(standing, one) is not None for one in standing.waiting] == [True, True], "none is to come later"
    later = hall.take("A", after=6)
    assert (later.label, later.ahead) == ("A003", 2)
    assert called(call_next(by=hall.first, at=minutes(7))) == favoured.label
    assert called(call_next(by=hall.second, at=minutes(7))) == ordinary.label
    first, second = Ticket.objects.filter(state="called").order_by("place")
    begin(first.pk, by=hall.second, at=minutes(8))
    finish(first.pk, by=hall.second, at=minutes(9))
    assert called(call_next(by=hall.second, at=minutes(9))) == "A003"
    mark_absent(second.pk, by=hall.first, at=minutes(9))
