"""Form 02: asks, once, for what a dossier lacks (Circular 03/2025/TT-VPCP, annex I; Circular 01/2018 before)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents.prints.letterhead import Letterhead, head_values, tracking_values
from motcua.documents.prints.parties import PrintedParty, party_values
from motcua.documents.prints.printed_forms import PrintedForm
from motcua.documents.prints.typesetter import typeset_pdf, typeset_png
from motcua.documents.prints.wording import legible, local, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDemand:
    """One paper to bring or mend, and what is wrong; `legal_reason` when the published list does not ask for it."""

    paper: str
    fault: str
    legal_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequestPrint:
    """Everything form 02 shows.

    `number` is whole ("12/PBS-TTPVHCC"); `clock_rule` says in one plain sentence what becomes of the time limit and
    by when to come back; `official` is who guides the applicant, `contact` whom to ask.
    """

    printed_form: PrintedForm
    head: Letterhead
    number: str
    dossier_code: str
    applicant: PrintedParty
    request: str
    demands: tuple[PrintedDemand, ...]
    reason: str
    contact: str
    contact_phone: str
    clock_rule: str
    issued_at: datetime
    official: str
    tracking_url: str


def render_supplement_request(asked: SupplementRequestPrint) -> bytes:
    """The request as PDF/A, A5 portrait; a long list runs on to numbered pages.

    Raises ValueError when the moment has no time zone.
    """
    return typeset_pdf("supplement_request", _values(asked), at=asked.issued_at)


def preview_supplement_request(asked: SupplementRequestPrint, *, ppi: float = 144) -> list[bytes]:
    """The same pages as PNG pictures. Raises ValueError when the moment has no time zone."""
    return typeset_png("supplement_request", _values(asked), pixels_per_inch=ppi)


def _values(asked: SupplementRequestPrint) -> dict[str, Any]:
    issued_on = local(asked.issued_at).date()
    return {
        **head_values(asked.head, number=asked.number, on=issued_on, form_mark=asked.printed_form.mark),
        **tracking_values(asked.tracking_url),
        "title": asked.printed_form.title,
        "code": plain(asked.dossier_code),
        "applicant": party_values(asked.applicant),
        "request": legible(asked.request),
        "demands": [
            {
                "ordinal": str(ordinal),
                "paper": legible(demand.paper),
                "fault": legible(demand.fault),
                "legal_reason": legible(demand.legal_reason),
            }
            for ordinal, demand in enumerate(asked.demands, 1)
        ],
        "reason": legible(asked.reason),
        "contact": legible(asked.contact),
        "contact_phone": legible(asked.contact_phone),
        "clock_rule": legible(asked.clock_rule),
        "official": legible(asked.official),
    }
