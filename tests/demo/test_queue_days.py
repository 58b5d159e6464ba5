"""The demo hall's days: like the queue's own actions wrote them, and the record agrees."""

import time
from datetime import date

import pytest
from django.core.management import call_command

from motcua.config.number_checks import number_series
from motcua.core.record.findings import Findings
from motcua.core.sql import fetch_all
from motcua.demo.halls import build_hall
from motcua.demo.office import build_office
from motcua.demo.queue_days import build_queue_days
from motcua.queueing.models import DayScore, Hall, Pace, Sitting, Ticket, TicketState
from motcua.queueing.scoring import unlike

TODAY = date(2026, 11, 23)


@pytest.fixture
def hall(db) -> Hall:
    call_command("load_calendar")
    return build_hall(build_office())


def test_three_weeks_are_written_quickly_once_and_agree_with_the_record(hall: Hall):
    began = time.perf_counter()
    given = build_queue_days(hall, seed=2026, today=TODAY)
    assert time.perf_counter() - began < 10
    assert given == Ticket.objects.count() > 900
    assert build_queue_days(hall, seed=2026, today=TODAY) == 0
    found = Findings()
    number_series(found)
    assert found.named == []
    assert unlike() == []
    assert Pace.objects.exists()


def test_the_ranges_told_hold_about_eight_times_out_of_ten(hall: Hall):
    build_queue_days(hall, seed=2026, today=TODAY)
    scores = DayScore.objects.values_list("told", "held")
    assert len(scores) == 15
    held = sum(row[1] for row in scores) / sum(row[0] for row in scores)
    assert 0.7 <= held <= 0.92, f"{held:.2f}"


def test_every_number_has_the_events_of_its_life(hall: Hall):
    build_queue_days(hall, seed=7, today=TODAY, days=3)
    told = {
        row[0]: row[1]
        for row in fetch_all(
            "SELECT subject_id, array_agg(kind::text ORDER BY sequence) FROM core_event "
            "WHERE subject_kind = 'ticket' GROUP BY subject_id"
        )
    }
    lives = {
        TicketState.DONE: ["ticket.issued", "ticket.called", "ticket.begun", "ticket.done"],
        TicketState.ABSENT: ["ticket.issued", "ticket.called", "ticket.absent"],
        TicketState.LEFT: ["ticket.issued", "ticket.left"],
    }
    for ticket in Ticket.objects.all():
        assert told[ticket.pk] == lives[TicketState(ticket.state)]
    assert set(Ticket.objects.values_list("state", flat=True)) <= set(lives)
    assert not Sitting.objects.filter(ended_at=None).exists()


def test_the_same_seed_gives_the_same_days(hall: Hall):
    build_queue_days(hall, seed=3, today=TODAY, days=2)
    first = list(
        Ticket.objects.order_by("day", "place").values_list("day", "number", "issued_at", "called_at", "told_to")
    )
    Ticket.objects.all().delete()
    Sitting.objects.all().delete()
    fetch_all("DELETE FROM core_numberseries RETURNING last")
    build_queue_days(hall, seed=3, today=TODAY, days=2)
    again = list(
        Ticket.objects.order_by("day", "place").values_list("day", "number", "issued_at", "called_at", "told_to")
    )
    assert again == first
