"""Thông báo nghĩa vụ tài chính: what an applicant owes before his dossier goes on (office practice, no number)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.documents.prints.letterhead import Letterhead, head_values, tracking_values
from motcua.documents.prints.parties import PrintedParty, party_values
from motcua.documents.prints.typesetter import typeset_pdf, typeset_png
from motcua.documents.prints.wording import dong, legible, local, long_day, long_moment, plain

TITLE = "Thông báo nghĩa vụ tài chính"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDuty:
    """One sum in đồng, to whom, on what ground; `due_on` None: no last day set."""

    what: str
    amount: int
    payee: str
    legal_basis: str
    account: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyNoticePrint:
    """Everything the notice shows. `paused_at`: since when the dossier's time stands still, None when it runs."""

    head: Letterhead
    dossier_code: str
    procedure: str
    applicant: PrintedParty
    duties: tuple[PrintedDuty, ...]
    asked_at: datetime
    official: str
    tracking_url: str
    paused_at: datetime | None = None


def render_money_notice(notice: MoneyNoticePrint) -> bytes:
    """The notice as PDF/A, A5 portrait. Raises ValueError when a moment has no time zone."""
    return typeset_pdf("money_notice", _values(notice), at=notice.asked_at)


def preview_money_notice(notice: MoneyNoticePrint, *, ppi: float = 144) -> list[bytes]:
    """The same pages as PNG pictures. Raises ValueError when a moment has no time zone."""
    return typeset_png("money_notice", _values(notice), pixels_per_inch=ppi)


def _values(notice: MoneyNoticePrint) -> dict[str, Any]:
    return {
        **head_values(notice.head, number="", on=local(notice.asked_at).date(), form_mark=""),
        **tracking_values(notice.tracking_url),
        "title": TITLE,
        "code": plain(notice.dossier_code),
        "procedure": legible(notice.procedure),
        "addressee": party_values(notice.applicant),
        "duties": [_duty_values(duty) for duty in notice.duties],
        "total": dong(sum(duty.amount for duty in notice.duties)) if len(notice.duties) > 1 else "",
        "paused_at": long_moment(notice.paused_at) if notice.paused_at else "",
        "official": legible(notice.official),
    }


def _duty_values(duty: PrintedDuty) -> dict[str, str]:
    return {
        "what": legible(duty.what),
        "amount": dong(duty.amount),
        "payee": legible(duty.payee),
        "account": legible(duty.account),
        "legal_basis": legible(duty.legal_basis),
        "due_on": long_day(duty.due_on) if duty.due_on else "",
    }
