"""Reports to take along are read back: what a workbook, a CSV, a PDF and the API say is what the page says."""

import csv
import io
import json
from datetime import datetime, timedelta
from http import HTTPStatus
from zipfile import ZipFile

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from motcua.dossiers.models import Dossier
from motcua.people.models import Official
from motcua.reporting.exports.views import REPORTS
from motcua.reporting.queries import Kind, Which, count_of
from tests.cast import MONDAY, Cast
from tests.counting import statements
from tests.journey.test_hot_pages import log_in
from tests.reporting.busy import town_of

pytestmark = pytest.mark.django_db
YEAR = "span=year&year=2026&number=1"
NOW = MONDAY + timedelta(days=60)
FORMULAS = ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1")


@pytest.fixture
def busy(cast: Cast, monkeypatch) -> Cast:
    """A winter of work, seen at the end of January."""
    town_of(cast, 11, dossiers=14)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return cast


def taken(client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, (address, answer.status_code)
    assert answer["Content-Disposition"].startswith("attachment; ")
    return answer.getvalue()


def rows_of(client, address: str) -> list[list[str]]:
    raw = taken(client, address)
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))


def words_of(client, address: str) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(taken(client, address))).pages)


def sheets_of(client, address: str):
    return load_workbook(io.BytesIO(taken(client, address)))


def test_every_report_is_to_be_had_in_every_format(client, busy):
    log_in(client, "lanhdao")
    begins = {"xlsx": b"PK", "csv": b"\xef\xbb\xbf", "pdf": b"%PDF"}
    for name, (page, _made) in REPORTS.items():
        shown = client.get(f"{reverse(page)}?{YEAR}").text
        for shape, first in begins.items():
            address = reverse("export", args=(name, shape))
            assert f'href="{address}?' in shown, address
            assert taken(client, f"{address}?{YEAR}").startswith(first), address


def test_the_form_says_in_every_format_what_its_page_says(client, busy):
    log_in(client, "lanhdao")
    table = client.get(f"/reports/ii06a/?{YEAR}").context["table"]
    said = [figure.value for figure in table.total.figures]
    book = sheets_of(client, f"/reports/ii06a.xlsx?{YEAR}")
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[sheet.max_row]][2:] == said
    assert {type(cell.value) for cell in sheet[sheet.max_row][2:]} == {int}
    assert sheet.freeze_panes == "B5"
    assert sheet["C3"].value == "Số hồ sơ tiếp nhận"
    assert sheet.cell(sheet.max_row, 3).hyperlink.target.endswith(table.total.figures[0].url.partition("?")[2])
    assert table.notes[0] in [row[0].value for row in book.worksheets[1]]
    assert [int(cell) for cell in rows_of(client, f"/reports/ii06a.csv?{YEAR}")[-1][2:]] == said
    answer = client.get(f"/api/v1/reports/ii06a?{YEAR}")
    whole = json.loads(answer.getvalue())
    assert whole["sections"][0]["lines"][-1]["cells"][2:] == said
    assert whole["code"] == "II.06a/VPCP/KSTT"
    text = words_of(client, f"/reports/ii06a.pdf?{YEAR}")
    head = ("Biểu số II.06a/VPCP/KSTT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Năm 2026")
    for words in (*head, "THỦ TRƯỞNG ĐƠN VỊ", "NGƯỜI LẬP BIỂU", table.lines[0].label):
        assert words in text, words


def test_a_pdf_is_kept_for_ever_and_lies_across(client, busy):
    raw = taken(log_in(client, "lanhdao"), f"/reports/overview.pdf?{YEAR}")
    read = PdfReader(io.BytesIO(raw))
    assert b"pdfaid:part" in raw
    box = read.pages[0].mediabox
    assert round(float(box.width)) == 842 > float(box.height)
    assert "Tiếp nhận và giải quyết theo tháng" in "".join(page.extract_text() for page in read.pages)
    assert len(raw) > 20_000


