"""Asking for a fee, taking cash for it, letting go what came short, giving it up; the receipt when it is whole."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.holding import hold
from motcua.core.numbering import next_number
from motcua.dossiers.rules import new_tracking_token
from motcua.payments.models import (
    BankLine,
    LineState,
    MoneyReceipt,
    OrderState,
    Payment,
    PaymentOrder,
    PaymentWay,
)
from motcua.payments.models.orders import REASON
from motcua.payments.orders.queries import account_on
from motcua.payments.orders.reference import new_reference
from motcua.payments.orders.refusals import OrderRefused, StaleOrder
from motcua.payments.orders.rules import Quote
from motcua.payments.orders.tables import most_let_go
from motcua.people.access import ActingOfficial
from motcua.people.models import Role

COLLECTORS: Final = (Role.RECEIVER,)
"""Who takes money at the desk and decides what a transfer was for."""
MOST: Final = 10**12  # đồng; a slip of the key
RECEIPTS: Final = "money_receipt"


@dataclass(frozen=True, slots=True)
class NewOrder:
    """A fee to ask for: of which filing, at which agency, and what it comes to."""

    submission_id: UUID
    agency_id: UUID
    version_id: UUID
    channel: str
    payer_name: str
    quote: Quote


def open_for(new: NewOrder, *, by: Actor, at: datetime, official_id: UUID | None = None) -> PaymentOrder | None:
    """Ask for the fees of a filing; None when there is nothing to pay.

    Asked again for the same sum, the order that stands is given back. Raises `OrderRefused` while an amount is not
    known, or when another sum of this filing still waits.
    """
    total = new.quote.total
    if total is None:
        raise OrderRefused(_("Chưa biết phải thu bao nhiêu: còn khoản chưa có mức thu, hoặc chưa chọn trường hợp."))
    if total > MOST:
        raise OrderRefused(_("Số tiền lớn quá. Ông/bà xem lại số lượng và mức thu."))
    if total == 0:
        return None
    with transaction.atomic():
        hold("order", new.submission_id)
        standing = PaymentOrder.objects.filter(submission_id=new.submission_id).exclude(state=OrderState.CANCELLED)
        for order in standing.order_by("-opened_at"):
            if order.amount == total:
                return order
            if order.is_open:
                raise OrderRefused(_("Hồ sơ này đang có khoản thu với số tiền khác. Thôi thu khoản ấy rồi lập lại."))
        order = PaymentOrder.objects.create(
            agency_id=new.agency_id, submission_id=new.submission_id, version_id=new.version_id, channel=new.channel,
            reference=new_reference(), token=new_tracking_token(), account=account_on(new.agency_id, localdate(at)),
            payer_name=new.payer_name, lines=[asdict(line) for line in new.quote.lines], amount=total,
            opened_at=at, opened_by_id=official_id,
        )  # fmt: skip
        tell(order, "opened", by=by, at=at, submission=str(new.submission_id))
    return order


def take_cash(order_id: UUID, *, amount: int, by: ActingOfficial, at: datetime) -> MoneyReceipt:
    """Cash was counted at the desk: exactly what is still to come. The order is paid, its receipt numbered.

    Raises `OrderRefused` for another amount, `StaleOrder` when it is no longer to be paid or another agency's.
    """
    with transaction.atomic():
        order = locked(order_id, agency_id=by.agency_id)
        if not order.is_open:
            raise StaleOrder
        if amount != order.outstanding:
            raise OrderRefused(_("Số tiền thu phải đúng bằng số còn phải nộp. Ông/bà đếm lại tiền rồi nhập lại."))
        count(order, amount, way=PaymentWay.CASH, paid_at=at, by=by.acting_for(*COLLECTORS), at=at, official_id=by.id)
        return complete(order, by=by.acting_for(*COLLECTORS), at=at, official_id=by.id)


def let_go(order_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> MoneyReceipt:
    """Let what is missing of a short order go: it is paid with what came. A large rest is a leader's to let go.

    Raises `OrderRefused` without a reason or above what the desk may let go, `StaleOrder` when it is not short.
    """
    why = reason_said(reason)
    with transaction.atomic():
        order = locked(order_id, agency_id=by.agency_id)
        if order.state != OrderState.SHORT:
            raise StaleOrder
        if order.outstanding > most_let_go(localdate(at)) and not by.holds(Role.APPROVER):
            raise OrderRefused(_("Phần thiếu lớn hơn mức quầy được bỏ qua. Lãnh đạo quyết định, hoặc chờ nộp tiếp."))
        order.waived = order.outstanding
        tell(order, "let_go", by=by.acting_for(*COLLECTORS), at=at, waived=order.waived, reason=why)
        return complete(order, by=by.acting_for(*COLLECTORS), at=at, official_id=by.id)


def cancel_order(order_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> None:
    """Give an order up before any money came. Raises `OrderRefused` without a reason, `StaleOrder` otherwise."""
    why = reason_said(reason)
    with transaction.atomic():
        order = locked(order_id, agency_id=by.agency_id)
        if order.state == OrderState.SHORT:
            raise OrderRefused(_("Khoản này đã nhận một phần tiền. Ghi trả lại tiền ấy trước, rồi thôi thu."))
        if order.state != OrderState.WAITING:
            raise StaleOrder
        give_up(order, why, by=by.acting_for(*COLLECTORS), at=at)


def give_up(order: PaymentOrder, why: str, *, by: Actor, at: datetime) -> None:
    """A locked order that no money counts for is asked for no more."""
    _set(order, state=OrderState.CANCELLED, cancelled_at=at, reason=why)
    tell(order, "cancelled", by=by, at=at, reason=why)


def void_receipt(receipt_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> PaymentOrder:
    """Void the receipt of cash that was not taken after all; the sum is to be paid again. A leader's act.

    What came by transfer stays counted. Raises `OrderRefused` without a reason or for a receipt without cash,
    `StaleOrder` for one that is void or another agency's.
    """
    why = reason_said(reason)
    with transaction.atomic():
        mine = MoneyReceipt.objects.filter(pk=receipt_id, agency_id=by.agency_id)
        receipt = mine.first()
        if receipt is None:
            raise StaleOrder
        order = locked(receipt.order_id, agency_id=by.agency_id)
        if not mine.filter(void_at=None).exists():
            raise StaleOrder
        cash = list(order.payments.filter(way=PaymentWay.CASH, taken_back_at=None))
        if not cash:
            raise OrderRefused(_("Tiền này vào tài khoản, không phải tiền mặt. Ông/bà ghi trả lại tiền ở sao kê."))
        undo(order, cash, reason=why, by=by, at=at)
    return order


def undo(order: PaymentOrder, payments: list[Payment], *, reason: str, by: ActingOfficial, at: datetime) -> None:
    """Some of a locked order's money no longer counts: its receipt is void, and the rest is still to come."""
    for receipt in order.receipts.filter(void_at=None):
        MoneyReceipt.objects.filter(pk=receipt.pk, void_at=None).update(
            void_at=at, void_by_id=by.id, void_reason=reason
        )
        tell(order, "receipt_voided", by=by.actor, at=at, receipt=receipt.full_number, reason=reason)
    take_back(order, payments, reason=reason, by=by.actor, at=at, official_id=by.id)


