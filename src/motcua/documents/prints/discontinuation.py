"""Form 05: a dossier is stopped because its applicant asked for it (Decree 118/2025, art. 21).

Circular 03/2025 gives the form its number and title; its wording was not at hand, so the lines are our reading.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents.prints.letterhead import Letterhead, head_values, tracking_values
from motcua.documents.prints.parties import PrintedParty, PrintedSignatory, party_values, signatory_values
from motcua.documents.prints.printed_forms import PrintedForm
from motcua.documents.prints.typesetter import typeset_pdf, typeset_png
from motcua.documents.prints.wording import legible, local, long_moment, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscontinuationPrint:
    """Everything the notice shows.

    It states that no decision had been made when the dossier was stopped: print it for no other dossier.
    `asked_by` and `channel` say who asked and how ("Trực tiếp tại quầy"); `state` where the dossier stood;
    `returned_papers` and `returned_fees` what goes back to the applicant, in words.
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
    asked_by: str
    asked_at: datetime
    channel: str
    state: str
    stopped_at: datetime
    signatory: PrintedSignatory
    tracking_url: str
    returned_papers: tuple[str, ...] = ()
    returned_fees: tuple[str, ...] = ()


def render_discontinuation(notice: DiscontinuationPrint) -> bytes:
    """The notice as PDF/A, A5 portrait. Raises ValueError when a moment has no time zone."""
    return typeset_pdf("discontinuation", _values(notice), at=notice.stopped_at)


def preview_discontinuation(notice: DiscontinuationPrint, *, ppi: float = 144) -> list[bytes]:
    """The same pages as PNG pictures. Raises ValueError when a moment has no time zone."""
    return typeset_png("discontinuation", _values(notice), pixels_per_inch=ppi)


def _values(notice: DiscontinuationPrint) -> dict[str, Any]:
    stopped_on = local(notice.stopped_at).date()
    return {
        **head_values(notice.head, number=notice.number, on=stopped_on, form_mark=notice.printed_form.mark),
        **tracking_values(notice.tracking_url),
        "title": notice.printed_form.title,
        "code": plain(notice.dossier_code),
        "addressee": party_values(notice.addressee),
        "agency": legible(notice.agency),
        "procedure": legible(notice.procedure),
        "applicant": party_values(notice.applicant),
        "received_at": long_moment(notice.received_at),
        "asked_by": legible(notice.asked_by),
        "asked_at": long_moment(notice.asked_at),
        "channel": legible(notice.channel),
        "state": legible(notice.state),
        "stopped_at": long_moment(notice.stopped_at),
        "returned_papers": [legible(paper) for paper in notice.returned_papers],
        "returned_fees": [legible(fee) for fee in notice.returned_fees],
        "signatory": signatory_values(notice.signatory),
    }
