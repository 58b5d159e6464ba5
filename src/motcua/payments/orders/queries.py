"""Reads of orders: of one filing, by the citizen's key, of an agency."""

from dataclasses import dataclass
from datetime import date, datetime, time
from hmac import compare_digest
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.timezone import get_default_timezone

from motcua.core.models import Event
from motcua.core.sql import fetch_one
from motcua.payments.models import CollectingAccount, MoneyReceipt, OrderState, Payment, PaymentOrder, PaymentWay
from motcua.payments.models.lines import TO_DECIDE
from motcua.payments.models.orders import OPEN_ORDER
from motcua.payments.vietqr import Transfer, payload


def account_on(agency_id: UUID, day: date) -> CollectingAccount | None:
    """The confirmed account an agency collects in on a day; None when it has none."""
    return (
        CollectingAccount.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=day),
            agency_id=agency_id,
            valid_from__lte=day,
            confirmed_at__isnull=False,
        )
        .order_by("-valid_from", "-confirmed_at")
        .first()
    )


def accounts_until(agency_id: UUID, day: date) -> list[CollectingAccount]:
    """The account an agency collects in on a day and those before it, the newest first, each account once.

    Who was asked to pay into one before it changed still pays there.
    """
    rows = CollectingAccount.objects.filter(agency_id=agency_id, valid_from__lte=day, confirmed_at__isnull=False)
    found: dict[str, CollectingAccount] = {}
    for row in rows.order_by("-valid_from", "-confirmed_at"):
        found.setdefault(row.at_the_bank, row)
    return list(found.values())


def orders_of(submission_id: UUID) -> QuerySet[PaymentOrder]:
    """Every order of a filing, the newest first; also of the dossier it became (`dossier.submission_id`)."""
    return PaymentOrder.objects.filter(submission_id=submission_id).select_related("account").order_by("-opened_at")


def order_of(submission_id: UUID) -> PaymentOrder | None:
    """The order that stands for a filing: the open one, else the newest paid one."""
    standing = [order for order in orders_of(submission_id) if order.state != OrderState.CANCELLED]
    return next((order for order in standing if order.is_open), standing[0] if standing else None)


def is_paid(submission_id: UUID) -> bool:
    """Whether nothing is left to pay: no order of the filing is open. One that was never asked for money owes none."""
    return not PaymentOrder.objects.filter(submission_id=submission_id, state__in=OPEN_ORDER).exists()


def order_by_token(token: str) -> PaymentOrder | None:
    """The order whose key this is. The comparison takes the same time for a wrong key."""
    found = PaymentOrder.objects.select_related("account", "agency", "version").filter(token=token.upper()).first()
    return found if compare_digest(token.upper().encode(), (found.token if found else "A" * 20).encode()) else None


def pay_path(order: PaymentOrder) -> str:
    """Where the citizen pays and sees what came of it."""
    return reverse("pay", args=(order.token,))


def pay_url(order: PaymentOrder) -> str:
    """The same with the office's own address, for messages and paper."""
    return f"{settings.MOTCUA_BASE_URL}{pay_path(order)}"


def qr_payload(order: PaymentOrder) -> str:
    """The payment QR's text for what is still to come; empty when nothing is, or there is no account."""
    if order.account is None or not order.outstanding:
        return ""
    return payload(
        Transfer(
            bank=order.account.bank, number=order.account.number, amount=order.outstanding, purpose=order.reference
        )
    )


def demo_bank_url(payload_text: str) -> str:
    """Where the demo's bank takes this payment QR; empty in a real office, and where there is nothing to pay."""
    if not settings.MOTCUA_DEMO_BANK or not payload_text:
        return ""
    return f"{settings.MOTCUA_DEMO_BANK}/?{urlencode({'qr': payload_text})}"


@dataclass(frozen=True, slots=True)
class MoneyCounts:
    """Of an agency: lines in each queue, refunds to make, orders that wait and their sum, all in đồng."""

    unmatched: int
    short: int
    double: int
    refunds: int
    waiting: int
    waiting_amount: int


def money_counts(agency_id: UUID) -> MoneyCounts:
    """The head figures of the money pages, in one statement."""
    row = fetch_one(
        "SELECT count(*) FILTER (WHERE state = 'unmatched'), count(*) FILTER (WHERE state = 'short'), "
        "count(*) FILTER (WHERE state IN ('over', 'double')), "
        "(SELECT count(*) FROM payments_refund WHERE agency_id = %(agency)s AND done_at IS NULL), "
        "(SELECT count(*) FROM payments_paymentorder WHERE agency_id = %(agency)s AND state IN ('waiting', 'short')), "
        "(SELECT COALESCE(sum(amount - received), 0)::bigint FROM payments_paymentorder "
        " WHERE agency_id = %(agency)s AND state IN ('waiting', 'short')) "
        "FROM payments_bankline WHERE agency_id = %(agency)s AND state = ANY(%(states)s)",
        {"agency": agency_id, "states": [str(state) for state in TO_DECIDE]},
    )
    return MoneyCounts(*(row or (0,) * 6))


def open_orders(agency_id: UUID, *, limit: int) -> QuerySet[PaymentOrder]:
    """The orders an agency waits for, the oldest first."""
    rows = PaymentOrder.objects.filter(agency_id=agency_id, state__in=OPEN_ORDER).select_related("version")
    return rows.order_by("opened_at")[:limit]


def dossier_code_of(order: PaymentOrder) -> str:
    """The code of the dossier the filing became; empty while it is none."""
    found = fetch_one("SELECT code FROM dossiers_dossier WHERE submission_id = %s", (order.submission_id,))
    return found[0] if found else ""


def story_of_order(order: PaymentOrder) -> QuerySet[Event]:
    """What happened to an order, in order."""
    return Event.objects.filter(subject_kind="order", subject_id=order.id).order_by("sequence")


def of_day(day: date) -> tuple[datetime, datetime]:
    """The first and the last moment of a day; no day need follow it."""
    first, last = (datetime.combine(day, edge, get_default_timezone()) for edge in (time.min, time.max))
    return first, last


def day_takings(agency_id: UUID, day: date) -> list[MoneyReceipt]:
    """The receipts an agency issued on a day, void ones too, by their numbers."""
    rows = MoneyReceipt.objects.filter(agency_id=agency_id, issued_at__range=of_day(day))
    return list(rows.select_related("order", "issued_by").order_by("year", "number"))


def cash_counted(agency_id: UUID, day: date) -> dict[UUID, int]:
    """The cash taken on a day, in đồng by order: also what was to be given back since, but nothing typed by mistake."""
    rows = Payment.objects.filter(
        Q(taken_back_at=None) | Q(refund__isnull=False), order__agency_id=agency_id, way=PaymentWay.CASH,
        recorded_at__range=of_day(day),
    )  # fmt: skip
    return {row["order_id"]: row["cash"] for row in rows.values("order_id").annotate(cash=Sum("amount"))}
