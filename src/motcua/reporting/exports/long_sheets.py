"""A list of any length as XLSX, sent while it is read.

A workbook's library writes its ZIP when the last row is known. So it makes the workbook with one row as a model, and
the rows are put in its place as they come: what the reader gets is that workbook with all its rows.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape

from django.utils.timezone import localtime
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from motcua.reporting.exports.sheets import MOST_LETTERS, begun, first_row, headed, noted
from motcua.reporting.exports.value import Line, Report, Role, Section, value_of
from motcua.reporting.opendata.writing import pieces
from motcua.reporting.pack.zipping import Outbox
from motcua.worktime.rules import VIETNAM

SHEET: Final = "xl/worksheets/sheet1.xml"
_DAY_NOUGHT: Final = datetime(1899, 12, 30, tzinfo=VIETNAM)
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DIMENSION: Final = re.compile(r"<dimension [^>]*/>")


def workbook_pieces(report: Report) -> Iterator[bytes]:
    """The workbook piece by piece, its first bytes before the first row is read. One section only."""
    (section,) = report.sections
    whole = zipfile.ZipFile(io.BytesIO(_model(report, section)))
    outbox = Outbox()
    # Excel does not read entries of unknown length in the format for more than 4 GB, so none is forced into it.
    target = zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED, compresslevel=3)  # type: ignore[call-overload]
    for name in whole.namelist():
        if name != SHEET:
            target.writestr(name, whole.read(name))
    yield outbox.take()
    row = first_row(section)
    before, styles, after = _cut(whole.read(SHEET).decode(), row + 1)
    columns = [xl_col_to_name(place) for place in range(len(section.columns))]
    with target.open(SHEET, "w") as entry:
        entry.write(before.encode())
        for some in pieces((line,) for line in section.lines):
            rows = []
            for (line,) in some:
                row += 1
                rows.append(_row(line, row, columns, styles))
            entry.write("".join(rows).encode())
            yield outbox.take()
        entry.write(after.encode())
    target.close()
    yield outbox.take()


def _model(report: Report, section: Section) -> bytes:
    """The workbook with one empty row, whose cells look as those of the list shall look."""
    out = io.BytesIO()
    book = begun(out, "")
    names: set[str] = set()
    sheet = headed(book, report, section, names)
    for place, column in enumerate(section.columns):
        sheet.write_blank(first_row(section), place, None, book.looks(column.shape, Role.ROW))
    noted(book, report, names)
    book.workbook.close()
    return out.getvalue()


def _cut(sheet: str, number: int) -> tuple[str, list[str], str]:
    """What stands before the model row, the looks of its cells, and what stands after it."""
    before, mark, rest = _DIMENSION.sub("", sheet).partition(f'<row r="{number}"')
    model, end, after = rest.partition("</row>")
    if not (mark and end):
        raise ValueError(f"no row {number} in the model sheet")
    return before, re.findall(r' s="(\d+)"', model), after


def _row(line: Line, number: int, columns: Sequence[str], styles: Sequence[str]) -> str:
    cells = []
    for name, style, cell in zip(columns, styles, line.cells, strict=True):
        value = value_of(cell)
        if value is None:
            continue
        at = f'<c r="{name}{number}" s="{style}"'
        if isinstance(value, str):
            text = escape(_FORBIDDEN.sub("", value[:MOST_LETTERS]))
            cells.append(f'{at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')
        else:
            cells.append(f"{at}><v>{_number(value)}</v></c>")
    return f'<row r="{number}">{"".join(cells)}</row>'


def _number(value: int | Decimal | datetime) -> str:
    if isinstance(value, datetime):
        since = localtime(value, VIETNAM) - _DAY_NOUGHT  # of one zone: as the clock on the wall shows
        return f"{since.days + since.seconds / 86_400:.10f}"
    return str(value)
