"""Two officials at once, and a power cut in mid-morning: on committed rows, by connections of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import pytest
from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import make_conninfo

from motcua.core.models import Event
from motcua.demo.office import build_office
from motcua.queueing.actions import begin, call_next, call_with, calling, finish, sit_down
from motcua.queueing.actions.evening import evening_round
from motcua.queueing.models import Sitting, Ticket
from motcua.queueing.states import CounterTaken, StaleTicket
from tests.cast import the_cast
from tests.committed import Actor, django_on, own_database, together
from tests.queueing.hall import Morning, minutes, morning

# Another process that gives numbers as fast as it can, and says each one that stands.
TAKING = """
import sys
from datetime import datetime, timedelta
import django
django.setup()
from motcua.core.events import Actor
from motcua.queueing.actions import Wanted, issue
from motcua.queueing.models import TicketWay
at = datetime.fromisoformat(sys.argv[2])
for number in range(10_000):
    wanted = Wanted(sys.argv[1], TicketWay.KIOSK, ground="elderly" if number % 3 == 2 else "")
    print(issue(wanted, by=Actor(None, "Máy"), at=at + timedelta(seconds=number)).label, flush=True)
"""


@pytest.fixture
def hall(django_db_blocker) -> Iterator[Morning]:
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("load_calendar")
        build_office()
        yield morning(the_cast())


def test_two_officials_who_call_at_once_get_two_people(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    sit_down(hall.counters[2].id, by=hall.second, at=minutes(0))
    for number in range(40):
        hall.take("A", after=number / 10)
    for turn in range(20):
        at = minutes(10 + turn)
        tickets = together([partial(call_next, by=by, at=at) for by in (hall.first, hall.second)])
        assert sorted(ticket.number for ticket in tickets) == [2 * turn + 1, 2 * turn + 2]
        for ticket, by in zip(tickets, (hall.first, hall.second), strict=True):
            finish(ticket.pk, by=by, at=at)
    assert Event.objects.filter(kind="ticket.called").count() == 40


def test_one_person_is_called_along_by_one_official_only(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    sit_down(hall.counters[2].id, by=hall.second, at=minutes(0))
    for number in range(3):
        hall.take("A", after=number)
    for by in (hall.first, hall.second):
        begin(call_next(by=by, at=minutes(5)).pk, by=by, at=minutes(6))
    third = Ticket.objects.get(number=3).pk
    came = together([lambda by=by: call_with(third, by=by, at=minutes(7)) for by in (hall.first, hall.second)])
    assert {type(one) for one in came} == {StaleTicket, Ticket}


def test_two_officials_who_sit_down_at_once_do_not_share_a_chair(hall: Morning):
    chair = hall.counters[1].id
    came = together([lambda by=by: sit_down(chair, by=by, at=minutes(0)) for by in (hall.first, hall.second)])
    assert {type(one) for one in came} == {Sitting, CounterTaken}
    assert Sitting.objects.filter(counter_id=chair, ended_at=None).count() == 1


def test_the_evening_round_and_a_call_do_not_wait_for_each_other(hall: Morning, monkeypatch: pytest.MonkeyPatch):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    hall.take("A")
    in_turn, rounds = calling._one_call_at_a_time, list[object]()

    def after_a_round(sitting: Sitting) -> None:
        evening = Actor(partial(evening_round, minutes(2)))
        evening.start()
        rounds.append(evening.came_of_it())
        in_turn(sitting)

    monkeypatch.setattr(calling, "_one_call_at_a_time", after_a_round)
    assert call_next(by=hall.first, at=minutes(3)).number == 1
    assert rounds == [{"unserved": 0, "left": 0}]


def test_a_power_cut_loses_no_number_and_no_order(hall: Morning):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    told = numbers_until_killed(hall, how_many=25)
    stand = list(Ticket.objects.order_by("place").values_list("number", "place", "state"))
    assert len(stand) >= len(told) == 25, "whatever was said is written"
    assert stand == [(place, place, "waiting") for place in range(1, len(stand) + 1)], "nothing twice, no gap"
    connection.close()  # the office comes back
    assert hall.take("A", after=59).number == len(stand) + 1
    called = []
    for minute in range(60, 66):
        ticket = call_next(by=hall.first, at=minutes(minute))
        called.append(ticket.number)
        finish(ticket.pk, by=hall.first, at=minutes(minute))
    assert called == [3, 6, 1, 9, 12, 2]


def numbers_until_killed(hall: Morning, how_many: int) -> list[str]:
    """What the process said until its power was cut in the middle of its work."""
    where = connection.get_connection_params()
    database = make_conninfo("", host=where["host"], user=where["user"], dbname=where["dbname"])
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "motcua.config.settings", "DATABASE_URL": database}
    command = [sys.executable, "-c", TAKING, str(hall.needs["A"].id), minutes(1).isoformat()]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _number in range(how_many)]
        process.kill()
    return told
