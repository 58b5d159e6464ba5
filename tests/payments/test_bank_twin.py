"""The demo's bank in its own process and the office on a real socket: money told, signed, over HTTP, and sheets."""

import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
import requests
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse
from django.utils import timezone

from motcua.config.beside import bank_beside
from motcua.config.env import read_environment
from motcua.payments.accounts.actions import NewAccount, found_account
from motcua.payments.models import BankLine, CollectingAccount, MoneyReceipt, PaymentOrder, Statement
from motcua.payments.vietqr import read_payload
from tests.cast import Cast
from tests.payments.committed_ward import cast
from tests.payments.money_desk import CITIZEN, order_for
from tests.payments.scanning import scanned
from tests.people.town import logged_in

__all__ = ["cast"]
SECRET = "a-secret-shared-with-the-demo-bank-0123456789"
FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')


class ManyAtOnce(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answered(address: str) -> str:
    """The address, as soon as somebody answers there."""
    give_up = time.monotonic() + 60
    while True:
        assert time.monotonic() < give_up
        try:
            requests.get(address, timeout=5).raise_for_status()
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return address


@dataclass(frozen=True)
class Payer:
    """A citizen with an account at the demo bank."""

    bank: str

    def looks(self, qr: str) -> str:
        """The page on which the transfer is looked at before the press."""
        shown = requests.post(f"{self.bank}/look", {"qr": qr}, timeout=20)
        assert shown.status_code == HTTPStatus.OK, shown.text
        return shown.text

    def pays(self, qr: str, **instead: str) -> str:
        """Scan, look, perhaps change something, press; the page of the transfer."""
        said = dict(FIELD.findall(self.looks(qr))) | instead
        made = requests.post(f"{self.bank}/transfer", said, timeout=20)
        assert made.status_code == HTTPStatus.OK, made.text
        return made.text


@pytest.fixture(scope="module")
def office(cast: Cast) -> Iterator[str]:
    """The office on a port of its own."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), ManyAtOnce, Quiet)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def run_bank(office: str, secret: str) -> tuple[subprocess.Popen[bytes], str]:
    port = free_port()
    running = subprocess.Popen(
        [sys.executable, "-m", "motcua.payments.twin", str(port), office],
        env={"MOTCUA_BANK_SECRET": secret, "PYTHONPATH": ":".join(filter(None, sys.path))},
    )
    return running, f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def payer(office: str) -> Iterator[Payer]:
    running, address = run_bank(office, SECRET)
    try:
        yield Payer(answered(address))
    finally:
        running.terminate()
        running.wait(20)


@pytest.fixture(autouse=True)
def shared_secret(settings) -> None:
    settings.MOTCUA_BANK_SECRET = SECRET
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]


@pytest.fixture
def order(cast: Cast) -> PaymentOrder:
    at = timezone.now()
    if not CollectingAccount.objects.exists():
        new = NewAccount("970403", "0011012345678", "UBND PHUONG TAN THANH", "12/QĐ-UBND", at.date())
        found_account(new, agency_id=cast.receiver.agency_id, by=CITIZEN, at=at)
    return order_for(cast, copies=2, at=at)


def qr_of(office: str, order: PaymentOrder) -> str:
    """What a phone reads off the pay page."""
    return scanned(requests.get(f"{office}/pay/{order.token}/", timeout=20).text)


def test_money_reaches_the_office_and_the_order_is_paid_once(office: str, payer: Payer, order: PaymentOrder):
    qr = qr_of(office, order)
    shown = payer.looks(qr)
    for fact in ("Sacombank", "0011012345678", "16.000", order.reference):
        assert fact in shown
    made = payer.pays(qr)
    assert "Văn phòng đã nhận báo có." in made
    order.refresh_from_db()
    assert (order.state, order.received) == ("paid", 16_000)
    page = requests.get(f"{office}/pay/{order.token}/", timeout=20).text
    assert "Đã nộp đủ" in page
    assert order.receipts.get().full_number in page
    number = dict(FIELD.findall(made))["number"]
    again = requests.post(f"{payer.bank}/tell", {"number": number}, timeout=20).text
    assert "đã biết khoản này từ trước" in again
    assert BankLine.objects.filter(order=order).count() == order.receipts.count() == 1


def test_one_press_is_one_transfer(office: str, payer: Payer, order: PaymentOrder):
    said = dict(FIELD.findall(payer.looks(qr_of(office, order))))
    pages = {requests.post(f"{payer.bank}/transfer", said, timeout=20).text for _press in range(2)}
    assert len(pages) == 1
    assert BankLine.objects.filter(order=order).count() == 1


def test_one_dong_too_little_stands_in_the_queue(office: str, payer: Payer, order: PaymentOrder):
    payer.pays(qr_of(office, order), amount="15.999")
    order.refresh_from_db()
    assert (order.state, order.outstanding) == ("short", 1)
    assert BankLine.objects.get(order=order).state == "short"
    assert order.reference in logged_in("tiepnhan").get(reverse("money")).text
    assert read_payload(qr_of(office, order)).amount == 1


def test_money_sent_twice_stands_in_the_queue(office: str, payer: Payer, order: PaymentOrder):
    qr = qr_of(office, order)
    payer.pays(qr)
    payer.pays(qr)
    states = BankLine.objects.filter(order=order).order_by("came_at").values_list("state", flat=True)
    assert list(states) == ["counted", "double"]
    assert MoneyReceipt.objects.filter(order=order).count() == 1


def test_words_of_nobody_stand_in_the_queue(office: str, payer: Payer, order: PaymentOrder):
    payer.pays(qr_of(office, order), words="tien an trua")
    assert BankLine.objects.latest("came_at").state == "unmatched"
    order.refresh_from_db()
    assert order.state == "waiting"


def test_a_bank_with_another_secret_is_not_believed(office: str, order: PaymentOrder):
    running, address = run_bank(office, "somebody-else-s-secret-of-32-letters-and-more")
    try:
        made = Payer(answered(address)).pays(qr_of(office, order))
    finally:
        running.terminate()
        running.wait(20)
    assert "Văn phòng không nhận báo có này" in made
    order.refresh_from_db()
    assert order.state == "waiting"


def test_an_office_that_is_away_is_told_later(office: str, order: PaymentOrder):
    running, address = run_bank(f"http://127.0.0.1:{free_port()}", SECRET)
    try:
        made = Payer(answered(address)).pays(qr_of(office, order))
    finally:
        running.terminate()
        running.wait(20)
    assert "Chưa báo được cho văn phòng" in made


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_its_statement_is_read_by_the_desk(office: str, payer: Payer, order: PaymentOrder, settings, kind: str):
    settings.MOTCUA_BANK_SECRET = ""  # the bank tells nothing: the sheet is all there is
    payer.pays(qr_of(office, order))
    sheet = requests.get(f"{payer.bank}/statement/970403/0011012345678.{kind}", timeout=20)
    assert kind in sheet.headers["Content-Disposition"]
    desk = logged_in("tiepnhan")
    seen = desk.post(reverse("statements"), {"sheet": SimpleUploadedFile(f"sao ke.{kind}", sheet.content)})
    assert seen.status_code == HTTPStatus.FOUND, seen.text
    desk.post(seen["Location"], {"import": "1"})
    order.refresh_from_db()
    assert (order.state, order.received) == ("paid", 16_000)
    assert Statement.objects.latest("sent_at").added == 1


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("look", {"qr": "000201 không phải"}), ("look", {"qr": ""}),
        ("look", {"bank": "970403", "number": "12 34", "amount": "8.000", "words": ""}),
        ("transfer", {"bank": "970403", "number": "1234", "amount": "tám nghìn", "words": "MC"}),
        ("transfer", {"bank": "970403", "number": "1234", "amount": "0", "words": "MC"}),
        ("transfer", {}),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_kept(payer: Payer, where: str, said: dict[str, str]):
    answer = requests.post(f"{payer.bank}/{where}", said, timeout=20)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'role="alert"' in answer.text
    for value in said.values():
        assert value in answer.text


def test_without_a_code_the_facts_are_typed(payer: Payer, order: PaymentOrder):
    said = {"bank": "970403", "number": "0011012345678", "amount": "16 000", "words": order.reference}
    shown = requests.post(f"{payer.bank}/look", said, timeout=20)
    requests.post(f"{payer.bank}/transfer", dict(FIELD.findall(shown.text)), timeout=20)
    order.refresh_from_db()
    assert order.state == "paid"


def test_the_pay_page_of_the_demo_leads_to_its_bank(office: str, payer: Payer, order: PaymentOrder, settings):
    settings.MOTCUA_DEMO_BANK = payer.bank
    page = requests.get(f"{office}/pay/{order.token}/", timeout=20).text
    [link] = re.findall(f'href="({payer.bank}/[^"]+)"', page)
    assert qr_of(office, order) in requests.get(link, timeout=20).text
    settings.MOTCUA_DEMO_BANK = ""
    assert payer.bank not in requests.get(f"{office}/pay/{order.token}/", timeout=20).text


def test_the_demo_has_a_bank_beside_it_and_takes_it_down_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MOTCUA_BANK_SECRET", SECRET)
    monkeypatch.delenv("MOTCUA_DEMO_BANK", raising=False)
    with bank_beside(read_environment({})):
        address = answered(read_environment().demo_bank)
        assert "Ngân hàng trình diễn" in requests.get(address, timeout=5).text
    assert read_environment().demo_bank == ""
    with pytest.raises(requests.ConnectionError):
        requests.get(address, timeout=5)
