"""Asking others' opinion: who may, until when, who sees what, and what an open question forbids."""

from datetime import datetime
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from motcua.core.models import Event
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.models import Account, Agency, Role, Unit, UnitFunction
from motcua.routing import actions
from motcua.routing.actions import NotYours
from motcua.routing.actions.detours import Unsaid, Wish, discontinue, reject, withdraw
from motcua.routing.consultations import actions as asking
from motcua.routing.consultations.actions import ConsultationRefused, MakesLate, Question
from motcua.routing.consultations.closing import tick
from motcua.routing.consultations.models import Consultation, Opinion, SentHow, SilenceRule
from motcua.routing.consultations.queries import consulted_spans
from motcua.worktime.rules import Amount
from motcua.worktime.rules import Unit as ClockUnit
from tests.cast import (
    BIRTH,
    HANOI_TIME,
    LAND,
    MONDAY,
    MRS_LAN,
    Cast,
    minutes_later,
    open_step,
    police_officer,
    received,
)
from tests.people.town import NEIGHBOUR, logged_in, neighbour_ward, open_moment

ASKED_AT = minutes_later(MONDAY, 30)
LATER = minutes_later(ASKED_AT, 30)
HOURS = Amount(4, ClockUnit.WORKING_HOUR)
WORDS = "Chủ hồ sơ có đăng ký thường trú tại địa chỉ này không?"


@pytest.fixture
def dossier(cast: Cast):
    """A land dossier on the case officer's desk, Monday morning."""
    opened = received(LAND, cast)
    actions.pass_on(open_step(opened.id)[0], by=cast.receiver, at=minutes_later(MONDAY, 10))
    return opened


def unit_of(cast: Cast, function: UnitFunction) -> Unit:
    return Unit.objects.get(agency_id=cast.case_officer.agency_id, function=function)


def question(cast: Cast, function: UnitFunction = UnitFunction.POLICE, **changes) -> Question:
    whom = {"unit_id": unit_of(cast, function).pk} if not {"agency_id", "outside_name"} & changes.keys() else {}
    return Question(**({"words": WORDS, "deadline": HOURS, "silence": SilenceRule.REMIND} | whom | changes))


def asked(dossier, cast: Cast, at: datetime = ASKED_AT, **changes) -> Consultation:
    return asking.consult(open_step(dossier.id)[0], question(cast, **changes), by=cast.case_officer, at=at)


@pytest.fixture
def neighbour(ward: None, db: None) -> ActingOfficial:
    """An official of another ward of the system."""
    person = neighbour_ward()
    found = account_with_official(person.account_id, MONDAY.date())
    assert found is not None
    assert found[1] is not None
    return found[1]


def test_a_friday_afternoon_question_is_due_after_the_weekend(cast: Cast, dossier):
    friday = datetime(2026, 11, 27, 15, 0, tzinfo=HANOI_TIME)
    assert asked(dossier, cast, at=friday).due_at == datetime(2026, 11, 30, 9, 0, tzinfo=HANOI_TIME)


def test_a_deadline_after_the_promise_is_refused_until_it_is_accepted(cast: Cast, dossier):
    step, long = open_step(dossier.id)[0], question(cast, deadline=Amount(60, ClockUnit.WORKING_DAY))
    with pytest.raises(MakesLate, match=r"không trước ngày hẹn trả .*: hồ sơ sẽ trễ"):
        asking.consult(step, long, by=cast.case_officer, at=ASKED_AT)
    assert not Consultation.objects.exists()
    assert asking.consult(step, long, by=cast.case_officer, at=ASKED_AT, even_if_late=True).is_open


@pytest.mark.parametrize("number", [0, 61])
def test_an_odd_deadline_is_refused(cast: Cast, dossier, number: int):
    with pytest.raises(ConsultationRefused, match="từ 1 đến 60"):
        asked(dossier, cast, deadline=Amount(number, ClockUnit.WORKING_DAY))


