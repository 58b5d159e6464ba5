"""Indicators 3.4 and 3.6: fees that came by transfer, by hand and kept by the day; each figure and its list."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from motcua.config.journey import JOURNEY
from motcua.dossiers.models import Dossier, Standing
from motcua.payments.models import LineWay, Payment, PaymentOrder
from motcua.payments.orders.actions import cancel_order, take_cash
from motcua.payments.statements.taking_in import take_in
from motcua.people.models import Agency
from motcua.reporting.indicators.by_receipt.days import touch_day_paid
from motcua.reporting.indicators.five_groups import five_groups
from motcua.reporting.indicators.measures import SETS, Scope, count_of, members_of
from motcua.reporting.indicators.proving import differences
from motcua.reporting.rules.periods import days
from tests.cast import Cast
from tests.payments.money_desk import EXTRACT, account_of, line, order_for
from tests.reporting.small_year import at, laid_down, pattern, scope_of_ward

pytestmark = pytest.mark.django_db
CODES = ("3.4", "3.6")
FEE = 8_000


@pytest.fixture
def like(cast: Cast) -> Dossier:
    account_of(cast)
    return pattern(cast, EXTRACT)


def figures(scope: Scope) -> dict[str, tuple[int, int]]:
    found = five_groups(scope)
    assert found is not None
    counts = {row.indicator.code: row.count for group in found.groups for row in group.rows}
    return {code: (counts[code].numerator, counts[code].denominator) for code in CODES}


def parts(scope: Scope, formula: str = "paid_online") -> dict[str, str]:
    listed = members_of(SETS[formula], scope.values())
    count = count_of(SETS[formula], scope.values())
    assert len({one.id for one in listed}) == len(listed) == count.denominator
    assert sum(one.counted for one in listed) == count.numerator
    for one in count.parts:
        assert len(members_of(SETS[formula], scope.values(), part=one.part)) == one.count
    return {one.code: one.part for one in listed}


def order_of(cast: Cast, life: Dossier, when: datetime | None = None) -> PaymentOrder:
    return order_for(cast, submission_id=life.submission_id, at=when or at(3))


def transferred(order: PaymentOrder, amount: int = FEE, when: datetime | None = None) -> None:
    told, booked = line(order, amount, number=uuid4().hex[:12], at=when or at(3)), when or at(3)
    assert order.account is not None
    take_in(order.account, [told], way=LineWay.WEBHOOK, at=booked)


def test_a_month_of_dossiers_by_hand(cast: Cast, like: Dossier):
    def came(code: str, fee: int | None = FEE, **columns: object) -> Dossier:
        return laid_down(like, code, at(2), at(9), fee_total=fee, **columns)

    transferred(order_of(cast, came("TRANSFER")))
    transferred(order_of(cast, came("SHORT")), FEE - 3_000)
    cash = order_of(cast, came("CASH"))
    take_cash(cash.id, amount=FEE, by=cast.receiver, at=at(3))
    order_of(cast, came("WAITING"))
    cancelled = order_of(cast, came("EXEMPT"))
    cancel_order(cancelled.id, reason="Hộ nghèo, được miễn", by=cast.receiver, at=at(3))
    came("NEVER")
    came("BY_PROVINCE", fee=None)
    came("FREE", fee=0)
    order_of(cast, came("FREE_AFTER_ALL_NOT", fee=0))
    transferred(order_of(cast, came("PART", standing=Standing.PART)))
    elsewhere = Agency.objects.exclude(pk=cast.leader.agency_id)[0]
    came("OTHERS", agency_id=elsewhere.pk)

    scope = scope_of_ward(cast)
    assert parts(scope) == {
        "TRANSFER": "by_transfer", "SHORT": "by_transfer", "CASH": "in_cash", "WAITING": "unpaid",
        "NEVER": "never_asked", "BY_PROVINCE": "never_asked", "FREE_AFTER_ALL_NOT": "unpaid",
    }  # fmt: skip
    assert figures(scope)["3.6"] == (2, 7)
    assert figures(scope)["3.6"] == (2, 7), "from what was kept"


def test_money_taken_back_no_longer_counts(cast: Cast, like: Dossier):
    order = order_of(cast, laid_down(like, "BACK", at(2), at(9), fee_total=FEE))
    transferred(order)
    assert parts(scope_of_ward(cast)) == {"BACK": "by_transfer"}
    Payment.objects.filter(order=order).update(taken_back_at=at(4), taken_back_by=cast.receiver.id, reason="nhầm")
    PaymentOrder.objects.filter(pk=order.pk).update(state="waiting", received=0, paid_at=None)
    assert members_of(SETS["paid_online"], scope_of_ward(cast).values())[0].part == "unpaid"


def test_what_is_paid_later_is_read_anew(cast: Cast, like: Dossier):
    """The day is over and kept; then somebody asks, pays, takes in cash."""
    came = timezone.localtime() - timedelta(days=20)
    lives = [laid_down(like, code, came, came + timedelta(days=5), fee_total=FEE) for code in ("A", "B")]
    today = timezone.localdate()
    scope = Scope((cast.leader.agency_id,), days(today - timedelta(days=30), today), timezone.now())
    assert figures(scope)["3.6"] == (0, 2)
    orders = [order_of(cast, life, timezone.now()) for life in lives]
    assert set(parts(scope).values()) == {"unpaid"}
    transferred(orders[0], when=timezone.now())
    assert figures(scope)["3.6"] == (1, 2)
    take_cash(orders[1].id, amount=FEE, by=cast.receiver, at=timezone.now())
    assert parts(scope) == {"A": "by_transfer", "B": "in_cash"}
    assert not [*differences([cast.leader.agency_id])]


def test_every_act_on_an_order_that_moves_its_part_touches_the_day():
    for kind in ("opened", "paid", "money_counted", "money_taken_back", "cancelled"):
        assert touch_day_paid in JOURNEY[f"order.{kind}"]


def test_procedures_with_a_fee_and_those_with_a_transfer(cast: Cast, like: Dossier):
    scope = scope_of_ward(cast)
    before = parts(scope, "online_payment_in_use")
    assert before[EXTRACT] == "no_transfer"
    assert figures(scope)["3.4"] == (0, len(before))
    transferred(order_of(cast, laid_down(like, "T", at(2), at(9), fee_total=FEE)))
    after = parts(scope, "online_payment_in_use")
    assert after == {**before, EXTRACT: "transfers"}
    assert figures(scope)["3.4"] == (1, len(before))
    earlier = scope_of_ward(cast, days(at(1, month=10).date(), at(31, month=10).date()))
    assert figures(earlier)["3.4"] == (0, len(before)), "the money came after that period"
