"""Taking in what the bank says: each line once, and each line's money where its reference says."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.core.events import Actor, record
from motcua.core.holding import hold
from motcua.payments.models import BankLine, CollectingAccount, LineState, LineWay, OrderState, PaymentOrder, PaymentWay
from motcua.payments.orders.actions import complete, count
from motcua.payments.orders.reference import references_in
from motcua.payments.statements.matching import Named, Verdict, verdict

STATE_OF: Final = {
    Verdict.WHOLE: LineState.COUNTED,
    Verdict.SHORT: LineState.SHORT,
    Verdict.OVER: LineState.OVER,
    Verdict.DOUBLE: LineState.DOUBLE,
    Verdict.UNMATCHED: LineState.UNMATCHED,
}


@dataclass(frozen=True, slots=True)
class TellLine:
    """One line of money in, as told by a sheet or by the bank: `amount` in đồng."""

    amount: int
    booked_at: datetime
    description: str
    number: str = ""
    payer: str = ""

    @property
    def likeness(self) -> str:
        """Day, sum and words, however they are spaced and cased: what one line has in common with itself elsewhere."""
        words = unicodedata.normalize("NFKC", self.description).casefold()
        bare = "".join(sign for sign in words if sign.isalnum())
        told = f"{localdate(self.booked_at).isoformat()}|{self.amount}|{bare}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many lines were new, how many known before, and what became of the new ones."""

    added: int
    known: int
    states: Counter[str]


def take_in(
    account: CollectingAccount, told: Sequence[TellLine], *, way: LineWay, at: datetime, by: Actor | None = None,
    statement_id: UUID | None = None,
) -> TakenIn:  # fmt: skip
    """Keep every line once and book what fits, all or nothing.

    A line is the same as one kept before when the bank's number is, or, where one of the two has no number, when day,
    sum and words are and it is the same one in order. One account at a time: two tellings wait for each other.
    """
    states: Counter[str] = Counter()
    actor = by or _matcher()
    with transaction.atomic():
        hold("bank", account.bank, account.number)
        fresh, numbered = _sorted_out(account, told)
        for line in numbered:
            _adopt_number(account, line, by=actor, at=at)
        named = orders_named(account, [line for line, _ordinal in fresh], lock=True)
        for line, ordinal in fresh:
            kept = _keep(account, line, ordinal, named, way=way, at=at, by=actor, statement_id=statement_id)
            states[kept.state] += 1
    return TakenIn(len(fresh), len(told) - len(fresh), states)


def _matcher() -> Actor:
    """Who books what the bank itself told: nobody's hands."""
    with override("vi"):  # the log has one language
        return Actor(None, _("Đối chiếu tự động"))


def new_ones(account: CollectingAccount, told: Sequence[TellLine]) -> list[TellLine]:
    """Which of these lines are not kept yet, for a preview; nothing is written."""
    return [line for line, _place in _sorted_out(account, told)[0]]


def _sorted_out(
    account: CollectingAccount, told: Sequence[TellLine]
) -> tuple[list[tuple[TellLine, int]], list[TellLine]]:
    """The lines not kept yet, each with its place among those alike; and those that number a line kept without one."""
    kept = _kept_of(account)
    alike: dict[str, list[str]] = {}
    rows = kept.filter(likeness__in={line.likeness for line in told}).order_by("ordinal")
    for likeness, number in rows.values_list("likeness", "number"):
        alike.setdefault(likeness, []).append(number)
    numbers = {line.number for line in told if line.number}
    known = set(kept.filter(number__in=numbers).values_list("number", flat=True))
    unclaimed = {likeness: _unclaimed(these, told, likeness) for likeness, these in alike.items()}
    fresh: list[tuple[TellLine, int]] = []
    numbered: list[TellLine] = []
    for line in told:
        if line.number in known:
            continue
        if unclaimed.get(line.likeness, {}).get(bool(line.number), 0) > 0:
            unclaimed[line.likeness][bool(line.number)] -= 1
            if line.number:
                known.add(line.number)
                numbered.append(line)
            continue
        if line.number:
            known.add(line.number)
        places = alike.setdefault(line.likeness, [])
        places.append(line.number)
        fresh.append((line, len(places)))
    return fresh, numbered


def _kept_of(account: CollectingAccount) -> QuerySet[BankLine]:
    """What is kept of this account at the bank, under whichever decision the agency collects there."""
    return BankLine.objects.filter(
        agency_id=account.agency_id, account__bank=account.bank, account__number=account.number
    )