def test_only_who_holds_the_step_asks_and_only_while_the_dossier_is_in_work(cast: Cast, dossier):
    step = open_step(dossier.id)[0]
    with pytest.raises(NotYours):
        asking.consult(step, question(cast), by=cast.receiver, at=ASKED_AT)
    finished = received(BIRTH, cast)
    hands = {"receiver": cast.receiver, "case_officer": cast.case_officer, "records_clerk": cast.records_clerk}
    while (now := open_step(finished.id))[1] == "approver" or not _returns(finished.id):
        act = actions.approve if now[1] == "approver" else actions.pass_on
        act(now[0], by=hands.get(now[1], cast.leader), at=ASKED_AT)
    with pytest.raises(NotYours, match="xử lý xong"):
        asking.consult(open_step(finished.id)[0], question(cast), by=cast.receiver, at=LATER)


def _returns(dossier_id) -> bool:
    return Event.objects.filter(subject_id=dossier_id, kind="dossier.finished").exists()


def test_agreement_by_silence_needs_its_law_and_a_question_its_words(cast: Cast, dossier):
    with pytest.raises(Unsaid, match="căn cứ"):
        asked(dossier, cast, silence=SilenceRule.AGREE)
    with pytest.raises(Unsaid, match="nội dung"):
        asked(dossier, cast, words="  ")


def test_nobody_is_asked_where_nobody_answers_and_nobody_twice(cast: Cast, dossier):
    with pytest.raises(ConsultationRefused, match="chưa có ai"):
        asked(dossier, cast, unit_id=uuid4())
    with pytest.raises(ConsultationRefused, match="chưa có ai"):
        asked(dossier, cast, agency_id=uuid4())
    own = open_step(dossier.id)[2]
    with pytest.raises(ConsultationRefused, match="chưa có ai"):
        asked(dossier, cast, unit_id=own)
    asked(dossier, cast)
    with pytest.raises(ConsultationRefused, match="đang được hỏi"):
        asked(dossier, cast, at=LATER)


def test_several_are_asked_at_once_and_each_must_answer_before_the_step_goes_on(cast: Cast, dossier):
    first, second = asked(dossier, cast), asked(dossier, cast, function=UnitFunction.LEADERS)
    step = open_step(dossier.id)[0]
    asking.answer(first.pk, Opinion.AGREE, words="", by=police_officer(), at=LATER)
    with pytest.raises(NotYours, match="Lãnh đạo phường"):
        actions.pass_on(step, by=cast.case_officer, at=LATER)
    asking.answer(second.pk, Opinion.CONDITIONAL, words="Sau khi đo đạc", by=cast.leader, at=LATER)
    actions.pass_on(step, by=cast.case_officer, at=LATER)
    assert consulted_spans(dossier.id) == [("Công an phường", ASKED_AT, LATER), ("Lãnh đạo phường", ASKED_AT, LATER)]


def test_a_question_left_over_from_a_step_sent_back_still_holds_the_dossier(cast: Cast, dossier):
    open_question = asked(dossier, cast)
    actions.send_back(open_step(dossier.id)[0], reason="Nhầm đơn vị", by=cast.case_officer, at=LATER)
    with pytest.raises(NotYours, match="Đang chờ ý kiến"):
        actions.pass_on(open_step(dossier.id)[0], by=cast.receiver, at=LATER)
    asking.withdraw(open_question.pk, reason="Không cần nữa", by=cast.receiver, at=LATER)
    actions.pass_on(open_step(dossier.id)[0], by=cast.receiver, at=LATER)


def test_only_the_asked_answer_and_disagreement_says_why(cast: Cast, dossier):
    open_question = asked(dossier, cast)
    for stranger in (cast.leader, cast.case_officer, cast.controller, cast.administrator):
        with pytest.raises(NotYours, match="gửi nơi khác"):
            asking.answer(open_question.pk, Opinion.AGREE, words="", by=stranger, at=LATER)
    with pytest.raises(Unsaid, match="vì sao không đồng ý"):
        asking.answer(open_question.pk, Opinion.DISAGREE, words=" ", by=police_officer(), at=LATER)
    asking.answer(open_question.pk, Opinion.DISAGREE, words="Không có tên", by=police_officer(), at=LATER)
    with pytest.raises(ConsultationRefused, match="vừa được trả lời"):
        asking.answer(open_question.pk, Opinion.AGREE, words="", by=police_officer(), at=LATER)
    open_question.refresh_from_db()
    assert (open_question.opinion, open_question.words) == ("disagree", "Không có tên")


