"""Banks' sheets are read as they come, in every layout and encoding; what cannot be read is said, not guessed."""

import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from motcua.payments.statements.layouts import layouts
from motcua.payments.statements.opening import BIGGEST
from motcua.payments.statements.reading import Sheet, read_sheet
from motcua.payments.statements.refusals import StatementRefused
from tests.cast import HANOI_TIME

COLUMNS = """SAO KÊ TÀI KHOẢN;;;;;
Số TK: 0011012345678;;;;;
Ngày giao dịch;Số tham chiếu;Ghi nợ;Ghi có;Mô tả;Người chuyển
23/11/2026 09:15:07;FT100;;8,000;NOP PHI MC6GVCQA2Y5V;NGUYEN THI LAN
23/11/2026;FT101;15,000;;Phi dich vu;
24/11/2026 10:00;FT102;;"1,234,567.00";Chuyển tiền;LE VAN A
Cộng;;15,000;1,242,567;;
"""
SIGNED = """Thời gian giao dịch,Mã giao dịch,Số tiền,Diễn giải
23-11-2026 09:15:07,A1,+8.000,nop phi
23-11-2026 09:20:00,A2,-1.000.000,chi
24-11-2026,A3,"16.000 VND",MC6GVCQA2Y5V
"""


def read(content: bytes) -> Sheet:
    return read_sheet(content, layouts())


def xlsx(rows: list[list[object]]) -> bytes:
    book, target = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_two_columns_in_every_encoding(encoding: str):
    sheet = read(COLUMNS.encode(encoding))
    assert sheet.layout.code == "two-columns"
    assert [(line.number, line.amount) for line in sheet.lines] == [("FT100", 8000), ("FT102", 1_234_567)]
    assert sheet.outgoing == 1
    assert sheet.lines[0].booked_at == datetime(2026, 11, 23, 9, 15, 7, tzinfo=HANOI_TIME)
    assert sheet.lines[1].description == "Chuyển tiền"


def test_an_old_code_page_is_read():
    text = "Transaction date,Reference,Debit,Credit,Description\n23/11/2026,F1,,8000,N\u00f4\u0323p phi\u0301\n"
    assert read(text.encode("cp1258")).lines[0].amount == 8000


def test_a_signed_column_with_points():
    sheet = read(SIGNED.encode())
    assert (sheet.layout.code, sheet.outgoing) == ("signed-amount", 1)
    assert [(line.number, line.amount) for line in sheet.lines] == [("A1", 8000), ("A3", 16_000)]


def test_a_spreadsheet_with_dates_and_numbers():
    moment = datetime(2026, 11, 23, 9, 15, tzinfo=HANOI_TIME).replace(tzinfo=None)  # as spreadsheets have it
    sheet = read(
        xlsx([
            ["Ngân hàng"], [], ["Ngày\ngiao dịch", "SỐ THAM CHIẾU", "Ghi nợ", "Ghi có", "Mô tả"],
            [moment, 123456, None, 8000.0, "MC6GVCQA2Y5V"], [moment, "F2", 5000, None, "chi"],
            [moment, "F3", None, "9,000", "x"],
        ])
    )  # fmt: skip
    assert [(line.number, line.amount) for line in sheet.lines] == [("123456", 8000), ("F3", 9000)]
    assert sheet.lines[0].booked_at == moment.replace(tzinfo=HANOI_TIME)


@pytest.mark.parametrize(
    "amount",
    ["8.000", "500.000", "8,00", "8.000,50", "1,2345", "tám nghìn", "8000.5", "-", "1e9", "9" * 30, "８０００"],
)
def test_a_sum_that_may_be_read_two_ways_is_refused(amount: str):
    row = f'23/11/2026;F1;;"{amount}";x'
    with pytest.raises(StatementRefused, match="Hàng 2"):
        read(f"Ngày giao dịch;Số tham chiếu;Ghi nợ;Ghi có;Mô tả\n{row}\n".encode())


@pytest.mark.parametrize("amount", [8000.5, True, 1e15])
def test_a_cell_that_is_no_whole_sum_is_refused(amount: object):
    head = ["Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Mô tả"]
    with pytest.raises(StatementRefused):
        read(xlsx([head, ["23/11/2026", "F1", None, amount, "x"]]))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"a,b,c\n1,2,3\n", b"%PDF-1.7", b"x" * (BIGGEST + 1),
        "Ngày giao dịch;Mô tả;Ghi có\n31/02/2026;x;8,000\n".encode(),
    ],
)  # fmt: skip
def test_what_is_no_statement_is_said(content: bytes):
    with pytest.raises(StatementRefused):
        read(content)


@pytest.mark.parametrize(("amount", "told"), [("16,00", 16), ("16,0", 16), ("16.000", 16_000), ("16.000,00", 16_000)])
def test_parts_of_a_dong_have_two_figures_at_most(amount: str, told: int):
    assert [line.amount for line in read(signed(amount)).lines] == [told]


def test_thousands_written_with_the_sign_of_parts_are_refused():
    """16,000 where the comma stands before parts of a đồng would be sixteen đồng."""
    with pytest.raises(StatementRefused, match="Hàng 2"):
        read(signed("16,000"))


def signed(amount: str) -> bytes:
    return f'Thời gian giao dịch,Mã giao dịch,Số tiền,Diễn giải\n24-11-2026,A1,"{amount}",x\n'.encode()
