"""A sheet's bytes, CSV or XLSX, opened into rows of cells: no more of them than any statement has.

Whoever made the sheet is a stranger: it may be cut off, unpack to a thousand times its size, or claim sixteen thousand
columns. Each is refused in a sentence before it costs memory or minutes.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from struct import error as StructError
from typing import Final
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from motcua.payments.statements.refusals import StatementRefused

BIGGEST: Final = 5 * 1024 * 1024
UNPACKED: Final = 30 * 1024 * 1024
MOST_TAGS: Final = 3_000_000
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 64
HEADING_WITHIN: Final = 40
LAST_ROW: Final = 1_048_576
# Windows' Vietnamese code page and UTF-16 are what older bank pages and spreadsheets still write.
ENCODINGS: Final = ("utf-8-sig", "utf-16", "cp1258")
DELIMITERS: Final = ",;\t|"
_ZIP: Final = b"PK\x03\x04"
_BITE: Final = 1024 * 1024
# All that the readers of ZIP, XML and spreadsheets raise over bytes that are not what they claim to be.
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, StructError, ValueError, ArithmeticError,
    LookupError, TypeError, AttributeError, OSError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
Row = tuple[int, Sequence[object]]


def open_rows(content: bytes) -> tuple[str, list[Row]]:
    """ "xlsx" or "csv", and the rows of the (first) sheet. Raises `StatementRefused`."""
    if len(content) > BIGGEST:
        raise StatementRefused(_("Sao kê lớn quá, nhiều nhất 5 MB. Ông/bà tải sao kê theo từng tháng."))
    if content.startswith(_ZIP):
        return "xlsx", _xlsx_rows(content)
    return "csv", _csv_rows(content)


def _bounded(rows: Iterable[Sequence[object]]) -> list[Row]:
    """The rows that say anything, each with its number in the sheet."""
    kept: list[Row] = []
    for number, row in enumerate(rows, 1):
        cells = row[:MOST_COLUMNS]
        if all(cell is None or cell == "" for cell in cells):
            continue
        if len(kept) == MOST_ROWS:
            raise StatementRefused(_("Sao kê nhiều hơn 20.000 dòng. Ông/bà chia theo từng tháng."))
        kept.append((number, cells))
    return kept


def _csv_rows(content: bytes) -> list[Row]:
    text = _decoded(content)
    head = "\n".join(text.splitlines()[:HEADING_WITHIN])
    delimiter = max(DELIMITERS, key=head.count)
    try:
        return _bounded(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise StatementRefused(_("Tệp CSV này hỏng. Ông/bà tải lại sao kê từ trang của ngân hàng.")) from error


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise StatementRefused(_("Không đọc được tệp này: không phải CSV cũng không phải XLSX."))


def _xlsx_rows(content: bytes) -> list[Row]:
    """The cells of the first sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _require_small(packed)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        # The size that a sheet claims is often wrong, and sometimes a trap: ours holds.
        cells = book.worksheets[0].iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True)
        return _bounded(cells)
    except StatementRefused:
        raise
    except _BROKEN as error:
        raise StatementRefused(_("Tệp XLSX này hỏng. Ông/bà tải lại sao kê từ trang của ngân hàng.")) from error


def _require_small(packed: zipfile.ZipFile) -> None:
    """Raises `StatementRefused` for what unpacks to more than any statement; nothing is kept of it meanwhile."""
    size = tags = 0
    for part in packed.infolist():
        with packed.open(part) as opened:
            while bite := opened.read(_BITE):
                size, tags = size + len(bite), tags + bite.count(b"<")
                if size > UNPACKED or tags > MOST_TAGS:
                    raise StatementRefused(_("Tệp XLSX này mở ra lớn quá. Ông/bà tải sao kê theo từng tháng."))
