"""The range that is told with a number, what a hall learns of its days, and how it scores what it told."""

from datetime import date, timedelta
from random import Random

import pytest

from motcua.config.record_checks import day_scores
from motcua.core.models import Event
from motcua.core.record.findings import Findings, What
from motcua.queueing.actions import (
    Issued,
    Wanted,
    begin,
    call_next,
    finish,
    give_up,
    issue,
    mark_absent,
    rest,
    send_on,
    sit_down,
)
from motcua.queueing.actions.learning import learn, learn_round, scores
from motcua.queueing.declared import declared_on
from motcua.queueing.models import DayScore, HallPace, Pace, Ticket, TicketWay, Turn
from motcua.queueing.queries import ranges
from motcua.queueing.queries.hall import Standing, Waits, standing
from motcua.queueing.queries.pace import forget_pace, learnt_by
from motcua.queueing.rules.forecast import Range
from tests.cast import MONDAY
from tests.queueing.hall import TESTER, Morning, minutes

TUESDAY = MONDAY.date() + timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pace()


def seated(hall: Morning) -> None:
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    sit_down(hall.counters[2].id, by=hall.second, at=minutes(0))


def told_to(ticket_id: object) -> Range | None:
    least, most = Ticket.objects.values_list("told_from", "told_to").get(pk=ticket_id)
    return None if most is None else Range(least, most)


def test_the_first_is_told_the_shortest_and_the_tenth_more(hall: Morning):
    seated(hall)
    taken = [hall.take("A") for _one in range(10)]
    assert taken[0].told == Range(0, 5)
    assert taken[9].told is not None
    assert taken[9].told.least >= 10
    assert [told_to(one.id) for one in taken] == [one.told for one in taken]
    ends = [one.told.most for one in taken if one.told]
    assert ends == sorted(ends)
    event = Event.objects.get(kind="ticket.issued", subject_id=taken[9].id)
    assert event.after["ahead"] == 9
    assert event.after["told"] == [taken[9].told.least, taken[9].told.most]


@pytest.mark.parametrize("seed", range(4))
def test_what_was_told_is_what_the_picture_of_the_hall_says_a_moment_later(hall: Morning, seed: int):
    random = Random(seed)
    seated(hall)
    ground = declared_on(MONDAY.date()).grounds[0].code
    for number in range(12):
        issued = hall.take(random.choice("ABT"), after=number, ground=random.choice(("", "", ground)))
        picture, mine = seen(hall, issued, number)
        assert ranges.range_for(picture, mine) == issued.told
        assert picture.ahead_of(mine, cap=declared_on(MONDAY.date()).cap) == issued.ahead
        if number % 3 == 2:
            serve_one(hall, number, sends_on=number == 5)
        if number == 8:
            rest(by=hall.second, at=minutes(number))


def seen(hall: Morning, issued: Issued, number: float) -> tuple[Standing, Waits]:
    """The hall a moment after a number was given, and that number in it."""
    picture = standing(hall.hall.id, minutes(number))
    assert picture is not None
    (mine,) = [one for one in picture.waiting if one.id == issued.id]
    return picture, mine


def serve_one(hall: Morning, number: float, *, sends_on: bool) -> None:
    called = call_next(by=hall.first, at=minutes(number))
    if called is not None and sends_on:
        send_on(called.pk, to=hall.counters[2].id, by=hall.first, at=minutes(number))
    elif called is not None:
        begin(called.pk, by=hall.first, at=minutes(number))


def test_who_is_favoured_or_shares_no_counter_is_told_the_few_who_are_called_before_him(hall: Morning):
    seated(hall)
    for number in range(6):
        hall.take("B", after=number)
    for number, letter, ground in ((7, "T", ""), (8, "B", declared_on(MONDAY.date()).grounds[0].code)):
        issued = hall.take(letter, after=number, ground=ground)
        picture, mine = seen(hall, issued, number)
        assert picture.ahead_of(mine, cap=declared_on(MONDAY.date()).cap) == issued.ahead
    assert issued.ahead == 0, "with priority, and nobody else has it"


def test_who_comes_before_his_appointed_time_is_told_whom_the_page_tells(hall: Morning):
    seated(hall)
    for number in range(3):
        hall.take("B", after=number, ground=declared_on(MONDAY.date()).grounds[0].code)
    wanted = Wanted(hall.needs["B"].id, TicketWay.BOOKING, since=minutes(40), turn=Turn.BOOKED)
    issued = issue(wanted, by=TESTER, at=minutes(4))
    picture, mine = seen(hall, issued, 4)
    assert picture.ahead_of(mine, cap=declared_on(MONDAY.date()).cap) == issued.ahead == 3
    assert issued.told is None


