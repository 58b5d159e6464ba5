"""A report as an answer: written in one of its formats, under a name that says form, agency and period."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify

from motcua.core.refusals import Refusal
from motcua.reporting.exports.commas import csv_of
from motcua.reporting.exports.limits import fits, too_long
from motcua.reporting.exports.long_sheets import workbook_pieces
from motcua.reporting.exports.paper import pdf_of
from motcua.reporting.exports.sheets import workbook_of
from motcua.reporting.exports.value import Report, period_code

MEDIA: Final[Mapping[str, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


class TooLong(Refusal):
    """The list does not go into this format; the sentence says into which it goes."""


def sent(report: Report, shape: str, *, agency_id: UUID, site: str, at: datetime) -> HttpResponseBase:
    """The report to be kept. What is long, and every CSV, is sent while it is written. Raises `TooLong`."""
    if not fits(report.length, shape):
        raise TooLong(too_long())
    answer: HttpResponseBase
    if shape == "csv":
        answer = StreamingHttpResponse(csv_of(report))
    elif shape == "pdf":
        answer = HttpResponse(pdf_of(report, agency_id=agency_id, at=at))
    elif report.is_list:
        answer = StreamingHttpResponse(workbook_pieces(report))
    else:
        answer = HttpResponse(workbook_of(report, site=site))
    answer["Content-Type"] = MEDIA[shape]
    answer["Content-Disposition"] = f'attachment; filename="{name_of(report)}.{shape}"'
    answer["Cache-Control"] = "no-store"
    return answer


def name_of(report: Report) -> str:
    """Form, agency and period, in letters that every computer can keep: II.06a-phuong-tan-thanh-2026-Q3."""
    what = report.code.partition("/")[0] or report.name
    agency = slugify(report.agency.replace("đ", "d").replace("Đ", "D").replace("/", "-"))
    return "-".join(part for part in (what, agency, period_code(report.period)) if part)
