"""Money in is placed by reference, sum and account, once; what does not fit waits for somebody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.payments.models import BankLine, LineWay, MoneyReceipt, Payment, PaymentOrder, Refund
from motcua.payments.orders.actions import cancel_order, take_cash
from motcua.payments.orders.refusals import OrderRefused, StaleOrder
from motcua.payments.refunds.actions import refund_done
from motcua.payments.statements.refusals import StaleLine
from motcua.payments.statements.resolving import (
    accept_short,
    assign,
    refund,
    set_aside,
    wait_for_rest,
)
from motcua.payments.statements.taking_in import take_in
from motcua.people.models import Agency
from tests.cast import MONDAY, Cast, minutes_later
from tests.payments.money_desk import account_of, line, order_for

LATER = minutes_later(MONDAY, 30)


@pytest.fixture
def account(cast: Cast):
    return account_of(cast)


def told(account, *lines, at=LATER):
    return take_in(account, lines, way=LineWay.WEBHOOK, at=at)


def the_line(order: PaymentOrder | None = None) -> BankLine:
    return BankLine.objects.filter(order=order).latest("came_at", "id")


def now(order: PaymentOrder) -> PaymentOrder:
    return PaymentOrder.objects.get(pk=order.pk)


def test_the_exact_sum_into_the_account_pays(cast: Cast, account):
    order = order_for(cast, copies=2)
    taken = told(account, line(order, 16_000, number="FT1"))
    assert (taken.added, taken.known, dict(taken.states)) == (1, 0, {"counted": 1})
    paid = now(order)
    assert (paid.state, paid.received, paid.paid_at) == ("paid", 16_000, LATER)
    assert paid.receipts.get().way == "transfer"


def test_a_line_told_again_counts_once(cast: Cast, account):
    order = order_for(cast)
    one = line(order, 8000, number="FT1")
    told(account, one)
    for again in (one, replace(one, description="khac han"), replace(one, number="")):
        assert told(account, again).added == 0
    assert Payment.objects.count() == MoneyReceipt.objects.count() == 1


def test_alike_lines_without_a_number_are_told_apart_by_how_many_there_are(cast: Cast, account):
    alike = line(None, 5000)
    assert told(account, alike, alike).added == 2
    assert told(account, alike, alike).added == 0
    assert told(account, alike, alike, alike).added == 1
    numbered = [replace(alike, number=number) for number in ("A1", "A2", "A3", "A4")]
    assert told(account, numbered[0]).added == 0
    assert told(account, numbered[0]).added == 0
    assert told(account, *numbered).added == 1
    assert told(account, *numbered).added == 0
    assert told(account, alike, alike, alike, alike).added == 0
    assert BankLine.objects.count() == 4


def test_one_dong_too_little_is_short_until_somebody_takes_it_as_enough(cast: Cast, account):
    order = order_for(cast)
    told(account, line(order, 7999, number="FT1"))
    assert (now(order).state, now(order).outstanding) == ("short", 1)
    assert not MoneyReceipt.objects.exists()
    accept_short(the_line(order).id, reason="Thiếu 1 đồng", by=cast.receiver, at=LATER)
    assert (now(order).state, now(order).waived) == ("paid", 1)
    assert order.receipts.get().amount == 7999
    assert the_line(order).state == "counted"


def test_a_large_rest_is_a_leaders_to_let_go(cast: Cast, account):
    order = order_for(cast, copies=2)
    told(account, line(order, 8000, number="FT1"))
    with pytest.raises(OrderRefused):
        accept_short(the_line(order).id, reason="Cho qua", by=cast.receiver, at=LATER)
    accept_short(the_line(order).id, reason="Cho qua", by=cast.leader, at=LATER)
    assert now(order).state == "paid"


def test_the_rest_may_come_later_by_transfer_or_in_cash(cast: Cast, account):
    by_bank, in_cash = order_for(cast, copies=2), order_for(cast, copies=2)
    told(account, line(by_bank, 10_000, number="FT1"), line(in_cash, 10_000, number="FT2"))
    wait_for_rest(the_line(by_bank).id, by=cast.receiver, at=LATER)
    told(account, line(by_bank, 6_000, number="FT3"))
    take_cash(in_cash.id, amount=6_000, by=cast.receiver, at=LATER)
    for order in (by_bank, in_cash):
        assert (now(order).state, order.receipts.get().amount) == ("paid", 16_000)
        assert set(order.bank_lines.values_list("state", flat=True)) == {"counted"}


def test_a_second_payment_waits_and_is_given_back(cast: Cast, account):
    order = order_for(cast)
    told(account, line(order, 8000, number="FT1"))
    told(account, line(order, 8000, number="FT2"))
    double = the_line(order)
    assert (double.state, now(order).received) == ("double", 8000)
    noted = refund(double.id, reason="Nộp hai lần", by=cast.receiver, at=LATER)
    assert (noted.amount, noted.number) == (8000, 1)
    refund_done(noted.id, evidence="UNC 15", by=cast.receiver, at=LATER)
    assert the_line(order).state == "refunded"
    with pytest.raises(StaleLine):
        refund_done(noted.id, evidence="UNC 15", by=cast.receiver, at=LATER)
    assert now(order).state == "paid"


def test_too_much_is_never_booked_alone(cast: Cast, account):
    order = order_for(cast)
    told(account, line(order, 10_000, number="FT1"))
    over = the_line(order)
    assert (over.state, now(order).state) == ("over", "waiting")
    assign(over.id, order_id=order.id, by=cast.receiver, at=LATER)
    assert (now(order).state, now(order).received) == ("paid", 8000)
    assert Refund.objects.get(line=over).amount == 2000


def test_money_without_a_reference_is_nobodys_until_somebody_says(cast: Cast, account):
    order, other = order_for(cast), order_for(cast)
    told(account, line(None, 8000, number="FT1"))
    loose = the_line()
    assert loose.state == "unmatched"
    assign(loose.id, order_id=order.id, by=cast.receiver, at=LATER)
    assert now(order).state == "paid"
    with pytest.raises(StaleLine):
        assign(loose.id, order_id=other.id, by=cast.receiver, at=LATER)
    told(account, line(None, 77, number="FT2", text="lai tien gui"))
    set_aside(the_line().id, reason="Lãi tiền gửi", by=cast.receiver, at=LATER)
    assert the_line().state == "set_aside"


@pytest.mark.parametrize("spoilt", ["two references", "cancelled", "other account", "other agency"])
def test_what_is_not_plainly_right_is_nobodys(cast: Cast, account, spoilt: str):
    order, other = order_for(cast), order_for(cast)
    one = line(order, 8000, number="FT1")
    if spoilt == "two references":
        one = line(order, 8000, number="FT1", text=f"{order.reference} {other.reference}")
    elif spoilt == "cancelled":
        cancel_order(order.id, reason="Miễn", by=cast.receiver, at=MONDAY)
    elif spoilt == "other account":
        PaymentOrder.objects.filter(pk=order.pk).update(account=None)
    else:
        PaymentOrder.objects.filter(pk=order.pk).update(agency_id=_neighbour())
    taken = told(account, one)
    assert dict(taken.states) == {"unmatched": 1}
    assert not Payment.objects.exists()


def _neighbour():
    return Agency.objects.create(
        name="Xã bên", short_name="Xã bên", kind="peoples_committee", level="commune", valid_from=MONDAY.date()
    ).id


def test_taking_money_back_from_a_paid_order_is_a_leaders(cast: Cast, account):
    order = order_for(cast)
    told(account, line(order, 8000, number="FT1"))
    counted = the_line(order)
    with pytest.raises(OrderRefused):
        refund(counted.id, reason="Hồ sơ bị từ chối", by=cast.receiver, at=LATER)
    refund(counted.id, reason="Hồ sơ bị từ chối", by=cast.leader, at=LATER)
    assert (now(order).state, now(order).received) == ("waiting", 0)
    assert order.receipts.get().void_at == LATER
    cancel_order(order.id, reason="Hồ sơ bị từ chối", by=cast.receiver, at=LATER)


def test_another_agency_decides_nothing(cast: Cast, account):
    stranger = replace(cast.receiver, agency_id=_neighbour())
    order = order_for(cast)
    told(account, line(order, 7999, number="FT1"))
    short = the_line(order)
    for act in (
        lambda: wait_for_rest(short.id, by=stranger, at=LATER),
        lambda: refund(short.id, reason="x", by=stranger, at=LATER),
        lambda: accept_short(short.id, reason="x", by=stranger, at=LATER),
        lambda: take_cash(order.id, amount=1, by=stranger, at=LATER),
    ):
        with pytest.raises((StaleLine, StaleOrder)):
            act()
    assert now(order).received == 7999


def test_a_day_apart_is_another_line(cast: Cast, account):
    one = line(None, 5000)
    assert told(account, one, replace(one, booked_at=MONDAY + timedelta(days=1))).added == 2
