"""The pages of older results as a clerk meets them: Enter in a box, an empty sheet, figures that open their lists."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import Workbook

from motcua.documents.models import IssuedPaper
from motcua.result.models import OlderResult
from motcua.result.older.states import OlderState
from tests.cast import Cast
from tests.documents.papers.sent import part
from tests.result.test_older import BIRTH_PAPER, HEADING, LAND, listed, scanned
from tests.result.test_result_pages import at_work

REGISTER, LIST, NEW = reverse("older-results"), reverse("older-list"), reverse("new-older")


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path) -> None:
    settings.MOTCUA_VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


def sent(who: str, text: str, name: str = "ds.csv"):
    return at_work(who).post(LIST, {"sheet": part(text.encode(), name)})


def test_enter_in_the_box_of_the_refusal_does_not_check_the_scan(cast: Cast):
    """A browser presses the first button of the form: in the refusal's form there must be no other."""
    older = listed(cast)
    scanned(cast, older)
    page = at_work("tiepnhan").get(reverse("older-result", args=(older.id,))).text
    (its_form,) = [form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'name="why"' in form]
    assert re.findall(r'name="act"\s+value="(\w+)"', its_form) == ["refuse"]
    assert f'value="{IssuedPaper.objects.get().id}"' in its_form


def test_each_number_of_the_figure_opens_what_it_counts(cast: Cast):
    scanned(cast, listed(cast))
    listed(cast, LAND)
    over = listed(cast, replace(BIRTH_PAPER, number="7/1999", valid_until=date(2020, 1, 1)))
    clerk = at_work("vanthu")
    shown = clerk.get(REGISTER).text
    for counted, number in (("digitized", 1), ("listed", 2)):
        assert f'<a href="?counted={counted}">{number}</a>' in shown
        rows = clerk.get(f"{REGISTER}?counted={counted}").context["page"].object_list
        assert (len(rows), over in rows) == (number, False)
    assert clerk.get(f"{REGISTER}?counted=x").status_code == 404
    assert shown.count("đã hết hiệu lực") == 1
    assert "đã hết hiệu lực" in clerk.get(reverse("older-result", args=(over.id,))).text
    assert "đã hết hiệu lực" in clerk.post(REGISTER, {"sought": "7/1999"}).text


def test_the_rail_stays_with_the_register_on_its_pages(cast: Cast):
    for page in (NEW, LIST, reverse("older-result", args=(listed(cast).id,))):
        rail = at_work("vanthu").get(page).context["rail"]
        assert [row["label"] for row in rail if row["current"]] == ["Kết quả cũ"], page


def test_a_list_of_headings_alone_is_no_success(cast: Cast):
    came = sent("vanthu", HEADING)
    assert (came.status_code, "không có kết quả nào dưới hàng tiêu đề" in came.text) == (422, True)


def test_nothing_listed_is_not_told_as_done(cast: Cast):
    came = sent("vanthu", HEADING + "Giấy khai sinh;;1/2012;31/02/2012;Lê A;;Vô thời hạn\n")
    assert (came.status_code, "Đã ghi 0" in came.text) == (422, False)
    assert "sai 1 dòng" in came.text
    again = "Giấy khai sinh;;1/2012;05/05/2012;Lê A;;Vô thời hạn\n"
    came = sent("vanthu", HEADING + again + again)
    assert "Ghi mới 1 dòng, đã có 1 dòng, sai 0 dòng" in came.text
    assert f'href="{REGISTER}"' in came.text


def test_a_list_is_held_to_the_same_numbers_as_the_page(cast: Cast):
    came = sent("vanthu", HEADING + "Giấy khai sinh;;1/2012;05/05/2012;Lê A;abc;Vô thời hạn\n"
                                    "Giấy khai sinh;;2/2012;05/05/2012;Lê B;079 309 001 234;Vô thời hạn\n")  # fmt: skip
    assert "Số định danh có 12 chữ số" in came.text
    assert OlderResult.objects.get().holder_id == "079309001234"


def test_wrong_headings_are_answered_with_names_that_are_told_apart(cast: Cast):
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Tên", "Việc"])
    book.save(out)
    came = at_work("vanthu").post(LIST, {"sheet": part(out.getvalue(), "ds.xlsx")})
    assert "Tên kết quả; Số, ký hiệu; Ngày cấp" in came.text


def test_what_is_to_be_mended_is_named_from_above_to_below(cast: Cast):
    page = at_work("vanthu").post(NEW, {"title": "x" * 201}).text
    named = re.findall(r'href="#id_(\w+?)(?:_0)?"', page)
    assert named == ["title", "number", "issued_on", "holder_name", "validity"]
    assert "nhiều nhất 200 ký tự" in page


def test_the_first_thing_to_do_for_a_second_official_is_to_decide(cast: Cast):
    older = listed(cast)
    scanned(cast, older)
    assert OlderResult.objects.get().state == OlderState.DIGITIZED
    page = at_work("tiepnhan").get(reverse("older-result", args=(older.id,))).text
    assert len(re.findall(r'class="btn"', page.split("<h1")[1].split("</main>")[0])) == 1
    refused = at_work("tiepnhan").post(reverse("older-result", args=(older.id,)), {"parts": part(b"MZ", "x.exe")})
    assert re.search(r'name="parts"\s+autofocus', refused.text), "the box stands far below the fold"
