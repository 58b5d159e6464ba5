"""A bank's sheet, opened, read into lines of money in; what cannot be read is said by row and column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import Final

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from motcua.payments.statements.layouts import Layout
from motcua.payments.statements.opening import HEADING_WITHIN, Row, open_rows
from motcua.payments.statements.refusals import StatementRefused
from motcua.payments.statements.taking_in import TellLine

MOST_DONG: Final = 10**12
LONGEST_CELL: Final = 2_000
_NO_PARTS: Final = ("", "0", "00")
YEARS: Final = range(2000, 2101)
"""A day outside is a slip, or a trap for arithmetic with dates."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says: money in, line by line, and how many lines were money out."""

    layout: Layout
    lines: tuple[TellLine, ...]
    outgoing: int


def read_sheet(content: bytes, layouts: Sequence[Layout]) -> Sheet:
    """The lines of a statement, by the first layout whose headings stand in it.

    Raises `StatementRefused` for what is too large, no sheet, without known headings, or has a row that cannot be
    read: then nothing of it is used.
    """
    kind, rows = open_rows(content)
    for layout in layouts:
        if kind not in layout.kinds:
            continue
        for place, (_number, row) in enumerate(rows[:HEADING_WITHIN]):
            if columns := layout.columns_in(row):
                return _sheet(layout, columns, rows[place + 1 :])
    raise StatementRefused(
        _("Không thấy hàng tiêu đề của mẫu sao kê nào đã khai. Ông/bà xem đúng tệp sao kê chưa, hoặc khai thêm mẫu.")
    )


def _sheet(layout: Layout, columns: dict[str, int], rows: Sequence[Row]) -> Sheet:
    lines: list[TellLine] = []
    outgoing = 0
    for number, row in rows:
        cell = {what: row[place] if place < len(row) else None for what, place in columns.items()}
        if not re.search(r"\d", str(cell.get("booked_at"))) or all(
            _is_blank(cell.get(one)) for one in ("credit", "debit", "amount")
        ):
            continue  # totals and notes under the lines
        incoming = _incoming(layout, cell, number)
        if incoming <= 0:
            outgoing += 1
            continue
        lines.append(
            TellLine(
                amount=incoming, booked_at=_moment(layout, cell["booked_at"], number),
                description=_text(cell.get("description"), 500), number=_text(cell.get("number"), 64),
                payer=_text(cell.get("payer"), 200),
            )
        )  # fmt: skip
    return Sheet(layout, tuple(lines), outgoing)


def _incoming(layout: Layout, cell: dict[str, object], number: int) -> int:
    """Money in of a row in đồng; 0 or less is money out."""
    if "amount" in cell:
        return _sum(layout, cell["amount"], number)
    credit = cell.get("credit")
    return 0 if _is_blank(credit) else _sum(layout, credit, number)


def _sum(layout: Layout, value: object, number: int) -> int:
    """A sum as the sheet writes it, in whole đồng. Raises `StatementRefused` for parts of a đồng and for no number.

    Three figures behind the sign of parts are thousands of a bank that writes otherwise: 8.000 is never 8 đồng.
    """
    if isinstance(value, bool):
        raise _bad_sum(number, value)
    if isinstance(value, int | float):
        if not isfinite(value) or value != int(value) or abs(value) > MOST_DONG:
            raise _bad_sum(number, value)
        return int(value)
    text = re.sub(r"(?i)[\s\u00a0]|vnd|vn\u0111|\u0111", "", str(value)[:LONGEST_CELL])
    whole, _point, part = text.partition(layout.decimal)
    digits = whole.lstrip("+-")
    grouped = digits.split(layout.thousands)
    sound = digits.isascii() and (digits.isdigit() or _is_grouped(grouped)) and part in _NO_PARTS
    if not sound or len(digits) > 20:
        raise _bad_sum(number, value)
    amount = int("".join(grouped))
    if amount > MOST_DONG:
        raise _bad_sum(number, value)
    return -amount if whole.startswith("-") else amount


def _is_grouped(parts: Sequence[str]) -> bool:
    """1,234,567 and nothing else: groups of three after the first."""
    return (
        all(part.isdigit() for part in parts) and 1 <= len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    )


def _moment(layout: Layout, value: object, number: int) -> datetime:
    moment = _moment_of(layout, value)
    if moment is None or moment.year not in YEARS:
        raise StatementRefused(
            _("Hàng %(row)d: không đọc được ngày “%(value)s”. Không dòng nào được nhập.")
            % {"row": number, "value": _text(value, 40)}
        )
    return moment


def _moment_of(layout: Layout, value: object) -> datetime | None:
    """The moment of a cell as its layout writes days; None for what is none."""
    zone = get_default_timezone()
    if isinstance(value, datetime):
        return value.replace(tzinfo=zone)  # a spreadsheet's moments have no zone
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    text = _text(value, LONGEST_CELL)
    for shape in layout.days:
        try:
            return datetime.strptime(text, shape).replace(tzinfo=zone)
        except ValueError:
            continue
    return None


def _bad_sum(number: int, value: object) -> StatementRefused:
    return StatementRefused(
        _("Hàng %(row)d: không đọc được số tiền “%(value)s” theo mẫu này. Không dòng nào được nhập.")
        % {"row": number, "value": str(value)[:40]}
    )


def _is_blank(value: object) -> bool:
    return value is None or not str(value).strip()


def _text(value: object, most: int) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a number of the bank that the spreadsheet took for a sum
    return " ".join(str(value if value is not None else "")[:LONGEST_CELL].replace("\x00", "").split())[:most]
