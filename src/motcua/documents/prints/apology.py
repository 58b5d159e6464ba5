"""Form 04: says sorry for a broken promise and gives a new one (Circular 03/2025/TT-VPCP, annex I)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents.prints.letterhead import Letterhead, head_values, tracking_values
from motcua.documents.prints.parties import PrintedParty, PrintedSignatory, party_values, signatory_values
from motcua.documents.prints.printed_forms import PrintedForm
from motcua.documents.prints.typesetter import typeset_pdf, typeset_png
from motcua.documents.prints.wording import legible, local, long_moment, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologyPrint:
    """Everything form 04 shows.

    `number` is whole ("5/PXL-UBND"); `agency` is the office that is late and says so; `reappointment` counts the
    new dates given so far, this one included (one at most: Decree 61/2018 art. 19.9; a second is an exception).
    """

    printed_form: PrintedForm
    head: Letterhead
    number: str
    addressee: PrintedParty
    agency: str
    procedure: str
    applicant: PrintedParty
    dossier_code: str
    received_at: datetime
    promised_at: datetime
    reason: str
    new_due_at: datetime
    reappointment: int
    issued_at: datetime
    signatory: PrintedSignatory
    tracking_url: str


def render_apology(apology: ApologyPrint) -> bytes:
    """The letter as PDF/A, A5 portrait.

    Raises ValueError when a moment has no time zone or the new date is not after the promised one.
    """
    return typeset_pdf("apology", _values(apology), at=apology.issued_at)


def preview_apology(apology: ApologyPrint, *, ppi: float = 144) -> list[bytes]:
    """The same pages as PNG pictures. Raises ValueError as `render_apology` does."""
    return typeset_png("apology", _values(apology), pixels_per_inch=ppi)


def _values(apology: ApologyPrint) -> dict[str, Any]:
    issued_on = local(apology.issued_at).date()
    if local(apology.new_due_at) <= local(apology.promised_at):
        raise ValueError("the new date of an apology comes after the promised one")
    return {
        **head_values(apology.head, number=apology.number, on=issued_on, form_mark=apology.printed_form.mark),
        **tracking_values(apology.tracking_url),
        "title": apology.printed_form.title,
        "code": plain(apology.dossier_code),
        "addressee": party_values(apology.addressee),
        "agency": legible(apology.agency),
        "procedure": legible(apology.procedure),
        "applicant": party_values(apology.applicant),
        "received_at": long_moment(apology.received_at),
        "promised_at": long_moment(apology.promised_at),
        "reason": legible(apology.reason),
        "new_due_at": long_moment(apology.new_due_at),
        "reappointment": str(apology.reappointment),
        "signatory": signatory_values(apology.signatory),
    }
