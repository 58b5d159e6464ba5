"""Form 01: receipt of a dossier and appointment for its result (Circular 03/2025/TT-VPCP, annex I)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from motcua.documents.prints.letterhead import Letterhead, head_values, tracking_values
from motcua.documents.prints.parties import PrintedParty, own_signature, party_values
from motcua.documents.prints.printed_forms import PrintedForm
from motcua.documents.prints.typesetter import typeset_pdf, typeset_png
from motcua.documents.prints.wording import dong, legible, local, long_moment, plain


class PaperSize(StrEnum):
    """The sheet a slip is set for."""

    A5 = "a5"
    A4 = "a4"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedMandate:
    """For whom the filer acts, and by which paper."""

    principal: PrintedParty
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPaper:
    """One paper handed in: how many originals and copies."""

    name: str
    originals: int
    copies: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFee:
    """One fee in đồng; amount None: not fixed yet, `note` says when it will be."""

    name: str
    amount: int | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPrint:
    """Everything form 01 shows, as plain values.

    `number` is the whole number with its symbol ("27/TTPVHCC"); `time_limit` the legal time in words
    ("01 ngày làm việc"); moments are aware; `mandate` is None when the filer acts for nobody else.
    """

    printed_form: PrintedForm
    head: Letterhead
    number: str
    dossier_code: str
    receiving_centre: str
    filer: PrintedParty
    request: str
    papers: tuple[PrintedPaper, ...]
    time_limit: str
    received_at: datetime
    due_at: datetime
    return_at: str
    receiver: str
    tracking_url: str
    sets: int = 1
    mandate: PrintedMandate | None = None
    fees: tuple[PrintedFee, ...] = ()
    book: str = ""
    ordinal: int | None = None
    copy_label: str = ""


def render_receipt(receipt: ReceiptPrint, *, size: PaperSize = PaperSize.A5) -> bytes:
    """The receipt as PDF/A, A5 portrait unless asked otherwise; long content runs on to numbered pages.

    Raises ValueError when a moment has no time zone.
    """
    return typeset_pdf("receipt", _values(receipt, size), at=receipt.received_at)


def preview_receipt(receipt: ReceiptPrint, *, size: PaperSize = PaperSize.A5, ppi: float = 144) -> list[bytes]:
    """The same pages as PNG pictures. Raises ValueError when a moment has no time zone."""
    return typeset_png("receipt", _values(receipt, size), pixels_per_inch=ppi)


def _values(receipt: ReceiptPrint, size: PaperSize) -> dict[str, Any]:
    received_on = local(receipt.received_at).date()
    mandate = receipt.mandate
    return {
        **head_values(receipt.head, number=receipt.number, on=received_on, form_mark=receipt.printed_form.mark),
        **tracking_values(receipt.tracking_url),
        **_fee_values(receipt.fees),
        "large": size is PaperSize.A4,
        "title": receipt.printed_form.title,
        "code": plain(receipt.dossier_code),
        "copy_label": plain(receipt.copy_label),
        "receiving_centre": legible(receipt.receiving_centre),
        "filer": party_values(receipt.filer),
        "mandate": mandate and {"principal": party_values(mandate.principal), "paper": legible(mandate.paper)},
        "request": legible(receipt.request),
        "papers": [_paper_values(ordinal, paper) for ordinal, paper in enumerate(receipt.papers, 1)],
        "sets": f"{receipt.sets:02}",
        "time_limit": legible(receipt.time_limit),
        "received_at": long_moment(receipt.received_at),
        "due_at": long_moment(receipt.due_at),
        "return_at": legible(receipt.return_at),
        "book": plain(receipt.book),
        "ordinal": "" if receipt.ordinal is None else str(receipt.ordinal),
        "filer_signs": own_signature(receipt.filer),
        "receiver": legible(receipt.receiver),
    }


def _paper_values(ordinal: int, paper: PrintedPaper) -> dict[str, str]:
    return {
        "ordinal": str(ordinal),
        "name": legible(paper.name),
        "note": legible(paper.note),
        "originals": str(paper.originals) if paper.originals else "",
        "copies": str(paper.copies) if paper.copies else "",
    }


def _fee_values(fees: tuple[PrintedFee, ...]) -> dict[str, Any]:
    known = [fee.amount for fee in fees if fee.amount is not None]
    has_total = len(fees) > 1 and len(known) == len(fees)
    return {
        "fees": [_fee_line(fee) for fee in fees],
        "fee_total": dong(sum(known)) if has_total else "",
    }


def _fee_line(fee: PrintedFee) -> str:
    amount = "chưa xác định" if fee.amount is None else dong(fee.amount)
    line = f"{legible(fee.name)} {amount}"
    return f"{line} ({legible(fee.note)})" if fee.note else line
