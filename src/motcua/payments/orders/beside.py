"""Money that came for an order and counts for nothing yet, or hardly lacks: what its payer has to be told of it."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from motcua.payments.models import BankLine, LineState, OrderState, PaymentOrder
from motcua.payments.orders.tables import most_let_go


@dataclass(frozen=True, slots=True)
class Beside:
    """What the bank told of an order and nobody decided.

    `over`: more than is to come, in one line; whoever sent it pays nothing more. `slight`: what came lacks so little
    that the desk may take it as enough. `double`: it was paid already. `stray`: money under its reference that did not
    come as it should have, into another account. `loose`: money for an order that was given up.
    """

    over: BankLine | None = None
    slight: bool = False
    double: bool = False
    stray: bool = False
    loose: bool = False

    @property
    def surplus(self) -> int:
        """How many đồng of the line are too much."""
        return self.over.amount - self.over.order.outstanding if self.over and self.over.order else 0


def money_beside(order: PaymentOrder) -> Beside:
    """What waits for the desk's decision, of this order. One query, one more for a row of the tables."""
    states = (LineState.OVER, LineState.DOUBLE, LineState.UNMATCHED, LineState.SHORT)
    lines = {line.state: line for line in order.bank_lines.filter(state__in=states).select_related("order")}
    if order.state == OrderState.CANCELLED:
        return Beside(loose=any(state in lines for state in states[:3]))
    slight = order.state == OrderState.SHORT and LineState.SHORT in lines
    return Beside(
        over=lines.get(LineState.OVER) if order.is_open else None,
        slight=slight and order.outstanding <= most_let_go(localdate()),
        double=LineState.DOUBLE in lines or (LineState.OVER in lines and not order.is_open),
        stray=LineState.UNMATCHED in lines,
    )
