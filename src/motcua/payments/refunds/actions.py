"""Noting money to give back, ending it with its paper, and giving back all of a filing that was not taken in."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.core.events import Actor, Happened, record
from motcua.core.numbering import next_number
from motcua.payments.models import BankLine, LineState, OrderState, Payment, PaymentOrder, Refund
from motcua.payments.orders.actions import give_up, take_back
from motcua.payments.statements.deciding import decide_line
from motcua.payments.statements.refusals import StaleLine, StatementRefused
from motcua.people.access import ActingOfficial
from motcua.people.models import Official

REFUNDS: Final = "refund"
# Kept with the order and the refund, so in one language.
NOT_TAKEN_IN: Final = gettext_noop("Hồ sơ không được tiếp nhận nên không thu phí, lệ phí.")
WITHDRAWN: Final = gettext_noop("Người nộp đã rút hồ sơ trước khi được tiếp nhận nên không thu phí, lệ phí.")
WHY: Final[Mapping[str, str]] = {"submission.refused": NOT_TAKEN_IN, "submission.withdrawn": WITHDRAWN}


def ask_no_more(happened: Happened) -> None:
    """Who refused or withdrew a filing owes nothing for it, and what came for it is to be given back.

    Listens to `submission.refused` and `submission.withdrawn`. Money that comes later finds an order given up: its line
    waits for the desk.
    """
    standing = PaymentOrder.objects.filter(submission_id=happened.subject_id).exclude(state=OrderState.CANCELLED)
    official_id = _official(happened.by)
    for order in list(standing.select_for_update().order_by("id")):
        _give_all_back(order, WHY[happened.kind], by=happened.by, at=happened.at, official_id=official_id)


def _official(by: Actor) -> UUID | None:
    """The official who acts; None for the applicant himself."""
    if by.account_id is None:
        return None
    return Official.objects.filter(account_id=by.account_id).values_list("id", flat=True).first()


def _give_all_back(order: PaymentOrder, why: str, *, by: Actor, at: datetime, official_id: UUID | None) -> None:
    """Give a locked order up; each payment that counted for it is noted to be given back."""
    counted = list(order.payments.filter(taken_back_at=None).order_by("recorded_at", "id"))
    if counted:
        take_back(order, counted, reason=why, by=by, at=at, official_id=official_id)
    give_up(order, why, by=by, at=at)
    for payment in counted:
        line = BankLine.objects.select_for_update().get(pk=payment.line_id) if payment.line_id else None
        if line is not None:
            decide_line(
                line, "refund_noted", LineState.REFUNDING, by=by, at=at, official_id=official_id, reason=why
            )  # fmt: skip
        note_refund(
            payment.amount, why, agency_id=order.agency_id, by=by, at=at, official_id=official_id, line=line,
            payment=payment,
        )  # fmt: skip


def note_refund(
    amount: int, why: str, *, agency_id: UUID, by: Actor, at: datetime, official_id: UUID | None,
    line: BankLine | None = None, payment: Payment | None = None,
) -> Refund:  # fmt: skip
    """Note đồng to give back: of a locked bank line, of a payment of a locked order, or of both. Numbered."""
    year = localdate(at).year
    noted = Refund.objects.create(
        agency_id=agency_id, line=line, payment=payment, year=year,
        number=next_number(agency_id=agency_id, series=REFUNDS, day=date(year, 1, 1)),
        amount=amount, reason=why, noted_at=at, noted_by_id=official_id,
    )  # fmt: skip
    record(
        kind="refund.noted", subject=("refund", noted.id), by=by, at=at, agency_id=agency_id,
        after={"amount": amount, "number": str(noted), "way": noted.way.value,
               **({"line": str(line.id)} if line else {}), **({"payment": str(payment.id)} if payment else {})},
    )  # fmt: skip
    return noted


def refund_done(refund_id: UUID, *, evidence: str, by: ActingOfficial, at: datetime) -> None:
    """The money was given back, by this paper. Raises `StatementRefused` without its number, `StaleLine`."""
    number = " ".join(evidence.split())[:120]
    if not number:
        raise StatementRefused(_("Ông/bà ghi số chứng từ chi trả lại tiền, ví dụ số ủy nhiệm chi hoặc số phiếu chi."))
    with transaction.atomic():
        found = Refund.objects.select_for_update().filter(pk=refund_id, agency_id=by.agency_id, done_at=None).first()
        if found is None:
            raise StaleLine
        Refund.objects.filter(pk=found.pk).update(done_at=at, done_by_id=by.id, evidence=number)
        record(
            kind="refund.done", subject=("refund", found.id), by=by.actor, at=at, agency_id=by.agency_id,
            after={"amount": found.amount, "evidence": number},
        )  # fmt: skip
        if found.line_id is not None:
            _end_line(found.line_id, by=by, at=at)


def _end_line(line_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """A line whose money is to go back is done with when all of it has gone."""
    line = BankLine.objects.select_for_update().get(pk=line_id)
    if line.state == LineState.REFUNDING and not line.refunds.filter(done_at=None).exists():
        decide_line(line, "refunded", LineState.REFUNDED, by=by.actor, at=at, official_id=by.id, reason=line.reason)
