"""Form 07 (before 15/9/2025 form 06): the dossier register, kept per sector and opened each year."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents.prints.letterhead import Letterhead, head_values
from motcua.documents.prints.printed_forms import PrintedForm
from motcua.documents.prints.typesetter import typeset_pdf, typeset_png
from motcua.documents.prints.wording import legible, local, plain, short_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One dossier's line; `returned_at` None while the result is still out."""

    ordinal: int
    dossier_code: str
    procedure: str
    applicant: str
    address: str
    phone: str
    competent_agency: str
    received_at: datetime
    due_at: datetime
    returned_at: datetime | None
    return_method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPrint:
    """A register or a stretch of it. `period` in words ("Từ ngày … đến ngày …"); `sector` empty: all sectors."""

    printed_form: PrintedForm
    head: Letterhead
    number: str
    sector: str
    period: str
    rows: tuple[RegisterRow, ...]
    printed_at: datetime
    keeper: str
    book: str = ""


def render_register(register: RegisterPrint) -> bytes:
    """The register as PDF/A, A4 landscape, its head repeated on every page.

    About 1.3 ms and 0.2 MB of memory a row, kept by the process afterwards: more than some hundred rows are a job's
    work, and volumes of a thousand rows.

    Raises ValueError when a moment has no time zone.
    """
    return typeset_pdf("register", _values(register), at=register.printed_at)


def preview_register(register: RegisterPrint, *, ppi: float = 110) -> list[bytes]:
    """The same pages as PNG pictures. Raises ValueError when a moment has no time zone."""
    return typeset_png("register", _values(register), pixels_per_inch=ppi)


def _values(register: RegisterPrint) -> dict[str, Any]:
    printed_on = local(register.printed_at).date()
    title = register.printed_form.title
    sector = plain(register.sector)
    return {
        **head_values(register.head, number=register.number, on=printed_on, form_mark=register.printed_form.mark),
        "title": title,
        "footer": f"{title}, {sector}" if sector else title,
        "sector": sector,
        "period": plain(register.period),
        "book": plain(register.book),
        "rows": [_row(row) for row in register.rows],
        "total": f"Tổng số: {len(register.rows)} hồ sơ.",
        "keeper": legible(register.keeper),
    }


def _row(row: RegisterRow) -> list[str]:
    return [
        str(row.ordinal),
        plain(row.dossier_code),
        legible(row.procedure),
        legible(row.applicant),
        legible("\n".join(part for part in (row.address, row.phone) if part)),
        legible(row.competent_agency),
        short_moment(row.received_at),
        short_moment(row.due_at),
        short_moment(row.returned_at) if row.returned_at else "",
        legible(row.return_method),
        "",
    ]
