"""A statement sent in: read and looked at first, then taken in or dropped."""

import hashlib
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import record
from motcua.payments.models import CollectingAccount, LineWay, Statement, StatementState
from motcua.payments.orders.actions import COLLECTORS
from motcua.payments.statements.layouts import layouts_on
from motcua.payments.statements.reading import read_sheet
from motcua.payments.statements.refusals import StaleLine, StatementRefused
from motcua.payments.statements.taking_in import TakenIn, TellLine, take_in
from motcua.people.access import ActingOfficial


def look_at(content: bytes, *, account: CollectingAccount, by: ActingOfficial, at: datetime) -> Statement:
    """Read a sheet and keep what it says to be looked at; no money is booked.

    Raises `StatementRefused` for what cannot be read, and for a sheet without money in.
    """
    sheet = read_sheet(content, layouts_on(localdate(at)))
    if not sheet.lines:
        raise StatementRefused(_("Sao kê này không có dòng tiền vào nào."))
    with transaction.atomic():
        seen = Statement.objects.create(
            agency_id=by.agency_id, account=account, layout=sheet.layout.code,
            sha256=hashlib.sha256(content).hexdigest(), lines=[_plain(line) for line in sheet.lines],
            read=len(sheet.lines), outgoing=sheet.outgoing, sent_at=at, sent_by_id=by.id,
        )  # fmt: skip
        _tell(seen, "seen", by=by, at=at, read=seen.read, outgoing=seen.outgoing)
    return seen


def lines_of(statement: Statement) -> list[TellLine]:
    """What was read of a statement that is still looked at."""
    return [
        TellLine(**{**row, "booked_at": datetime.fromisoformat(row["booked_at"])}) for row in statement.lines
    ]  # fmt: skip


def import_statement(statement_id: UUID, *, by: ActingOfficial, at: datetime) -> TakenIn:
    """Take the lines in, each once, and book what fits. Raises `StaleLine` when it is imported or dropped already."""
    with transaction.atomic():
        found = _seen(statement_id, by)
        taken = take_in(
            found.account, lines_of(found), way=LineWay.STATEMENT, at=at, by=by.acting_for(*COLLECTORS),
            statement_id=found.id,
        )  # fmt: skip
        _end(found, StatementState.IMPORTED, at, added=taken.added)
        _tell(found, "imported", by=by, at=at, added=taken.added, known=taken.known, states=dict(taken.states))
    return taken


def drop_statement(statement_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """Forget what was read. Raises `StaleLine` when it is imported or dropped already."""
    with transaction.atomic():
        found = _seen(statement_id, by)
        _end(found, StatementState.DROPPED, at)
        _tell(found, "dropped", by=by, at=at)


def _seen(statement_id: UUID, by: ActingOfficial) -> Statement:
    rows = Statement.objects.select_for_update(of=("self",)).select_related("account")
    found = rows.filter(pk=statement_id, agency_id=by.agency_id, state=StatementState.SEEN).first()
    if found is None:
        raise StaleLine
    return found


def _end(statement: Statement, state: StatementState, at: datetime, **more: int) -> None:
    Statement.objects.filter(pk=statement.pk).update(state=state, lines=[], ended_at=at, **more)


def _plain(line: TellLine) -> dict[str, Any]:
    return {**asdict(line), "booked_at": line.booked_at.isoformat()}


def _tell(statement: Statement, what: str, *, by: ActingOfficial, at: datetime, **after: Any) -> None:
    record(
        kind=f"statement.{what}", subject=("statement", statement.id), by=by.acting_for(*COLLECTORS), at=at,
        agency_id=statement.agency_id, after={"layout": statement.layout, "sha256": statement.sha256, **after},
    )  # fmt: skip
