"""Rows without a script, values that follow from others, questions that appear, and how figures are typed."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation

from motcua.catalogue.eforms.day_words import words_of
from motcua.catalogue.eforms.queries import eform_by_key
from motcua.catalogue.eforms.rules import faults, pages_asked, prefilled, read, settled, summary, told
from motcua.catalogue.eforms.screen import page_context
from motcua.catalogue.eforms.turning import turned

TODAY = date(2026, 11, 20)


def posted(**values: str) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in values.items():
        post[name.replace("__", ".").replace("ADD_", "add:").replace("REMOVE_", "remove:")] = value
    return post


def test_a_row_is_added_and_removed_by_buttons_alone():
    house = eform_by_key("house-permit", 1)
    first = {"storeys__rows": "1", "storeys__0__name": "Tầng 1", "storeys__0__area": "85,5"}
    turn = turned(house, 3, posted(**first, ADD_storeys="1"), {}, on=TODAY)
    assert turn.stay
    assert not turn.faults, "nobody is at fault for wanting one more row"
    assert turn.answers["storeys"] == [{"name": "Tầng 1", "area": 85.5}, {}]
    turn = turned(house, 3, posted(**first | {"storeys__rows": "2"}, REMOVE_storeys__1="1"), turn.answers, on=TODAY)
    assert turn.answers["storeys"] == [{"name": "Tầng 1", "area": 85.5}]


def test_there_is_no_row_too_many():
    house = eform_by_key("house-permit", 1)
    answers = {"storeys": [{"area": 1}] * 20}
    assert len(turned(house, 3, posted(ADD_storeys="1"), answers, on=TODAY).answers["storeys"]) == 20
    assert len(read(house, 3, posted(storeys__rows="999"), {})["storeys"]) == 20
    repeat = page_context(house, 3, answers, on=TODAY)["page"].parts[0].items[1]
    assert repeat.add == ""


def test_an_empty_row_in_the_middle_does_not_move_the_sentences():
    house = eform_by_key("house-permit", 1)
    answers = {**house.samples["right"], "storeys": [{"name": "Tầng 1", "area": 80}, {}, {"name": "Tum"}]}
    (fault,) = faults(house, answers, on=TODAY)
    assert (fault.pointer, fault.question) == ("/storeys/2/area", "storeys")
    assert fault.sentence == "Ông/bà chưa điền “Diện tích sàn (Tầng thứ 3)”."
    page = page_context(house, 3, answers, [fault], on=TODAY)["page"]
    assert page.summary == (("f-storeys-2-area", fault.sentence),)


def test_areas_are_summed_and_told():
    house = eform_by_key("house-permit", 1)
    answers = {**house.samples["right"], "basement": "yes", "basement_area": 60}
    assert settled(house, answers, on=TODAY)["floor_area"] == 265.7
    rows = dict(row for section in told(house, answers, on=TODAY) for row in section.rows)
    assert rows["Tổng diện tích sàn, kể cả tầng hầm"] == "265,7 m²"
    assert rows["Số tầng"] == "3 tầng"


def test_the_capital_of_a_family_is_the_sum_and_of_one_person_is_asked():
    shop = eform_by_key("household-business", 1)
    family = shop.samples["right"]
    assert settled(shop, family, on=TODAY)["capital"] == 50_000_000
    alone = {**family, "founded_by": "person"}
    assert [fault.question for fault in faults(shop, alone, on=TODAY)] == ["capital"]
    assert faults(shop, {**alone, "capital": 30_000_000}, on=TODAY) == []
    assert summary(shop, {**alone, "capital": 1}, on=TODAY)["whens"] == []


def test_a_question_that_appears_is_no_fault_yet_and_what_was_typed_before_is_kept():
    marital = eform_by_key("marital-status", 1)
    before = {**marital.samples["right"], "status": "never"}
    del before["spouse_name"], before["ended_number"], before["ended_day"], before["ended_by"]
    turn = turned(marital, 3, posted(**{"eform-asked": "status", "status": "divorced"}), before, on=TODAY)
    assert turn.stay
    assert turn.anew
    assert turn.faults == ()
    asked = page_context(marital, 3, turn.answers, on=TODAY)["page"].asked
    assert asked == "status spouse_name ended_number ended_day ended_by"
    again = turned(marital, 3, posted(**{"eform-asked": asked, "status": "divorced"}), turn.answers, on=TODAY)
    assert [fault.question for fault in again.faults] == ["spouse_name", "ended_number", "ended_day", "ended_by"]
    typed = {**before, "status": "divorced", "spouse_name": "Phạm Văn Hùng"}
    hidden = turned(marital, 3, posted(**{"eform-asked": asked, "status": "never"}), typed, on=TODAY)
    assert not hidden.stay
    assert "spouse_name" not in settled(marital, hidden.answers, on=TODAY)


def test_the_request_is_written_in_vietnamese_and_an_answer_is_never_read_as_a_mark():
    extract = eform_by_key("civil-status-extract", 1)
    answers = {**extract.samples["right"], "about": "other", "person_name": "Lê {copies} Tám"}
    with translation.override("en"):
        said = summary(extract, answers, on=TODAY)
    assert said["request"] == "Cấp bản sao Trích lục kết hôn của Lê {copies} Tám, 3 bản"
    assert said["copies"] == 3


def test_a_minor_needs_a_guardian_from_the_day_of_filing():
    residence = eform_by_key("permanent-residence", 1)
    answers = {**residence.samples["right"], "person_birth_date": "2008-11-20"}
    assert 2 not in pages_asked(residence, answers, on=TODAY)
    assert 2 in pages_asked(residence, answers, on=date(2026, 11, 19))


def test_who_acts_for_another_fills_in_both():
    marital = eform_by_key("marital-status", 1)
    agent = {"full_name": "Trần Văn Minh", "personal_id": "001094012346", "birth_date": date(1994, 1, 1)}
    mother = {"full_name": "Phạm Thị Hoa", "personal_id": "036165012345", "birth_date": date(1965, 2, 3)}
    alone, for_her = prefilled(marital, agent), prefilled(marital, agent, mother)
    assert alone["person_birth_date"] == "1994-01-01"
    assert "person_name" not in alone
    assert (for_her["requester_name"], for_her["person_name"]) == ("Trần Văn Minh", "Phạm Thị Hoa")
    assert for_her["person_birth_date"] == "1965-02-03"
    assert "requester_personal_id" not in prefilled(marital, {"personal_id": "B1234567"}), "a passport does not fit"


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("vi", "85,5", 85.5), ("vi", "85.5", 85.5), ("vi", "1.250", 1250), ("vi", "1.250,5", 1250.5),
        ("vi", "1 250", 1250), ("en", "1,250.5", 1250.5), ("en", "1,250", 1250), ("en", "85.5", 85.5),
        ("en", "85,5", 85.5), ("vi", "1.2.3", "1.2.3"), ("vi", "mười", "mười"), ("vi", "-3", "-3"),
    ],
)  # fmt: skip
def test_measures_are_read_as_their_reader_writes_them(language: str, typed: str, meant: float | str):
    house = eform_by_key("house-permit", 1)
    with translation.override(language):
        assert read(house, 2, posted(plot_area=typed), {}) == {"plot_area": meant}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "một"), (5, "năm"), (10, "mười"), (11, "mười một"), (15, "mười lăm"), (21, "hai mươi mốt"),
        (25, "hai mươi lăm"), (30, "ba mươi"), (1985, "một nghìn chín trăm tám mươi lăm"),
        (2005, "hai nghìn không trăm linh năm"), (2000, "hai nghìn"), (2011, "hai nghìn không trăm mười một"),
    ],
)  # fmt: skip
def test_numbers_are_read_out_as_a_register_writes_them(number: int, words: str):
    assert words_of(number) == words
