"""From the number served to the dossier taken in: the intake opens with the person, and the record says whose turn."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils.timezone import localdate

from motcua.core.models import Event
from motcua.demo.office import PASSWORD
from motcua.dossiers.models import Dossier
from motcua.intake.actions import receive
from motcua.intake.views import counter
from motcua.queueing.actions import begin, call_next, hold, sit_down
from motcua.queueing.models import Ticket
from motcua.reporting.detectors.queries import Period, taken_in_after_turn
from tests.cast import BIRTH, MRS_LAN, Cast, filing, offered
from tests.journey.conftest import cast, ward
from tests.queueing.hall import Morning, minutes, morning

__all__ = ["cast", "ward"]

CARD = "001184012345|012345678|Nguyễn Thị Ánh Tuyết|05091984|Nữ|Số 8, ngõ 12 Tân Mai, Hoàng Mai, Hà Nội|10052021"


@pytest.fixture
def hall(cast: Cast) -> Morning:
    """The hall in an office with its catalogue."""
    return morning(cast)


@pytest.fixture
def served(hall: Morning, monkeypatch: pytest.MonkeyPatch) -> Ticket:
    """A001 in front of the receiver, nine minutes after the morning began."""
    monkeypatch.setattr(counter, "timezone", SimpleNamespace(now=lambda: minutes(12), localdate=localdate))
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    hall.take("A", after=1)
    ticket = call_next(by=hall.first, at=minutes(8))
    begin(ticket.pk, by=hall.first, at=minutes(9))
    return ticket


@pytest.fixture
def receiver(hall: Morning) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": "tiepnhan", "password": PASSWORD})
    return client


def hidden(page: str) -> str:
    return re.search(r'name="ticket"(?: value="([^"]*)")?', page)[1] or ""


def typed(hall: Morning, ticket: str, **changes: str) -> dict[str, object]:
    papers = [str(paper.id) for paper in offered(BIRTH, hall.first).components]
    return {
        "submission_id": "01900000-0000-7000-8000-000000000001", "applicant_kind": "person", "copies": "1",
        "full_name": "Nguyễn Thị Ánh Tuyết", "personal_id": "001184012345", "channel": "counter", "papers": papers,
        "return_method": "counter", "receive": "1", "ticket": ticket, **changes,
    }  # fmt: skip


def test_a_scan_at_the_counter_opens_the_intake_filled_in(served: Ticket, hall: Morning, receiver: Client):
    page = receiver.post(f"/intake/{BIRTH}/", {"from_counter": "1", "scanned": CARD, "ticket": served.pk})
    assert page.status_code == 200
    assert 'value="Nguyễn Thị Ánh Tuyết"' in page.text
    assert hidden(page.text) == str(served.pk)
    assert "Số A001" in page.text
    answer = receiver.post(f"/intake/{BIRTH}/", typed(hall, str(served.pk)))
    assert answer.status_code == 302
    assert "A001" not in answer["Location"]
    dossier = Dossier.objects.get()
    assert Ticket.objects.get(pk=served.pk).dossier_id == dossier.pk
    received = Event.objects.get(kind="dossier.received", subject_id=dossier.pk)
    assert received.after["ticket"] == str(served.pk)
    assert Event.objects.get(kind="ticket.taken_in").after == {"dossier": str(dossier.pk)}


def test_without_a_card_the_intake_opens_empty_but_knows_the_number(served: Ticket, receiver: Client):
    page = receiver.post(f"/intake/{BIRTH}/", {"from_counter": "1", "scanned": " ", "ticket": served.pk})
    assert page.status_code == 200
    assert "govuk-error" not in page.text
    assert hidden(page.text) == str(served.pk)
    assert hidden(receiver.get(f"/intake/{BIRTH}/").text) == str(served.pk), "also when it was found by its name"
    assert hidden(receiver.get(f"/assist/{BIRTH}/").text) == str(served.pk)


def test_an_unreadable_card_keeps_the_number(served: Ticket, receiver: Client):
    page = receiver.post(f"/intake/{BIRTH}/", {"from_counter": "1", "scanned": "xin chào", "ticket": served.pk})
    assert page.status_code == 422
    assert "scanned-error" in page.text
    assert hidden(page.text) == str(served.pk)


@pytest.mark.parametrize("forged", ["", "no-key", "01900000-0000-7000-8000-000000000009"])
def test_a_number_not_in_his_hands_is_not_believed(served: Ticket, hall: Morning, receiver: Client, forged: str):
    assert receiver.post(f"/intake/{BIRTH}/", typed(hall, forged)).status_code == 302
    assert "ticket" not in Event.objects.get(kind="dossier.received").after
    assert Ticket.objects.get(pk=served.pk).dossier_id is None


def test_nobody_else_gets_the_number_of_a_colleague(served: Ticket, hall: Morning):
    second = Client()
    second.post("/accounts/login/", {"login": "quayhai", "password": "mot-mat-khau-dai"})
    assert hidden(second.get(f"/intake/{BIRTH}/").text) == ""
    assert second.post(f"/intake/{BIRTH}/", typed(hall, str(served.pk))).status_code == 302
    assert Ticket.objects.get(pk=served.pk).dossier_id is None


def test_a_second_dossier_of_the_same_person_names_the_number_too(served: Ticket, hall: Morning):
    opened = []
    for _several in range(2):
        sent = filing(BIRTH, MRS_LAN, hall.first, ticket_id=served.pk)
        opened.append(receive(sent, offered=offered(BIRTH, hall.first), by=hall.first, at=minutes(12))[0])
    assert Ticket.objects.get(pk=served.pk).dossier_id == opened[0].id
    named = Event.objects.filter(kind="dossier.received", after__ticket=str(served.pk))
    assert named.count() == 2


def test_what_is_written_down_hours_after_the_turn_is_a_sign(served: Ticket, hall: Morning):
    hold(served.pk, by=hall.first, at=minutes(13))
    in_time = filing(BIRTH, MRS_LAN, hall.first, ticket_id=served.pk)
    receive(in_time, offered=offered(BIRTH, hall.first), by=hall.first, at=minutes(20))
    late = filing(BIRTH, MRS_LAN, hall.first, ticket_id=served.pk)
    receive(late, offered=offered(BIRTH, hall.first), by=hall.first, at=minutes(9 + 121))
    period = Period([hall.hall.agency_id], minutes(0), minutes(0) + timedelta(days=1))
    (row,) = taken_in_after_turn(period, {"after_served_minutes": 120})
    assert (row["number"], row["arrived"], row["taken"]) == ("A001", minutes(9), minutes(130))
