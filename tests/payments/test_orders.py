"""A fee is asked for once, paid by money that is here, and has a receipt whose number leaves no gap."""

from uuid import uuid4

import pytest

from motcua.core.sql import fetch_all
from motcua.payments.models import MoneyReceipt, PaymentOrder
from motcua.payments.orders.actions import NewOrder, cancel_order, open_for, take_cash, void_receipt
from motcua.payments.orders.queries import is_paid, order_of
from motcua.payments.orders.quoting import quote_for
from motcua.payments.orders.refusals import OrderRefused, StaleOrder
from tests.cast import BIRTH, MONDAY, Cast, minutes_later, offered, received
from tests.payments.money_desk import CITIZEN, EXTRACT, account_of, order_for


def events_of(order: PaymentOrder) -> list[str]:
    rows = fetch_all("SELECT kind FROM core_event WHERE subject_id = %s ORDER BY sequence", (order.id,))
    return [kind for (kind,) in rows]


def test_the_same_sum_is_asked_for_once(cast: Cast):
    first = order_for(cast)
    again = order_for(cast, submission_id=first.submission_id)
    assert again.id == first.id
    assert not is_paid(first.submission_id)
    with pytest.raises(OrderRefused):
        order_for(cast, submission_id=first.submission_id, copies=2)


def test_an_unknown_sum_is_not_asked_for_and_nothing_is_no_order(cast: Cast):
    version = offered(BIRTH, cast.receiver)

    def opened(**more):
        quote = quote_for(version, agency_id=cast.receiver.agency_id, channel="online", on=MONDAY.date(), **more)
        new = NewOrder(uuid4(), cast.receiver.agency_id, version.version_id, "online", "Lan", quote)
        return open_for(new, by=CITIZEN, at=MONDAY)

    with pytest.raises(OrderRefused):
        opened()
    assert opened(whens={version.fees[0].when}) is None
    with pytest.raises(OrderRefused):
        opened(whens={"Đăng ký quá hạn"})


def test_cash_is_exactly_what_is_owed_and_gives_a_receipt(cast: Cast):
    order = order_for(cast, copies=2)
    with pytest.raises(OrderRefused):
        take_cash(order.id, amount=15_999, by=cast.receiver, at=MONDAY)
    receipt = take_cash(order.id, amount=16_000, by=cast.receiver, at=minutes_later(MONDAY, 1))
    assert (receipt.amount, receipt.way, receipt.year) == (16_000, "cash", 2026)
    assert is_paid(order.submission_id)
    with pytest.raises(StaleOrder):
        take_cash(order.id, amount=16_000, by=cast.receiver, at=minutes_later(MONDAY, 2))
    assert events_of(order) == ["order.opened", "order.money_counted", "order.paid"]


def test_receipts_are_numbered_without_gaps_and_a_void_one_keeps_its_number(cast: Cast):
    orders = [order_for(cast) for _time in range(3)]
    numbers = [take_cash(one.id, amount=8000, by=cast.receiver, at=MONDAY).number for one in orders]
    first = numbers[0]
    assert numbers == [first, first + 1, first + 2]
    void_receipt(orders[1].receipts.get().id, reason="Thu nhầm người", by=cast.leader, at=minutes_later(MONDAY, 5))
    orders[1].refresh_from_db()
    assert (orders[1].state, orders[1].received) == ("waiting", 0)
    again = take_cash(orders[1].id, amount=8000, by=cast.receiver, at=minutes_later(MONDAY, 6))
    assert again.number == first + 3
    every = MoneyReceipt.objects.filter(agency_id=cast.receiver.agency_id).values_list("number", flat=True)
    assert sorted(every) == list(range(1, first + 4))


def test_a_refused_payment_uses_up_no_number(cast: Cast):
    order = order_for(cast)
    before = MoneyReceipt.objects.count()
    for _time in range(3):
        with pytest.raises(OrderRefused):
            take_cash(order.id, amount=1, by=cast.receiver, at=MONDAY)
    number = take_cash(order.id, amount=8000, by=cast.receiver, at=MONDAY).number
    assert number == before + 1


def test_an_order_is_given_up_only_before_money_came_and_with_a_reason(cast: Cast):
    order = order_for(cast)
    with pytest.raises(OrderRefused):
        cancel_order(order.id, reason="  ", by=cast.receiver, at=MONDAY)
    cancel_order(order.id, reason="Hồ sơ thuộc diện miễn", by=cast.receiver, at=MONDAY)
    assert order_of(order.submission_id) is None
    with pytest.raises(StaleOrder):
        take_cash(order.id, amount=8000, by=cast.receiver, at=MONDAY)


def test_the_order_of_a_filing_is_the_order_of_its_dossier(cast: Cast):
    account_of(cast)
    opened = received(EXTRACT, cast)
    (submission_id,) = fetch_all("SELECT submission_id FROM dossiers_dossier WHERE id = %s", (opened.id,))[0]
    order = order_for(cast, submission_id=submission_id)
    assert order_of(submission_id) == order
    assert order.account is not None
