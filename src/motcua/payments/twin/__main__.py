"""`python -m motcua.payments.twin PORT OFFICE`: the demo bank, on this machine only.

The secret it signs with comes from MOTCUA_BANK_SECRET.
"""

import os
import re
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qs, urlsplit

from motcua.payments.twin.bank import TwinBank, as_csv, as_xlsx
from motcua.payments.twin.pages import ask_page, dong, look_page, made_page
from motcua.payments.vietqr import BrokenQr, Transfer, payload, read_payload

GLANCE: Final = 2.0
LONGEST: Final = 10_000
_STATEMENT: Final = re.compile(r"/statement/([0-9]{6})/([0-9A-Za-z]{1,19})\.(csv|xlsx)")
_SHEETS: Final = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_BAD_QR: Final = "Đây không phải nội dung mã QR chuyển tiền, hoặc bị chép thiếu. Chép lại cả dòng bắt đầu bằng 000201."
_BAD_FACTS: Final = "Số tài khoản gồm chữ và số không dấu; số tiền là số đồng nguyên, ví dụ 8.000; nội dung không dấu."


class Page(BaseHTTPRequestHandler):
    """The bank's pages."""

    server: "BankServer"

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if found := _STATEMENT.fullmatch(asked.path):
            write, kind = _SHEETS[found[3]]
            self._send(
                write(self.server.bank.statement_rows(found[1], found[2])), kind, name=f"sao-ke-{found[2]}.{found[3]}"
            )
        elif asked.path.startswith("/made/") and (one := self.server.bank.one(asked.path.removeprefix("/made/"))):
            self._show(made_page(one))
        elif asked.path == "/":
            self._show(self._ask(_said(asked.query)))
        else:
            self._show(self._ask({}), HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        size = min(int(self.headers.get("Content-Length") or 0), LONGEST)
        said = _said(self.rfile.read(size).decode("utf-8", "replace"))
        if self.path == "/tell" and self.server.bank.one(said.get("number", "")):
            self._go(self.server.bank.tell(said["number"]).number)
        elif self.path == "/transfer":
            self._transfer(said)
        else:
            self._look(said)

    def _ask(self, said: dict[str, str], *, fault: str = "") -> str:
        return ask_page(self.server.bank.booked(), self.server.bank.accounts(), said, fault=fault)

    def _look(self, said: dict[str, str]) -> None:
        """What was scanned or typed, before the press."""
        by_qr = "qr" in said
        try:
            to = read_payload(said["qr"]) if by_qr else _typed(said)
        except (BrokenQr, ValueError):
            again = self._ask(said, fault=_BAD_QR if by_qr else _BAD_FACTS)
            self._show(again, HTTPStatus.UNPROCESSABLE_ENTITY)
        else:
            self._show(look_page(to, amount=dong(to.amount) if to.amount else "", words=to.purpose))

    def _transfer(self, said: dict[str, str]) -> None:
        try:
            made = self.server.bank.pay(_typed(said), slip=said.get("slip", ""))
        except ValueError:
            to = Transfer(said.get("bank", ""), said.get("number", ""))
            again = look_page(
                to, amount=said.get("amount", ""), words=said.get("words", ""), slip=said.get("slip", ""),
                fault=_BAD_FACTS,
            )  # fmt: skip
            self._show(again, HTTPStatus.UNPROCESSABLE_ENTITY)
        else:
            self._go(made.number)

    def _go(self, number: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", f"/made/{number}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _show(self, page: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(page.encode(), "text/html; charset=utf-8", status=status)

    def _send(self, body: bytes, kind: str, *, status: HTTPStatus = HTTPStatus.OK, name: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if name:
            self.send_header("Content-Disposition", f'attachment; filename="{name}"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the demo's terminal belongs to the office."""


class BankServer(ThreadingHTTPServer):
    """The bank behind its pages, on this machine only; port 0 takes a free one."""

    def __init__(self, port: int, bank: TwinBank) -> None:
        super().__init__(("127.0.0.1", port), Page)
        self.bank = bank


def _said(text: str) -> dict[str, str]:
    return {name: values[0].strip() for name, values in parse_qs(text).items()}


def _typed(said: dict[str, str]) -> Transfer:
    """A transfer by plain facts, as sound as one by QR. Raises ValueError."""
    sum_typed = re.fullmatch(r"[0-9]{1,3}(?:[., ]?[0-9]{3})*|[0-9]+", said.get("amount", ""))
    if sum_typed is None:
        raise ValueError("amount")
    to = Transfer(
        bank=said.get("bank", ""), number=said.get("number", ""), amount=int(re.sub(r"\D", "", sum_typed[0])),
        purpose=said.get("words", ""),
    )  # fmt: skip
    payload(to)  # refuses what no bank could carry
    return to


def main(port: int, office: str) -> None:
    """Serve until the parent ends, or a signal comes."""
    parent, over = os.getppid(), threading.Event()
    bank = TwinBank(office.rstrip("/"), os.environ["MOTCUA_BANK_SECRET"])
    threading.Thread(target=BankServer(port, bank).serve_forever, daemon=True).start()
    while os.getppid() == parent:
        over.wait(GLANCE)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