def test_results_keep_their_tables_and_their_rates(client, busy):
    log_in(client, "lanhdao")
    sections = client.get(f"/reports/results/?{YEAR}").context["sections"]
    book = sheets_of(client, f"/reports/results.xlsx?{YEAR}")
    assert book.sheetnames == [*(title for title, _lines, _whole in sections), "Ghi chú"]
    for sheet, (_title, lines, whole) in zip(book.worksheets, sections, strict=False):
        written = [*lines, *([whole] if whole else [])]
        for row, line in zip(sheet.iter_rows(min_row=4, values_only=True), written, strict=True):
            assert list(row) == [line.label, *(float(one.value) if one.unit == "percent" else one.value
                                               for one in line.figures)]  # fmt: skip
    rows = rows_of(client, f"/reports/results.csv?{YEAR}")
    assert [row[0] for row in rows if len(row) == 1] == [title for title, _lines, _whole in sections]


def test_the_list_has_every_dossier_with_real_dates_and_adds_up(client, busy):
    which = Which(Kind.SETTLED, busy.leader.agency_id, NOW.date(), standing=())
    log_in(client, "lanhdao")
    query = which.url.partition("?")[2]
    sheet = sheets_of(client, f"/reports/dossiers.xlsx?{query}").worksheets[0]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert sheet.freeze_panes == "B4"
    assert sum(row[-1] for row in rows) == count_of(which, now=NOW) > 0
    told = {life.code: life for life in Dossier.objects.filter(code__in=[row[0] for row in rows])}
    for row in rows:
        here = timezone.localtime(told[row[0]].received_at).replace(tzinfo=None)
        assert isinstance(row[5], datetime)
        assert abs(row[5] - here) < timedelta(seconds=1)
    listed = rows_of(client, f"/reports/dossiers.csv?{query}")
    assert [row[0] for row in listed[1:]] == [row[0] for row in rows]
    assert datetime.fromisoformat(listed[1][5]) == told[listed[1][0]].received_at
    answer = json.loads(client.get(f"/api/v1/reports/dossiers?{query}").getvalue())
    assert [line["cells"][0] for line in answer["sections"][0]["lines"]] == [row[0] for row in rows]
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(taken(client, f"/reports/dossiers.pdf?{query}"))).pages
    )
    assert all(row[0] in text for row in rows)
    assert "Võ Đình Quang" not in text


def test_no_format_lets_a_name_become_a_formula(client, busy):
    log_in(client, "lanhdao")
    for said in FORMULAS:
        Official.objects.filter(pk=busy.case_officer.id).update(full_name=said)
        no_formula(client, said)


def no_formula(client, said: str) -> None:
    book = sheets_of(client, f"/reports/results.xlsx?{YEAR}")
    found = [cell for row in book["Theo cán bộ thụ lý"] for cell in row if cell.value == said]
    assert found
    assert {cell.data_type for cell in found} == {"s"}
    rows = rows_of(client, f"/reports/results.csv?{YEAR}")
    assert [f"'{said}"] == [row[0] for row in rows if row and row[0].endswith(said)]
    raw = taken(client, f"/reports/results.xlsx?{YEAR}")
    assert not any(b"<f>" in ZipFile(io.BytesIO(raw)).read(name) for name in ZipFile(io.BytesIO(raw)).namelist())


NAMES = {
    YEAR: "II.06a-phuong-tan-thanh-2026.csv",
    "span=quarter&year=2026&number=4": "II.06a-phuong-tan-thanh-2026-Q4.csv",
    "span=month&year=2026&number=11": "II.06a-phuong-tan-thanh-2026-11.csv",
    "from=20/11/2026&to=31/12/2026": "II.06a-phuong-tan-thanh-20261120-20261231.csv",
    "span=month&year=2026&number=11&cut=periodic": "II.06a-phuong-tan-thanh-20261015-20261114.csv",
}


def test_a_name_says_form_agency_and_period(client, busy):
    log_in(client, "lanhdao")
    for asked, name in NAMES.items():
        answer = client.get(f"/reports/ii06a.csv?{asked}")
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_what_cannot_be_had_leads_to_the_page_that_says_why(client, busy):
    log_in(client, "lanhdao")
    turned = client.get("/reports/ii06a.pdf?from=31/12/2026&to=01/12/2026", follow=True)
    assert turned.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ngày đầu đứng sau ngày cuối" in turned.text
    early = client.get("/reports/index.xlsx?span=year&year=2021&number=1", follow=True)
    assert "Kỳ này chưa có bộ chỉ số" in early.text
    for absent in (
        "/reports/ii06a.docx",
        "/reports/ii09.csv",
        "/reports/dossiers.csv?kind=all",
        "/reports/dossiers.ods?kind=x",
    ):
        assert client.get(absent).status_code == HTTPStatus.NOT_FOUND, absent