def take_back(
    order: PaymentOrder, payments: list[Payment], *, reason: str, by: Actor, at: datetime, official_id: UUID | None
) -> None:
    """Some of a locked order's money no longer counts for it: typed by mistake, or to be given back."""
    for payment in payments:
        Payment.objects.filter(pk=payment.pk, taken_back_at=None).update(
            taken_back_at=at, taken_back_by_id=official_id, reason=reason
        )
        order.received -= payment.amount
    state = OrderState.SHORT if order.received else OrderState.WAITING
    _set(order, state=state, received=order.received, waived=0, paid_at=None)
    tell(order, "money_taken_back", by=by, at=at, amount=sum(one.amount for one in payments), reason=reason)


def count(
    order: PaymentOrder, amount: int, *, way: PaymentWay, paid_at: datetime, by: Actor, at: datetime,
    official_id: UUID | None = None, line_id: UUID | None = None,
) -> None:  # fmt: skip
    """Write down money for a locked order; when it is still not whole, the order is short."""
    Payment.objects.create(
        order=order, way=way, amount=amount, paid_at=paid_at, recorded_at=at, recorded_by_id=official_id,
        line_id=line_id,
    )  # fmt: skip
    order.received += amount
    tell(order, "money_counted", by=by, at=at, way=way.value, counted=amount, received=order.received)
    if order.outstanding > 0:
        _set(order, state=OrderState.SHORT, received=order.received)


