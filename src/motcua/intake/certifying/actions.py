"""The one act of the quick page: received, paid and passed on, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.catalogue.models import Channel
from motcua.catalogue.queries import OfferedVersion
from motcua.catalogue.rules import papers_for
from motcua.core.events import record
from motcua.dossiers.actions import Opened
from motcua.intake.actions import Filing, handed_in, receive, received_before
from motcua.payments.models import MoneyReceipt
from motcua.payments.orders.actions import NewOrder, open_for, take_cash
from motcua.payments.orders.queries import order_of
from motcua.payments.orders.quoting import quote_for
from motcua.payments.orders.rules import Quote
from motcua.people.access import ActingOfficial
from motcua.people.actions import PartyFacts

MOST_PAGES: Final = 999


@dataclass(frozen=True, slots=True)
class Batch:
    """Originals alike: how many of them, of how many pages each, copied how many times each."""

    documents: int
    pages: int
    copies: int


@dataclass(frozen=True, slots=True)
class Certified:
    """What the quick page did. `receipt` None: nothing was to pay. `is_new` False: the page was sent before."""

    opened: Opened
    receipt: MoneyReceipt | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """What the listeners of `dossier.certified` have in hand."""

    dossier_id: UUID
    by: ActingOfficial


def price(batches: Sequence[Batch], offered: OfferedVersion, *, by: ActingOfficial, at: datetime) -> Quote:
    """What these copies cost under the version in force, batch by batch."""
    quotes = [
        quote_for(
            offered, agency_id=by.agency_id, channel=Channel.COUNTER, on=localdate(at),
            counts={"page": batch.pages, "copy": batch.documents * batch.copies},
        )
        for batch in batches
    ]  # fmt: skip
    lines = tuple(line for one in quotes for line in one.lines)
    return Quote(lines, tuple(when for one in quotes for when in one.to_choose), ())


def certify(
    batches: Sequence[Batch], *, applicant: PartyFacts, submission_id: UUID, amount: int, offered: OfferedVersion,
    by: ActingOfficial, at: datetime, ticket_id: UUID | None = None,
) -> Certified:  # fmt: skip
    """Take copies to be certified in: one dossier, its fee in cash with a receipt, the receiver's step done.

    `amount` in đồng: what the page said and the person paid. Records `dossier.certified` beside what `receive`,
    `open_for` and `take_cash` record. Raises what these raise: then nothing is written. Decree 23/2015/NĐ-CP.
    """
    filing = _filing(batches, applicant, submission_id, offered, ticket_id)
    with transaction.atomic():
        earlier = received_before(filing, offered.code, by=by)
        if earlier is not None:
            return Certified(earlier, _receipt_of(submission_id), is_new=False)
        opened, is_new = receive(filing, offered=offered, by=by, at=at)
        receipt = _paid(filing, price(batches, offered, by=by, at=at), amount, offered, by, at) if is_new else None
        if is_new:
            after = {"batches": [[one.documents, one.pages, one.copies] for one in batches]}
            record(
                kind="dossier.certified", subject=("dossier", opened.id), by=by.actor, at=at, agency_id=by.agency_id,
                after=after | ({"receipt": receipt.number} if receipt else {}), carried=Counted(opened.id, by),
            )  # fmt: skip
    return Certified(opened, receipt or _receipt_of(submission_id), is_new)


def _paid(
    filing: Filing, quote: Quote, amount: int, offered: OfferedVersion, by: ActingOfficial, at: datetime
) -> MoneyReceipt | None:
    new = NewOrder(
        submission_id=filing.submission_id, agency_id=by.agency_id, version_id=offered.version_id,
        channel=Channel.COUNTER, payer_name=filing.applicant.full_name, quote=quote,
    )  # fmt: skip
    order = open_for(new, by=by.actor, at=at, official_id=by.id)
    return None if order is None else take_cash(order.id, amount=amount, by=by, at=at)


def _receipt_of(submission_id: UUID) -> MoneyReceipt | None:
    order = order_of(submission_id)
    return order.receipts.filter(void_at=None).first() if order else None


def _filing(
    batches: Sequence[Batch], applicant: PartyFacts, submission_id: UUID, offered: OfferedVersion,
    ticket_id: UUID | None,
) -> Filing:  # fmt: skip
    papers = [handed_in(paper, paper.id) for paper in papers_for(offered.components) if paper.id is not None]
    with override("vi"):  # what is asked is kept, and has one language
        said = "; ".join(
            _("%(documents)d bản chính, mỗi bản %(pages)d trang, sao %(copies)d bản")
            % {"documents": one.documents, "pages": one.pages, "copies": one.copies}
            for one in batches
        )
    return Filing(
        submission_id=submission_id, channel=Channel.COUNTER, applicant=applicant, papers=papers, request=said,
        ticket_id=ticket_id,
    )  # fmt: skip
