"""Form 03: refuses to take a filing, or to grant what a dossier asks (Circular 03/2025/TT-VPCP, annex I)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents.prints.letterhead import Letterhead, head_values, tracking_values
from motcua.documents.prints.parties import PrintedParty, own_signature, party_values
from motcua.documents.prints.printed_forms import PrintedForm
from motcua.documents.prints.typesetter import typeset_pdf, typeset_png
from motcua.documents.prints.wording import legible, local, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalPrint:
    """Everything form 03 shows.

    `number` is whole ("3/PTC-TTPVHCC"). A filing refused at the counter has neither `dossier_code` nor
    `tracking_url`. `on_merits` claims that the dossier was examined and the answer is no (Decree 61/2018 art. 19.8).
    `refused_by` is the office that says no; `advice`, in a sentence or two, what the person can do now.
    """

    printed_form: PrintedForm
    head: Letterhead
    number: str
    applicant: PrintedParty
    request: str
    refused_by: str
    reasons: tuple[str, ...]
    legal_bases: tuple[str, ...]
    refused_at: datetime
    receiver: str
    dossier_code: str = ""
    tracking_url: str = ""
    on_merits: bool = False
    advice: str = ""


def render_refusal(refusal: RefusalPrint) -> bytes:
    """The refusal as PDF/A, A5 portrait; long reasons run on to numbered pages.

    Raises ValueError when the moment has no time zone.
    """
    return typeset_pdf("refusal", _values(refusal), at=refusal.refused_at)


def preview_refusal(refusal: RefusalPrint, *, ppi: float = 144) -> list[bytes]:
    """The same pages as PNG pictures. Raises ValueError when the moment has no time zone."""
    return typeset_png("refusal", _values(refusal), pixels_per_inch=ppi)


def _values(refusal: RefusalPrint) -> dict[str, Any]:
    refused_on = local(refusal.refused_at).date()
    return {
        **head_values(refusal.head, number=refusal.number, on=refused_on, form_mark=refusal.printed_form.mark),
        **tracking_values(refusal.tracking_url),
        "title": refusal.printed_form.title,
        "code": plain(refusal.dossier_code),
        "applicant": party_values(refusal.applicant),
        "request": legible(refusal.request),
        "refused_by": legible(refusal.refused_by),
        "on_merits": refusal.on_merits,
        "reasons": [legible(reason) for reason in refusal.reasons],
        "legal_bases": [legible(basis) for basis in refusal.legal_bases],
        "advice": legible(refusal.advice),
        "filer_signs": own_signature(refusal.applicant),
        "receiver": legible(refusal.receiver),
    }
