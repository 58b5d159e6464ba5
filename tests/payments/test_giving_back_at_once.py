"""A filing ends while its fee is paid, by two at once: no đồng is lost, none is given back twice."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from motcua.dossiers.models import ReturnMethod
from motcua.intake.models import Submission
from motcua.intake.submissions import StaleSubmission, refuse, submit, withdraw
from motcua.payments.models import BankLine, CollectingAccount, LineWay, Payment, PaymentOrder, Refund
from motcua.payments.models.lines import TO_DECIDE
from motcua.payments.orders.actions import take_cash
from motcua.payments.orders.refusals import StaleOrder
from motcua.payments.refunds.actions import refund_done
from motcua.payments.statements.refusals import StaleLine
from motcua.payments.statements.resolving import assign, refund, wait_for_rest
from motcua.payments.statements.taking_in import TellLine, take_in
from tests.cast import MONDAY, MRS_LAN, Cast, filing, minutes_later, offered
from tests.committed import together
from tests.payments.committed_ward import cast, overtaken
from tests.payments.money_desk import CITIZEN, EXTRACT, account_of, line, order_for

__all__ = ["cast"]
LATER = minutes_later(MONDAY, 30)
Asked = tuple[PaymentOrder, Callable[[], Any], Callable[[], None]]


@pytest.fixture(scope="module")
def account(cast: Cast) -> CollectingAccount:
    return account_of(cast)


def asked(cast: Cast) -> Asked:
    """A filing of two copies that waits with its fee; how the desk refuses it, how its applicant withdraws it."""
    by = cast.receiver
    filed: Submission = submit(
        filing(EXTRACT, MRS_LAN, by, channel="post", return_method=ReturnMethod.COUNTER),
        offered=offered(EXTRACT, by), desk=by, by=by.actor, at=MONDAY, registered_by=by.id,
    )  # fmt: skip
    no = partial(refuse, filed.id, reason="Nộp nhầm nơi", legal_basis="Nghị định 61/2018", by=by, at=LATER)
    back = partial(withdraw, filed.id, agency_id=filed.agency_id, by=CITIZEN, at=LATER)
    return order_for(cast, copies=2, submission_id=filed.id), no, back


def told(account: CollectingAccount, *lines: TellLine) -> Callable[[], Any]:
    return lambda: take_in(account, lines, way=LineWay.WEBHOOK, at=LATER)


def nothing_is_lost(order: PaymentOrder, came: int, *, cash: int = 0) -> None:
    """The order asks no more; every đồng waits for the desk, or stands to be given back once."""
    order.refresh_from_db()
    assert (order.state, order.received) == ("cancelled", 0)
    assert not order.payments.filter(taken_back_at=None).exists()
    lines = BankLine.objects.filter(order=order)
    waiting = sum(one.amount for one in lines if one.state in TO_DECIDE)
    noted = Refund.objects.filter(line__order=order)
    assert waiting + sum(one.amount for one in noted) == came == sum(one.amount for one in lines)
    assert sum(one.amount for one in Refund.objects.filter(payment__order=order, line=None)) == cash
    numbers = sorted(Refund.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_money_told_while_the_filing_is_refused_waits_for_the_desk(cast: Cast, account: CollectingAccount):
    order, no, _back = asked(cast)
    taken = overtaken(no, told(account, line(order, 16_000, number="GB-1")))
    assert dict(taken.states) == {"unmatched": 1}
    assert not Payment.objects.filter(order=order).exists()
    nothing_is_lost(order, 16_000)


@pytest.mark.parametrize("amount", [10_000, 16_000, 20_000])
def test_a_filing_withdrawn_while_money_is_written_down(cast: Cast, account: CollectingAccount, amount: int):
    """The withdrawal waits, and then gives back what counted; what was too much stands in its queue."""
    order, _no, back = asked(cast)
    assert overtaken(told(account, line(order, amount, number=f"GB-2-{amount}")), back) is None
    nothing_is_lost(order, amount)
    assert Refund.objects.filter(payment__order=order).count() == (amount <= 16_000)


def test_cash_taken_and_a_refusal_the_one_after_the_other(cast: Cast, account: CollectingAccount):
    order, no, _back = asked(cast)
    pay = partial(take_cash, order.id, amount=16_000, by=cast.receiver, at=LATER)
    assert isinstance(overtaken(no, pay), StaleOrder), "given back over the desk at once"
    nothing_is_lost(order, 0)
    other, no, _back = asked(cast)
    overtaken(partial(take_cash, other.id, amount=16_000, by=cast.receiver, at=LATER), no)
    nothing_is_lost(other, 0, cash=16_000)


def test_all_at_the_same_instant(cast: Cast, account: CollectingAccount):
    for turn in range(6):
        order, no, back = asked(cast)
        answers = together([
            no, back, told(account, line(order, 10_000, number=f"GB-3-{turn}")),
            told(account, line(order, 6_000, number=f"GB-4-{turn}")),
            told(account, line(order, 10_000, number=f"GB-3-{turn}")),
        ])  # fmt: skip
        assert sum(isinstance(answer, StaleSubmission) for answer in answers) == 1, answers
        nothing_is_lost(order, 16_000)


def test_the_desk_gives_a_line_back_while_the_filing_is_refused(cast: Cast, account: CollectingAccount):
    for turn, first in enumerate(("desk", "refusal")):
        order, no, _back = asked(cast)
        told(account, line(order, 10_000, number=f"GB-5-{turn}"))()
        short = BankLine.objects.get(order=order)
        desk = partial(refund, short.id, reason="Chuyển nhầm", by=cast.receiver, at=LATER)
        came = overtaken(desk, no) if first == "desk" else overtaken(no, desk)
        assert isinstance(came, int if first == "desk" else StaleLine)
        nothing_is_lost(order, 10_000)


def test_a_line_waited_on_while_its_filing_is_refused(cast: Cast, account: CollectingAccount):
    order, no, _back = asked(cast)
    told(account, line(order, 10_000, number="GB-6"))()
    short = BankLine.objects.get(order=order)
    overtaken(partial(wait_for_rest, short.id, by=cast.receiver, at=LATER), no)
    nothing_is_lost(order, 10_000)
    short.refresh_from_db()
    assert short.state == "refunding"


def test_the_rest_of_a_line_is_given_back_while_its_first_part_goes(cast: Cast, account: CollectingAccount):
    order, no, _back = asked(cast)
    told(account, line(order, 20_000, number="GB-7"))()
    over = BankLine.objects.get(order=order)
    assign(over.id, order_id=order.id, by=cast.receiver, at=LATER)
    no()
    parts = Refund.objects.filter(line=over).order_by("number")
    together([partial(refund_done, one.id, evidence="UNC 9", by=cast.receiver, at=LATER) for one in (*parts, *parts)])
    over.refresh_from_db()
    assert over.state == "refunded"
    nothing_is_lost(order, 20_000)
