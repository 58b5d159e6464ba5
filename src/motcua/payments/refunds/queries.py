"""Reads of money that is given back: what waits for its paper, what of one order, what went over the desk on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.payments.models import PaymentOrder, PaymentWay, Refund
from motcua.payments.orders.beside import Beside, money_beside
from motcua.payments.orders.queries import of_day, orders_of


@dataclass(frozen=True, slots=True)
class OrderTold:
    """An order, what of its money goes back or went, and what came for it and counts for nothing yet."""

    order: PaymentOrder
    refunds: Sequence[Refund]
    beside: Beside


def orders_told(submission_id: UUID) -> list[OrderTold]:
    """Every order of a filing with its refunds, the newest first; also of the dossier it became."""
    return [OrderTold(order, refunds_of(order.id), money_beside(order)) for order in orders_of(submission_id)]


def refunds_to_make(agency_id: UUID, *, limit: int) -> QuerySet[Refund]:
    """What is still to be given back, the oldest first."""
    rows = Refund.objects.filter(agency_id=agency_id, done_at=None)
    return rows.select_related("line", "payment__order").order_by("noted_at", "id")[:limit]


def refunds_of(order_id: UUID) -> list[Refund]:
    """What is given back of the money that named an order or counted for it, done or not, in order."""
    rows = Refund.objects.filter(Q(line__order_id=order_id) | Q(payment__order_id=order_id))
    return list(rows.select_related("line").order_by("noted_at", "id"))


def cash_given_back(agency_id: UUID, day: date) -> list[Refund]:
    """The cash that went back over the desk on a day, in order."""
    rows = Refund.objects.filter(agency_id=agency_id, payment__way=PaymentWay.CASH, done_at__range=of_day(day))
    return list(rows.select_related("payment__order", "done_by").order_by("done_at"))
