"""The money desk and the pay page, as people press through them."""

import hashlib
import json
import time
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.core.signed_calls import WINDOW, signature
from motcua.payments.models import BankLine, CollectingAccount, PaymentOrder, Refund, Statement
from motcua.payments.orders.queries import order_of
from motcua.payments.vietqr import read_payload
from tests.cast import BIRTH, LAND, Cast, received
from tests.payments.money_desk import EXTRACT, account_of, order_for
from tests.payments.scanning import scanned
from tests.people.town import logged_in

SECRET = "a-secret-shared-with-the-bank-0123456789"
ROW = {"number": "F1", "amount": 8000, "booked_at": "2026-11-23T09:00:00+07:00", "description": ""}


@pytest.fixture
def desk(cast: Cast) -> Client:
    return logged_in("tiepnhan")


@pytest.fixture
def order(cast: Cast) -> PaymentOrder:
    account_of(cast)
    return order_for(cast, copies=2)


@pytest.fixture
def bank(settings):
    """Tell as the bank does; `spoil` changes what is sent after signing."""
    settings.MOTCUA_BANK_SECRET = SECRET

    def tell(order: PaymentOrder, amount: int, *, number: str = "FT1", age: int = 0, secret: str = SECRET, spoil=None):
        said = {
            "bank": order.account.bank, "account": order.account.number,
            "transactions": [{"number": number, "amount": amount, "booked_at": "2026-11-23T09:00:00+07:00",
                              "description": f"ct {order.reference}", "payer": "LAN"}],
        }  # fmt: skip
        body, stamp = json.dumps(said).encode(), str(int(time.time()) - age)
        headers = {"X-Motcua-Timestamp": stamp, "X-Motcua-Signature": signature(secret, stamp, body)}
        sent = spoil(body) if spoil else body
        return Client().post(reverse("told-by-bank"), sent, content_type="application/json", headers=headers)

    return tell


@pytest.fixture
def signed(settings):
    """Tell something, rightly signed."""
    settings.MOTCUA_BANK_SECRET = SECRET

    def tell(said: dict[str, object]):
        body = json.dumps({"bank": "970403", "account": "0011012345678"} | said).encode()
        stamp = str(int(time.time()))
        headers = {"X-Motcua-Timestamp": stamp, "X-Motcua-Signature": signature(SECRET, stamp, body)}
        return Client().post(reverse("told-by-bank"), body, content_type="application/json", headers=headers)

    return tell


def test_a_pay_page_turned_to_the_payer_keeps_no_desk_logged_in(
    order: PaymentOrder, desk: Client, settings, monkeypatch
):
    """It reads itself again every twenty seconds for as long as money is waited for."""
    monkeypatch.setattr("motcua.people.middleware.IdleMiddleware.REWRITE_AFTER", -1.0)
    assert settings.MOTCUA_SEEN_COOKIE in desk.get(reverse("money")).cookies
    assert settings.MOTCUA_SEEN_COOKIE not in desk.get(reverse("pay", args=(order.token,))).cookies


def test_a_phone_pays_by_what_the_page_shows(order: PaymentOrder, bank):
    address = reverse("pay", args=(order.token,))
    page = Client().get(address)
    asked = read_payload(scanned(page.text))
    assert (asked.bank, asked.number, asked.amount) == ("970403", "0011012345678", 16_000)
    assert asked.purpose == order.reference
    assert order.payer_name not in page.text
    assert '<meta http-equiv="refresh"' in page.text
    assert 'http-equiv="refresh"' not in Client().get(f"{address}?still").text
    assert bank(order, 16_000).json() == {"added": 1, "known": 0}
    paid = Client().get(address)
    assert "Đã nộp đủ" in paid.text
    assert "hx-get" not in paid.text
    assert "refresh" not in paid.text


def test_nothing_on_the_pay_page_is_for_pressing(order: PaymentOrder):
    address = reverse("pay", args=(order.token,))
    assert "<form" not in Client().get(address).text.split("<main")[1].split("</main>")[0]
    Client().post(address, {"state": "paid", "paid": "1", "amount": "16000"})
    order.refresh_from_db()
    assert order.state == "waiting"
    assert Client().get(reverse("pay", args=("A" * 20,))).status_code == HTTPStatus.NOT_FOUND


