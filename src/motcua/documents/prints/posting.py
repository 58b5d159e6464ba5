"""A sheet for the posting board: one procedure and the QR code of its page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents.prints.letterhead import Letterhead, head_values
from motcua.documents.prints.typesetter import typeset_pdf, typeset_png
from motcua.documents.prints.wording import legible, local, long_day, plain
from motcua.documents.qr import qr_svg


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingQrPrint:
    """One posted procedure: its name, national code, public address, and the moment of posting."""

    head: Letterhead
    procedure: str
    national_code: str
    url: str
    posted_at: datetime


def render_posting_qr(posting: PostingQrPrint) -> bytes:
    """The sheet as PDF/A, A5 portrait. Raises ValueError when the moment has no time zone."""
    return typeset_pdf("posting", _values(posting), at=posting.posted_at)


def preview_posting_qr(posting: PostingQrPrint, *, ppi: float = 144) -> list[bytes]:
    """The same page as a PNG picture. Raises ValueError when the moment has no time zone."""
    return typeset_png("posting", _values(posting), pixels_per_inch=ppi)


def _values(posting: PostingQrPrint) -> dict[str, Any]:
    posted_on = local(posting.posted_at).date()
    return {
        **head_values(posting.head, number="", on=posted_on, form_mark=""),
        "title": plain(posting.procedure),
        "procedure": legible(posting.procedure),
        "national_code": plain(posting.national_code),
        "url": plain(posting.url),
        "posted": f"Niêm yết {long_day(posted_on)}",
        "qr": qr_svg(posting.url),
        "qr_alt": f"Mã QR mở trang {plain(posting.url)}",
    }