def test_the_range_told_is_that_of_the_count_told(hall: Morning, monkeypatch: pytest.MonkeyPatch):
    """People come between the reckoning and the number: the count is the statement's own, and so is the range."""
    seated(hall)
    table = ranges.Foretold(1, (7, 8, 9, 10), tuple(Range(5 * place, 5 * place + 5) for place in range(4)))
    monkeypatch.setattr("motcua.queueing.actions.issuing.foretold", lambda *_args, **_named: table)
    taken, places = [hall.take("A") for _one in range(6)], (0, 0, 1, 2, 3, 3)
    assert [one.told for one in taken] == [table.ranges[place] for place in places]
    assert [one.ahead for one in taken] == [table.aheads[place] for place in places]


def test_before_the_doors_open_the_wait_until_then_is_told(hall: Morning):
    early = MONDAY.replace(hour=6, minute=40)
    issued = hall.take("A", after=(early - MONDAY) / timedelta(minutes=1))
    assert issued.told is not None
    assert issued.told.least == 20


def test_who_waits_cannot_be_told_what_no_counter_takes(hall: Morning):
    hall.take("B")
    hall.counters[2].needs.clear()
    picture = standing(hall.hall.id, minutes(1))
    assert picture is not None
    assert ranges.range_for(picture, picture.waiting[0]) is None
    nothing = ranges.foretold(hall.hall.id, hall.needs["B"].id, is_favoured=False, at=minutes(1))
    assert nothing.ranges == ()


def a_day(hall: Morning) -> None:
    """Nine people: served six minutes each by the first counter, one absent, one who leaves, two never called."""
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    taken = [hall.take("A", after=0.1 * number) for number in range(9)]
    give_up(taken[8].id, at=minutes(3))
    for number in range(6):
        called = call_next(by=hall.first, at=minutes(1 + number * 6))
        assert called is not None
        if number == 3:
            mark_absent(called.pk, by=hall.first, at=minutes(3 + number * 6))
            continue
        begin(called.pk, by=hall.first, at=minutes(2 + number * 6))
        finish(called.pk, by=hall.first, at=minutes(7 + number * 6))


def slowly_scored() -> tuple[int, int, int, int]:
    """Told, held, sooner and later, ticket by ticket."""
    counted = [0, 0, 0, 0]
    for ticket in Ticket.objects.all():
        if ticket.told_to is None or (ticket.state == "left" and ticket.first_called_at is None):
            continue
        waited = ticket.first_called_at and (ticket.first_called_at - ticket.issued_at) / timedelta(minutes=1)
        place = 3 if waited is None or waited > ticket.told_to else 2 if waited < (ticket.told_from or 0) else 1
        counted[0] += 1
        counted[place] += 1
    return counted[0], counted[1], counted[2], counted[3]


def test_a_hall_learns_how_long_a_need_takes(hall: Morning):
    a_day(hall)
    before = learnt_by(hall.hall.id).minutes(hall.counters[1].id, "A", 9)
    learn(hall.hall.id, TUESDAY)
    rows = Pace.objects.filter(counter=hall.counters[1]).values_list("hour", "count", "total", "squares")
    assert sorted(rows) == [(9, 6, pytest.approx(32.0), pytest.approx(184.0))]
    after = learnt_by(hall.hall.id).minutes(hall.counters[1].id, "A", 9)
    assert after.doubt < before.doubt
    assert after.mean < before.mean


def test_the_score_of_a_day_is_what_its_tickets_say(hall: Morning):
    a_day(hall)
    learn(hall.hall.id, TUESDAY)
    score = DayScore.objects.get()
    assert (score.day, score.told, score.held, score.sooner, score.later) == (MONDAY.date(), *slowly_scored())
    assert score.later >= 2, "who was never called waited longer than he was told"
    assert score.told == 8, "who gave his number up waited nobody knows how long"
    assert scores(hall.hall.id, MONDAY.date(), MONDAY.date()) == (score.told, score.held)
    assert scores(hall.hall.id, date(2026, 1, 1), date(2026, 1, 2)) == (0, 0)


def test_verify_names_a_score_that_the_tickets_do_not_bear_out(hall: Morning):
    a_day(hall)
    assert named() == [], "nothing was learnt yet: no score is missing"
    learn(hall.hall.id, TUESDAY)
    assert named() == []
    DayScore.objects.update(held=0, later=0, sooner=8)
    assert named() == [(f"mot-cua/{MONDAY.date()}", What.CHANGED)]
    DayScore.objects.all().delete()
    assert named() == [(f"mot-cua/{MONDAY.date()}", What.MISSING)]
    learn(hall.hall.id, TUESDAY)
    DayScore.objects.create(hall=hall.hall, day=date(2026, 1, 5), told=9, held=9, sooner=0, later=0)
    assert named() == [("mot-cua/2026-01-05", What.INSERTED)]


def named() -> list[tuple[str, What]]:
    found = Findings()
    day_scores(found)
    return [(one.row, one.what) for one in found.named]


def test_a_hall_learns_once_a_day(hall: Morning):
    assert learn_round(minutes(0)) == {"halls": 1}
    assert learn_round(minutes(60)) == {"halls": 0}
    assert learn_round(minutes(24 * 60)) == {"halls": 1}
    assert HallPace.objects.get().learnt_on == TUESDAY