def test_the_page_of_a_short_payment_asks_for_the_rest_only(order: PaymentOrder, bank):
    bank(order, 14_000)
    page = Client().get(reverse("pay", args=(order.token,)))
    assert "Nộp còn thiếu" in page.text
    assert read_payload(scanned(page.text)).amount == 2_000


@pytest.mark.parametrize(
    "forged",
    [
        {"secret": "another-secret"}, {"age": WINDOW + 5}, {"age": -WINDOW - 60},
        {"spoil": lambda body: body.replace(b"16000", b"1600")},
    ],
)  # fmt: skip
def test_a_forged_or_stale_telling_is_refused(order: PaymentOrder, bank, forged):
    assert bank(order, 16_000, **forged).status_code == HTTPStatus.UNAUTHORIZED
    assert not BankLine.objects.exists()


def test_a_replay_counts_nothing(order: PaymentOrder, bank):
    assert bank(order, 16_000).json() == {"added": 1, "known": 0}
    assert bank(order, 16_000).json() == {"added": 0, "known": 1}
    order.refresh_from_db()
    assert (order.received, order.receipts.count()) == (16_000, 1)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"amount": 0}, {"amount": -5}, {"amount": 1.5}, {"amount": "8000"}, {"amount": True}, {"number": ""},
        {"number": None}, {"booked_at": "today"}, {"booked_at": "2026-11-23T09:00:00"}, {"number": "\x00 "},
        {"booked_at": "0001-01-01T00:00:00+07:00"}, {"booked_at": "9999-12-31T23:59:59-07:00"}, {"amount": 10**13},
    ],
)  # fmt: skip
def test_a_signed_telling_that_makes_no_sense_is_refused(order: PaymentOrder, signed, spoilt):
    assert signed({"transactions": [ROW | spoilt]}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    "spoilt",
    [
        {"bank": None}, {"account": "00110\x00"}, {"account": "\ud800"}, {"account": ["0011012345678"]}, {"bank": {}},
        {"transactions": []}, {"transactions": None}, {"transactions": [ROW] * 501}, {"transactions": [[]]},
    ],
)  # fmt: skip
def test_a_signed_telling_of_no_account_or_no_lines_is_refused(order: PaymentOrder, signed, spoilt):
    assert signed({"transactions": [ROW]} | spoilt).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_half_a_letter_in_the_words_is_left_out(order: PaymentOrder, signed):
    odd = {"description": f"\ud800 {order.reference}\x00", "payer": "L\udfffAN", "amount": order.amount}
    assert signed({"transactions": [ROW | odd]}).json() == {"added": 1, "known": 0}
    assert BankLine.objects.get().payer == "LAN"
    assert BankLine.objects.get().state == "counted"


def test_without_a_secret_the_bank_has_no_door(order: PaymentOrder, settings):
    settings.MOTCUA_BANK_SECRET = ""
    assert Client().post(reverse("told-by-bank"), b"{}", content_type="application/json").status_code == 404


