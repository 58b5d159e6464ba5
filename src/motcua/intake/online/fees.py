"""What filing from home costs, and asking for it at once where it is known."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.models import Channel, FeeKind
from motcua.catalogue.queries import NotOffered, OfferedVersion, version_by_id, version_in_force
from motcua.core.events import Actor
from motcua.intake.models import Submission
from motcua.intake.online.rules import whens_of
from motcua.payments.models import OrderState
from motcua.payments.orders.actions import NewOrder, cancel_order, open_for
from motcua.payments.orders.queries import order_of
from motcua.payments.orders.quoting import quote_for
from motcua.payments.orders.rules import Quote, QuoteLine
from motcua.people.access import ActingOfficial

COPIES = "copies"


def fee_for(agency_id: UUID, offered: OfferedVersion, said: Mapping[str, Any], at: datetime) -> Quote:
    """What the answers of this summary cost, with the copies asked for along with it.

    Its total is None while an amount is left open: the desk asks for it.
    """
    copies, day = said.get(COPIES), localdate(at)
    quote = quote_for(
        offered, agency_id=agency_id, channel=Channel.ONLINE, on=day,
        whens=whens_of(offered, said["whens"]), counts={"copy": copies} if isinstance(copies, int) else {},
    )  # fmt: skip
    for code, number in said["besides"].items():
        quote = _with_copies(quote, code, number, agency_id, day)
    return quote


def _with_copies(quote: Quote, code: str, copies: int, agency_id: UUID, day: date) -> Quote:
    """The quote with these copies, at the fee of the procedure that issues them; open where nobody offers it here."""
    place = len(quote.lines)
    try:
        offered = version_in_force(code, agency_id, day)
    except NotOffered:
        open_line = QuoteLine(
            place, FeeKind.FEE, _("Phí bản sao xin thêm"), when="", unit="copy", count=copies, amount=None
        )
        return replace(quote, lines=(*quote.lines, open_line))
    more = quote_for(offered, agency_id=agency_id, channel=Channel.ONLINE, on=day, counts={"copy": copies})
    lines = tuple(replace(line, place=place + index) for index, line in enumerate(more.lines))
    return Quote((*quote.lines, *lines), (*quote.to_choose, *more.to_choose), (*quote.units, *more.units))


def ask_fee(written: Submission, quote: Quote, *, by: Actor, at: datetime) -> None:
    """Open the order of a filing whose fee is known, in the caller's transaction, so that it is paid from home."""
    if quote.total:
        new = NewOrder(
            submission_id=written.id, agency_id=written.agency_id, version_id=written.version_id,
            channel=written.channel, payer_name=written.submitter_name or written.applicant_name, quote=quote,
        )  # fmt: skip
        open_for(new, by=by, at=at)


def ask_fee_anew(written: Submission, said: Mapping[str, Any], *, by: ActingOfficial, at: datetime) -> None:
    """The answers were corrected: an order that nothing came for yet is replaced when they cost another sum.

    One that money came for stands as it is; the desk decides what is paid or given back.
    """
    quote, standing = fee_for(written.agency_id, version_by_id(written.version_id), said, at), order_of(written.id)
    if quote.total is None or (standing is not None and standing.amount == quote.total):
        return
    if standing is not None:
        if standing.state != OrderState.WAITING:
            return
        cancel_order(standing.id, reason=_("Người nộp sửa tờ khai theo yêu cầu, số phải nộp đã khác"), by=by, at=at)
    ask_fee(written, quote, by=by.actor, at=at)