def test_who_neither_asked_nor_holds_the_dossier_cannot_take_the_question_back(cast: Cast, dossier):
    open_question = asked(dossier, cast)
    with pytest.raises(NotYours):
        asking.withdraw(open_question.pk, reason="Thôi", by=police_officer(), at=LATER)
    asking.withdraw(open_question.pk, reason="Đã rõ", by=cast.case_officer, at=LATER)
    with pytest.raises(ConsultationRefused, match="thôi hỏi"):
        asking.answer(open_question.pk, Opinion.AGREE, words="", by=police_officer(), at=LATER)


def test_an_agency_outside_the_system_answers_by_letter(cast: Cast, dossier):
    outside = asked(dossier, cast, outside_name="Chi nhánh điện lực", sent_how=SentHow.LETTER)
    with pytest.raises(Unsaid, match="số, ngày"):
        asking.record_letter(outside.pk, Opinion.AGREE, letter="", words="", by=cast.case_officer, at=LATER)
    with pytest.raises(NotYours):
        asking.record_letter(outside.pk, Opinion.AGREE, letter="12/CV", words="", by=police_officer(), at=LATER)
    with pytest.raises(NotYours):
        asking.answer(outside.pk, Opinion.AGREE, words="", by=cast.case_officer, at=LATER)
    asking.record_letter(outside.pk, Opinion.AGREE, letter="12/CV", words="", by=cast.case_officer, at=LATER)
    outside.refresh_from_db()
    assert (outside.closed_how, outside.letter) == ("answered", "12/CV")


@pytest.mark.parametrize("end", [withdraw, discontinue])
def test_a_dossier_that_ends_asks_nobody_any_more(cast: Cast, dossier, end):
    open_question = asked(dossier, cast)
    end(dossier.id, wish=Wish("Nguyễn Thị Lan", "counter", "Xin thôi"), by=cast.receiver, at=LATER)
    open_question.refresh_from_db()
    assert (open_question.closed_how, open_question.closed_at) == ("withdrawn", LATER)
    assert tick(minutes_later(open_question.due_at, 1)) == {"closed": 0, "noticed": 0}


def test_a_rejected_dossier_asks_nobody_any_more(cast: Cast, dossier):
    while open_step(dossier.id)[1] != "approver":
        actions.pass_on(open_step(dossier.id)[0], by=cast.case_officer, at=ASKED_AT)
    step = open_step(dossier.id)[0]
    open_question = asking.consult(step, question(cast), by=cast.leader, at=ASKED_AT)
    with pytest.raises(NotYours, match="Đang chờ ý kiến"):
        actions.approve(step, by=cast.leader, at=LATER)
    reject(step, reason="Sai thẩm quyền", legal_basis="Luật Đất đai", by=cast.leader, at=LATER)
    open_question.refresh_from_db()
    assert open_question.closed_how == "withdrawn"


def test_another_agency_is_asked_and_answers_seeing_no_more_than_it_must(cast: Cast, dossier, neighbour):
    foreign = asked(dossier, cast, agency_id=neighbour.agency_id)
    client = logged_in(NEIGHBOUR)
    page = client.get(reverse("consultation", args=(foreign.pk,))).text
    assert WORDS in page
    assert dossier.code in page
    assert MRS_LAN.full_name in page
    for secret in (MRS_LAN.personal_id, MRS_LAN.address, MRS_LAN.phone, reverse("dossier", args=(dossier.code,))):
        assert secret not in page
    assert client.get(reverse("dossier", args=(dossier.code,))).status_code == HTTPStatus.NOT_FOUND
    assert dossier.code in client.get(reverse("consultations")).text
    asking.answer(foreign.pk, Opinion.NO_OPINION, words="", by=neighbour, at=LATER)
    foreign.refresh_from_db()
    assert foreign.answered_by_id == neighbour.id


