"""The counter form: every bad input gets its sentence at its own field, and good input is read as people write it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from motcua.catalogue.rules import papers_for
from motcua.intake.forms import IntakeForm
from tests.cast import BIRTH, Cast, offered

GOOD = {
    "applicant_kind": "person", "full_name": "Nguyễn Thị Lan", "personal_id": "000184001234",
    "birth_date": "05/09/1984", "gender": "female", "address": "12 Phan Châu Trinh", "phone": "0905123456",
    "email": "lan@example.vn", "copies": "1", "channel": "counter", "return_method": "counter",
}  # fmt: skip
CERTIFICATION = "2.000815"  # for citizens and organisations
TOMORROW = f"{localdate() + timedelta(days=1):%d/%m/%Y}"


def typed(cast: Cast, code: str = BIRTH, **changes: Any) -> IntakeForm:
    offer = offered(code, cast.receiver)
    papers = [str(paper.id) for paper in papers_for(offer.components)]
    return IntakeForm(offer, GOOD | {"submission_id": str(uuid4()), "papers": papers} | changes)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("full_name", "", "Ông/bà nhập họ tên chủ hồ sơ."),
        ("full_name", "   ", "Ông/bà nhập họ tên chủ hồ sơ."),
        ("full_name", "123 -", "Ông/bà nhập họ tên chủ hồ sơ."),
        ("full_name", "L" * 201, "nhiều nhất 200 ký tự"),
        ("personal_id", "12345", "đúng 12 chữ số"),
        ("personal_id", "0001840012345", "đúng 12 chữ số"),
        ("personal_id", "00018400123A", "đúng 12 chữ số"),
        ("birth_date", "31/02/1984", "dạng ngày/tháng/năm"),
        ("birth_date", "hôm qua", "dạng ngày/tháng/năm"),
        ("birth_date", TOMORROW, "phải trước hôm nay"),
        ("birth_date", "31/12/1874", "Năm sinh chưa đúng"),
        ("phone", "12345", "Số điện thoại chưa đúng"),
        ("phone", "không có", "Số điện thoại chưa đúng"),
        ("email", "lan.example.vn", "Địa chỉ thư điện tử chưa đúng"),
        ("submitter_personal_id", "123", "đúng 12 chữ số"),
        ("submission_id", "nothing", "mở lại trang tiếp nhận"),
        ("submission_id", "", "mở lại trang tiếp nhận"),
        ("copies", "", "từ 1 đến 99"),
        ("copies", "0", "ít nhất là 1"),
        ("copies", "100", "nhiều nhất là 99"),
        ("copies", "hai", "số nguyên từ 1 đến 99"),
        ("papers", ["7b0c1f7e-0000-4000-8000-000000000000"], "không thuộc thủ tục này"),
        ("request", "x" * 601, "nhiều nhất 600 ký tự"),
    ],
)
def test_bad_input_is_told_at_its_own_field(cast: Cast, field: str, value: Any, sentence: str):
    form = typed(cast, **{field: value})
    assert not form.is_valid()
    assert set(form.errors) == {field}
    assert sentence in " ".join(form.errors[field])


@pytest.mark.parametrize("field", ["applicant_kind", "channel", "return_method", "gender", "whens", "submission_id"])
def test_a_choice_nobody_offered_is_refused(cast: Cast, field: str):
    form = typed(cast, **{field: ["nothing"] if field == "whens" else "nothing"})
    assert not form.is_valid()
    assert set(form.errors) == {field}


def limited_to(cast: Cast, *kinds: str, chosen: str = "person") -> IntakeForm:
    """The form of a procedure that only these kinds of applicant may file."""
    offer = offered(CERTIFICATION, cast.receiver)
    offer = replace(offer, content=replace(offer.content, applicant_kinds=kinds))
    papers = [str(paper.id) for paper in papers_for(offer.components)]
    return IntakeForm(
        offer, GOOD | {"submission_id": str(uuid4()), "papers": papers, "applicant_kind": chosen, "personal_id": ""}
    )


@pytest.mark.parametrize(
    ("kinds", "offers"),
    [
        (("citizen", "household"), ["person"]),
        (("enterprise", "state_body"), ["organisation"]),
        (("foreigner", "cooperative"), ["person", "organisation"]),
        ((), ["person", "organisation"]),
    ],
)
def test_only_those_who_may_apply_are_offered(cast: Cast, kinds: tuple[str, ...], offers: list[str]):
    form = limited_to(cast, *kinds, chosen=offers[-1])
    assert [value for value, _label in form.fields["applicant_kind"].choices] == offers
    assert form["applicant_kind"].field.initial == offers[0]
    assert form.is_valid(), form.errors


@pytest.mark.parametrize(
    ("kind", "forged", "sentence"),
    [("citizen", "organisation", "chỉ dành cho cá nhân"), ("enterprise", "person", "chỉ dành cho tổ chức")],
)
def test_whoever_may_not_apply_is_told_so_at_the_field(cast: Cast, kind: str, forged: str, sentence: str):
    form = limited_to(cast, kind, chosen=forged)
    assert not form.is_valid()
    assert set(form.errors) == {"applicant_kind"}
    assert sentence in " ".join(form.errors["applicant_kind"])


@pytest.mark.parametrize(
    ("number", "good"), [("0400123456", True), ("0400123456001", True), ("000184001234", False), ("04001234", False)]
)
def test_an_organisation_has_ten_or_thirteen_digits(cast: Cast, number: str, good: bool):
    form = typed(cast, CERTIFICATION, applicant_kind="organisation", full_name="Công ty An Phú", personal_id=number)
    assert form.is_valid() == good
    assert good or "10 chữ số" in " ".join(form.errors["personal_id"])


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("full_name", "  Nguyễn   Thị\tLan ", "Nguyễn Thị Lan"),
        ("personal_id", "000 184.001-234", "000184001234"),
        ("birth_date", "05091984", date(1984, 9, 5)),
        ("birth_date", "5-9-1984", date(1984, 9, 5)),
        ("birth_date", "1984-09-05", date(1984, 9, 5)),
        ("birth_date", "", None),
        ("phone", "0905 123.456", "0905123456"),
        ("phone", "+84 (905) 123-456", "+84905123456"),
    ],
)
def test_input_is_read_as_people_write_it(cast: Cast, field: str, value: str, read: object):
    form = typed(cast, **{field: value})
    assert form.is_valid(), form.errors
    assert getattr(form.filing().applicant, field) == read


def test_an_organisation_has_no_birthday_and_no_gender(cast: Cast):
    form = typed(cast, CERTIFICATION, applicant_kind="organisation", personal_id="0400123456")
    assert form.is_valid(), form.errors
    applicant = form.filing().applicant
    assert (applicant.birth_date, applicant.gender) == (None, "")


def test_only_ticked_papers_are_handed_in(cast: Cast):
    papers = [str(paper.id) for paper in papers_for(offered(BIRTH, cast.receiver).components)]
    form = typed(cast, papers=papers[:1])
    assert form.is_valid(), form.errors
    assert [str(paper.component_id) for paper in form.filing().papers] == papers[:1]
