"""Form 06 (before 15/9/2025 form 05): through whose hands a dossier went, and whether each kept its time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents.prints.letterhead import Letterhead, head_values, tracking_values
from motcua.documents.prints.printed_forms import PrintedForm
from motcua.documents.prints.typesetter import typeset_pdf, typeset_png
from motcua.documents.prints.wording import legible, local, long_moment, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedHandOver:
    """One hand-over from unit to unit; empty all over, it is a row to fill in by hand.

    `outcome` is early, on time or late in words, for the step the giver ends with it.
    """

    giving_unit: str = ""
    taking_unit: str = ""
    handed_at: datetime | None = None
    giver: str = ""
    taker: str = ""
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCooperation:
    """An agency or unit that works on the dossier beside the one that settles it.

    `consulted`: it was asked for an opinion; else a part of the same filing was passed to it. `asked_at` is empty
    until then and `answered_at` until it answered or ended its part; `outcome` says in words what came of it.
    """

    name: str
    consulted: bool
    asked_at: datetime | None
    answered_at: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSheetPrint:
    """Everything the sheet shows; `hand_overs` and `coordinating_agencies` in the order they happened."""

    printed_form: PrintedForm
    head: Letterhead
    number: str
    dossier_code: str
    procedure: str
    applicant: str
    processing_agency: str
    coordinating_agencies: tuple[PrintedCooperation, ...]
    received_at: datetime
    due_at: datetime
    hand_overs: tuple[PrintedHandOver, ...]
    printed_at: datetime
    tracking_url: str


def render_control_sheet(sheet: ControlSheetPrint) -> bytes:
    """The sheet as PDF/A, A4 portrait, the table's head repeated on every page.

    Raises ValueError when a moment has no time zone.
    """
    return typeset_pdf("control_sheet", _values(sheet), at=sheet.printed_at)


def preview_control_sheet(sheet: ControlSheetPrint, *, ppi: float = 110) -> list[bytes]:
    """The same pages as PNG pictures. Raises ValueError when a moment has no time zone."""
    return typeset_png("control_sheet", _values(sheet), pixels_per_inch=ppi)


def _values(sheet: ControlSheetPrint) -> dict[str, Any]:
    printed_on = local(sheet.printed_at).date()
    return {
        **head_values(sheet.head, number=sheet.number, on=printed_on, form_mark=sheet.printed_form.mark),
        **tracking_values(sheet.tracking_url),
        "title": sheet.printed_form.title,
        "code": plain(sheet.dossier_code),
        "procedure": legible(sheet.procedure),
        "applicant": legible(sheet.applicant),
        "processing_agency": legible(sheet.processing_agency),
        "coordinating_agencies": [_cooperation(it) for it in sheet.coordinating_agencies],
        "received_at": long_moment(sheet.received_at),
        "due_at": long_moment(sheet.due_at),
        "hand_overs": [_row(ordinal, it) for ordinal, it in enumerate(sheet.hand_overs, 1)],
    }


def _cooperation(it: PrintedCooperation) -> str:
    """Name, when it was asked and when it answered, with what came of it."""
    asked, answered = ("hỏi", "trả lời") if it.consulted else ("chuyển", "kết thúc")
    spoken = ((asked, it.asked_at), (answered, it.answered_at))
    dates = [f"{verb} lúc {local(at):%H:%M %d/%m/%Y}" for verb, at in spoken if at is not None]
    return legible(f"{it.name} ({': '.join(part for part in ('; '.join(dates), it.outcome) if part)})")


def _row(ordinal: int, hand_over: PrintedHandOver) -> dict[str, str]:
    return {
        "ordinal": str(ordinal),
        "giving_unit": legible(hand_over.giving_unit),
        "taking_unit": legible(hand_over.taking_unit),
        "handed_at": long_moment(hand_over.handed_at).replace(", ", ",\n") if hand_over.handed_at else "",
        "giver": legible(hand_over.giver),
        "taker": legible(hand_over.taker),
        "outcome": legible(hand_over.outcome),
        "note": legible(hand_over.note),
    }
