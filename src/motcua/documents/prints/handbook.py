"""Sổ tay: every procedure an office receives, by sector, with a table of contents and an index."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.documents.prints.letterhead import Letterhead, head_values
from motcua.documents.prints.typesetter import typeset_pdf
from motcua.documents.prints.wording import legible, long_day, plain
from motcua.documents.qr import qr_svg

TEMPLATE = "handbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedBlock:
    """One question and its answer. `kind`: "papers" (name, how many), "money" (what, how much), "list" or "steps".

    The second of a pair is empty in a list and in steps.
    """

    title: str
    kind: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedProcedure:
    """One procedure; `facts` are the short answers at its head (label, answer), `words` how people ask for it."""

    code: str
    name: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[PrintedBlock, ...]
    url: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandbookPrint:
    """The whole book. `sections` are sectors with their procedures in order; `index` is sorted: entry and codes."""

    head: Letterhead
    scope: str
    contact: str
    as_of: date
    made_at: datetime
    state: str
    sections: tuple[tuple[str, tuple[PrintedProcedure, ...]], ...]
    index: tuple[tuple[str, str], ...]


def handbook_values(book: HandbookPrint) -> dict[str, Any]:
    """What the template reads: plain values, to be set here or by a press apart."""
    count = sum(len(procedures) for _name, procedures in book.sections)
    return {
        **head_values(book.head, number="", on=book.as_of, form_mark=""),
        "title": "Sổ tay thủ tục hành chính",
        "scope": legible(book.scope),
        "contact": legible(book.contact),
        "as_of": f"Theo danh mục niêm yết {long_day(book.as_of)}",
        "count": f"{count} thủ tục",
        "state": plain(book.state),
        "sections": [[legible(name), [_procedure(it) for it in procedures]] for name, procedures in book.sections],
        "index": [[legible(entry), code] for entry, code in book.index],
    }


def render_handbook(book: HandbookPrint) -> bytes:
    """The book as PDF/A, A4 portrait; some seconds for some hundred procedures: work for a press apart."""
    return typeset_handbook(handbook_values(book), at=book.made_at)


def typeset_handbook(values: Mapping[str, Any], *, at: datetime) -> bytes:
    """Set values made by `handbook_values`."""
    return typeset_pdf(TEMPLATE, values, at=at)


def _procedure(it: PrintedProcedure) -> dict[str, Any]:
    return {
        "code": plain(it.code),
        "name": legible(it.name),
        "summary": legible(it.summary),
        "facts": _pairs(it.facts),
        "blocks": [
            {"title": legible(block.title), "kind": block.kind, "rows": _pairs(block.rows)} for block in it.blocks
        ],
        "qr": qr_svg(it.url, quick=True),
        "qr_alt": f"Mã QR mở trang {plain(it.url)}",
    }


def _pairs(pairs: tuple[tuple[str, str], ...]) -> list[list[str]]:
    return [[legible(first), legible(second)] for first, second in pairs]
