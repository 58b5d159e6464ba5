"""What stands behind an indicator, an index and an official's points can be taken along, all of it and nothing else."""

import csv
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.people.models import Agency
from motcua.reporting.exports.paper import _answering
from motcua.reporting.rules.periods import days
from tests.cast import Cast
from tests.journey.test_hot_pages import log_in
from tests.reporting.small_year import NOVEMBER, at, laid_down, pattern, step

pytestmark = pytest.mark.django_db
ASKED = "span=month&year=2026&number=11"


@pytest.fixture
def office(cast: Cast) -> Cast:
    """Sixty dossiers, so that a list is longer than a page; one code begins as a formula does."""
    like = pattern(cast)
    for number in range(60):
        life = laid_down(like, f"={number:03}" if number == 7 else f"N{number:03}", at(2), at(9), at(5 + number % 9),
                         channel="online" if number % 2 else "counter")  # fmt: skip
        step(life, cast.case_officer, at(2), at(6), at(5 + number % 9))
    return cast


def csv_rows(page) -> list[list[str]]:
    assert page.status_code == 200
    return list(csv.reader(io.StringIO(b"".join(page.streaming_content).decode("utf-8-sig"))))


def test_an_indicators_list_is_taken_along_whole(client, office: Cast):
    leader = log_in(client, "lanhdao")
    shown = leader.get(f"{reverse('indicator', args=('2.1',))}?{ASKED}")
    assert "list.csv?" in shown.text
    heads, *rows = csv_rows(leader.get(f"{reverse('export-indicator', args=('2.1', 'csv'))}?{ASKED}"))
    assert heads == ["Mã hồ sơ", "Thủ tục", "Cơ quan", "Thuộc nhóm", "Tử số"]
    count = shown.context["count"]
    assert len(rows) == count.denominator == 60
    assert sum(int(row[-1]) for row in rows) == count.numerator
    rest = csv_rows(leader.get(f"{reverse('export-indicator', args=('2.1', 'csv'))}?{ASKED}&side=rest"))
    assert len(rest) - 1 == count.denominator - count.numerator


def test_no_cell_is_a_formula(client, office: Cast):
    leader = log_in(client, "lanhdao")
    rows = csv_rows(leader.get(f"{reverse('export-indicator', args=('3.3', 'csv'))}?{ASKED}"))
    assert Dossier.objects.filter(code__startswith="=").exists()
    assert not any(cell.startswith("=") for row in rows for cell in row)
    answer = leader.get(f"{reverse('export-indicator', args=('3.3', 'xlsx'))}?{ASKED}")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert "=007" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}


def test_an_index_and_an_official_too(client, office: Cast):
    leader = log_in(client, "lanhdao")
    shown = leader.get(f"{reverse('self-evaluation-index', args=(1,))}?{ASKED}")
    rows = csv_rows(leader.get(f"{reverse('export-self-evaluation', args=(1, 'csv'))}?{ASKED}"))
    assert len(rows) - 1 == shown.context["count"].denominator == 60
    who = office.case_officer.id
    page = leader.get(f"{reverse('self-evaluation-official', args=(who,))}?{ASKED}")
    assert "list.xlsx?" in page.text
    heads, *rows = csv_rows(leader.get(f"{reverse('export-official', args=(who, 'csv'))}?{ASKED}"))
    assert heads[-1] == "Cộng"
    assert len(rows) == 60
    assert all(int(row[-1]) == sum(map(int, row[2:6])) for row in rows)
    for name, of in (("export-self-evaluation", 9), ("export-official", who), ("export-indicator", "1.3")):
        for shape in ("csv", "xlsx", "pdf"):
            assert leader.get(f"{reverse(name, args=(of, shape))}?{ASKED}").status_code == 200


def test_what_there_is_not_and_who_may_not(client, office: Cast):
    leader = log_in(client, "lanhdao")
    for path in ("/reports/index/9.9/list.csv", "/reports/index/1.2/list.csv", "/reports/index/2.1/list.docx",
                 "/reports/self-evaluation/7/list.csv", "/reports/self-evaluation/1/list.csv?set=other",
                 "/reports/index/2.1/list.csv?side=left",
                 f"/reports/index/2.1/list.csv?agency={office.leader.id}"):  # fmt: skip
        assert leader.get(path).status_code == 404, path
    assert log_in(Client(), "thuly").get("/reports/index/2.1/list.csv").status_code == 403


def test_a_report_of_an_agency_that_ended_is_printed_by_who_answers_for_it(cast: Cast):
    old = Agency.objects.get(short_name="Phường Tân Thạnh", valid_to__isnull=False)
    today = days(NOVEMBER.first, NOVEMBER.last).last
    assert _answering(old, today).id == cast.leader.agency_id
    assert _answering(old, old.valid_to) == old
    city = Agency.objects.get(short_name="Thành phố Tam Kỳ")
    assert _answering(city, today) == city
