"""What stands at the head and foot of every paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from motcua.documents.prints.wording import long_day, plain, tied
from motcua.documents.qr import qr_svg


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The issuing office: superior agency and section (either may be empty), agency, the place before the date."""

    superior: str
    agency: str
    section: str
    place: str


def head_values(head: Letterhead, *, number: str, on: date, form_mark: str) -> dict[str, Any]:
    """Values every template's heading reads."""
    return {
        "office": [tied(line) for line in (head.superior, head.agency, head.section) if line],
        "place": plain(head.place),
        "author": plain(head.agency),
        "number": plain(number),
        "dated": long_day(on),
        "form_mark": plain(form_mark),
    }


def tracking_values(tracking_url: str) -> dict[str, str]:
    """The public address of the dossier, its site alone, and the QR code that opens it.

    All empty without an address: a filing refused at the counter has no dossier to look up.
    """
    if not tracking_url:
        return dict.fromkeys(("tracking_url", "site", "qr", "qr_alt"), "")
    return {
        "tracking_url": plain(tracking_url),
        "site": plain(urlsplit(tracking_url).netloc),
        "qr": qr_svg(tracking_url, quick=True),
        "qr_alt": f"Mã QR mở trang {plain(tracking_url)}",
    }