def test_a_year_without_figures_is_a_form_of_noughts(client, busy):
    rows = rows_of(log_in(client, "lanhdao"), "/reports/ii06a.csv?span=year&year=2019&number=1")
    assert rows[-1][2:] == ["0"] * 11


def test_a_long_list_is_offered_only_where_it_fits_and_says_that_it_takes_a_while(client, busy, monkeypatch):
    which = Which(Kind.RECEIVED, busy.leader.agency_id, NOW.date())
    log_in(client, "lanhdao")
    short = client.get(which.url).text
    assert "/reports/dossiers.pdf" in short
    assert "mất một lúc" not in short
    monkeypatch.setattr("motcua.reporting.exports.limits.MOST", {"xlsx": 3, "pdf": 2})
    monkeypatch.setattr("motcua.reporting.exports.limits.LONG", 3)
    page = client.get(which.url).text
    assert "mất một lúc" in page
    assert "/reports/dossiers.csv" in page
    assert "/reports/dossiers.pdf" not in page
    refused = client.get(which.url.replace("/reports/dossiers/", "/reports/dossiers.xlsx"))
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "lấy tệp CSV" in refused.text


@pytest.mark.parametrize("who", ["tiepnhan", "thuly", "vanthu"])
def test_who_may_not_see_the_page_gets_no_copy(client, cast, who):
    log_in(client, who)
    which = Which(Kind.RECEIVED, cast.leader.agency_id, MONDAY.date())
    for address in ("/reports/ii06a.csv", "/api/v1/reports/ii06a", which.url.replace("dossiers/", "dossiers.csv")):
        assert client.get(address).status_code == HTTPStatus.FORBIDDEN, address


def test_the_api_is_closed_to_strangers_and_to_other_sites(client, busy):
    stranger = client.get(f"/api/v1/reports/ii06a?{YEAR}")
    assert stranger.status_code == HTTPStatus.UNAUTHORIZED
    assert "đăng nhập" in stranger.json()["detail"]
    known = log_in(client, "kiemsoat").get(f"/api/v1/reports/ii06a?{YEAR}")
    assert known.status_code == HTTPStatus.OK
    assert "Access-Control-Allow-Origin" not in known.headers
    assert known["Cache-Control"] == "no-store"
    other = client.get("/api/v1/reports/ii06a?agency=00000000-0000-0000-0000-000000000000")
    assert (other.status_code, other.json()["parameter"]) == (HTTPStatus.NOT_FOUND, "agency")
    assert client.get("/api/v1/reports/ii06a?agenci=1").status_code == HTTPStatus.BAD_REQUEST
    assert client.get("/api/v1/reports/ii06a?from=31/12/2026&to=01/12/2026").status_code == 422
    assert client.get("/api/v1/reports/ii99").status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_the_api_leads_from_every_figure_to_its_dossiers(client, busy):
    log_in(client, "lanhdao")
    for name in REPORTS:
        leads_to_dossiers(client, name)


def leads_to_dossiers(client, name: str) -> None:
    said = json.loads(client.get(f"/api/v1/reports/{name}?{YEAR}").getvalue())
    assert said["report"] == name
    lines = [line for section in said["sections"] for line in section["lines"] if "lists" in line]
    assert lines
    for line in lines[:2]:
        for cell, address in zip(line["cells"], line["lists"], strict=True):
            if address and address.startswith("/api/v1/") and isinstance(cell, int):
                listed = json.loads(client.get(address).getvalue())["sections"][0]["lines"]
                assert sum(one["cells"][-1] for one in listed) == cell or name == "durations", address
                assert Which.read(QueryDict(address.partition("?")[2]))


def test_a_copy_asks_the_database_no_more_than_the_page(client, busy, monkeypatch):
    log_in(client, "lanhdao")
    for address in ("/reports/ii06a", "/reports/results", "/reports/index"):
        client.get(f"{address}/?{YEAR}")
        with statements(monkeypatch) as page:
            client.get(f"{address}/?{YEAR}")
        with statements(monkeypatch) as copy:
            taken(client, f"{address}.xlsx?{YEAR}")
        assert len(copy) <= len(page), address
