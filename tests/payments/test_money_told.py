"""What a payer and the desk are told of money that does not fit."""

from http import HTTPStatus
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.correspondence.models import Message
from motcua.intake.models import Submission
from motcua.intake.submissions import submit
from motcua.payments.models import BankLine, LineWay, PaymentOrder, Refund
from motcua.payments.refunds.actions import refund_done
from motcua.payments.statements.resolving import refund
from motcua.payments.statements.taking_in import take_in
from tests.cast import MONDAY, MRS_LAN, Cast, filing, minutes_later, offered
from tests.correspondence.conftest import told
from tests.payments.money_desk import EXTRACT, account_of, line, order_for
from tests.people.town import logged_in


@pytest.fixture
def desk(cast: Cast) -> Client:
    return logged_in("tiepnhan")


@pytest.fixture
def order(cast: Cast) -> PaymentOrder:
    account_of(cast)
    return order_for(cast, copies=2)


def came(order: PaymentOrder, amount: int, *, text: str = "") -> None:
    """The bank tells of money."""
    take_in(order.account, [line(order, amount, text=text)], way=LineWay.WEBHOOK, at=MONDAY)


def pay_page(order: PaymentOrder) -> str:
    return Client().get(reverse("pay", args=(order.token,))).text


def test_who_lacks_one_dong_is_told_that_it_may_do(order: PaymentOrder):
    came(order, 15_999)
    page = pay_page(order)
    assert "thiếu 1 đồng" in page
    assert "có thể nhận là đủ" in page
    assert "Ông/bà nộp thêm đúng phần còn thiếu này" not in page


def test_who_lacks_much_is_asked_for_the_rest(order: PaymentOrder):
    came(order, 8_000)
    assert "Ông/bà nộp thêm đúng phần còn thiếu này" in pay_page(order)


def test_who_paid_too_much_is_not_told_to_pay(desk: Client, order: PaymentOrder):
    came(order, 20_000)
    page = pay_page(order)
    assert "nhiều hơn số phải nộp 16.000 đồng là 4.000 đồng" in page
    assert "đừng chuyển thêm" in page
    for asking in ("Chờ ông/bà nộp", "Chuyển khoản bằng mã QR", "Nộp tiền mặt tại quầy"):
        assert asking not in page
    assert Client().get(reverse("pay-qr", args=(order.token,))).status_code == HTTPStatus.NOT_FOUND
    assert "đừng thu thêm tiền mặt" in desk.get(reverse("order", args=(order.id,))).text
    line = BankLine.objects.get()
    desk.post(reverse("decide-line", args=(line.id,)), {"do": "accept-over"})
    assert "đang làm thủ tục trả lại <b>4.000 đồng</b>" in pay_page(order)


def test_money_that_goes_back_is_told_while_the_order_still_waits(desk: Client, order: PaymentOrder):
    came(order, 20_000)
    desk.post(reverse("decide-line", args=(BankLine.objects.get().id,)), {"do": "refund"})
    page = pay_page(order)
    assert "đang làm thủ tục trả lại <b>20.000 đồng</b>" in page
    assert "Tiền trả lại không tính cho khoản này: khoản này vẫn chờ nộp 16.000 đồng" in page


def test_money_under_its_mark_in_another_account_is_told(order: PaymentOrder):
    came(order, 20_000)
    BankLine.objects.update(state="unmatched")
    assert "Có tiền mang mã này chuyển đến nhưng chưa tính được" in pay_page(order)


def test_a_statement_without_anything_new_is_not_offered_to_be_taken_in(desk: Client, order: PaymentOrder):
    rows = f'Ngày giao dịch,Số tham chiếu,Ghi nợ,Ghi có,Mô tả\n23/11/2026 09:00,F1,,"16,000",ct {order.reference}\n'
    for _time in (1, 2):
        sheet = SimpleUploadedFile("sao ke.csv", rows.encode())
        seen = desk.post(reverse("statements"), {"sheet": sheet})["Location"]
        page = desk.get(seen).text
        desk.post(seen, {"import": "1"})
    assert "không còn gì để nhập" in page
    assert 'name="import"' not in page


def test_money_of_nobody_shows_the_orders_that_wait_the_payers_name_first(
    desk: Client, cast: Cast, order: PaymentOrder
):
    other = order_for(cast, copies=3)
    for one, name in ((other, "Trần Văn Tư"), (order, "Lê Văn Ba")):
        PaymentOrder.objects.filter(pk=one.pk).update(payer_name=name)
    came(order, 1_000, text="TRAN VAN TU nop")
    page = desk.get(reverse("bank-line", args=(BankLine.objects.get().id,))).text
    assert page.index(other.reference) < page.index(order.reference)
    assert "còn phải nộp 24.000 đồng" in page


def test_who_paid_is_told_that_money_goes_back_and_that_it_went(cast: Cast):
    by = cast.receiver
    account_of(cast)
    filed: Submission = submit(
        filing(EXTRACT, MRS_LAN, by, channel="post"), offered=offered(EXTRACT, by), desk=by, by=by.actor, at=MONDAY,
        registered_by=by.id,
    )  # fmt: skip
    order = order_for(cast, submission_id=filed.id)
    came(order, 20_000)
    refund(BankLine.objects.get().id, reason="Chuyển nhầm", by=by, at=MONDAY)
    assert newest(filed.id).template == "money-goes-back"
    assert "20.000 đồng" in newest(filed.id).text
    refund_done(Refund.objects.get().id, evidence="UNC-12", by=by, at=minutes_later(MONDAY, 5))
    last = newest(filed.id)
    assert last.template == "money-given-back"
    assert order.reference in last.text
    assert last.to_name == filed.applicant_name


def newest(about: UUID) -> Message:
    told(minutes_later(MONDAY, 60))
    return Message.objects.filter(about_id=about).latest("pk")
