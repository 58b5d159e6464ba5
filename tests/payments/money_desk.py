"""What the stories of the money desk share: an account, an order, what the bank says."""

from datetime import date, datetime
from uuid import UUID, uuid4

from motcua.core.events import Actor
from motcua.payments.accounts.actions import NewAccount, found_account
from motcua.payments.models import CollectingAccount, PaymentOrder
from motcua.payments.orders.actions import NewOrder, open_for
from motcua.payments.orders.quoting import quote_for
from motcua.payments.statements.taking_in import TellLine
from tests.cast import MONDAY, Cast, offered

EXTRACT = "2.000635"
CITIZEN = Actor(None, "Người dân")


def account_of(cast: Cast) -> CollectingAccount:
    new = NewAccount("970403", "0011012345678", "UBND PHUONG TAN THANH", "12/QĐ-UBND", date(2026, 1, 1))
    return found_account(new, agency_id=cast.receiver.agency_id, by=CITIZEN, at=MONDAY)


def order_for(cast: Cast, *, copies: int = 1, at: datetime = MONDAY, submission_id: UUID | None = None) -> PaymentOrder:
    """The fee of certified copies of an extract: 8.000 đồng each."""
    version = offered(EXTRACT, cast.receiver)
    quote = quote_for(
        version, agency_id=cast.receiver.agency_id, channel="online", on=at.date(), counts={"copy": copies}
    )  # fmt: skip
    new = NewOrder(
        submission_id=submission_id or uuid4(), agency_id=cast.receiver.agency_id, version_id=version.version_id,
        channel="online", payer_name="Nguyễn Thị Lan", quote=quote,
    )  # fmt: skip
    order = open_for(new, by=CITIZEN, at=at)
    assert order is not None
    return order


def line(
    order: PaymentOrder | None, amount: int, *, number: str = "", text: str = "", at: datetime = MONDAY
) -> TellLine:
    words = text or (
        f"MBVCB.8812.{order.reference.lower()[:6]} {order.reference[6:]}.CT tu 0123" if order else "thu lao"
    )
    return TellLine(amount=amount, booked_at=at, description=words, number=number, payer="NGUYEN THI LAN")
