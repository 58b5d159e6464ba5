"""A filing that is not taken in keeps nobody's money: what came for it stands to be given back, once."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from motcua.core.models import Event
from motcua.intake.models import Submission
from motcua.intake.submissions import refuse, submit, withdraw
from motcua.payments.models import BankLine, CollectingAccount, LineWay, Payment, PaymentOrder, Refund
from motcua.payments.orders.actions import let_go, take_cash, void_receipt
from motcua.payments.orders.queries import order_of
from motcua.payments.orders.refusals import OrderRefused, StaleOrder
from motcua.payments.refunds.actions import refund_done
from motcua.payments.statements.refusals import StaleLine
from motcua.payments.statements.resolving import accept_short, assign, refund, wait_for_rest
from motcua.payments.statements.taking_in import take_in
from tests.cast import MONDAY, MRS_LAN, Cast, filing, minutes_later, offered
from tests.payments.money_desk import CITIZEN, EXTRACT, account_of, line, order_for
from tests.people.town import logged_in

LATER, ENDED = minutes_later(MONDAY, 30), minutes_later(MONDAY, 60)
WHY = {"reason": "Nộp nhầm nơi", "legal_basis": "Nghị định 61/2018/NĐ-CP, Điều 17"}


@pytest.fixture
def account(cast: Cast) -> CollectingAccount:
    return account_of(cast)


@pytest.fixture
def filed(cast: Cast, account: CollectingAccount) -> Submission:
    by = cast.receiver
    return submit(
        filing(EXTRACT, MRS_LAN, by, channel="post"), offered=offered(EXTRACT, by), desk=by, by=by.actor, at=MONDAY,
        registered_by=by.id,
    )  # fmt: skip


@pytest.fixture
def order(cast: Cast, filed: Submission) -> PaymentOrder:
    return order_for(cast, copies=2, submission_id=filed.id)


def told(account: CollectingAccount, *lines):
    return take_in(account, lines, way=LineWay.WEBHOOK, at=LATER)


def refused(filed: Submission, cast: Cast) -> None:
    refuse(filed.id, by=cast.receiver, at=ENDED, **WHY)


def kinds(subject_id) -> list[str]:
    return list(Event.objects.filter(subject_id=subject_id).order_by("sequence").values_list("kind", flat=True))


def stands_given_up(order: PaymentOrder) -> PaymentOrder:
    found = PaymentOrder.objects.get(pk=order.pk)
    assert (found.state, found.received, found.waived, found.outstanding) == ("cancelled", 0, 0, 0)
    assert found.cancelled_at == ENDED
    assert not found.payments.filter(taken_back_at=None).exists()
    assert order_of(found.submission_id) is None
    return found


def test_a_part_paid_fee_of_a_refused_filing_is_given_back_and_asks_no_more(cast: Cast, account, filed, order):
    told(account, line(order, 10_000, number="FT1"))
    refused(filed, cast)
    stands_given_up(order)
    noted = Refund.objects.get()
    payment = Payment.objects.get()
    assert (noted.amount, noted.payment, noted.line_id) == (10_000, payment, payment.line_id)
    assert (noted.noted_by_id, noted.noted_at, noted.done_at) == (cast.receiver.id, ENDED, None)
    assert noted.reason == "Hồ sơ không được tiếp nhận nên không thu phí, lệ phí."
    assert (payment.taken_back_at, payment.reason) == (ENDED, noted.reason)
    assert BankLine.objects.get().state == "refunding"
    assert kinds(order.id)[-2:] == ["order.money_taken_back", "order.cancelled"]
    assert kinds(noted.line_id)[-1] == "bank_line.refund_noted"
    assert kinds(noted.id) == ["refund.noted"]


def test_a_fee_paid_whole_is_given_back_when_the_citizen_withdraws_and_its_receipt_stays(
    cast: Cast, account, filed, order
):
    """Money was taken, so the receipt is not void; what goes back has a paper of its own. No official decided it."""
    told(account, line(order, 10_000, number="FT1"), line(order, 6_000, number="FT2"))
    withdraw(filed.id, agency_id=filed.agency_id, by=CITIZEN, at=ENDED)
    stands_given_up(order)
    assert sorted(Refund.objects.values_list("amount", flat=True)) == [6_000, 10_000]
    assert set(Refund.objects.values_list("noted_by", flat=True)) == {None}
    assert "rút" in Refund.objects.latest("id").reason
    assert set(BankLine.objects.values_list("state", flat=True)) == {"refunding"}
    assert order.receipts.get().void_at is None


def test_cash_is_told_to_the_desk_as_cash_to_give_back(cast: Cast, account, filed, order):
    told(account, line(order, 10_000, number="FT1"))
    take_cash(order.id, amount=6_000, by=cast.receiver, at=LATER)
    refused(filed, cast)
    stands_given_up(order)
    noted = Refund.objects.get(payment__way="cash")
    assert (noted.amount, noted.line) == (6_000, None)
    refund_done(noted.id, evidence="PC 7", by=cast.receiver, at=ENDED)
    noted.refresh_from_db()
    assert (noted.done_at, noted.evidence) == (ENDED, "PC 7")
    assert Refund.objects.get(done_at=None).amount == 10_000
    with pytest.raises(StaleLine):
        refund_done(noted.id, evidence="PC 7", by=cast.receiver, at=ENDED)


def test_what_was_let_go_is_not_given_back(cast: Cast, account, filed, order):
    told(account, line(order, 15_999, number="FT1"))
    let_go(order.id, reason="Thiếu 1 đồng", by=cast.receiver, at=LATER)
    refused(filed, cast)
    stands_given_up(order)
    assert Refund.objects.get().amount == 15_999


def test_a_line_goes_back_in_two_parts_and_is_done_with_the_last(cast: Cast, account, filed, order):
    told(account, line(order, 20_000, number="FT1"))
    over = BankLine.objects.get()
    assign(over.id, order_id=order.id, by=cast.receiver, at=LATER)
    refused(filed, cast)
    parts = list(Refund.objects.order_by("number"))
    assert [part.amount for part in parts] == [4_000, 16_000]
    for part, state in zip(parts, ("refunding", "refunded"), strict=True):
        refund_done(part.id, evidence="UNC 8", by=cast.receiver, at=ENDED)
        over.refresh_from_db()
        assert over.state == state


def test_money_already_noted_is_not_noted_twice(cast: Cast, account, filed, order):
    told(account, line(order, 10_000, number="FT1"), line(order, 2_000, number="FT2"))
    refund(BankLine.objects.get(number="FT1").id, reason="Chuyển nhầm", by=cast.receiver, at=LATER)
    refused(filed, cast)
    stands_given_up(order)
    assert sorted(Refund.objects.values_list("amount", flat=True)) == [2_000, 10_000]


def test_nothing_more_is_taken_for_a_filing_that_ended(cast: Cast, account, filed, order):
    told(account, line(order, 10_000, number="FT1"))
    short = BankLine.objects.get()
    refused(filed, cast)
    for act in (
        lambda: take_cash(order.id, amount=6_000, by=cast.receiver, at=ENDED),
        lambda: let_go(order.id, reason="Cho qua", by=cast.leader, at=ENDED),
        lambda: wait_for_rest(short.id, by=cast.receiver, at=ENDED),
        lambda: accept_short(short.id, reason="Cho qua", by=cast.leader, at=ENDED),
        lambda: refund(short.id, reason="Lần nữa", by=cast.leader, at=ENDED),
    ):
        with pytest.raises((StaleOrder, StaleLine)):
            act()
    assert dict(told(account, line(order, 6_000, number="FT2")).states) == {"unmatched": 1}
    late = BankLine.objects.get(number="FT2")
    assert late.order == order
    with pytest.raises(OrderRefused):
        assign(late.id, order_id=order.id, by=cast.receiver, at=ENDED)
    refund(late.id, reason="Đến sau khi thôi thu", by=cast.receiver, at=ENDED)
    stands_given_up(order)
    assert sorted(Refund.objects.values_list("amount", flat=True)) == [6_000, 10_000]


def test_the_day_hands_over_the_cash_that_is_there(cast: Cast, account, filed, order):
    """Transfers of a receipt are not cash; what was given back is gone on its day; a slip of the key never was."""
    told(account, line(order, 10_000, number="FT1"))
    take_cash(order.id, amount=6_000, by=cast.receiver, at=LATER)
    other, mistaken = order_for(cast), order_for(cast)
    for one in (other, mistaken):
        take_cash(one.id, amount=8_000, by=cast.receiver, at=LATER)
    void_receipt(mistaken.receipts.get().id, reason="Thu nhầm", by=cast.leader, at=ENDED)
    assert heads(MONDAY) == (14_000, 0, 10_000)
    refused(filed, cast)
    assert heads(MONDAY) == (14_000, 0, 10_000), "it is still in the drawer"
    tuesday = MONDAY + timedelta(days=1)
    refund_done(Refund.objects.get(line=None).id, evidence="PC 7", by=cast.receiver, at=tuesday)
    assert heads(MONDAY) == (14_000, 0, 10_000)
    assert heads(tuesday) == (-6_000, 6_000, 0)


def heads(day: datetime) -> tuple[int, int, int]:
    """Cash to hand over, cash given back, transfers."""
    page = logged_in("tiepnhan").get(reverse("takings"), {"day": f"{day:%d/%m/%Y}"})
    return page.context["cash"], page.context["cash_back"], page.context["transfer"]


def test_ending_a_refund_without_a_number_says_so_at_its_box(cast: Cast, account, filed, order):
    told(account, line(order, 10_000, number="FT1"))
    refused(filed, cast)
    noted, desk = Refund.objects.get(), logged_in("tiepnhan")
    page = desk.post(reverse("refund-done", args=(noted.id,)), {"evidence": " "})
    assert page.status_code == 422
    assert f'id="evidence-{noted.id}-error"' in page.text
    assert 'name="evidence"' not in logged_in("lanhdao").get(reverse("money")).text


def test_money_too_much_for_a_filing_that_ended_is_told_at_the_desk_and_to_the_payer(cast: Cast, account, filed, order):
    told(account, line(order, 20_000, number="FT1"))
    over = BankLine.objects.get()
    refused(filed, cast)
    stands_given_up(order)
    assert (over.state, Refund.objects.count()) == ("over", 0), "nobody said yet that it was for this fee"
    desk = logged_in("tiepnhan")
    assert "Khoản thu này không thu nữa" in desk.get(reverse("bank-line", args=(over.id,))).text
    assert "đã thôi thu" in desk.get(reverse("money")).text
    payer = desk.get(reverse("pay", args=(order.token,))).text
    assert "Có tiền chuyển đến mà khoản này không thu nữa" in payer
    refund(over.id, reason="Hồ sơ không được tiếp nhận", by=cast.receiver, at=ENDED)
    assert Refund.objects.get().amount == 20_000
