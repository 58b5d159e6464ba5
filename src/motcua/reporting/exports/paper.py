"""A report as PDF/A: the values that the typesetter sets, and the drawing of a chart as the page has it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.documents.prints import (
    Letterhead,
    PrintedChart,
    PrintedColumn,
    PrintedLine,
    PrintedTable,
    ReportPrint,
    render_report,
)
from motcua.people.models import Agency
from motcua.reporting.charts import Chart
from motcua.reporting.exports.value import Cell, Column, Line, Report, Section, Shape, value_of
from motcua.reporting.screens.words import minutes_in_days

LOOKS: Final[Mapping[str, str]] = {
    "hand-1": "#1f5673", "hand-2": "#52805a", "hand-3": "#ab6a2f", "hand-4": "#6d597a", "over-ground": "#b42318",
}  # fmt: skip
"""The colours of the style sheet, which paper does not have."""


def pdf_of(report: Report, *, agency_id: UUID, at: datetime) -> bytes:
    """The report on paper, in the name of the agency it is about."""
    agency = Agency.objects.select_related("parent").get(pk=agency_id)
    head = Letterhead(
        superior=agency.parent.name if agency.parent else "", agency=agency.name, section="", place=agency.short_name
    )
    return render_report(
        ReportPrint(
            head=head,
            form_mark=_("Biểu số %(code)s (%(citation)s)") % {"code": report.code, "citation": report.citation}
            if report.code
            else "",
            title=report.title,
            period=report.period_words,
            tables=tuple(_table(section) for section in report.sections),
            charts=tuple(PrintedChart(title=one.title, text=one.text, svg=drawn(one)) for one in report.charts),
            notes=report.notes,
            printed_at=localtime(at),
        )
    )


def drawn(chart: Chart) -> str:
    """The SVG of the page as a picture of its own: with its name space and its colours."""
    svg = render_to_string("reporting/_chart.html", {"chart": chart}).strip()
    style = "".join(f".{look}{{fill:{colour}}}" for look, colour in LOOKS.items())
    opening, mark, rest = svg.replace('width="100%"', "").partition(">")
    opening = opening.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" font-family="Tinos" ', 1)
    return f"{opening}{mark}<style>{style}</style>{rest}"


def _table(section: Section) -> PrintedTable:
    return PrintedTable(
        title=section.title,
        columns=tuple(
            PrintedColumn(
                head=f"{one.head} (%)" if one.shape is Shape.PERCENT else one.head, group=one.group, width=one.width,
                is_number=one.shape not in (Shape.TEXT, Shape.MOMENT),
            )
            for one in section.columns
        ),
        lines=tuple(_line(line, section) for line in section.lines),
    )  # fmt: skip


def _line(line: Line, section: Section) -> PrintedLine:
    return PrintedLine(
        role=line.role.value,
        cells=tuple(_said(cell, column) for cell, column in zip(line.cells, section.columns, strict=False)),
    )


def _said(cell: Cell, column: Column) -> str:
    value = value_of(cell)
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return f"{localtime(value):%H:%M %d/%m/%Y}"
    if column.shape is Shape.MINUTES:
        return minutes_in_days(float(value))
    return str(number_format(value, decimal_pos=2 if isinstance(value, Decimal) else 0, force_grouping=True))
