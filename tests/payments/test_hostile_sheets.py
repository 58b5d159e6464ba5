"""Sheets that somebody broke, on purpose or not: read for what they say, or refused in a sentence, in no time."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from motcua.payments.statements.layouts import layouts
from motcua.payments.statements.opening import MOST_ROWS
from motcua.payments.statements.reading import Sheet, read_sheet
from motcua.payments.statements.refusals import StatementRefused

HEAD = ["Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Mô tả"]
ROW = ["23/11/2026", "F1", None, 8000, "MC6GVCQA2Y5V"]
SHEET = "xl/worksheets/sheet1.xml"
SECONDS = 20


def read(content: bytes) -> Sheet:
    started = time.process_time()
    try:
        return read_sheet(content, layouts())
    finally:
        assert time.process_time() - started < SECONDS


def book(*rows: list[object], far: dict[str, object] | None = None) -> bytes:
    made, target = Workbook(), io.BytesIO()
    for row in (HEAD, *rows):
        made.active.append(row)
    for place, value in (far or {}).items():
        made.active[place] = value
    made.save(target)
    return target.getvalue()


def spoilt(part: str, change: Callable[[bytes], bytes], content: bytes | None = None) -> bytes:
    """The same book with one of its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content or book(ROW))) as whole, zipfile.ZipFile(target, "w", 8) as again:
        for name in whole.namelist():
            again.writestr(name, change(whole.read(name)) if name == part else whole.read(name))
    return target.getvalue()


def with_dimension(size: bytes, content: bytes | None = None) -> bytes:
    content = content or book(ROW)
    claimed = load_workbook(io.BytesIO(content)).active.calculate_dimension().encode()
    return spoilt(SHEET, lambda xml: xml.replace(b'ref="' + claimed + b'"', b'ref="' + size + b'"', 1), content)


@pytest.mark.parametrize(
    "content",
    [
        book(ROW, far={"XFD2": "far away"}), book(ROW, far={"A1048576": "the last row"}),
        book(ROW, far={f"XFD{row}": 1 for row in range(3, 3000)}),
        with_dimension(b"A1:XFD1048576"), with_dimension(b"A1:A1"), with_dimension(b"XFD1048576"),
    ],
    ids=["far column", "last row", "many far cells", "huge dimension", "dimension too small", "dimension of one"],
)  # fmt: skip
def test_how_large_a_sheet_claims_to_be_does_not_matter(content: bytes):
    assert [line.amount for line in read(content).lines] == [8000]


def test_a_row_keeps_its_number_in_the_sheet():
    with pytest.raises(StatementRefused, match="Hàng 900"):
        read(book(ROW, far={"A900": "23/11/2026", "D900": "tám nghìn"}))


def test_as_many_rows_as_a_statement_may_have_and_one_more():
    assert len(read(book(*([ROW] * (MOST_ROWS - 1)))).lines) == MOST_ROWS - 1
    with pytest.raises(StatementRefused, match=r"20\.000 dòng"):
        read(book(*([ROW] * MOST_ROWS)))


def laughing(xml: bytes) -> bytes:
    """Entities of entities, ten times each."""
    nested = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
    return b'<!DOCTYPE a [<!ENTITY a "haha">' + nested + b"]><worksheet>&i;</worksheet>"


BROKEN: dict[str, Callable[[], bytes]] = {
    "cut off": lambda: book(ROW)[:3000],
    "half a tag": lambda: spoilt(SHEET, lambda xml: xml[: len(xml) // 2]),
    "no XML": lambda: spoilt(SHEET, lambda xml: b"\x00\x01\x02"),
    "no book": lambda: spoilt("xl/workbook.xml", lambda xml: b"<oops"),
    "styles cut off": lambda: spoilt("xl/styles.xml", lambda xml: xml[:-40]),
    "no such cell": lambda: spoilt(SHEET, lambda xml: xml.replace(b'r="A2"', b'r="??"')),
    "no such string": lambda: spoilt(SHEET, lambda xml: xml.replace(b'<c r="D2" t="n"', b'<c r="D2" t="s"')),
    "no sheets": lambda: spoilt("xl/workbook.xml", lambda xml: re.sub(rb"<sheet [^>]*/>", b"", xml)),
    "entities": lambda: spoilt(SHEET, laughing),
    "text inside": lambda: zipped({"a.txt": b"hello"}),
    "nothing inside": lambda: b"PK\x03\x04" + zipped({}),
    "a bomb": lambda: zipped({SHEET: b"0" * 200_000_000}),
    "many tags": lambda: spoilt(SHEET, lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b"<c/>" * 4_000_000)),
    "encrypted": lambda: encrypted(book(ROW)),
    "packed another way": lambda: packed_as(zipfile.ZIP_LZMA),
    "spoilt in the middle": lambda: spoilt_bytes(packed_as(zipfile.ZIP_LZMA)),
}  # fmt: skip


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return target.getvalue()


def packed_as(method: int) -> bytes:
    """The same book, packed as no spreadsheet packs."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(ROW))) as whole, zipfile.ZipFile(target, "w", method) as again:
        for name in whole.namelist():
            again.writestr(name, whole.read(name))
    return target.getvalue()


def spoilt_bytes(content: bytes) -> bytes:
    """The packed bytes of the first part changed, its name and length left as they are."""
    begin = content.index(b"xl/") if content.find(b"xl/") < 60 else 30 + content[26]
    return content[: begin + 40] + bytes(255 - one for one in content[begin + 40 : begin + 60]) + content[begin + 60 :]


def encrypted(content: bytes) -> bytes:
    """Every part is flagged as encrypted."""
    changed = bytearray(content)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            changed[place + flags] |= 1
            place = content.find(mark, place + 4)
    return bytes(changed)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_book_is_refused_in_a_sentence(name: str):
    content = BROKEN[name]()
    with pytest.raises(StatementRefused, match="Ông/bà"):
        read(content)


@pytest.mark.parametrize(
    "value", [float("inf"), float("-inf"), float("nan"), 1e308, -1e308, "1e308", "inf", "nan", "#REF!", "=1+1", 10**30]
)
def test_a_sum_that_is_no_number_is_refused_by_row(value: object):
    text = str(value)
    marked = spoilt(SHEET, lambda xml: xml.replace(b"<v>8000</v>", f"<v>{text}</v>".encode()))
    for content in (marked, f"{';'.join(HEAD)}\n23/11/2026;F1;;{text};x\n".encode()):
        with pytest.raises(StatementRefused):
            read(content)


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999", "00/00/0000", "23/11/26", date(9999, 12, 31), Decimal(7)])
def test_a_day_that_cannot_be_is_refused_by_row(day: object):
    with pytest.raises(StatementRefused, match="Hàng 2"):
        read(book([day, *ROW[1:]]))


@pytest.mark.parametrize(
    "text",
    [";" * 4_000_000, "\n" * 4_000_000, ("x" * 100_000 + ";") * 40, '"' + "\n" * 3_000_000, "a\rb\rc;" * 100_000],
    ids=["columns", "lines", "long cells", "an open quote", "carriage returns"],
)
def test_text_that_is_all_of_one_thing_is_no_statement(text: str):
    with pytest.raises(StatementRefused):
        read(text.encode())
    head = ";".join(HEAD)
    assert len(read(f"{head}\n23/11/2026;F1;;8,000;x{';' * 1_000_000}\n".encode()).lines) == 1
