"""A periodic report: its tables, its charts, its notes, and room for who drew it up and who answers for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from motcua.documents.prints.letterhead import Letterhead, head_values
from motcua.documents.prints.typesetter import typeset_pdf, typeset_png
from motcua.documents.prints.wording import legible, local, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedColumn:
    """A column: its head, the group over it (may be empty), its share of the width, whether it holds numbers."""

    head: str
    group: str
    width: int
    is_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """A line of cells as they are read; a heading fills the line."""

    role: Literal["row", "heading", "total", "apart"]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """One table; `title` may be empty."""

    title: str
    columns: tuple[PrintedColumn, ...]
    lines: tuple[PrintedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedChart:
    """A chart as SVG, its title, and the sentence that says the same."""

    title: str
    text: str
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPrint:
    """A report of an agency about a period (in words). `form_mark`: which legal form it is, empty when none.

    `about`: whose work it tells, when that is another one than it is printed by.
    """

    head: Letterhead
    form_mark: str
    title: str
    period: str
    tables: tuple[PrintedTable, ...]
    charts: tuple[PrintedChart, ...]
    notes: tuple[str, ...]
    printed_at: datetime
    about: str = ""


def render_report(report: ReportPrint) -> bytes:
    """The report as PDF/A, A4 landscape, the heads repeated on every page.

    About 1 ms a line, kept in memory while it is set: some hundred lines, not a list of everything.
    Raises ValueError when the moment has no time zone.
    """
    return typeset_pdf("report", _values(report), at=report.printed_at)


def preview_report(report: ReportPrint, *, ppi: float = 110) -> list[bytes]:
    """The same pages as PNG pictures. Raises ValueError when the moment has no time zone."""
    return typeset_png("report", _values(report), pixels_per_inch=ppi)


def _values(report: ReportPrint) -> dict[str, Any]:
    printed_on = local(report.printed_at).date()
    title = plain(report.title)
    return {
        **head_values(report.head, number="", on=printed_on, form_mark=report.form_mark),
        "title": title,
        "footer": f"{title}, {plain(report.period)}",
        "period": plain(report.period),
        "about": plain(report.about or report.head.agency),
        "tables": [_table(table) for table in report.tables],
        "charts": [
            {"title": plain(one.title), "text": plain(one.text), "svg": one.svg} for one in report.charts
        ],
        "notes": [plain(note) for note in report.notes],
    }  # fmt: skip


def _table(table: PrintedTable) -> dict[str, Any]:
    return {
        "title": plain(table.title),
        "columns": [
            {"head": plain(one.head), "group": plain(one.group), "width": one.width, "is_number": one.is_number}
            for one in table.columns
        ],
        "lines": [{"role": line.role, "cells": [legible(cell) for cell in line.cells]} for line in table.lines],
    }
