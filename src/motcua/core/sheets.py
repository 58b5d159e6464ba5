"""A sheet's bytes, CSV or XLSX, opened into rows of cells: no more of them than any honest sheet has.

Whoever made the sheet is a stranger: it may be cut off, unpack to a thousand times its size, or claim sixteen thousand
columns. Each is refused before it costs memory or minutes; whoever asked for the sheet words the refusal.
"""

import csv
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum, auto
from struct import error as StructError
from typing import Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

BIGGEST: Final = 5 * 1024 * 1024
UNPACKED: Final = 30 * 1024 * 1024
MOST_TAGS: Final = 3_000_000
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 64
HEADING_WITHIN: Final = 40
LAST_ROW: Final = 1_048_576
# Windows' Vietnamese code page and UTF-16 are what older programs still write.
ENCODINGS: Final = ("utf-8-sig", "utf-16", "cp1258")
DELIMITERS: Final = ",;\t|"
_ZIP: Final = b"PK\x03\x04"
# No spreadsheet is packed in another way; other ways fail in their own ways, or ask for memory as they please.
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BITE: Final = 1024 * 1024
# All that the readers of ZIP, XML (a SyntaxError, whichever of them reads) and spreadsheets raise over bytes that are
# not what they claim to be.
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, SyntaxError, InvalidFileException, StructError, ValueError, ArithmeticError,
    LookupError, TypeError, AttributeError, OSError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
Row = tuple[int, Sequence[object]]


class Fault(Enum):
    """What is wrong with the bytes as a whole."""

    TOO_BIG = auto()
    TOO_MANY_ROWS = auto()
    BROKEN_CSV = auto()
    NO_SHEET = auto()
    BROKEN_XLSX = auto()
    UNPACKS_TOO_BIG = auto()


class SheetFault(ValueError):
    """The bytes are no sheet that could be read; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.name)
        self.fault = fault


def open_rows(content: bytes, *, delimiters: str = DELIMITERS) -> tuple[str, list[Row]]:
    """ "xlsx" or "csv", and the rows of the (first) sheet. Raises `SheetFault`.

    Of `delimiters` the one that stands most often in the first lines of a CSV is taken to part its cells.
    """
    if len(content) > BIGGEST:
        raise SheetFault(Fault.TOO_BIG)
    if content.startswith(_ZIP):
        return "xlsx", _xlsx_rows(content)
    return "csv", _csv_rows(content, delimiters)


def text_of(cell: object) -> str:
    """A cell as a person reads it: a day as a day, a whole number without a point; composed, and all of it visible."""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    whole = unicodedata.normalize("NFC", "" if cell is None else str(cell))
    return " ".join("".join(sign for sign in whole if sign.isprintable() or sign.isspace()).split())


def _bounded(rows: Iterable[Sequence[object]]) -> list[Row]:
    """The rows that say anything, each with its number in the sheet."""
    kept: list[Row] = []
    for number, row in enumerate(rows, 1):
        cells = row[:MOST_COLUMNS]
        if all(cell is None or cell == "" for cell in cells):
            continue
        if len(kept) == MOST_ROWS:
            raise SheetFault(Fault.TOO_MANY_ROWS)
        kept.append((number, cells))
    return kept


def _csv_rows(content: bytes, delimiters: str) -> list[Row]:
    text = _decoded(content)
    head = "\n".join(text.splitlines()[:HEADING_WITHIN])
    delimiter = max(delimiters, key=head.count)
    try:
        return _bounded(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise SheetFault(Fault.BROKEN_CSV) from error


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
    raise SheetFault(Fault.NO_SHEET)


def _xlsx_rows(content: bytes) -> list[Row]:
    """The cells of the first sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _require_small(packed)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        # The size that a sheet claims is often wrong, and sometimes a trap: ours holds.
        cells = book.worksheets[0].iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True)
        return _bounded(cells)
    except SheetFault:
        raise
    except _BROKEN as error:
        raise SheetFault(Fault.BROKEN_XLSX) from error


def _require_small(packed: zipfile.ZipFile) -> None:
    """Raises `SheetFault` for what unpacks to more than any honest sheet; nothing is kept of it meanwhile."""
    size = tags = 0
    for part in packed.infolist():
        if part.compress_type not in _PACKED:
            raise SheetFault(Fault.BROKEN_XLSX)
        with packed.open(part) as opened:
            while bite := opened.read(_BITE):
                size, tags = size + len(bite), tags + bite.count(b"<")
                if size > UNPACKED or tags > MOST_TAGS:
                    raise SheetFault(Fault.UNPACKS_TOO_BIG)
