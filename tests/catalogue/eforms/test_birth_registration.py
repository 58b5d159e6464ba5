"""The birth registration, filled in as a mother does it at home, page by page."""

from datetime import date

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from motcua.catalogue.eforms.queries import NoEForm, eform_by_key, eform_for
from motcua.catalogue.eforms.rules import faults, pages_asked, prefilled, read, settled, summary, told
from motcua.catalogue.eforms.screen import page_context
from motcua.catalogue.eforms.turning import turned

BIRTH = "1.001193"
TODAY = date(2026, 11, 20)
LAN = {
    "full_name": "Nguyễn Thị Lan", "personal_id": "001196012345", "birth_date": date(1996, 3, 8), "gender": "female",
    "address": "Số 12 phố Nhân Hòa, phường Thanh Xuân, thành phố Hà Nội", "phone": "0912345678", "email": "",
}  # fmt: skip


@pytest.fixture
def eform():
    found = eform_for(BIRTH, TODAY)
    assert found is not None
    return found


def posted(**values: str) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in values.items():
        post[name] = value
    return post


def test_it_serves_its_procedure_from_its_first_day(eform):
    assert eform.key == ("birth-registration", 1)
    assert eform_by_key(*eform.key) is eform
    assert eform_for(BIRTH, date(2026, 1, 31)) is None
    with pytest.raises(NoEForm):
        eform_by_key("birth-registration", 99)


def test_what_is_known_is_filled_in_and_the_mother_is_not_asked_her_own_name(eform):
    answers = prefilled(eform, LAN)
    assert answers["requester_name"] == "Nguyễn Thị Lan"
    assert "requester_email" not in answers
    assert "child_name" not in answers, "the child is nobody's account"
    assert answers["child_nationality"] == "Việt Nam"
    turn = turned(eform, 1, posted(**{**_page_one(), "relation": "mother"}), answers, on=TODAY)
    assert not turn.stay
    page = page_context(eform, 3, turn.answers, on=TODAY)["page"]
    shown = {item.name: item for part in page.parts for item in part.items}
    assert shown["mother_name"].kind == "computed"
    assert shown["mother_name"].value == "Nguyễn Thị Lan"
    assert shown["mother_birth_year"].kind == "year"


def test_an_abandoned_child_has_no_page_for_a_mother(eform):
    answers = {**eform.samples["right"], "child_situation": "abandoned"}
    assert pages_asked(eform, answers, on=TODAY) == [1, 2, 5]
    assert not [name for name in settled(eform, answers, on=TODAY) if name.startswith(("mother", "father"))]
    assert faults(eform, answers, on=TODAY) == []
    assert "Trẻ em bị bỏ rơi" in summary(eform, answers, on=TODAY)["whens"]


def test_days_are_typed_in_every_usual_way_and_read_out_in_words(eform):
    for typed in ("05/11/2026", "5-11-2026", "05112026", "2026-11-05"):
        answers = read(eform, 2, posted(child_birth_date=typed), {})
        assert answers == {"child_birth_date": "2026-11-05"}
    rows = dict(row for section in told(eform, answers, on=TODAY) for row in section.rows)
    assert rows["Ngày sinh"] == "05/11/2026"
    assert rows["Ngày sinh ghi bằng chữ"] == "Ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu"


def test_a_late_registration_is_told_to_the_fees(eform):
    in_time = summary(eform, {"child_birth_date": "2026-09-21"}, on=TODAY)["whens"]
    late = summary(eform, {"child_birth_date": "2026-09-20"}, on=TODAY)["whens"]
    assert in_time == ["Đăng ký đúng hạn, trong 60 ngày từ ngày sinh"]
    assert late == ["Đăng ký quá hạn"]


def test_a_wrong_page_comes_back_with_what_was_typed_and_a_sentence_at_each_question(eform):
    turn = turned(eform, 2, posted(child_name="", child_birth_date="31/02/2026", child_gender="male"), {}, on=TODAY)
    assert turn.stay
    sentences = {fault.question: fault.sentence for fault in turn.faults}
    assert sentences["child_name"] == "Ông/bà chưa điền “Họ, chữ đệm, tên của trẻ”."
    assert sentences["child_birth_date"].startswith("Ngày sinh: ngày chưa đúng.")
    html = render_to_string("catalogue/eforms/_page.html", page_context(eform, 2, turn.answers, turn.faults, on=TODAY))
    assert 'value="31/02/2026"' in html
    assert 'aria-describedby="f-child_birth_date-hint f-child_birth_date-fault"' in html


def test_in_english_the_questions_and_the_choices_are_english(eform):
    with translation.override("en"):
        html = render_to_string("catalogue/eforms/_page.html", page_context(eform, 1, {}, on=TODAY))
    assert "What are you to the child?" in html
    assert "Ông/bà là gì của trẻ?" not in html


def _page_one() -> dict[str, str]:
    return {
        "requester_name": "Nguyễn Thị Lan", "requester_personal_id": "001 196 012 345",
        "requester_address": "Số 12 phố Nhân Hòa, phường Thanh Xuân, thành phố Hà Nội",
        "requester_phone": "0912.345.678", "requester_email": "",
    }  # fmt: skip


def test_what_was_filled_in_says_so_once_and_at_each_box(eform):
    answers = prefilled(eform, LAN)
    html = render_to_string(
        "catalogue/eforms/_page.html", page_context(eform, 1, answers, on=TODAY, known=["requester_name"])
    )
    assert html.count("Đã điền sẵn") == 1
    assert html.count("Điều cơ quan đã biết được điền sẵn.") == 1
    assert 'aria-describedby="f-requester_name-note"' in html
    assert "điền sẵn" not in render_to_string("catalogue/eforms/_page.html", page_context(eform, 1, {}, on=TODAY))