def test_a_question_to_others_does_not_exist_for_a_stranger(cast: Cast, dossier, neighbour):
    own = asked(dossier, cast)
    client = logged_in(NEIGHBOUR)
    for name in ("consultation", "withdraw-consultation"):
        foreign, missing = (client.get(reverse(name, args=(key,))) for key in (own.pk, uuid4()))
        assert foreign.status_code == missing.status_code == HTTPStatus.NOT_FOUND
        assert WORDS not in foreign.text
    assert client.get(reverse("consult", args=(dossier.code,))).status_code == HTTPStatus.NOT_FOUND
    assert dossier.code not in client.get(reverse("consultations")).text


def test_a_question_is_asked_answered_and_seen_on_the_pages(cast: Cast):
    opened = received(LAND, cast, at=open_moment())
    actions.pass_on(open_step(opened.id)[0], by=cast.receiver, at=timezone.now())
    officer, police = logged_in("thuly"), logged_in("congan")
    address = reverse("consult", args=(opened.code,))
    page = officer.get(address).text
    assert "Phường Tân Thạnh" not in page.split('name="to"', 1)[1].split("</fieldset>")[0]
    form = {
        "to": f"unit:{unit_of(cast, UnitFunction.POLICE).pk}", "words": WORDS, "deadline_number": "1",
        "deadline_unit": "working_hour", "silence": "agree", "step": str(open_step(opened.id)[0]),
    }  # fmt: skip
    refused = officer.post(address, form)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "căn cứ pháp lý của việc coi im lặng là đồng ý" in refused.text
    sent = officer.post(address, form | {"silence": "remind", "even_if_late": "on"})
    assert sent.status_code == HTTPStatus.FOUND, sent.text
    one = Consultation.objects.get()
    shown = officer.get(reverse("dossier", args=(opened.code,))).text
    assert "Đang chờ trả lời" in shown
    assert "Thôi hỏi" in shown
    waiting = police.get(reverse("worklist")).text
    assert "Hỏi ý kiến đơn vị tôi" in waiting
    assert "Hỏi ý kiến đơn vị tôi" not in officer.get(reverse("worklist")).text
    answer_at = reverse("consultation", args=(one.pk,))
    assert police.post(answer_at, {"opinion": "disagree"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert police.post(answer_at, {"opinion": "disagree", "words": "Không có"}).status_code == HTTPStatus.FOUND
    assert "Không đồng ý" in officer.get(reverse("dossier", args=(opened.code,))).text
    assert opened.code in police.get(reverse("consultations") + "?view=closed").text


def test_agencies_offered_are_those_that_can_answer(cast: Cast, dossier, neighbour):
    page = logged_in("thuly").get(reverse("consult", args=(dossier.code,))).text
    assert "Phường Bên Cạnh" in page
    assert Agency.objects.exclude(short_name__in=["Phường Bên Cạnh", "Phường Tân Thạnh"]).exists()
    assert "Thành phố Đà Nẵng" not in page


def test_controllers_and_administrators_of_an_asked_agency_are_not_asked(cast: Cast, dossier, neighbour):
    foreign = asked(dossier, cast, agency_id=neighbour.agency_id)
    idle = frozenset((unit, role) for unit, role in neighbour.duties if role == Role.ADMINISTRATOR)
    clerk = account_with_official(Account.objects.get(username=NEIGHBOUR).pk, MONDAY.date())
    assert clerk is not None
    with pytest.raises(NotYours):
        asking.answer(foreign.pk, Opinion.AGREE, words="", by=_with(neighbour, idle), at=LATER)


def _with(official: ActingOfficial, duties: frozenset) -> ActingOfficial:
    return ActingOfficial(
        id=official.id, account_id=official.account_id, name=official.name, title="", unit_id=official.unit_id,
        unit_name="", agency_id=official.agency_id, agency_name="", agency_code="", calendar_code="VN", duties=duties,
    )  # fmt: skip
