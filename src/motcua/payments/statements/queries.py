"""Reads of bank lines: what waits for a decision, which orders a line may be for."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F, QuerySet

from motcua.core.alphabet import unmarked
from motcua.payments.models import BankLine, PaymentOrder
from motcua.payments.models.lines import TO_DECIDE
from motcua.payments.models.orders import OPEN_ORDER


def lines_to_decide(agency_id: UUID, *, limit: int) -> QuerySet[BankLine]:
    """Money that waits for somebody's word, the oldest first."""
    rows = BankLine.objects.filter(agency_id=agency_id, state__in=TO_DECIDE).select_related("order")
    return rows.order_by("booked_at")[:limit]


LIKELY, OTHERS = 5, 20


def likely_orders(line: BankLine, *, limit: int = LIKELY) -> Sequence[PaymentOrder]:
    """Open orders that wait for exactly this sum: a suggestion, nothing more."""
    return list(_open(line).filter(amount=F("received") + line.amount).order_by("-opened_at", "-pk")[:limit])


def other_open_orders(line: BankLine, *, limit: int = OTHERS) -> tuple[Sequence[PaymentOrder], int]:
    """The other orders that wait, those whose payer is named like the one who sent this first; and how many wait."""
    rows = _open(line).exclude(amount=F("received") + line.amount).order_by("-opened_at", "-pk")
    words = unmarked(f"{line.payer} {line.description}")
    found = sorted(rows[: limit * 10], key=lambda order: unmarked(order.payer_name) not in words)
    return found[:limit], rows.count()


def _open(line: BankLine) -> QuerySet[PaymentOrder]:
    return PaymentOrder.objects.filter(agency_id=line.agency_id, state__in=OPEN_ORDER).select_related("version")