def test_the_desk_asks_takes_cash_and_prints(desk: Client, cast: Cast):
    opened = received(EXTRACT, cast)
    page = desk.get(reverse("dossier", args=(opened.code,)))
    assert reverse("new-order", args=(opened.code,)) in page.text
    answer = desk.post(reverse("new-order", args=(opened.code,)), {"count_copy": "3", "exemption": ""})
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    found = PaymentOrder.objects.latest("opened_at")
    assert found.amount == 24_000
    assert "Còn phải nộp" in desk.get(reverse("order", args=(found.id,))).text
    cash = reverse("order-cash", args=(found.id,))
    assert desk.post(cash, {"amount": "23.999"}).status_code == 422
    assert desk.post(cash, {"amount": "24.000 đồng"}).status_code == HTTPStatus.FOUND
    printed = desk.get(reverse("money-receipt", args=(found.receipts.get().id,)))
    assert found.receipts.get().full_number in printed.text
    assert found.receipts.get().full_number in desk.get(reverse("takings")).text
    assert found.reference in desk.get(reverse("dossier", args=(opened.code,))).text
    assert desk.post(reverse("void-receipt", args=(found.receipts.get().id,)), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("day", ["31/12/9999", "01/01/0001"])
def test_the_first_and_the_last_of_all_days_have_no_takings(desk: Client, order: PaymentOrder, day: str):
    page = desk.get(reverse("takings"), {"day": day})
    assert page.status_code == HTTPStatus.OK
    assert list(page.context["rows"]) == []


@pytest.mark.parametrize("day", ["31/02/2026", "hôm qua"])
def test_a_day_of_takings_that_is_none_is_said(desk: Client, day: str):
    page = desk.get(reverse("takings"), {"day": day})
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ngày chưa đúng" in page.text
    assert day in page.text


def test_cash_counted_for_what_was_paid_meanwhile_goes_back_over_the_desk(desk: Client, order: PaymentOrder, bank):
    cash = reverse("order-cash", args=(order.id,))
    bank(order, 16_000)
    late = desk.post(cash, {"amount": "16.000"})
    assert late.status_code == 422
    assert "trả lại người nộp" in late.text
    order.refresh_from_db()
    assert (order.received, order.receipts.get().way) == (16_000, "transfer")


def test_an_amount_left_to_the_province_needs_its_ground(desk: Client, cast: Cast):
    opened = received(LAND, cast)
    address = reverse("new-order", args=(opened.code,))
    assert "chưa có mức thu" in desk.get(address).text
    assert desk.post(address, {}).status_code == 422
    assert "căn cứ" in desk.post(address, {"amount_0": "100.000"}).text
    desk.post(address, {"amount_0": "100.000", "basis_0": "Nghị quyết 1/2026/NQ-HĐND"})
    assert PaymentOrder.objects.latest("opened_at").amount == 100_000


def test_a_situation_whose_amount_the_province_sets_asks_for_it_when_it_is_chosen(desk: Client, cast: Cast):
    """Late registration of a birth: which fee applies is known only from the choice."""
    opened = received(BIRTH, cast)
    address, late = reverse("new-order", args=(opened.code,)), {"when": "Đăng ký quá hạn"}
    assert 'name="amount_' not in desk.get(address).text
    chosen = desk.post(address, late)
    assert chosen.status_code == 422
    assert "Ông/bà ghi mức thu" in chosen.text
    field = next(name for name in chosen.context["form"].fields if name.startswith("amount_"))
    basis = field.replace("amount", "basis")
    tried = desk.post(address, late | {"look": "1", field: "5.000", basis: "1/2026/NQ-HĐND"})
    assert "5.000 đồng" in tried.text
    assert not PaymentOrder.objects.exists()
    answer = desk.post(address, late | {field: "5.000", basis: "1/2026/NQ-HĐND"})
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    assert PaymentOrder.objects.get().amount == 5_000


def test_a_preview_foretells_the_lines_one_after_the_other(desk: Client, order: PaymentOrder):
    """The second payment of one sheet for one order is double, in the preview as in the queue."""
    rows = "".join(f'23/11/2026 09:00,FT{n},,"16,000",ct {order.reference}\n' for n in (1, 2))
    seen = send(desk, ("Ngày giao dịch,Số tham chiếu,Ghi nợ,Ghi có,Mô tả\n" + rows).encode())["Location"]
    assert [row["becomes"] for row in desk.get(seen).context["rows"]] == ["whole", "double"]
    desk.post(seen, {"import": "1"})
    assert list(BankLine.objects.order_by("number").values_list("state", flat=True)) == ["counted", "double"]


def sheet_of(order: PaymentOrder, amount: str, number: str = "FT9") -> bytes:
    head = "Ngày giao dịch,Số tham chiếu,Ghi nợ,Ghi có,Mô tả\n"
    return f'{head}23/11/2026 09:00,{number},,"{amount}",ct {order.reference}\n'.encode()


def send(desk: Client, content: bytes):
    return desk.post(reverse("statements"), {"sheet": SimpleUploadedFile("sao ke.csv", content)})


def test_a_statement_is_looked_at_first_then_taken_in_once(desk: Client, order: PaymentOrder):
    content = sheet_of(order, "16,000")
    for added in (1, 0):
        answer = send(desk, content)
        assert answer.status_code == HTTPStatus.FOUND, answer.text
        assert "16.000 đồng" in desk.get(answer["Location"]).text
        assert desk.post(answer["Location"], {"import": "1"}).status_code == HTTPStatus.FOUND
        assert Statement.objects.latest("sent_at").added == added
        assert Statement.objects.latest("sent_at").lines == []
    order.refresh_from_db()
    assert (order.state, order.received) == ("paid", 16_000)
    assert Statement.objects.latest("sent_at").sha256 == hashlib.sha256(content).hexdigest()


def test_a_long_statement_is_looked_at_in_few_questions(desk: Client, cast: Cast, order: PaymentOrder):
    """As many lines again cost no statement more."""
    counts = []
    for lines in (5, 100):
        rows = "".join(f'23/11/2026 09:00,{lines}-{n},,"16,000",ct {order_for(cast).reference}\n' for n in range(lines))
        seen = send(desk, ("Ngày giao dịch,Số tham chiếu,Ghi nợ,Ghi có,Mô tả\n" + rows).encode())["Location"]
        with CaptureQueriesContext(connection) as asked:
            assert "nộp thừa" in desk.get(seen).text
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_looking_books_nothing_and_dropping_forgets(desk: Client, order: PaymentOrder):
    seen = send(desk, sheet_of(order, "16,000"))["Location"]
    assert not BankLine.objects.exists()
    desk.post(seen, {"drop": "1"})
    assert Statement.objects.get().lines == []
    assert not BankLine.objects.exists()
    assert send(desk, b"a,b\n1,2\n").status_code == 422


@pytest.mark.parametrize(
    ("amount", "press", "order_state", "line_state"),
    [
        (15_999, {"do": "accept"}, "paid", "counted"), (15_999, {"do": "wait"}, "short", "waiting_rest"),
        (15_999, {"do": "refund"}, "waiting", "refunding"), (17_000, {"do": "accept-over"}, "paid", "counted"),
        (17_000, {"do": "refund"}, "waiting", "refunding"),
    ],
)  # fmt: skip
def test_one_press_decides(desk: Client, order: PaymentOrder, bank, amount, press, order_state, line_state):
    bank(order, amount)
    line = BankLine.objects.get()
    assert f"{line.id}" in desk.get(reverse("money")).text
    answer = desk.post(reverse("decide-line", args=(line.id,)), press)
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    line.refresh_from_db()
    order.refresh_from_db()
    assert (order.state, line.state) == (order_state, line_state)
    assert desk.post(reverse("decide-line", args=(line.id,)), press).status_code == 422


def test_a_loose_line_is_given_to_an_order_and_a_refund_is_ended(desk: Client, order: PaymentOrder, bank):
    bank(order, 16_000)
    bank(order, 16_000, number="FT2")
    double = BankLine.objects.get(number="FT2")
    assert double.state == "double"
    desk.post(reverse("decide-line", args=(double.id,)), {"do": "refund"})
    noted = Refund.objects.get()
    assert f"{noted}" in desk.get(reverse("money")).text
    desk.post(reverse("refund-done", args=(noted.id,)), {"evidence": "UNC 5"})
    noted.refresh_from_db()
    assert noted.evidence == "UNC 5"
    assert order_of(order.submission_id).state == "paid"
    assert order_of(uuid4()) is None


def test_an_account_is_changed_by_two_people(cast: Cast, order: PaymentOrder):
    administrator, leader = logged_in("quantri"), logged_in("lanhdao")
    address = reverse("collecting-account")
    typed = {"bank": "970436", "number": "99887766", "holder": "UBND", "decision": "15/QĐ", "valid_from": "01/01/2030"}
    assert administrator.post(address, typed).status_code == HTTPStatus.FOUND
    asked = CollectingAccount.objects.get(number="99887766")
    settle = reverse("settle-account", args=(asked.id,))
    administrator.post(settle, {"confirm": "1"})
    asked.refresh_from_db()
    assert asked.confirmed_at is None
    leader.post(settle, {"confirm": "1"})
    asked.refresh_from_db()
    assert asked.confirmed_at is not None
    order.account.refresh_from_db()
    assert order.account.valid_to is not None
