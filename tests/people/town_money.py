"""The rows of the money desk that an address of the ward may name."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from django.utils.timezone import localdate

from motcua.catalogue.models import ProcedureVersion
from motcua.core.events import Actor
from motcua.payments.accounts.actions import NewAccount, found_account
from motcua.payments.models import BankLine, LineWay, PaymentOrder, Refund, Statement
from motcua.payments.orders.actions import take_cash
from motcua.payments.statements.resolving import refund
from motcua.payments.statements.taking_in import TellLine, take_in
from tests.cast import Cast

POSTED_MONEY = {
    "order-cash", "cancel-order", "let-go-order", "void-receipt", "decide-line", "refund-done", "settle-account",
}  # fmt: skip
MONEY_OF_ONE_AGENCY = {"order", "new-order", "money-receipt", "statement", "bank-line"}


def money_rows(cast: Cast) -> dict[str, str]:
    """An account, an order paid in cash, a statement that is looked at, a line, money to give back."""
    at, by = timezone.now(), cast.receiver
    account = found_account(
        NewAccount("970403", "0011012345678", "UBND PHUONG TAN THANH", "12/QĐ-UBND", localdate(at)),
        agency_id=by.agency_id, by=Actor(None, "test"), at=at,
    )  # fmt: skip
    order = PaymentOrder.objects.create(
        agency_id=by.agency_id, submission_id=uuid4(), channel="online", reference="MC23456789AB", token="B" * 20,
        version=ProcedureVersion.objects.filter(state="published").order_by("pk")[0], account=account,
        payer_name="Nguyễn Văn Nộp", amount=8000, opened_at=at - timedelta(minutes=5),
        lines=[{"name": "Phí", "amount": 8000, "count": 1, "when": "", "let_off": 0, "legal_basis": ""}],
    )  # fmt: skip
    receipt = take_cash(order.id, amount=8000, by=by, at=at)
    take_in(account, [TellLine(5000, at, "khong ro", number="FT1")], way=LineWay.WEBHOOK, at=at)
    line = BankLine.objects.get()
    noted: Refund = refund(line.id, reason="Không rõ", by=by, at=at)
    statement = Statement.objects.create(
        agency_id=by.agency_id, account=account, layout="two-columns", sha256="0" * 64, read=0, sent_at=at,
        sent_by_id=by.id,
    )  # fmt: skip
    return {
        "<str:pay_token>": order.token,
        "<uuid:order_id>": str(order.pk),
        "<uuid:receipt_id>": str(receipt.pk),
        "<uuid:line_id>": str(line.pk),
        "<uuid:refund_id>": str(noted.pk),
        "<uuid:statement_id>": str(statement.pk),
        "<uuid:account_id>": str(account.pk),
    }