def complete(order: PaymentOrder, *, by: Actor, at: datetime, official_id: UUID | None = None) -> MoneyReceipt:
    """A locked order whose money is whole is paid, and its receipt has the next number of the year."""
    _set(order, state=OrderState.PAID, received=order.received, waived=order.waived, paid_at=at)
    cash = order.payments.filter(way=PaymentWay.CASH, taken_back_at=None).exists()
    year = localdate(at).year
    receipt = MoneyReceipt.objects.create(
        order=order, agency_id=order.agency_id, year=year,
        number=next_number(agency_id=order.agency_id, series=RECEIPTS, day=date(year, 1, 1)),
        way=PaymentWay.CASH if cash else PaymentWay.TRANSFER, amount=order.received, payer_name=order.payer_name,
        issued_at=at, issued_by_id=official_id,
    )  # fmt: skip
    tell(order, "paid", by=by, at=at, received=order.received, receipt=receipt.full_number)
    _settle_lines(order, by=by, at=at, official_id=official_id)
    return receipt


def _settle_lines(order: PaymentOrder, *, by: Actor, at: datetime, official_id: UUID | None) -> None:
    """Lines that were too little for an order need no decision any more: it is paid."""
    for line in BankLine.objects.filter(order=order, state__in=(LineState.SHORT, LineState.WAITING_REST)):
        BankLine.objects.filter(pk=line.pk).update(state=LineState.COUNTED, decided_at=at, decided_by_id=official_id)
        record(
            kind="bank_line.counted", subject=("bank_line", line.id), by=by, at=at, agency_id=line.agency_id,
            before={"state": line.state}, after={"state": str(LineState.COUNTED), "order": order.reference},
        )  # fmt: skip


def locked(order_id: UUID, *, agency_id: UUID) -> PaymentOrder:
    """The order under a row lock. Raises `StaleOrder` when it is another agency's."""
    found = PaymentOrder.objects.select_for_update(of=("self",)).filter(pk=order_id, agency_id=agency_id).first()
    if found is None:
        raise StaleOrder
    return found


def reason_said(reason: str) -> str:
    """The reason in one line. Raises `OrderRefused` without one or with one that is too long."""
    why = " ".join(reason.split())
    if not why:
        raise OrderRefused(_("Ông/bà ghi lý do: người xem lại sau này cần biết vì sao."))
    if len(why) > REASON:
        raise OrderRefused(_("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự.") % {"limit_value": REASON})
    return why


def tell(order: PaymentOrder, what: str, *, by: Actor, at: datetime, **after: Any) -> None:
    """Record `order.<what>` with the order in the listeners' hands; no name of a payer goes into the log."""
    said: Mapping[str, Any] = {"reference": order.reference, "amount": order.amount, **after}
    record(
        kind=f"order.{what}", subject=("order", order.id), by=by, at=at, agency_id=order.agency_id, after=said,
        carried=order,
    )  # fmt: skip


def _set(order: PaymentOrder, **changes: Any) -> None:
    """Change the locked row and the order in hand alike."""
    PaymentOrder.objects.filter(pk=order.pk).update(**changes)
    for name, value in changes.items():
        setattr(order, name, value)
