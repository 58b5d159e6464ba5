"""The pure rules of a procedure's content."""

from dataclasses import replace
from datetime import date, time
from itertools import chain

import pytest

from motcua.catalogue.review import described
from motcua.catalogue.rules import (
    ComponentLine,
    FeeLine,
    LimitLine,
    Period,
    PeriodTaken,
    StepLine,
    checklist,
    choose_limit,
    differences,
    faults,
    faults_by_element,
    fee_lines,
    fee_total,
    fingerprint,
    make_room,
    papers_for,
    situations,
)
from motcua.catalogue.wording import fee_headline, fee_text, limit_text, money
from motcua.core.ids import uuid7
from tests.catalogue.conftest import BIRTH


def test_a_complete_version_has_no_faults():
    assert faults(BIRTH) == []


@pytest.mark.parametrize(
    ("spoiled", "sentence"),
    [
        ({"limits": BIRTH.limits[1:]}, "Thiếu thời hạn chung"),
        ({"limits": (LimitLine(1, "OTHER"),)}, "Đơn vị thời hạn “OTHER”"),
        ({"limits": (LimitLine(1, "day"), LimitLine(2, "day"))}, "hai thời hạn"),
        ({"components": ()}, "Thiếu thành phần hồ sơ"),
        ({"channels": ()}, "cách nộp"),
        ({"results": ()}, "kết quả"),
        ({"route": ()}, "Thiếu quy trình nội bộ"),
        ({"route": BIRTH.route[1:]}, "tổng đang là 90"),
        ({"route": BIRTH.route[:-1]}, "kết thúc ở cán bộ tiếp nhận"),
        ({"route": (replace(BIRTH.route[0], share=100), BIRTH.route[-1])}, "lãnh đạo ký"),
        ({"fees": (FeeLine("fee", "Phí", 5, set_by_province=True),)}, "do tỉnh quy định"),
    ],
)
def test_each_fault_is_a_sentence(spoiled: dict[str, object], sentence: str):
    found = faults(replace(BIRTH, **spoiled))
    assert any(sentence in one for one in found), found


def test_the_fingerprint_changes_with_the_content_and_not_with_the_row():
    assert fingerprint(BIRTH) == fingerprint(
        replace(BIRTH, components=tuple(replace(c, id=uuid7()) for c in BIRTH.components))
    )
    assert fingerprint(BIRTH) != fingerprint(replace(BIRTH, cut_off=time(15)))
    assert fingerprint(BIRTH) != fingerprint(replace(BIRTH, components=BIRTH.components[::-1]))


def test_the_most_exact_limit_is_chosen():
    limits = (
        LimitLine(10, "day"),
        LimitLine(7, "day", channel="online"),
        LimitLine(20, "day", when="Phải xác minh"),
        LimitLine(15, "day", channel="online", when="Phải xác minh"),
    )
    assert [
        choose_limit(limits, channel=channel, when=when).number
        for channel, when in (("counter", ""), ("online", ""), ("post", "Phải xác minh"), ("online", "Phải xác minh"))
    ] == [10, 7, 20, 15]
    assert choose_limit(limits[1:2], channel="counter") is None


def test_an_open_amount_is_never_summed_as_nothing():
    fees = (FeeLine("charge", "Lệ phí", None, set_by_province=True), FeeLine("fee", "Bản sao", 8000, when="Thêm bản"))
    assert fee_total(fee_lines(fees, ["Thêm bản"])) == (8000, False)
    assert fee_total(fee_lines(fees[1:])) == (0, True)
    assert fee_text(fees[0]) == "Do tỉnh quy định"
    assert fee_text(replace(fees[0], set_by_province=False)) == "Chưa rõ mức thu"
    assert fee_headline(fees[:1]) == "Do tỉnh quy định"
    assert fee_headline(()) == "Không thu"
    assert money(1234567) == "1.234.567 đồng"
    assert limit_text(LimitLine(8, "working_hour")) == "8 giờ làm việc"


def test_papers_are_sorted_into_always_and_by_situation():
    optional = ComponentLine("Ảnh", required=False)
    sorted_out = checklist((*BIRTH.components, optional))
    assert [c.name for c in sorted_out.always] == ["Giấy chứng sinh"]
    assert [when for when, _lines in sorted_out.by_situation] == ["Nhờ người khác làm thay", ""]
    assert [c.name for c in papers_for(BIRTH.components)] == ["Giấy chứng sinh"]
    assert len(papers_for(BIRTH.components, ["Nhờ người khác làm thay"])) == 2
    assert situations(BIRTH) == ("Phải xác minh", "Quá hạn", "Nhờ người khác làm thay")


def test_a_new_period_ends_the_one_before_and_refuses_a_later_one():
    old, today = Period(uuid7(), date(2026, 1, 1), None), date(2025, 1, 1)
    assert make_room([old], date(2026, 7, 1), None, today=today) == (old.version_id, date(2026, 6, 30))
    assert make_room([], date(2026, 7, 1), None, today=today) is None
    assert make_room([replace(old, last=date(2026, 3, 1))], date(2026, 7, 1), None, today=today) is None
    with pytest.raises(PeriodTaken, match="01/01/2026"):
        make_room([old], date(2026, 1, 1), None, today=today)
    assert make_room([old], date(2025, 1, 1), date(2025, 12, 31), today=today) is None


def test_only_the_first_version_of_a_procedure_may_be_back_dated():
    today = date(2026, 7, 2)
    old = Period(uuid7(), date(2026, 1, 1), None)
    assert make_room([], date(2020, 1, 1), None, today=today) is None
    assert make_room([old], today, None, today=today) == (old.version_id, date(2026, 7, 1))
    for periods in ([old], [replace(old, last=date(2026, 3, 1))]):
        with pytest.raises(PeriodTaken, match="lùi ngày; chọn từ ngày 02/07/2026"):
            make_room(periods, date(2026, 7, 1), None, today=today)


def test_a_fault_names_the_element_to_mend():
    broken = replace(BIRTH, name="", limits=(), route=BIRTH.route[:-1])
    assert set(faults_by_element(broken)) == {"name", "limits", "route"}
    assert sorted(faults(broken)) == sorted(chain.from_iterable(faults_by_element(broken).values()))
    assert faults_by_element(BIRTH) == {}


def test_every_difference_can_be_said_in_words():
    other = replace(
        BIRTH, supplement_rule="resume", supplement_days=5, cut_off=time(15), online_level="partial",
        route=(*BIRTH.route[:2], replace(BIRTH.route[1], function="land", parallel=True), *BIRTH.route[2:]),
    )  # fmt: skip
    said = {change.element: change.gained for change in map(described, differences(BIRTH, other))}
    assert said["Thời hạn sau khi bổ sung"] == ("Tính tiếp phần thời gian còn lại",)
    assert said["Quy trình nội bộ"][0].endswith("cùng lúc với bước trước")
    assert len(said) == 5


def test_differences_name_only_what_changed():
    later = replace(BIRTH, summary="Khác", route=(*BIRTH.route[:-1], StepLine("Trả", "receiver", "one_stop", 0)))
    changes = {change.element: change for change in differences(BIRTH, later)}
    assert set(changes) == {"summary", "route"}
    assert [step.name for step in changes["route"].gained] == ["Trả"]
    assert differences(BIRTH, BIRTH) == []
