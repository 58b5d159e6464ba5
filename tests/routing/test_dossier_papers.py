"""The papers of a dossier on its way, read back: each exists when its occasion does, on the form of its day."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from motcua.catalogue.models import Component
from motcua.dossiers.models import Dossier
from motcua.dossiers.tracking import tracking_url
from motcua.people.models import Role
from motcua.routing import actions
from motcua.routing.actions import detours
from motcua.routing.consultations.actions import Question, answer, consult
from motcua.routing.consultations.closing import apply_silence
from motcua.routing.consultations.models import Consultation, Opinion, SilenceRule
from motcua.routing.models import Step
from motcua.routing.prints import control_sheet_of, hand_overs
from motcua.routing.queries import steps_of
from motcua.worktime.rules import Amount
from motcua.worktime.rules import Unit as ClockUnit
from tests.cast import Cast, minutes_later, police_officer
from tests.documents.reading import assert_archival, millimetres, words
from tests.routing.lives import (
    AT_WORK,
    LATER,
    LAW,
    MUCH_LATER,
    WHY,
    WISH,
    Life,
    ask,
    asked,
    at_leader,
    at_officer,
    bring,
    colleague,
    finished,
    hand_over,
    on,
    publish_changed,
    returned,
    side_by_side,
    unit,
)

PAPERS = ("supplement-request", "refusal-letter", "discontinuation", "control-sheet")


@pytest.fixture
def officer(client, cast: Cast):
    return log_in(client, "thuly")


def log_in(client, who: str):
    assert client.post("/accounts/login/", {"login": who, "password": "motcua-trinh-dien"}).status_code == 302
    return client


def paper(client, name: str, life: Life) -> Any:
    return client.get(reverse(name, args=(life.row.code,)))


def read(client, name: str, life: Life) -> str:
    answer = paper(client, name, life)
    assert answer["Content-Type"] == "application/pdf"
    assert life.row.code in answer["Content-Disposition"]
    assert_archival(answer.content)
    return words(answer.content)


def links(client, life: Life) -> set[str]:
    page = client.get(reverse("dossier", args=(life.row.code,))).content.decode()
    return {name for name in PAPERS if reverse(name, args=(life.row.code,)) in page}


def rejected(cast: Cast) -> Life:
    life = at_leader(cast)
    detours.reject(life.step, reason=WHY, legal_basis=LAW, by=cast.leader, at=AT_WORK)
    return life


def stopped(cast: Cast) -> Life:
    life = at_officer(cast)
    detours.discontinue(life.id, wish=WISH, by=cast.receiver, at=AT_WORK)
    return life


def test_form_02_names_each_paper_the_day_and_what_becomes_of_the_time(officer, cast: Cast):
    life = asked(cast)
    name = Component.objects.get(pk=life_first_demand(life)).name
    text = read(officer, "supplement-request", life)
    for line in (
        "Mẫu số 02 (ban hành kèm theo Thông tư số 03/2025/TT-VPCP", "PHIẾU YÊU CẦU BỔ SUNG", "Số: 1/PBS", life.row.code,
        "Võ Đình Quang", name, "Bản giải trình về ranh giới", LAW, "Chưa đủ căn cứ", "tính lại từ đầu",
        "đến hết ngày 11/12/2026", "Trần Thị Thu Hà", "ngày 25 tháng 11 năm 2026",
    ):  # fmt: skip
        assert line in text, line
    assert millimetres(paper(officer, "supplement-request", life).content) == (148, 210)


def life_first_demand(life: Life) -> Any:
    return life.row.supplement_requests.get().demands.order_by("position")[0].component_id


def test_form_02_of_a_version_that_lets_the_time_go_on_says_so(officer, cast: Cast):
    publish_changed(cast, supplement_rule="resume")
    text = read(officer, "supplement-request", asked(cast))
    assert "tính tiếp phần còn lại" in text
    assert "tính lại từ đầu" not in text


def test_form_02_stays_after_the_papers_came(officer, cast: Cast):
    life = asked(cast)
    bring(life, cast.receiver, LATER)
    assert "supplement-request" in links(officer, life)
    assert "Số: 1/PBS" in read(officer, "supplement-request", life)


def test_form_03_says_it_was_examined_and_the_answer_is_no(officer, cast: Cast):
    life = rejected(cast)
    text = read(officer, "refusal-letter", life)
    for line in (
        "Mẫu số 03", "Số: 1/PTC", life.row.code, WHY, LAW, "Qua xem xét, thẩm định hồ sơ",
        "Ủy ban nhân dân Phường Tân Thạnh thông báo không giải quyết", "Võ Đình Quang",
    ):  # fmt: skip
        assert line in text, line
    hand_over(life, LATER)
    assert "refusal-letter" in links(officer, life)


def test_form_05_says_who_asked_how_and_that_nothing_was_decided(officer, cast: Cast):
    life = stopped(cast)
    kept = life.row.components.select_related("component").order_by("component__position")[0].component.name
    text = read(officer, "discontinuation", life)
    for line in (
        "Mẫu số 05", "Số: 1/TBD", "THÔNG BÁO DỪNG GIẢI QUYẾT", "Người đề nghị dừng: Võ Đình Quang",
        "Hình thức đề nghị: Tại quầy", "Tình trạng hồ sơ khi đề nghị: Đang xử lý",
        "Thời gian dừng giải quyết: 09 giờ 00 phút, ngày 25 tháng 11 năm 2026", "chưa ban hành quyết định",
        kept, "01 bản chính",
    ):  # fmt: skip
        assert line in text, line
    detours.reopen(life.id, reason=WHY, by=cast.leader, at=LATER)
    assert links(officer, life) == {"control-sheet"}


def test_a_dossier_stopped_for_silence_has_no_form_05(officer, cast: Cast):
    life = asked(cast)
    detours.discontinue_unanswered(life.id, by=cast.receiver, at=MUCH_LATER)
    assert links(officer, life) == {"supplement-request", "control-sheet"}
    assert paper(officer, "discontinuation", life).status_code == 404


def test_form_06_lists_every_hand_over_with_its_time_and_whether_it_was_kept(officer, cast: Cast):
    life = returned(cast)
    lines = hand_overs(steps_of(life.id))
    assert [(line.giver, line.taker) for line in lines] == [
        ("Nguyễn Thị Mai", "Trần Thị Thu Hà"), ("Trần Thị Thu Hà", "Lê Văn Nam"), ("Lê Văn Nam", "Phạm Quốc Bảo"),
        ("Phạm Quốc Bảo", "Nguyễn Thị Mai"), ("Nguyễn Thị Mai", ""),
    ]  # fmt: skip
    assert [line.outcome for line in lines] == ["đúng hạn", "đúng hạn", "trước hạn", "trước hạn", ""]
    assert lines[-1].taking_unit == "Người nộp hồ sơ"
    text = read(officer, "control-sheet", life)
    for line in (
        "Mẫu số 06", "/PKS", "PHIẾU KIỂM SOÁT", "Giao: Trung tâm Phục vụ hành chính công",
        "Nhận: Tư pháp – hộ tịch", "09 giờ 25 phút, ngày 23 tháng 11 năm 2026", "Lê Văn Nam", "trước hạn",
        "Thời gian hẹn trả kết quả: 09 giờ 15 phút, ngày 25 tháng 11 năm 2026",
    ):  # fmt: skip
        assert line in text, line
    assert millimetres(paper(officer, "control-sheet", life).content) == (210, 297)


def test_form_06_of_a_dossier_late_sent_back_and_forwarded(cast: Cast):
    life = at_leader(cast)
    actions.send_back(life.step, reason="Thiếu chữ ký", by=cast.leader, at=minutes_later(AT_WORK, 120))
    surveyor = colleague(cast.case_officer, Role.CASE_OFFICER, unit(cast, "land"))
    detours.forward(life.step, to="land", reason="Việc của địa chính", by=cast.case_officer, at=LATER)
    actions.pass_on(life.step, by=surveyor, at=minutes_later(LATER, 5), note="Đã bổ sung")
    lines = hand_overs(steps_of(life.id))
    assert [line.outcome for line in lines] == ["đúng hạn", "đúng hạn", "quá hạn", "quá hạn", "quá hạn"]
    assert [line.note for line in lines][2:] == [
        "Đã trả lại: Thiếu chữ ký", "Đã chuyển đơn vị khác: Việc của địa chính", "Đã bổ sung",
    ]  # fmt: skip
    assert (lines[3].giving_unit, lines[3].taking_unit) == ("Tư pháp – hộ tịch", "Địa chính – xây dựng")


def test_form_06_of_steps_side_by_side_says_who_waited(cast: Cast):
    life = side_by_side(cast)
    first, second = Step.objects.filter(dossier_id=life.id, finished_at=None).order_by("position")
    actions.pass_on(first.id, by=cast.case_officer, at=AT_WORK)
    actions.pass_on(second.id, by=cast.case_officer, at=LATER)
    lines = hand_overs(steps_of(life.id))
    assert lines[0].taking_unit == "Địa chính – xây dựng; Tư pháp – hộ tịch"
    assert [(line.taking_unit, line.note) for line in lines[1:]] == [
        ("", "Chờ bước làm cùng lúc"), ("Lãnh đạo phường", ""),
    ]  # fmt: skip


def test_form_06_of_an_absent_officers_step_names_both(cast: Cast):
    life = finished(cast)
    Step.objects.filter(dossier_id=life.id, role="approver").update(on_behalf_of_id=cast.receiver.id)
    lines = hand_overs(steps_of(life.id))
    assert lines[2].giver == "Lê Văn Nam, thay mặt Nguyễn Thị Mai"
    printed = control_sheet_of(Dossier.objects.get(pk=life.id), datetime(2026, 11, 25, tzinfo=UTC))
    assert printed.tracking_url == tracking_url(life.row)


def test_form_06_names_who_was_consulted_with_the_dates(officer, cast: Cast):
    life = at_officer(cast)
    for minute, (function, silence) in enumerate((("police", "remind"), ("social", "go_on"), ("justice", "remind"))):
        question = Question("Có tranh chấp không?", Amount(4, ClockUnit.WORKING_HOUR), SilenceRule(silence),
                            unit_id=unit(cast, function))  # fmt: skip
        consult(life.step, question, by=cast.case_officer, at=minutes_later(AT_WORK, minute))
    police = Consultation.objects.get(dossier_id=life.id, unit__function="police")
    answer(police.pk, Opinion.AGREE, words="", by=police_officer(), at=minutes_later(AT_WORK, 75))
    apply_silence(LATER)
    text = read(officer, "control-sheet", life)
    assert "Công an phường (hỏi lúc 09:00 25/11/2026; trả lời lúc 10:15 25/11/2026: đồng ý)" in text
    assert "Văn hóa – xã hội (hỏi lúc 09:01 25/11/2026: hết hạn không trả lời)" in text
    assert "Tư pháp – hộ tịch (hỏi lúc 09:02 25/11/2026: chưa trả lời)" in text


def test_a_dossier_of_2024_is_printed_on_the_forms_of_its_day(officer, cast: Cast):
    lives = {"supplement-request": asked(cast), "refusal-letter": rejected(cast), "discontinuation": stopped(cast),
             "control-sheet": returned(cast)}  # fmt: skip
    Dossier.objects.update(received_at=on(4, 9, month=3).replace(year=2024))
    marks = {"supplement-request": "Mẫu số 02", "refusal-letter": "Mẫu số 03", "control-sheet": "Mẫu số 05"}
    for name, life in lives.items():
        text = read(officer, name, life)
        assert "03/2025/TT-VPCP" not in text
        assert marks.get(name, "THÔNG BÁO DỪNG") in text
        assert ("01/2018/TT-VPCP" in text) == (name in marks)


def test_a_day_without_a_form_is_said_and_nothing_wrong_is_printed(officer, cast: Cast):
    life = asked(cast)
    Dossier.objects.update(received_at=on(4, 9, month=3).replace(year=2018))
    answer = officer.get(reverse("supplement-request", args=(life.row.code,)), follow=True)
    assert "Chưa có mẫu" in answer.content.decode()


@pytest.mark.parametrize("name", PAPERS[:3])
def test_without_its_occasion_there_is_neither_paper_nor_link(officer, cast: Cast, name: str):
    life = at_officer(cast)
    assert links(officer, life) == {"control-sheet"}
    assert paper(officer, name, life).status_code == 404


def test_each_occasion_brings_its_link(officer, cast: Cast):
    assert links(officer, asked(cast)) == {"supplement-request", "control-sheet"}
    assert links(officer, rejected(cast)) == {"refusal-letter", "control-sheet"}
    assert links(officer, stopped(cast)) == {"discontinuation", "control-sheet"}


def test_papers_are_vietnamese_also_for_a_reader_of_english(officer, cast: Cast):
    life = rejected(cast)
    ask(at_officer(cast), cast.case_officer, AT_WORK)
    officer.cookies["django_language"] = "en"
    assert "TỪ CHỐI" in read(officer, "refusal-letter", life)
    assert "trước hạn" in read(officer, "control-sheet", life)
