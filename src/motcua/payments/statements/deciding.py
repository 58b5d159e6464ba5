"""Writing down what becomes of a bank line."""

from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.core.events import Actor, record
from motcua.payments.models import BankLine, LineState, PaymentOrder
from motcua.payments.statements.refusals import StaleLine


def decide_line(
    line: BankLine, what: str, state: LineState, *, by: Actor, at: datetime, official_id: UUID | None,
    order: PaymentOrder | None = None, reason: str = "",
) -> None:  # fmt: skip
    """A locked line is in this state from now on, with its `bank_line.<what>`. Raises `StaleLine`."""
    changes: dict[str, Any] = {"state": state, "decided_at": at, "decided_by_id": official_id, "reason": reason}
    if order is not None:
        changes["order"] = order
    if BankLine.objects.filter(pk=line.pk, state=line.state).update(**changes) != 1:
        raise StaleLine
    said = {
        "state": str(state),
        **({"order": order.reference} if order else {}),
        **({"reason": reason} if reason else {}),
    }
    record(
        kind=f"bank_line.{what}", subject=("bank_line", line.id), by=by, at=at,
        agency_id=line.agency_id, before={"state": line.state}, after=said,
    )  # fmt: skip
    line.state = state
