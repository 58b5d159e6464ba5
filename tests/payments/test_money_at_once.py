"""Cash, transfers and the asking itself, by two at once: one receipt, and what came besides stands as double."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from motcua.core.sql import fetch_all
from motcua.payments.models import (
    BankLine,
    CollectingAccount,
    LineWay,
    MoneyReceipt,
    Payment,
    PaymentOrder,
    Refund,
)
from motcua.payments.orders.actions import cancel_order, take_cash, void_receipt
from motcua.payments.orders.refusals import OrderRefused, StaleOrder
from motcua.payments.statements.refusals import StaleLine
from motcua.payments.statements.resolving import assign, refund
from motcua.payments.statements.taking_in import TakenIn, TellLine, take_in
from tests.cast import MONDAY, Cast, minutes_later
from tests.committed import together
from tests.payments.committed_ward import cast, overtaken
from tests.payments.money_desk import account_of, line, order_for

__all__ = ["cast"]
LATER = minutes_later(MONDAY, 30)


@pytest.fixture(scope="module")
def account(cast: Cast) -> CollectingAccount:
    return account_of(cast)


def cash_for(order: PaymentOrder, cast: Cast) -> Callable[[], MoneyReceipt]:
    return lambda: take_cash(order.id, amount=order.amount, by=cast.receiver, at=LATER)


def told(account: CollectingAccount, *lines: TellLine) -> Callable[[], TakenIn]:
    return lambda: take_in(account, lines, way=LineWay.WEBHOOK, at=LATER)


def stands_paid_once(order: PaymentOrder) -> None:
    order.refresh_from_db()
    assert (order.state, order.received) == ("paid", order.amount)
    assert order.receipts.filter(void_at=None).count() == order.receipts.count() == 1
    assert order.payments.filter(taken_back_at=None).count() == 1
    without_gaps()


def without_gaps() -> None:
    numbers = sorted(MoneyReceipt.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def names(answers: list[Any]) -> list[str]:
    return sorted(type(answer).__name__ for answer in answers)


def test_cash_taken_by_two_is_taken_once(cast: Cast, account: CollectingAccount):
    order = order_for(cast)
    assert isinstance(overtaken(cash_for(order, cast), cash_for(order, cast)), StaleOrder)
    stands_paid_once(order)
    again = order_for(cast)
    assert names(together([cash_for(again, cast)] * 4)) == ["MoneyReceipt", *["StaleOrder"] * 3]
    stands_paid_once(again)


def test_a_transfer_told_while_cash_is_written_down_stands_as_double(cast: Cast, account: CollectingAccount):
    order = order_for(cast)
    taken = overtaken(cash_for(order, cast), told(account, line(order, 8000, number="AT-1")))
    assert dict(taken.states) == {"double": 1}
    stands_paid_once(order)
    assert order.receipts.get().way == "cash"


def test_cash_while_a_transfer_is_written_down_is_given_back_over_the_desk(cast: Cast, account: CollectingAccount):
    order = order_for(cast)
    fault = overtaken(told(account, line(order, 8000, number="AT-2")), cash_for(order, cast))
    assert isinstance(fault, StaleOrder)
    stands_paid_once(order)
    assert order.receipts.get().way == "transfer"


def test_cash_and_transfer_at_the_same_instant(cast: Cast, account: CollectingAccount):
    for number in range(6):
        order = order_for(cast)
        answers = together([cash_for(order, cast), told(account, line(order, 8000, number=f"AT-I{number}"))])
        assert names(answers) in (["MoneyReceipt", "TakenIn"], ["StaleOrder", "TakenIn"])
        stands_paid_once(order)
        by_cash = order.receipts.get().way == "cash"
        assert BankLine.objects.get(order=order).state == ("double" if by_cash else "counted")


def test_one_line_told_by_the_bank_and_by_a_sheet_at_once_is_one_line(cast: Cast, account: CollectingAccount):
    order = order_for(cast)
    one = line(order, 8000, number="AT-3")
    answers = together([told(account, one), told(account, replace(one, number="")), told(account, one)])
    assert sorted(answer.added for answer in answers) == [0, 0, 1]
    stands_paid_once(order)


def test_the_same_fee_asked_for_twice_at_once_is_one_order(cast: Cast, account: CollectingAccount):
    filing = uuid4()

    def ask(copies: int = 1) -> PaymentOrder:
        return order_for(cast, submission_id=filing, copies=copies)

    first = overtaken(ask, ask)
    assert PaymentOrder.objects.get(submission_id=filing) == first
    opened = fetch_all("SELECT count(*) FROM core_event WHERE kind = 'order.opened' AND subject_id = %s", (first.id,))
    assert opened == [(1,)]
    other = uuid4()
    answers = together([partial(order_for, cast, submission_id=other, copies=copies) for copies in (1, 2, 1, 2)])
    assert PaymentOrder.objects.filter(submission_id=other).count() == 1
    assert names(answers) == ["OrderRefused", "OrderRefused", "PaymentOrder", "PaymentOrder"]


def given_up(order: PaymentOrder, cast: Cast) -> Callable[[], None]:
    return lambda: cancel_order(order.id, reason="Miễn", by=cast.receiver, at=LATER)


def test_an_order_given_up_while_it_is_paid(cast: Cast, account: CollectingAccount):
    order = order_for(cast)
    assert isinstance(overtaken(cash_for(order, cast), given_up(order, cast)), StaleOrder)
    stands_paid_once(order)
    other = order_for(cast)
    taken = overtaken(given_up(other, cast), told(account, line(other, 8000, number="AT-4")))
    assert dict(taken.states) == {"unmatched": 1}
    assert not Payment.objects.filter(order=other).exists()


def test_a_receipt_is_voided_once(cast: Cast, account: CollectingAccount):
    order = order_for(cast)
    receipt = cash_for(order, cast)()

    def void() -> None:
        void_receipt(receipt.id, reason="Thu nhầm", by=cast.leader, at=LATER)

    assert isinstance(overtaken(void, void), StaleOrder)
    order.refresh_from_db()
    assert (order.state, order.received) == ("waiting", 0)


def test_a_double_line_is_decided_once(cast: Cast, account: CollectingAccount):
    order, other = order_for(cast), order_for(cast)
    told(account, line(order, 8000, number="AT-5"), line(order, 8000, number="AT-6"))()
    double = BankLine.objects.get(order=order, state="double")
    answers = together([
        lambda: refund(double.id, reason="Nộp hai lần", by=cast.receiver, at=LATER),
        lambda: refund(double.id, reason="Nộp hai lần", by=cast.receiver, at=LATER),
        lambda: assign(double.id, order_id=other.id, by=cast.receiver, at=LATER),
    ])  # fmt: skip
    refused = [answer for answer in answers if isinstance(answer, StaleLine | OrderRefused)]
    assert len(refused) == 2, answers
    other.refresh_from_db()
    assert (other.state == "paid") != Refund.objects.filter(line=double).exists()
    without_gaps()


def test_a_double_line_assigned_meanwhile_is_not_given_back_behind_its_order(cast: Cast, account: CollectingAccount):
    order, other = order_for(cast), order_for(cast)
    told(account, line(order, 8000, number="AT-7"), line(order, 8000, number="AT-8"))()
    double = BankLine.objects.get(order=order, state="double")
    overtaken(
        lambda: assign(double.id, order_id=other.id, by=cast.leader, at=LATER),
        lambda: refund(double.id, reason="Nộp hai lần", by=cast.leader, at=LATER),
    )
    stands_paid_once(other)
    assert not Refund.objects.filter(line=double).exists()
