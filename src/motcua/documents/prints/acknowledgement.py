"""Giấy xác nhận đã nộp: what was filed from home, when, and until when the desk answers. Office practice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from motcua.documents.prints.letterhead import Letterhead, head_values, tracking_values
from motcua.documents.prints.parties import PrintedParty, party_values
from motcua.documents.prints.typesetter import typeset_pdf
from motcua.documents.prints.wording import legible, local, long_moment

TITLE: Final = "Giấy xác nhận đã nộp hồ sơ trực tuyến"


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementPrint:
    """Everything the acknowledgement shows. `filer`: who filed for another; `lacking`: with what was said."""

    head: Letterhead
    number: str
    applicant: PrintedParty
    filer: str
    procedure: str
    request: str
    receiving: str
    papers: tuple[str, ...]
    lacking: tuple[str, ...]
    return_way: str
    submitted_at: datetime
    answer_due_at: datetime
    tracking_url: str


def render_acknowledgement(filed: AcknowledgementPrint) -> bytes:
    """It as PDF/A, A5 portrait; a long list runs on to numbered pages. Raises ValueError without a time zone."""
    return typeset_pdf("acknowledgement", _values(filed), at=filed.submitted_at)


def _values(filed: AcknowledgementPrint) -> dict[str, Any]:
    return {
        **head_values(filed.head, number=filed.number, on=local(filed.submitted_at).date(), form_mark=""),
        **tracking_values(filed.tracking_url),
        "title": TITLE,
        "code": "",
        "applicant": party_values(filed.applicant),
        "filer": legible(filed.filer),
        "procedure": legible(filed.procedure),
        "request": legible(filed.request),
        "receiving": legible(filed.receiving),
        "papers": [legible(paper) for paper in filed.papers],
        "lacking": [legible(paper) for paper in filed.lacking],
        "return_way": legible(filed.return_way),
        "submitted_at": long_moment(filed.submitted_at),
        "answer_due_at": long_moment(filed.answer_due_at),
    }
