"""A list of any length is sent while it is read: its first bytes at once, its memory never more than a piece."""

import csv
import io
import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from motcua.reporting.exports.commas import csv_of
from motcua.reporting.exports.long_sheets import workbook_pieces
from motcua.reporting.exports.plain import json_of
from motcua.reporting.exports.value import Column, Line, Report, Section, Shape
from motcua.reporting.rules.periods import days

COLUMNS = (
    Column("code", "Mã hồ sơ"), Column("procedure", "Thủ tục"), Column("received_at", "Tiếp nhận", Shape.MOMENT),
    Column("finished_at", "Kết thúc", Shape.MOMENT), Column("counts", "Tính", Shape.COUNT),
)  # fmt: skip
WRITERS = [csv_of, json_of, workbook_pieces]
START = datetime(2026, 1, 5, 1, 30, 15, tzinfo=UTC)
ODD = '=1+1 <a & "b">\x00\x0b]]>'


def made_up(length: int, read: list[int]) -> Iterator[Line]:
    for number in range(length):
        read.append(number)
        moment = START + timedelta(minutes=number)
        done = moment + timedelta(days=2) if number % 3 else None
        words = ODD if number == 1 else "Đăng ký khai sinh"
        yield Line((f"H17.21-{number:07d}", words, moment, done, -1 if number % 7 == 6 else 1))


def made(length: int, read: list[int]) -> Report:
    section = Section("", COLUMNS, made_up(length, read))
    return Report(
        "dossiers", "Hồ sơ", "Phường Hải Châu", days(date(2026, 1, 1), date(2026, 12, 31)), "cả năm", (section,),
        length=length,
    )  # fmt: skip


@pytest.mark.parametrize("writer", WRITERS)
def test_the_first_bytes_come_before_the_first_row_is_read(writer: Callable[[Report], Iterator[bytes]]):
    read: list[int] = []
    pieces = writer(made(1_000_000, read))
    began = time.perf_counter()
    assert next(pieces)
    assert time.perf_counter() - began < 1
    assert read == []
    next(pieces)
    next(pieces)
    assert len(read) <= 1_500


@pytest.mark.parametrize("writer", WRITERS)
def test_memory_does_not_grow_with_the_list(writer: Callable[[Report], Iterator[bytes]]):
    def peak(length: int) -> int:
        tracemalloc.start()
        sent = sum(len(piece) for piece in writer(made_lean(length)))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sent > length
        return found

    peak(1_000)
    assert peak(20_000) < peak(4_000) * 1.5 + 1_000_000


def made_lean(length: int) -> Report:
    class Forgetful(list[int]):
        def append(self, number: int) -> None:
            """Nobody asks here what was read."""

    return made(length, Forgetful())


def test_the_workbook_reads_back_whole_and_exact():
    read: list[int] = []
    raw = b"".join(workbook_pieces(made(2_345, read)))
    book = load_workbook(io.BytesIO(raw))
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(rows) == 2_345
    assert sheet.freeze_panes == "B4"
    assert [cell.value for cell in sheet[3]] == [column.head for column in COLUMNS]
    assert rows[1][1] == '=1+1 <a & "b">]]>'
    assert sheet["B5"].data_type == "s"
    assert sheet["C4"].number_format == "dd/mm/yyyy hh:mm"
    for number, row in enumerate(rows):
        assert row[0] == f"H17.21-{number:07d}"
        assert row[2] == datetime(2026, 1, 5, 8, 30, 15) + timedelta(minutes=number)  # noqa: DTZ001 (a sheet has no zones)
        assert (row[3] is None) == (number % 3 == 0)
    assert sum(row[4] for row in rows) == sum(-1 if number % 7 == 6 else 1 for number in range(2_345))
    assert book.sheetnames[-1] == "Ghi chú"


def test_an_empty_list_is_a_workbook_too():
    sheet = load_workbook(io.BytesIO(b"".join(workbook_pieces(made(0, []))))).worksheets[0]
    assert sheet.max_row == 3


def test_csv_and_json_have_every_row():
    rows = list(csv.reader(io.StringIO(b"".join(csv_of(made(1_234, []))).decode("utf-8-sig"))))
    assert len(rows) == 1_235
    assert rows[2][1].startswith("'=1+1")
    assert rows[1][2] == "2026-01-05T08:30:15+07:00"
    said = json.loads(b"".join(json_of(made(1_234, []))))
    assert len(said["sections"][0]["lines"]) == 1_234
    assert said["sections"][0]["lines"][0]["cells"][2] == "2026-01-05T08:30:15+07:00"
