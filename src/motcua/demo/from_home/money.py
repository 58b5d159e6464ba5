"""Fees of the demo office: where they are collected, cash with a receipt, a statement, what does not fit, a refund."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.utils.timezone import localtime

from motcua.catalogue.queries import version_by_id
from motcua.demo.beside import acting
from motcua.demo.from_home.filings import EXTRACT, Sent
from motcua.demo.from_home.moments import DAY, Past
from motcua.demo.office import MACHINE, OPENED
from motcua.dossiers.models import Dossier
from motcua.intake.models import Submission
from motcua.payments.accounts.actions import NewAccount, found_account
from motcua.payments.models import BankLine, CollectingAccount, LineWay, PaymentOrder
from motcua.payments.orders.actions import NewOrder, open_for, take_cash
from motcua.payments.orders.quoting import quote_for
from motcua.payments.refunds.actions import refund_done
from motcua.payments.statements.importing import import_statement, look_at
from motcua.payments.statements.resolving import assign, refund, set_aside
from motcua.payments.statements.taking_in import TellLine, take_in
from motcua.people.models import Agency

# Invented: no bank gives out a number of zeros.
ACCOUNT: Final = NewAccount("970418", "00000000002025", "UBND PHUONG TAN THANH", "08/QĐ-UBND", OPENED)
_HEADINGS: Final = ("Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Mô tả", "Người chuyển")
CASH_ORDERS: Final = 3


def open_collecting(ward: Agency, at: datetime) -> CollectingAccount:
    """The account that fees go to, so that a pay page shows its QR code."""
    return found_account(ACCOUNT, agency_id=ward.pk, by=MACHINE, at=at)


def collect_at_counter(ward: Agency, past: Past) -> None:
    """The last that came to the counter for copies paid there in cash, each with a receipt."""
    came = Dossier.objects.filter(agency=ward, channel="counter", version__procedure__national_code=EXTRACT)
    for place, dossier in enumerate(reversed(came.order_by("-received_at", "id")[:CASH_ORDERS])):
        at = past.after(dossier.received_at, 4)
        by = acting("tiepnhan", at)
        quote = quote_for(
            version_by_id(dossier.version_id), agency_id=ward.pk, channel=dossier.channel, on=at.date(),
            counts={"copy": 1 + place},
        )  # fmt: skip
        new = NewOrder(
            dossier.submission_id, ward.pk, dossier.version_id, dossier.channel, dossier.applicant_name, quote
        )
        order = open_for(new, by=by.actor, at=at, official_id=by.id)
        if order is not None:
            take_cash(order.pk, amount=order.amount, by=by, at=past.after(at, 3))


def move_money(account: CollectingAccount, sent: Sent, past: Past) -> None:
    """What the bank told: a statement that the desk imported, then lines one by one; some stand in the queues."""
    first, listed, short, twice, over, _unpaid = map(_order_of, sent.guests)
    own, helped = _order_of(sent.copy), _order_of(sent.helped)
    for order, minutes, number in ((own, 35, "FT26001"), (first, 12, "FT26002")):
        _tell(account, past, _line(order, order.amount, past.after(order.opened_at, minutes), number))
    _import(account, past.ago(DAY + 64), (
        _line(listed, listed.amount, past.after(listed.opened_at, 30), "FT26003"),
        TellLine(1372, past.ago(2 * DAY + 13), "Tra lai tien gui khong ky han", "FT26004"),
        TellLine(50000, past.ago(2 * DAY - 30), "Nop tien dien, chuyen nham", "FT26005", "HO VAN LAM"),
        _line(short, short.amount - 8000, past.after(short.opened_at, 240), "FT26010"),
    ))  # fmt: skip
    _tell(account, past, _line(twice, twice.amount, past.after(twice.opened_at, 9), "FT26006"))
    _tell(account, past, _line(twice, twice.amount, past.after(twice.opened_at, 16), "FT26007"))
    _tell(account, past, TellLine(8000, past.ago(153), "nop le phi ban sao khai sinh", "FT26008", "VO THI NGA"))
    _tell(account, past, _line(over, 20000, past.after(over.opened_at, 20), "FT26009"))
    _decide(over, past)
    at = past.after(helped.opened_at, 45)
    take_cash(helped.pk, amount=helped.outstanding, by=acting("tiepnhan", at), at=at)


def _decide(over: PaymentOrder, past: Past) -> None:
    """The desk gives back what was sent by mistake, sets the interest aside and books what was too much."""
    at = past.ago(DAY + 8)
    by = acting("tiepnhan", at)
    mistaken = refund(_kept("FT26005").pk, reason="Chuyển nhầm tài khoản, không phải phí hồ sơ.", by=by, at=at)
    refund_done(mistaken.pk, evidence="UNC 31/2026", by=by, at=past.after(at, 120))
    set_aside(_kept("FT26004").pk, reason="Lãi tiền gửi của tài khoản.", by=by, at=past.after(at, 5))
    later = past.ago(203)
    assign(_kept("FT26009").pk, order_id=over.pk, by=acting("tiepnhan", later), at=later)


def _order_of(filing: Submission) -> PaymentOrder:
    return PaymentOrder.objects.get(submission_id=filing.pk)


def _line(order: PaymentOrder, amount: int, at: datetime, number: str) -> TellLine:
    words = f"{order.reference} chuyen tien nop phi"
    return TellLine(amount, at.replace(second=0, microsecond=0), words, number, _as_banks_write(order.payer_name))


def _as_banks_write(name: str) -> str:
    """In capitals without marks."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).upper()


def _kept(number: str) -> BankLine:
    return BankLine.objects.get(number=number)


def _tell(account: CollectingAccount, past: Past, line: TellLine) -> None:
    """The bank tells of a line some seconds after it is booked."""
    at = min(line.booked_at + timedelta(seconds=70), past.now)
    take_in(account, (line,), way=LineWay.WEBHOOK, at=at)


def _import(account: CollectingAccount, at: datetime, lines: Sequence[TellLine]) -> None:
    """As a sheet of the bank, looked at first and then imported."""
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow(_HEADINGS)
    for line in lines:
        day = f"{localtime(line.booked_at):%d/%m/%Y %H:%M:%S}"
        rows.writerow((day, line.number, "", f"{line.amount:,}", line.description, line.payer))
    by = acting("tiepnhan", at)
    seen = look_at(sheet.getvalue().encode("utf-8-sig"), account=account, by=by, at=at)
    import_statement(seen.pk, by=by, at=at + timedelta(minutes=2))
