"""A report as PDF/A: the values that the typesetter sets, and the drawing of a chart as the page has it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID
from xml.sax.saxutils import escape

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
from motcua.people.phrases import agency_words
from motcua.reporting.charts import LEFT, Chart
from motcua.reporting.exports.value import Cell, Column, Line, Report, Section, Shape, value_of
from motcua.reporting.screens.words import minutes_in_days

LOOKS: Final[Mapping[str, str]] = {
    "hand-1": "#1f5673", "hand-2": "#52805a", "hand-3": "#ab6a2f", "hand-4": "#6d597a", "over-ground": "#b42318",
}  # fmt: skip
"""The colours of the style sheet, which paper does not have."""
LEGEND: Final = 18
"""The height of the line that says which colour is what."""


def pdf_of(report: Report, *, agency_id: UUID, at: datetime) -> bytes:
    """The report on paper, in the name of the agency it is about; of one that ended in that of who answers for it."""
    agency = Agency.objects.select_related("parent").get(pk=agency_id)
    today = localtime(at).date()
    printer = _answering(agency, today)
    head = Letterhead(
        superior=printer.parent.name if printer.parent else "", agency=printer.name, section="",
        place=printer.short_name,
    )  # fmt: skip
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
            about=agency_words(agency.name, agency.valid_to, today),
        )
    )


def _answering(agency: Agency, day: date) -> Agency:
    """The agency itself while it stands; else whoever took it over, by name the first of several; else itself."""
    while agency.valid_to is not None and agency.valid_to < day:
        heirs = agency.successions.select_related("successor__parent").order_by("successor__name", "pk")
        heir = heirs.filter(from_date__lte=day).first()
        if heir is None:
            break
        agency = heir.successor
    return agency


def drawn(chart: Chart) -> str:
    """The SVG of the page as a picture of its own: with its name space and its colours."""
    svg = render_to_string("reporting/_chart.html", {"chart": chart}).strip()
    style = "".join(f".{look}{{fill:{colour}}}" for look, colour in LOOKS.items())
    opening, mark, rest = svg.replace('width="100%"', "").partition(">")
    opening = opening.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" font-family="Tinos" ', 1)
    whole = f"{opening}{mark}<style>{style}</style>{rest}"
    height = chart.height + LEGEND
    whole = whole.replace(f"0 0 {chart.width} {chart.height}", f"0 0 {chart.width} {height}", 1)
    return whole.replace("</svg>", f"{_legend(chart)}</svg>")


def _legend(chart: Chart) -> str:
    """Which colour is what, under the drawing: the page says it beside it."""
    step = min(chart.width // max(len(chart.series), 1), 160)
    return "".join(
        f'<rect class="{one.kind}" x="{LEFT - 16 + place * step}" y="{chart.height + 2}" width="10" height="10"/>'
        f'<text x="{LEFT + place * step}" y="{chart.height + 11}" font-size="12" fill="#333333">'
        f"{escape(one.name)}</text>"
        for place, one in enumerate(chart.series)
    )


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
    if value is None:  # a figure without a value had nothing to divide by; an empty cell is not said at all
        return "" if cell is None else "–"
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return f"{localtime(value):%H:%M %d/%m/%Y}"
    if column.shape is Shape.MINUTES:
        return minutes_in_days(float(value))
    return str(number_format(value, decimal_pos=2 if isinstance(value, Decimal) else 0, force_grouping=True))
