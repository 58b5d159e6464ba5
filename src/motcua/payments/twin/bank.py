"""The demo bank: transfers kept in memory, told to the office as a real bank would, given out as a statement."""

import csv
import io
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Final
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from motcua.core.signed_calls import signature
from motcua.payments.vietqr import Transfer

HANOI: Final = ZoneInfo("Asia/Ho_Chi_Minh")
PATIENCE: Final = 10
MOST: Final = 1_000
PAYER: Final = "NGUYEN THI LAN"
_HEADINGS: Final = ("Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Mô tả", "Người chuyển")


class Answer(StrEnum):
    """What the office made of a telling."""

    TAKEN = "taken"
    KNOWN = "known"
    REFUSED = "refused"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Booked:
    """A transfer the bank made; `slip` is the payer's press, `answer` what the office made of the last telling."""

    number: str
    slip: str
    at: datetime
    to: Transfer
    amount: int
    words: str
    payer: str
    answer: Answer = Answer.SILENT
    tellings: int = 0


@dataclass(slots=True)
class TwinBank:
    """The bank: `office` is where it tells, under `secret`."""

    office: str
    secret: str
    _booked: dict[str, Booked] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def booked(self) -> list[Booked]:
        """Every transfer in the order it was made."""
        with self._lock:
            return list(self._booked.values())

    def one(self, number: str) -> Booked | None:
        """The transfer with this number."""
        with self._lock:
            return self._booked.get(number)

    def pay(
        self, to: Transfer, *, slip: str, amount: int | None = None, words: str | None = None, payer: str = PAYER
    ) -> Booked:
        """Make a transfer as the QR asks, or with another sum or other words, and tell the office at once.

        One slip is one transfer, however often it is pressed. Raises ValueError without an amount, or when the bank's
        book is full.
        """
        paid = amount if amount is not None else to.amount
        if not paid or paid < 1:
            raise ValueError("no amount")
        with self._lock:
            for before in self._booked.values():
                if slip and before.slip == slip:
                    return before
            place = len(self._booked) + 1
            if place > MOST:
                raise ValueError("the book is full")
            number = f"FT{int(time.time() * 1000)}{place:04d}"
            said = f"MBVCB.{place}.{to.purpose if words is None else words}.CT tu 0123456789"
            self._booked[number] = Booked(number, slip, datetime.now(HANOI), to, paid, said, payer)
        return self.tell(number)

    def tell(self, number: str) -> Booked:
        """Tell the office of a transfer, for the first time or again. Raises KeyError for a number nobody has."""
        answer = self._ask(self._booked[number])
        with self._lock:
            now = self._booked[number]
            self._booked[number] = replace(now, answer=answer, tellings=now.tellings + 1)
            return self._booked[number]

    def _ask(self, one: Booked) -> Answer:
        body = json.dumps(message(one)).encode()
        stamp = str(int(time.time()))
        call = urllib.request.Request(  # noqa: S310 (the address is the office's, given at the start)
            f"{self.office}/bank/transfers/", data=body, method="POST",
            headers={"Content-Type": "application/json", "X-Motcua-Timestamp": stamp,
                     "X-Motcua-Signature": signature(self.secret, stamp, body)},
        )  # fmt: skip
        try:
            with urllib.request.urlopen(call, timeout=PATIENCE) as answer:  # noqa: S310 (as above)
                return Answer.TAKEN if json.load(answer)["added"] else Answer.KNOWN
        except urllib.error.HTTPError as refused:
            busy = refused.code >= HTTPStatus.INTERNAL_SERVER_ERROR
            return Answer.SILENT if busy else Answer.REFUSED
        except (OSError, ValueError):
            return Answer.SILENT

    def accounts(self) -> list[tuple[str, str]]:
        """Bank and number of every account that money went to."""
        return list(dict.fromkeys((one.to.bank, one.to.number) for one in self.booked()))

    def statement_rows(self, bank: str, number: str) -> list[Sequence[object]]:
        """The statement of one account, its headings first: the moment as a bank writes it, the sum as a number."""
        came = [one for one in self.booked() if (one.to.bank, one.to.number) == (bank, number)]
        return [
            _HEADINGS,
            *((f"{one.at:%d/%m/%Y %H:%M:%S}", one.number, "", one.amount, one.words, one.payer) for one in came),
        ]


def as_csv(rows: Sequence[Sequence[object]]) -> bytes:
    """A statement as text, sums in groups of three."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerows([[f"{cell:,}" if isinstance(cell, int) else cell for cell in row] for row in rows])
    return sheet.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    """A statement as a spreadsheet."""
    book, target = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("Sao kê")
    for row in rows:
        sheet.append(row)
    book.save(target)
    return target.getvalue()


def message(one: Booked) -> dict[str, Any]:
    """A transfer as the office is told of it."""
    return {
        "bank": one.to.bank, "account": one.to.number,
        "transactions": [
            {"number": one.number, "amount": one.amount, "booked_at": one.at.isoformat(), "description": one.words,
             "payer": one.payer},
        ],
    }  # fmt: skip
