"""A report as an XLSX workbook: one sheet for each table, the notes on the last."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.reporting.exports.value import Cell, Column, Line, Report, Role, Section, Shape, value_of
from motcua.reporting.rules.figures import Figure

NUMBERS: Final[Mapping[Shape, str]] = {
    Shape.TEXT: "General", Shape.COUNT: "#,##0", Shape.DECIMAL: "0.00", Shape.PERCENT: "0.00", Shape.MINUTES: "#,##0",
    Shape.MOMENT: "dd/mm/yyyy hh:mm",
}  # fmt: skip
MOST_LETTERS: Final = 32_767
_ABOVE = 2
"""Title and period stand over the heads."""
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook under way, with its looks by shape and role, and the address before its links."""

    workbook: Any
    looks: Callable[[Shape, Role], Any]
    head: Any
    title: Any
    site: str


def workbook_of(report: Report, *, site: str) -> bytes:
    """The whole workbook. Text is written as text, whatever it begins with; `site` stands before links to lists."""
    out = io.BytesIO()
    book = begun(out, site)
    names: set[str] = set()
    for section in report.sections:
        sheet = headed(book, report, section, names)
        for row, line in enumerate(section.lines, start=first_row(section)):
            _write_line(book, sheet, row, section.columns, line)
    noted(book, report, names)
    book.workbook.close()
    return out.getvalue()


def begun(out: io.BytesIO, site: str) -> Book:
    """An empty workbook."""
    workbook = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    known: dict[tuple[Shape, Role], Any] = {}

    def looks(shape: Shape, role: Role) -> Any:
        if (shape, role) not in known:
            said: dict[str, Any] = {"num_format": NUMBERS[shape], "valign": "top", "text_wrap": shape is Shape.TEXT}
            if role in (Role.TOTAL, Role.HEADING):
                said["bold"] = True
            if role is Role.TOTAL:
                said["top"] = 1
            if role is Role.APART:
                said["italic"] = True
            known[shape, role] = workbook.add_format(said)
        return known[shape, role]

    plate = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#F1ECE4"}
    head = workbook.add_format(plate)
    return Book(workbook, looks, head, workbook.add_format({"bold": True, "font_size": 13}), site)


def headed(book: Book, report: Report, section: Section, names: set[str]) -> Any:
    """A sheet with its title, its heads and its panes frozen under them."""
    sheet = book.workbook.add_worksheet(_name(section.title or report.code or report.title, names))
    sheet.write_string(0, 0, section.title or _titled(report), book.title)
    sheet.write_string(1, 0, f"{report.agency}, {report.period_words}")
    row = first_row(section) - 1
    for place, column in enumerate(section.columns):
        sheet.set_column(place, place, column.width)
        head = f"{column.head} ({column.unit})" if column.unit else column.head
        sheet.write_string(row, place, head, book.head)
    for group, first, last in groups_of(section.columns):
        if first == last:
            sheet.write_string(row - 1, first, group, book.head)
        else:
            sheet.merge_range(row - 1, first, row - 1, last, group, book.head)
    sheet.freeze_panes(row + 1, 1)
    sheet.repeat_rows(0, row)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return sheet


def noted(book: Book, report: Report, names: set[str]) -> None:
    """The last sheet: which report this is, and what its figures mean."""
    sheet = book.workbook.add_worksheet(_name(_("Ghi chú"), names))
    sheet.set_column(0, 0, 110)
    wrapped = book.workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, _titled(report), book.title)
    for row, text in enumerate((f"{report.agency}, {report.period_words}", *report.notes), start=1):
        sheet.write_string(row, 0, text, wrapped)


def first_row(section: Section) -> int:
    """The row of the first line, counted from nought."""
    return _ABOVE + 1 + any(column.group for column in section.columns)


def groups_of(columns: Sequence[Column]) -> list[tuple[str, int, int]]:
    """The groups over the heads: name, first and last column."""
    found: list[tuple[str, int, int]] = []
    for place, column in enumerate(columns):
        if found and found[-1][0] == column.group and found[-1][2] == place - 1:
            found[-1] = (column.group, found[-1][1], place)
        elif column.group:
            found.append((column.group, place, place))
    return found


def _write_line(book: Book, sheet: Any, row: int, columns: Sequence[Column], line: Line) -> None:
    for place, (column, cell) in enumerate(zip(columns, line.cells, strict=False)):
        _write(book, sheet, (row, place), cell, book.looks(column.shape, line.role))


def _write(book: Book, sheet: Any, at: tuple[int, int], cell: Cell, look: Any) -> None:
    value = value_of(cell)
    if isinstance(cell, Figure) and cell.url and value is not None:
        sheet.write_url(*at, book.site + cell.url, look)
    if value is None:
        sheet.write_blank(*at, None, look)
    elif isinstance(value, str):
        sheet.write_string(*at, value[:MOST_LETTERS], look)
    elif isinstance(value, datetime):
        sheet.write_datetime(*at, localtime(value).replace(tzinfo=None), look)
    else:
        sheet.write_number(*at, float(value) if isinstance(value, Decimal) else value, look)


def _titled(report: Report) -> str:
    return f"{report.code}: {report.title}" if report.code else report.title


def _name(title: str, names: set[str]) -> str:
    """A name of a sheet: 31 letters, none of Excel's own signs, no name twice."""
    clean = _NO_NAME.sub(" ", title).strip() or "1"
    name, number = clean[:31], 1
    while name.casefold() in names:
        number += 1
        name = f"{clean[:27]} {number}"
    names.add(name.casefold())
    return name
