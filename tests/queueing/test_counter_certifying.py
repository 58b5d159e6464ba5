"""Certification at the counter: counted, paid, taken in and passed on in one go, and all of it in the record."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from motcua.core.models import Event
from motcua.demo.office import PASSWORD
from motcua.dossiers.models import Dossier
from motcua.intake.certifying import views
from motcua.intake.certifying.actions import Batch, certify, price
from motcua.payments.models import MoneyReceipt
from motcua.payments.orders.refusals import OrderRefused
from motcua.people.models import Role
from motcua.queueing.actions import begin, call_next, sit_down
from motcua.queueing.models import Ticket
from motcua.routing.models import Step
from tests.cast import MRS_LAN, Cast, offered
from tests.journey.conftest import cast, ward
from tests.queueing.hall import Morning, minutes, morning

__all__ = ["cast", "ward"]
COPIES = "2.000815"
CARD = "001184012345|012345678|Nguyễn Thị Ánh Tuyết|05091984|Nữ|Số 8, ngõ 12 Tân Mai, Hoàng Mai, Hà Nội|10052021"


@pytest.fixture
def hall(cast: Cast) -> Morning:
    return morning(cast)


@pytest.fixture
def receiver(hall: Morning, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(views, "now", lambda: minutes(12))
    client = Client()
    client.post("/accounts/login/", {"login": "tiepnhan", "password": PASSWORD})
    return client


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "submission_id": str(uuid4()), "full_name": "Nguyễn Thị Lan", "documents_0": "2", "pages_0": "3",
        "copies_0": "2", "amount": "20000", "certify": "1", **changes,
    }  # fmt: skip


def shown_price(page: str) -> int:
    return int(re.search(r'name="amount"\s+value="(\d+)"', page)[1])


@pytest.mark.parametrize(
    ("batches", "total"),
    [
        ([Batch(1, 1, 1)], 2_000),
        ([Batch(1, 3, 1)], 5_000),
        ([Batch(2, 3, 2)], 20_000),
        ([Batch(1, 1, 3), Batch(1, 4, 1)], 12_000),
        ([Batch(1, 999, 1)], 200_000),
    ],
)
def test_the_fee_is_that_of_the_version_in_force(cast: Cast, batches: list[Batch], total: int):
    """2.000 đồng a page, 1.000 from the third on, 200.000 a copy at most (Circular 226/2016/TT-BTC)."""
    assert price(batches, offered(COPIES, cast.receiver), by=cast.receiver, at=minutes(0)).total == total


def test_one_press_receives_takes_the_money_and_passes_on(hall: Morning, receiver: Client):
    answer = receiver.post("/certify/", typed(), follow=True)
    dossier = Dossier.objects.get()
    assert dossier.code in answer.text
    receipt = MoneyReceipt.objects.get()
    assert (receipt.amount, receipt.payer_name, receipt.way) == (20_000, "Nguyễn Thị Lan", "cash")
    assert f"Số {receipt.number}/2026" in answer.text
    assert "không tự ký" in answer.text
    kinds = list(Event.objects.filter(subject_id=dossier.pk).order_by("sequence").values_list("kind", flat=True))
    assert kinds[:3] == ["dossier.received", "dossier.certified", "step.passed_on"]
    assert "2 bản chính, mỗi bản 3 trang, sao 2 bản" in dossier.request
    first, second = Step.objects.filter(dossier=dossier).order_by("position")
    assert (first.official_id, first.finished_at is not None) == (hall.first.id, True)
    assert (second.role, second.finished_at) == (Role.CASE_OFFICER, None)


def test_sent_twice_is_one_dossier_and_one_receipt(hall: Morning, receiver: Client):
    once = typed()
    answers = [receiver.post("/certify/", once)["Location"] for _twice in range(2)]
    assert answers[0] == answers[1]
    assert (Dossier.objects.count(), MoneyReceipt.objects.count()) == (1, 1)


def test_the_number_served_goes_along_with_the_card(hall: Morning, receiver: Client):
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(0))
    hall.take("A", after=1)
    ticket = call_next(by=hall.first, at=minutes(8))
    begin(ticket.pk, by=hall.first, at=minutes(9))
    page = receiver.post("/certify/", {"from_counter": "1", "scanned": CARD, "ticket": ticket.pk})
    assert 'value="Nguyễn Thị Ánh Tuyết"' in page.text
    assert "Số A001" in page.text
    assert "Nhập đủ số bản chính" in page.text
    receiver.post("/certify/", typed(ticket=str(ticket.pk), full_name="Nguyễn Thị Ánh Tuyết"))
    assert Ticket.objects.get(pk=ticket.pk).dossier_id == Dossier.objects.get().pk


def test_a_price_looked_at_changes_nothing(hall: Morning, receiver: Client):
    page = receiver.post("/certify/", typed(preview="1", pages_0="4", amount=""))
    assert page.status_code == 200
    assert shown_price(page.text) == 24_000
    assert 'value="Nguyễn Thị Lan"' in page.text
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"full_name": " "}, "nhập họ tên"), ({"full_name": "12 - ?"}, "nhập họ tên"),
        ({"pages_0": "0"}, "từ 1 đến 999"), ({"copies_0": "1000"}, "từ 1 đến 999"), ({"documents_0": "hai"}, "từ 1"),
        ({"pages_1": "3"}, "còn thiếu"), ({"personal_id": "123"}, "12 chữ số"),
        ({"submission_id": "no-number"}, "mở lại trang"),
        ({"amount": "19000"}, "thu đúng số ấy"), ({"amount": ""}, "thu đúng số ấy"),
    ],
)  # fmt: skip
def test_bad_input_is_said_and_nothing_is_written(hall: Morning, receiver: Client, changes: dict[str, str], says: str):
    page = receiver.post("/certify/", typed(**changes))
    assert page.status_code == 422
    assert says in page.text
    assert not Dossier.objects.exists()
    assert not MoneyReceipt.objects.exists()


def test_an_unreadable_card_keeps_what_was_counted(hall: Morning, receiver: Client):
    page = receiver.post("/certify/", typed(read_card="1", scanned="xin chào", pages_0="7"))
    assert page.status_code == 422
    assert 'value="7"' in page.text
    assert "scanned-error" in page.text


def test_another_sum_undoes_everything(cast: Cast, hall: Morning):
    with pytest.raises(OrderRefused):
        certify(
            [Batch(1, 1, 1)], applicant=MRS_LAN, submission_id=uuid4(), amount=1, by=cast.receiver, at=minutes(0),
            offered=offered(COPIES, cast.receiver),
        )  # fmt: skip
    assert not Dossier.objects.exists()