def _adopt_number(account: CollectingAccount, told: TellLine, *, by: Actor, at: datetime) -> None:
    """A line kept without a number is told with it: from now on another one like it is another one."""
    line = _kept_of(account).filter(likeness=told.likeness, number="").order_by("ordinal").first()
    if line is None:
        raise LookupError(told.likeness)
    BankLine.objects.filter(pk=line.pk).update(number=told.number)
    record(
        kind="bank_line.numbered", subject=("bank_line", line.id), by=by, at=at, agency_id=line.agency_id,
        after={"number": told.number},
    )  # fmt: skip


def _unclaimed(kept: Sequence[str], told: Sequence[TellLine], likeness: str) -> dict[bool, int]:
    """How many kept lines of a likeness a line with (True) or without a number (False) may turn out to be.

    One with a number may be a kept one without; one without may be any that these same lines do not name by number.
    """
    named = {line.number for line in told if line.number and line.likeness == likeness}
    return {True: sum(not number for number in kept), False: sum(number not in named for number in kept)}


def _keep(
    account: CollectingAccount, told: TellLine, ordinal: int, named: Mapping[str, PaymentOrder], *, way: LineWay,
    at: datetime, by: Actor, statement_id: UUID | None,
) -> BankLine:  # fmt: skip
    order, found = what_of(account, told, named)
    line = BankLine.objects.create(
        agency_id=account.agency_id, account=account, number=told.number, likeness=told.likeness, ordinal=ordinal,
        amount=told.amount, booked_at=told.booked_at, description=told.description, payer=told.payer, way=way,
        statement_id=statement_id, came_at=at, state=STATE_OF[found], order=order,
    )  # fmt: skip
    record(
        kind="bank_line.came", subject=("bank_line", line.id), by=by, at=at, agency_id=line.agency_id,
        after={"amount": line.amount, "state": line.state, "way": way.value,
               **({"order": order.reference} if order else {})},
    )  # fmt: skip
    if order is not None and found in (Verdict.WHOLE, Verdict.SHORT):
        book(line, order, by=by, at=at)
    return line


def orders_named(
    account: CollectingAccount, told: Sequence[TellLine], *, lock: bool = False
) -> dict[str, PaymentOrder]:  # fmt: skip
    """The orders of this agency that these lines name, by reference; locked one after another in one order."""
    references = {reference for line in told for reference in references_in(line.description)}
    rows = PaymentOrder.objects.filter(reference__in=references, agency_id=account.agency_id)
    rows = rows.select_related("account").order_by("id")
    return {order.reference: order for order in (rows.select_for_update(of=("self",)) if lock else rows)}


def what_of(
    account: CollectingAccount, told: TellLine, named: Mapping[str, PaymentOrder]
) -> tuple[PaymentOrder | None, Verdict]:
    """The order that a line names, of those `orders_named` found, and what the line means for it.

    Text that holds references of several orders names none: somebody looks.
    """
    orders = [named[reference] for reference in references_in(told.description) if reference in named]
    if len(orders) != 1:
        return None, Verdict.UNMATCHED
    order = orders[0]
    asked_into = order.account.at_the_bank if order.account else ""
    state = Named(order.is_open, order.state == OrderState.PAID, order.outstanding, asked_into)
    return order, verdict(told.amount, account.at_the_bank, state)


def foretold(account: CollectingAccount, told: Sequence[TellLine]) -> list[Verdict]:
    """What each of these new lines would mean, one after the other, if they were taken in now; nothing is written."""
    named, verdicts = orders_named(account, told), []
    for line in told:
        order, found = what_of(account, line, named)
        if order is not None and found in (Verdict.WHOLE, Verdict.SHORT):
            order.received += line.amount
            order.state = OrderState.PAID if found == Verdict.WHOLE else OrderState.SHORT
        verdicts.append(found)
    return verdicts


def book(line: BankLine, order: PaymentOrder, *, by: Actor, at: datetime, official_id: UUID | None = None) -> None:
    """Count a line for a locked open order, up to what is still to come; when that is whole, the order is paid."""
    amount = min(line.amount, order.outstanding)
    count(
        order, amount, way=PaymentWay.TRANSFER, paid_at=line.booked_at, by=by, at=at, official_id=official_id,
        line_id=line.id,
    )  # fmt: skip
    if order.outstanding == 0:
        complete(order, by=by, at=at, official_id=official_id)
