"""Whose filing the desk does not take in is asked for no money, and sees what he paid come back."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.intake.models import Submission
from motcua.intake.submissions import refuse, withdraw
from motcua.payments.models import LineWay, PaymentOrder, Refund
from motcua.payments.orders.actions import take_cash
from motcua.payments.statements.taking_in import take_in
from tests.intake.online.steps import ready
from tests.intake.online.test_troubles import EXTRACT, sent
from tests.payments.money_desk import account_of, line
from tests.people.town import logged_in


@pytest.mark.parametrize("end", ["refused", "withdrawn"])
def test_a_filing_that_is_not_taken_in_asks_for_no_fee(cast, end: str):
    guest = Client()
    sent(guest, ready(guest, EXTRACT))
    filed, order = Submission.objects.get(), PaymentOrder.objects.get()
    assert "Chờ ông/bà nộp" in guest.get(reverse("pay", args=(order.token,))).text
    at = timezone.now()
    if end == "refused":
        refuse(filed.id, reason="Sai nơi nộp", legal_basis="Luật Hộ tịch, Điều 63", by=cast.receiver, at=at)
    else:
        withdraw(filed.id, agency_id=filed.agency_id, by=cast.receiver.actor, at=at)
    page = guest.get(reverse("pay", args=(order.token,))).text
    assert "Không phải nộp nữa" in page
    assert "qr.png" not in page
    assert guest.get(reverse("pay-qr", args=(order.token,))).status_code == 404
    told = PaymentOrder.objects.get()
    assert (told.state, told.cancelled_at) == ("cancelled", at)


def plain(page) -> str:
    return " ".join(page.text.split("<main")[1].split())


def test_the_citizen_sees_his_money_given_back_from_the_refusal_to_the_paper(cast):
    """Part by transfer, the rest in cash: on the page he follows, where he pays, and where he acknowledged."""
    account, guest, at = account_of(cast), Client(), timezone.now()
    draft = ready(guest, EXTRACT)
    sent(guest, draft)
    filed, order = Submission.objects.get(), PaymentOrder.objects.get()
    followed = reverse("tracking-dossier", args=(filed.number, filed.tracking_token))
    assert reverse("pay", args=(order.token,)) in guest.get(followed).text
    take_in(account, [line(order, 1000, number="FT1", at=at)], way=LineWay.WEBHOOK, at=at)
    take_cash(order.id, amount=order.amount - 1000, by=cast.receiver, at=at)
    desk = logged_in("tiepnhan")
    answer = {"answer": "refuse", "refuse-reason": "Sai nơi nộp", "refuse-legal_basis": "Luật Hộ tịch, Điều 63"}
    assert desk.post(reverse("submission", args=(filed.number,)), answer).status_code == 302
    told = plain(desk.get(reverse("submission", args=(filed.number,))))
    assert "Tiền mặt, trả tại quầy" in told
    assert "Hồ sơ không được tiếp nhận nên không thu phí, lệ phí." in told
    pages = (followed, reverse("pay", args=(order.token,)), reverse("draft-done", args=(draft.pk,)))
    for address in pages:
        seen = plain(guest.get(address))
        assert "làm thủ tục trả lại <b>1.000 đồng</b>, trong 1.000 đồng chuyển khoản lúc" in seen
        assert f"trả lại <b>{order.amount - 1000:,} đồng</b> tiền mặt".replace(",", ".") in seen
        assert "Đã trả lại tiền" not in seen
    for noted, paper in zip(Refund.objects.order_by("number"), ("UNC 3", "PC 4"), strict=True):
        assert str(noted) in desk.get(reverse("money")).text
        assert desk.post(reverse("refund-done", args=(noted.id,)), {"evidence": paper}).status_code == 302
    for address in pages:
        seen = plain(guest.get(address))
        assert "đã trả lại <b>1.000 đồng</b>, chứng từ số UNC 3, ghi lúc" in seen
        assert "Đang trả lại tiền" not in seen


def test_what_comes_after_the_refusal_is_told_to_whoever_paid(cast):
    account, guest = account_of(cast), Client()
    sent(guest, ready(guest, EXTRACT))
    at = timezone.now()
    filed, order = Submission.objects.get(), PaymentOrder.objects.get()
    refuse(filed.id, reason="Sai nơi nộp", legal_basis="Luật Hộ tịch, Điều 63", by=cast.receiver, at=at)
    assert "Đã lỡ chuyển" in guest.get(reverse("pay", args=(order.token,))).text
    take_in(account, [line(order, order.amount, number="FT2", at=at)], way=LineWay.WEBHOOK, at=at)
    assert "Có tiền chuyển đến mà khoản này không thu nữa" in guest.get(reverse("pay", args=(order.token,))).text
