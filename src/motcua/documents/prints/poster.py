"""Posters for the notice board: what is done here, and a code that opens the rest on a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents.prints.letterhead import Letterhead, head_values
from motcua.documents.prints.typesetter import typeset_pdf, typeset_png
from motcua.documents.prints.wording import legible, local, long_day, plain
from motcua.documents.qr import qr_svg

# Long side of the sheet over that of A4: everything on it grows alike.
SHEETS = {"a4": 1.0, "a3": 2**0.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """One poster. `over` stands above the title, `under` below it; `rows` are pairs, the second may be empty.

    `facts` are the two or three answers in large type (label, answer); `rest` says what the rows leave out.
    `ticked`: the rows are things to bring.
    """

    over: str
    title: str
    url: str
    call: str
    under: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    rows_title: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    rest: str = ""
    ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostersPrint:
    """Posters of one office, a sheet each; `contact` says where to ask, `sheet` is "a4" or "a3"."""

    head: Letterhead
    posters: tuple[Poster, ...]
    sheet: str
    contact: str
    posted_at: datetime


def render_posters(posters: PostersPrint) -> bytes:
    """The posters as PDF/A, portrait. Raises ValueError for a sheet it does not know or a moment without a zone."""
    return typeset_pdf("poster", _values(posters), at=posters.posted_at)


def preview_posters(posters: PostersPrint, *, ppi: float = 96) -> list[bytes]:
    """The same sheets as PNG pictures. Raises ValueError as `render_posters` does."""
    return typeset_png("poster", _values(posters), pixels_per_inch=ppi)


def _values(posters: PostersPrint) -> dict[str, Any]:
    if posters.sheet not in SHEETS:
        raise ValueError(f"no such sheet: {posters.sheet}")
    posted_on = local(posters.posted_at).date()
    return {
        **head_values(posters.head, number="", on=posted_on, form_mark=""),
        "title": plain(posters.posters[0].title) if len(posters.posters) == 1 else "Áp phích niêm yết",
        "scale": SHEETS[posters.sheet],
        "contact": legible(posters.contact),
        "posted": f"Niêm yết {long_day(posted_on)}",
        "posters": [_poster(one) for one in posters.posters],
    }


def _poster(poster: Poster) -> dict[str, Any]:
    return {
        "over": legible(poster.over),
        "title": legible(poster.title),
        "under": legible(poster.under),
        "facts": _pairs(poster.facts),
        "rows_title": legible(poster.rows_title),
        "rows": _pairs(poster.rows),
        "rest": legible(poster.rest),
        "ticked": poster.ticked,
        "call": legible(poster.call),
        "url": legible(poster.url),
        "qr": qr_svg(poster.url),
        "qr_alt": f"Mã QR mở trang {plain(poster.url)}",
    }


def _pairs(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    return [[legible(first), legible(second)] for first, second in pairs]
