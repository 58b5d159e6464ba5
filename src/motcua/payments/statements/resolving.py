"""What an official decides about money that did not fit: whose it is, waited for, given back, none of ours."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.payments.models import BankLine, LineState, PaymentOrder, PaymentWay, Refund
from motcua.payments.orders.actions import COLLECTORS, let_go, locked, reason_said, undo
from motcua.payments.orders.refusals import OrderRefused
from motcua.payments.refunds.actions import note_refund
from motcua.payments.statements.deciding import decide_line
from motcua.payments.statements.refusals import StaleLine
from motcua.payments.statements.taking_in import book
from motcua.people.access import ActingOfficial
from motcua.people.models import Role

_LOOSE: Final = (LineState.UNMATCHED, LineState.DOUBLE, LineState.OVER)
"""Money that counts for nothing yet."""
_PARTLY: Final = (LineState.SHORT, LineState.WAITING_REST)
_COUNTING: Final = (*_PARTLY, LineState.COUNTED)
"""Money that counts for an order, which is locked before the line is."""


def assign(line_id: UUID, *, order_id: UUID, by: ActingOfficial, at: datetime) -> PaymentOrder:
    """Say whose money it is: it counts for this order, and what is too much is noted to be given back.

    Money too little leaves the order short and the line in its queue. Raises `StaleLine` when the line is decided,
    `OrderRefused` when the order is no longer to be paid.
    """
    with transaction.atomic():
        order = locked(order_id, agency_id=by.agency_id)
        line = _line(line_id, by, *_LOOSE)
        if not order.is_open:
            raise OrderRefused(_("Khoản thu này không còn chờ nộp. Chọn khoản khác, hoặc ghi trả lại tiền."))
        over = line.amount - order.outstanding
        state = LineState.SHORT if over < 0 else LineState.COUNTED
        _decide(line, "assigned", state, by=by, at=at, order=order)
        book(line, order, by=by.acting_for(*COLLECTORS), at=at, official_id=by.id)
        if over > 0:
            _note_refund(line, over, _("Nộp thừa so với số phải nộp."), by=by, at=at)
    return order


def wait_for_rest(line_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """Leave a short order as it is: the payer was told, the rest will come. Raises `StaleLine`."""
    with transaction.atomic():
        line = _line(line_id, by, LineState.SHORT)
        _decide(line, "waiting", LineState.WAITING_REST, by=by, at=at)


def accept_short(line_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> None:
    """Take what came as enough. Raises as `orders.actions.let_go`, and `StaleLine`."""
    with transaction.atomic():
        order = _order_of(line_id, by, *_PARTLY)
        _line(line_id, by, *_PARTLY)
        let_go(order.id, reason=reason, by=by, at=at)


def refund(line_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> Refund:
    """Note that the whole of a line is to be given back; what it counted for is to be paid again.

    Taking money back from an order that is paid is a leader's to decide. Raises `StaleLine`, `OrderRefused`.
    """
    why = reason_said(reason)
    with transaction.atomic():
        order = _order_of(line_id, by) if _counts(line_id) else None
        line = _line(line_id, by, *_LOOSE, *(_COUNTING if order is not None else ()))
        if line.state == LineState.COUNTED and not by.holds(Role.APPROVER):
            raise OrderRefused(_("Tiền này đã tính cho một khoản thu và có biên lai. Lãnh đạo quyết định trả lại."))
        if line.refunds.exists():
            raise OrderRefused(_("Một phần tiền của dòng này đã ghi trả lại. Trả nốt phần kia bằng phiếu chi riêng."))
        if order is not None:
            counted = list(order.payments.filter(line_id=line.id, way=PaymentWay.TRANSFER, taken_back_at=None))
            undo(order, counted, reason=why, by=by, at=at)
        _decide(line, "refund_noted", LineState.REFUNDING, by=by, at=at, reason=why)
        return _note_refund(line, line.amount, why, by=by, at=at)


def set_aside(line_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> None:
    """It is no fee at all: interest, another account's money. Raises `StaleLine`, `OrderRefused` without a reason."""
    why = reason_said(reason)
    with transaction.atomic():
        line = _line(line_id, by, LineState.UNMATCHED)
        _decide(line, "set_aside", LineState.SET_ASIDE, by=by, at=at, reason=why)


def _line(line_id: UUID, by: ActingOfficial, *states: LineState) -> BankLine:
    """The line under a row lock, in one of these states; its order is locked before it, as everywhere."""
    found = BankLine.objects.select_for_update(of=("self",)).filter(pk=line_id, agency_id=by.agency_id).first()
    if found is None or found.state not in states:
        raise StaleLine
    return found


def _counts(line_id: UUID) -> bool:
    return BankLine.objects.filter(pk=line_id, state__in=_COUNTING).exists()


def _order_of(line_id: UUID, by: ActingOfficial, *states: LineState) -> PaymentOrder:
    """The order a line counts for, locked."""
    rows = BankLine.objects.filter(pk=line_id, agency_id=by.agency_id, order__isnull=False)
    found = (rows.filter(state__in=states) if states else rows).first()
    if found is None or found.order_id is None:
        raise StaleLine
    return locked(found.order_id, agency_id=by.agency_id)


def _decide(
    line: BankLine, what: str, state: LineState, *, by: ActingOfficial, at: datetime,
    order: PaymentOrder | None = None, reason: str = "",
) -> None:  # fmt: skip
    actor = by.acting_for(*COLLECTORS)
    decide_line(line, what, state, by=actor, at=at, official_id=by.id, order=order, reason=reason)


def _note_refund(line: BankLine, amount: int, why: str, *, by: ActingOfficial, at: datetime) -> Refund:
    return note_refund(
        amount, why, agency_id=line.agency_id, by=by.acting_for(*COLLECTORS), at=at, official_id=by.id, line=line
    )
