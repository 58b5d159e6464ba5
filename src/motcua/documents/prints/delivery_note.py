"""Giấy biên nhận trả kết quả: the note both sides sign when a result is handed over (office practice, no number)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents.prints.letterhead import Letterhead, head_values, tracking_values
from motcua.documents.prints.parties import PrintedParty, identifier_label
from motcua.documents.prints.printed_forms import PrintedForm
from motcua.documents.prints.typesetter import typeset_pdf, typeset_png
from motcua.documents.prints.wording import legible, local, long_moment, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedResult:
    """One result handed over: its name, number with symbol, and how many copies."""

    name: str
    symbol: str = ""
    copies: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNotePrint:
    """Everything the note shows. `outcome` is early, on time or late in words; `fee_paid` an amount in words."""

    printed_form: PrintedForm
    head: Letterhead
    number: str
    dossier_code: str
    centre: str
    procedure: str
    applicant: str
    recipient: PrintedParty
    results: tuple[PrintedResult, ...]
    due_at: datetime
    returned_at: datetime
    return_method: str
    official: str
    tracking_url: str
    outcome: str = ""
    mandate_paper: str = ""
    returned_papers: tuple[str, ...] = ()
    fee_paid: str = ""


def render_delivery_note(note: DeliveryNotePrint) -> bytes:
    """The note as PDF/A, A5 portrait. Raises ValueError when a moment has no time zone."""
    return typeset_pdf("delivery_note", _values(note), at=note.returned_at)


def preview_delivery_note(note: DeliveryNotePrint, *, ppi: float = 144) -> list[bytes]:
    """The same pages as PNG pictures. Raises ValueError when a moment has no time zone."""
    return typeset_png("delivery_note", _values(note), pixels_per_inch=ppi)


def _values(note: DeliveryNotePrint) -> dict[str, Any]:
    returned_on = local(note.returned_at).date()
    return {
        **head_values(note.head, number=note.number, on=returned_on, form_mark=note.printed_form.mark),
        **tracking_values(note.tracking_url),
        "title": note.printed_form.title,
        "code": plain(note.dossier_code),
        "centre": legible(note.centre),
        "procedure": legible(note.procedure),
        "applicant": legible(note.applicant),
        "recipient": legible(note.recipient.name),
        "recipient_identifier": legible(note.recipient.identifier),
        "recipient_identifier_label": identifier_label(note.recipient.is_organisation),
        "mandate_paper": legible(note.mandate_paper),
        "results": [
            {
                "ordinal": str(ordinal),
                "name": legible(result.name),
                "symbol": legible(result.symbol),
                "copies": str(result.copies),
            }
            for ordinal, result in enumerate(note.results, 1)
        ],
        "returned_papers": [legible(paper) for paper in note.returned_papers],
        "due_at": long_moment(note.due_at),
        "returned_at": long_moment(note.returned_at),
        "outcome": legible(note.outcome),
        "return_method": legible(note.return_method),
        "fee_paid": legible(note.fee_paid),
        "official": legible(note.official),
    }
