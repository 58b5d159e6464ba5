"""Phiếu báo tin: a message that no way could take, printed to be mailed; several make one print."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from motcua.documents.prints.letterhead import Letterhead, head_values, tracking_values
from motcua.documents.prints.typesetter import typeset_pdf
from motcua.documents.prints.wording import legible, local, plain

_LINK: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSlip:
    """One message on paper. `address` stands in the window of the envelope; a link in `text` becomes the QR code."""

    head: Letterhead
    name: str
    address: str
    code: str
    subject: str
    text: str


def render_message_slips(slips: Sequence[MessageSlip], *, at: datetime) -> bytes:
    """All of them as one PDF/A, A5 portrait. Raises ValueError for none, or when a moment has no time zone."""
    return typeset_pdf("message_slip", _values(slips, at), at=at)


def _values(slips: Sequence[MessageSlip], at: datetime) -> dict[str, Any]:
    if not slips:
        raise ValueError("there is no slip to print")
    several = [_slip_values(slip, at) for slip in slips]
    return {**several[0], "slips": several}  # what all papers share is read from the first


def _slip_values(slip: MessageSlip, at: datetime) -> dict[str, Any]:
    link = _LINK.search(slip.text)
    return {
        **head_values(slip.head, number="", on=local(at).date(), form_mark=""),
        **tracking_values(link[0] if link else ""),
        "name": legible(slip.name),
        "address": legible(slip.address),
        "code": plain(slip.code),
        "subject": legible(slip.subject),
        "lines": [legible(line) for line in slip.text.split("\n") if line.strip()],
    }
