"""Reports by program: the same figures, for the same officials as the pages."""

from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, P, PathEx, Query, Router, Schema

from motcua.core.api import UNREADABLE, Problem, Refused
from motcua.reporting.exports.dossiers import of_dossiers
from motcua.reporting.exports.pages import NoReport
from motcua.reporting.exports.plain import json_of
from motcua.reporting.exports.value import Report
from motcua.reporting.exports.views import REPORTS, which_of
from motcua.reporting.screens.tables import question

router = Router(tags=["reports"])
CLOSED: dict[int, type[Schema]] = {401: Problem, 403: Problem, 404: Problem, **UNREADABLE}
ReportName = Literal[
    "overview", "ii06a", "ii07a", "ii07b", "results", "durations", "digitization", "index", "self-evaluation"
]  # fmt: skip


class ReportPeriod(Schema):
    """First and last day, both counted, and the period in words."""

    first: date
    last: date
    words: str


class ReportColumn(Schema):
    """A column; `shape` is text, count, decimal, percent, minutes (of working time) or moment."""

    name: str
    head: str
    group: str
    shape: str
    unit: str


class ReportLine(Schema):
    """Cells in the order of the columns; of a heading, and of a line without figures, fewer."""

    role: str = Field(description="row, heading, total, or apart: a line that is in no total.")
    cells: list[str | int | float | None]
    lists: list[str | None] | None = Field(None, description="For each cell, where what it counts is listed.")


class ReportSection(Schema):
    """One table of a report."""

    title: str
    columns: list[ReportColumn]
    lines: list[ReportLine]


class ReportAnswer(Schema):
    """A report as its page shows it."""

    report: str
    code: str = Field(description="The number of the legal form; empty when there is none.")
    title: str
    agency: str
    period: ReportPeriod
    notes: list[str]
    sections: list[ReportSection]


class AskedPeriod(Schema):
    """Which agency and which period; a range of days goes before a named period. Nothing said: this month."""

    agency: str | None = Field(None, max_length=36, description="Id of an agency; without it the official's own.")
    below: Literal["1"] | None = Field(None, description="1: with every agency below it.")
    span: Literal["month", "quarter", "half", "year"] | None = Field(None, description="How long the period is.")
    year: int | None = Field(None, ge=1, le=9999, description="The year, with `span`.")
    number: int | None = Field(None, ge=1, le=12, description="Which month, quarter or half of the year, with `span`.")
    cut: str | None = Field(
        None, max_length=40, description="Where periods are cut: `calendar`, or a reporting regime."
    )
    first: str | None = Field(None, alias="from", max_length=10, description="First day of a range, as 05/12/2026.")
    last: str | None = Field(None, alias="to", max_length=10, description="Last day of a range, as 31/12/2026.")


class AskedList(Schema):
    """A selection of dossiers, as the `lists` of a report name it."""

    kind: str = Field(max_length=20, description="What is counted: received, settled, open, overdue ...")
    agency: str = Field(max_length=36, description="Id of the agency.")
    until: str = Field(max_length=10, description="The day after the last, as 2026-12-01.")
    first: str | None = Field(None, max_length=10, description="The first day; without it since the beginning.")
    below: Literal["1"] | None = Field(None, description="1: with every agency below it.")
    at_level: str | None = Field(None, max_length=10, description="Only agencies of this administrative level.")
    sector: str | None = Field(None, max_length=60, description="Code of a field of administration.")
    procedure: str | None = Field(None, max_length=36, description="Id of a procedure.")
    official: str | None = Field(None, max_length=36, description="Settled by this official's work.")
    unit: str | None = Field(None, max_length=36, description="Settled in this unit.")
    channel: str | None = Field(None, max_length=60, description="Channels, with commas between them.")
    filed_by: str | None = Field(None, max_length=60, description="Who filed: self, helped, officer.")
    source: str | None = Field(None, max_length=60, description="Through which portal.")
    level: str | None = Field(None, max_length=60, description="Online levels: full, partial, information.")
    standing: str | None = Field(None, max_length=60, description="single, lead, part; single and lead are a total.")
    timing: str | None = Field(None, max_length=60, description="How it stood to its date: early, on_time, late.")
    outcome: str | None = Field(None, max_length=90, description="How it ended.")
    copied: str | None = Field(
        None, alias="copy", max_length=40,
        description="Whether its result is digitized: with, without, or excepted (without, and somebody said why).",
    )  # fmt: skip
    log: str | None = Field(
        None, max_length=40, description="Whether each step was written down as it was done: in_turn, not_in_turn."
    )


@router.get(
    "/dossiers",
    response={200: ReportAnswer, **CLOSED},
    summary=gettext_noop("Những hồ sơ đứng sau một con số"),
    description="The dossiers that a figure counts, all of them, by code and dates; who they are stands in the "
    "dossiers. Takes the session of an official who leads or controls procedures. Sent while it is read.",
    operation_id="list_counted_dossiers",
    url_name="report-dossiers",
)
def list_counted_dossiers(request: HttpRequest, asked: Query[AskedList]) -> Any:
    try:
        which, agency = which_of(request)
    except Http404 as unknown:
        raise Refused(404, _("Không có danh sách này, hoặc cơ quan này ông/bà không theo dõi.")) from unknown
    return _sent(of_dossiers(which, agency, now=timezone.now()))


@router.get(
    "/{report}",
    response={200: ReportAnswer, **CLOSED},
    summary=gettext_noop("Một báo cáo của một kỳ"),
    description="What the page of the report shows, with the address of the list behind every figure. Takes the "
    "session of an official who leads or controls procedures, and answers about the agencies he oversees.",
    operation_id="get_report",
    url_name="report",
)
def get_report(
    request: HttpRequest,
    report: PathEx[ReportName, P(description="Which report.", example="ii06a")],
    asked: Query[AskedPeriod],
) -> Any:
    try:
        wanted = question(request)
    except Http404 as unknown:
        sentence = _("Không có cơ quan này, hoặc cơ quan này ông/bà không theo dõi.")
        raise Refused(404, sentence, parameter="agency") from unknown
    if wanted.fault:
        raise Refused(422, wanted.fault)
    try:
        return _sent(REPORTS[report][1](wanted, timezone.now(), timezone.localdate()))
    except NoReport as absent:
        raise Refused(422, str(absent)) from absent


def _sent(report: Report) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(json_of(report), content_type="application/json; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer
