"""What a detour does to the date, the steps and the answer; every date here was counted by hand."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from motcua.catalogue.rules import StepLine
from motcua.dossiers.actions import ClockWentBack
from motcua.dossiers.ledger import clock_of
from motcua.dossiers.models import ClockEntry
from motcua.dossiers.states import State
from motcua.intake.models import SupplementRequest
from motcua.payments.actions import settle_duty
from motcua.payments.evidence import Evidence
from motcua.people.models import Official, Role, RoleGrant
from motcua.result.models import Delivery, Result
from motcua.routing import actions
from motcua.routing.actions import NotYours, detours, waiting
from motcua.routing.models import Step
from motcua.routing.queries import colleagues_of, late_dossiers, steps_of, worklist
from tests.cast import BIRTH, MONDAY, Cast, minutes_later
from tests.counting import statements
from tests.routing.lives import (
    AT_WORK,
    DUTY,
    LATER,
    LAW,
    MUCH_LATER,
    WHY,
    WISH,
    Life,
    acting,
    ask,
    asked,
    at_leader,
    at_officer,
    at_records,
    bring,
    call_in,
    colleague,
    hand_over,
    invited,
    on,
    publish_changed,
    returned,
    unit,
)

# The office works 7:00-11:30 and 13:30-17:00, Monday to Friday; Tuesday 24 November 2026 is a holiday.
PROMISED = on(22, 9, 15, month=12)  # twenty working days from Monday 9:15
FRIDAY, AFTER_THE_WEEKEND = on(27, 15), on(30, 10, 30)
MOVED_ON = on(22, 16, 45, month=12)  # by the 2 hours of Friday and the 3.5 of Monday in which the clock stood


def open_row(life: Life) -> Step:
    return Step.objects.get(dossier_id=life.id, finished_at=None)


def test_the_promise_of_the_story(cast: Cast):
    life = at_officer(cast)
    assert life.row.due_at == PROMISED
    assert open_row(life).due_at == on(3, 9, 15, month=12)  # 35 of 100 parts of it: seven working days


def test_papers_brought_begin_the_whole_limit_anew(cast: Cast):
    life = at_officer(cast)
    ask(life, cast.case_officer, FRIDAY)
    assert (life.row.due_at, life.row.paused_at) == (PROMISED, FRIDAY)
    bring(life, cast.receiver, AFTER_THE_WEEKEND)
    assert (life.row.due_at, life.row.paused_at) == (on(28, 10, 30, month=12), None)
    assert open_row(life).due_at == on(9, 10, 30, month=12)
    assert life.row.promised_at == PROMISED
    assert life.kinds()[-2:] == ["dossier.paused", "dossier.restarted"]


def test_where_the_version_says_so_papers_brought_let_the_limit_go_on(cast: Cast):
    publish_changed(cast, supplement_rule="resume")
    life = at_officer(cast)
    ask(life, cast.case_officer, FRIDAY)
    bring(life, cast.receiver, AFTER_THE_WEEKEND)
    assert life.row.due_at == MOVED_ON
    assert open_row(life).due_at == on(3, 16, 45, month=12)


def test_money_paid_and_a_visit_made_let_the_limit_go_on(cast: Cast):
    paid, visited = at_officer(cast), at_officer(cast)
    duty = waiting.demand_money(paid.step, DUTY, by=cast.case_officer, at=FRIDAY)
    call_in(visited, cast.case_officer, FRIDAY)
    settle_duty(duty, evidence=Evidence("BL-0012345", AFTER_THE_WEEKEND.date()), by=cast.receiver, at=AFTER_THE_WEEKEND)
    waiting.attended(visited.id, words="Đã đo lại", by=cast.receiver, at=AFTER_THE_WEEKEND)
    for life in (paid, visited):
        assert (life.row.state, life.row.due_at) == (State.PROCESSING, MOVED_ON)
        assert open_row(life).due_at == on(3, 16, 45, month=12)


def test_late_before_the_question_is_late_after_the_answer(cast: Cast):
    life = at_officer(cast, BIRTH)  # due on Wednesday 25 November, 9:15
    waiting.invite(life.step, purpose=WHY, place="Phòng 2", until=date(2026, 12, 11), by=cast.case_officer, at=FRIDAY)
    assert life.row.due_at == on(25, 9, 15)
    assert [row.code for row in late_dossiers(cast.leader, at=MUCH_LATER)] == [life.row.code]
    waiting.attended(life.id, words="Đã đến", by=cast.receiver, at=AFTER_THE_WEEKEND)
    assert life.row.due_at == on(25, 9, 15)


def test_withdrawn_while_it_waited_it_had_stopped_when_the_wait_began(cast: Cast):
    life = asked(cast)
    detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=MUCH_LATER)
    reading = clock_of(life.row)
    assert (reading.stopped_at, reading.settled_at) == (AT_WORK, MUCH_LATER)
    assert (life.row.outcome, life.row.paused_at, life.row.paused_until) == ("withdrawn", None, None)
    assert SupplementRequest.objects.get(dossier_id=life.id).answered_at is None


def test_what_the_applicant_said_stays_in_the_story(cast: Cast):
    life = at_officer(cast)
    detours.discontinue(life.id, wish=replace(WISH, name=" Võ Đình Quang "), by=cast.receiver, at=AT_WORK)
    assert life.last_event().after == {
        "state": int(State.DISCONTINUED), "reason": WISH.words, "asked_by": "Võ Đình Quang", "channel": "counter",
        "notice": 1, "outcome": "discontinued", "timing": "early",
    }  # fmt: skip
    assert life.row.outcome == "discontinued"
    again = at_officer(cast)
    detours.discontinue(again.id, wish=WISH, by=cast.receiver, at=AT_WORK)
    assert again.last_event().after["notice"] == 2


def test_a_refusal_letter_is_an_answer_that_the_desk_hands_over(cast: Cast):
    life = at_leader(cast)
    detours.reject(life.step, reason=WHY, legal_basis=LAW, by=cast.leader, at=AT_WORK, of=life.id)
    letter = Result.objects.get(dossier_id=life.id)
    assert (letter.refusal_number, letter.reason, letter.legal_basis) == (1, WHY, LAW)
    assert (letter.code, letter.name) == (f"{life.row.code}-KQ1", "Phiếu từ chối giải quyết hồ sơ")
    assert (life.row.state, life.row.outcome, life.row.finished_at) == (State.FINISHED, "rejected", AT_WORK)
    assert (open_row(life).role, open_row(life).name) == ("receiver", "Trả kết quả")
    hand_over(life, FRIDAY)
    assert (life.row.state, life.row.outcome) == (State.RETURNED, "rejected")
    assert not Step.objects.filter(dossier_id=life.id, finished_at=None).exists()


def test_letters_of_one_year_are_numbered_on_and_a_new_year_begins_anew(cast: Cast):
    for at, number in ((AT_WORK, 1), (FRIDAY, 2), (on(4, 9, month=1).replace(year=2027), 1)):
        life = at_leader(cast)
        detours.reject(life.step, reason=WHY, legal_basis=LAW, by=cast.leader, at=at)
        assert Result.objects.get(dossier_id=life.id).refusal_number == number


def finish_again(life: Life, at: datetime) -> None:
    cast = life.cast
    for minute, (move, by) in enumerate(
        ((actions.pass_on, cast.case_officer), (actions.approve, cast.leader), (actions.pass_on, cast.records_clerk))
    ):
        move(life.step, by=by, at=minutes_later(at, minute))


def test_reopened_after_its_return_it_is_decided_and_handed_over_a_second_time(cast: Cast):
    life = returned(cast)
    detours.reopen(life.id, reason="Sai ngày sinh của mẹ", by=cast.leader, at=FRIDAY)
    row = life.row
    assert (row.state, row.outcome, row.finished_at, row.returned_at) == (State.PROCESSING, "", None, None)
    # 40 of 480 minutes were used up to the settling; 440 are laid on from Friday 15:00.
    assert row.due_at == on(30, 14, 20)
    taken_up = open_row(life)
    assert (taken_up.role, taken_up.official_id) == ("case_officer", cast.case_officer.id)
    assert taken_up.due_at <= row.due_at
    finish_again(life, AFTER_THE_WEEKEND)
    hand_over(life, on(30, 14))
    assert list(Result.objects.filter(dossier_id=life.id).order_by("code").values_list("code", "superseded_at")) == [
        (f"{row.code}-KQ1", FRIDAY), (f"{row.code}-KQ2", None),
    ]  # fmt: skip
    deliveries = Delivery.objects.filter(dossier_id=life.id).order_by("returned_at")
    assert [one.superseded_at for one in deliveries] == [FRIDAY, None]
    assert [entry.mark for entry in ClockEntry.objects.filter(dossier_id=life.id).order_by("position")] == [
        "settled", "returned", "reopened",
    ]  # fmt: skip
    assert clock_of(life.row).settled_at == life.row.finished_at


def test_a_stopped_dossier_taken_up_again_ends_with_a_result(cast: Cast):
    life = at_officer(cast, BIRTH)
    detours.discontinue(life.id, wish=WISH, by=cast.receiver, at=AT_WORK)
    detours.reopen(life.id, reason="Người nộp đổi ý trong ngày", by=cast.leader, at=minutes_later(AT_WORK, 30))
    finish_again(life, minutes_later(AT_WORK, 40))
    hand_over(life, minutes_later(AT_WORK, 50))
    assert (life.row.state, life.row.outcome) == (State.RETURNED, "granted")


def test_reopened_when_its_officer_has_left_it_waits_for_whoever_does_that_work(cast: Cast):
    life = at_officer(cast, BIRTH)
    gone = colleague(cast.case_officer, Role.CASE_OFFICER)
    detours.reassign(life.step, to=gone.id, reason="Quá tải", by=cast.leader, at=minutes_later(MONDAY, 15))
    actions.pass_on(life.step, by=gone, at=minutes_later(MONDAY, 20))
    actions.approve(life.step, by=cast.leader, at=minutes_later(MONDAY, 30))
    actions.pass_on(life.step, by=cast.records_clerk, at=minutes_later(MONDAY, 40))
    Official.objects.filter(pk=gone.id).update(valid_to=AT_WORK.date())
    detours.reopen(life.id, reason=WHY, by=cast.leader, at=FRIDAY)
    assert open_row(life).official_id is None
    assert [row.code for row in worklist(cast.case_officer, at=FRIDAY)] == [life.row.code]


def test_forwarded_it_is_done_there_and_sent_back_there(cast: Cast):
    life = at_officer(cast, BIRTH)
    surveyor = colleague(cast.case_officer, Role.CASE_OFFICER, unit(cast, "land"))
    detours.forward(life.step, to="land", reason="Cần xác minh nơi ở", by=cast.case_officer, at=AT_WORK)
    assert (open_row(life).unit_id, open_row(life).official_id) == (surveyor.unit_id, None)
    assert Step.objects.get(dossier_id=life.id, outcome="forwarded").note == "Cần xác minh nơi ở"
    actions.pass_on(life.step, by=surveyor, at=minutes_later(AT_WORK, 10))
    actions.send_back(life.step, reason="Thiếu chữ ký", by=cast.leader, at=minutes_later(AT_WORK, 20))
    assert (open_row(life).unit_id, open_row(life).official_id) == (surveyor.unit_id, surveyor.id)
    actions.pass_on(life.step, by=surveyor, at=minutes_later(AT_WORK, 30))
    assert open_row(life).role == "approver"


@pytest.mark.parametrize(
    ("to", "sentence"),
    [("justice", "đơn vị khác"), ("nowhere", "đơn vị khác"), ("records", "chưa có ai thụ lý"), ("leaders", "thụ lý")],
)
def test_it_is_forwarded_only_to_a_unit_where_somebody_does_that_work(cast: Cast, to: str, sentence: str):
    life = at_officer(cast, BIRTH)
    with pytest.raises(NotYours, match=sentence):
        detours.forward(life.step, to=to, reason=WHY, by=cast.case_officer, at=AT_WORK)
    assert Step.objects.filter(dossier_id=life.id).count() == 2


def test_an_approval_stands_until_its_own_step_is_opened_again(cast: Cast):
    known = at_officer(cast).offered.route
    records = StepLine("Vào sổ", "records_clerk", "records", 0)
    publish_changed(cast, route=(*known[:-1], records, known[-1]))
    life = at_officer(cast)
    hands = {"case_officer": cast.case_officer, "records_clerk": cast.records_clerk}
    minute = 0
    while (step := open_row(life)).name != "Vào sổ":
        minute += 1
        move, by = (actions.approve, cast.leader) if step.role == "approver" else (actions.pass_on, hands[step.role])
        move(step.id, by=by, at=minutes_later(AT_WORK, minute))
    actions.send_back(life.step, reason="Dấu mờ", by=cast.records_clerk, at=minutes_later(AT_WORK, 30))
    with pytest.raises(NotYours, match="đã có quyết định"):
        detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=minutes_later(AT_WORK, 31))
    actions.send_back(life.step, reason="Sai số tờ", by=cast.records_clerk, at=minutes_later(AT_WORK, 40))
    detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=minutes_later(AT_WORK, 41))
    assert life.row.state == State.WITHDRAWN


def test_sent_back_after_the_approval_it_may_be_withdrawn(cast: Cast):
    life = at_records(cast)
    actions.send_back(life.step, reason="Sai tên", by=cast.records_clerk, at=AT_WORK)
    detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=minutes_later(AT_WORK, 1))
    assert life.row.state == State.WITHDRAWN


@pytest.mark.parametrize("how", ["left", "lost the role", "closed account"])
def test_a_step_whose_officer_is_gone_is_a_colleagues(cast: Cast, how: str):
    life = at_officer(cast, BIRTH)
    gone = colleague(cast.case_officer, Role.CASE_OFFICER)
    detours.reassign(life.step, to=gone.id, reason="Quá tải", by=cast.leader, at=minutes_later(MONDAY, 20))
    assert worklist(cast.case_officer, at=FRIDAY) == []
    end(gone.id, how)
    assert [row.code for row in worklist(cast.case_officer, at=FRIDAY)] == [life.row.code]
    actions.take(life.step, by=cast.case_officer, at=FRIDAY)
    assert open_row(life).official_id == cast.case_officer.id


def end(official_id, how: str) -> None:
    found = Official.objects.get(pk=official_id)
    if how == "left":
        Official.objects.filter(pk=official_id).update(valid_to=AT_WORK.date())
    elif how == "closed account":
        found.account.is_active = False
        found.account.save()
    else:
        RoleGrant.objects.filter(official=found).update(valid_to=AT_WORK.date())


def test_where_nobody_is_left_the_leader_gives_it_to_whoever_comes(cast: Cast, monkeypatch):
    life = at_officer(cast, BIRTH)
    Step.objects.filter(pk=life.step).update(official_id=cast.case_officer.id)
    end(cast.case_officer.id, "left")
    [_first, stuck] = steps_of(life.id)
    assert colleagues_of(stuck, FRIDAY) == []
    assert [row.code for row in late_dossiers(cast.leader, at=FRIDAY)] == [life.row.code]
    newcomer = colleague(cast.case_officer, Role.CASE_OFFICER, stuck.unit_id)
    assert [name for _id, name in colleagues_of(stuck, FRIDAY)] == [newcomer.name]
    for name in ("An", "Bình", "Chi"):
        colleague(cast.case_officer, Role.CASE_OFFICER, stuck.unit_id, name)
    with statements(monkeypatch) as asked_of_the_database:
        assert len(colleagues_of(stuck, FRIDAY)) == 4
    assert len(asked_of_the_database) == 1
    assert [row.code for row in worklist(newcomer, at=FRIDAY)] == [life.row.code]
    detours.reassign(life.step, to=newcomer.id, reason="Người cũ nghỉ việc", by=cast.leader, at=FRIDAY)
    assert open_row(life).official_id == newcomer.id


def test_reassigned_only_to_who_does_this_work_there(cast: Cast):
    life = at_officer(cast, BIRTH)
    elsewhere = colleague(cast.case_officer, Role.CASE_OFFICER, unit(cast, "land"))
    for to in (elsewhere.id, cast.records_clerk.id, cast.leader.id):
        with pytest.raises(NotYours, match="chọn người khác"):
            detours.reassign(life.step, to=to, reason=WHY, by=cast.leader, at=AT_WORK)


def test_while_it_waits_for_its_applicant_no_step_moves(cast: Cast):
    for life in (asked(cast), invited(cast)):
        with pytest.raises(NotYours, match="chờ người nộp"):
            actions.pass_on(life.step, by=cast.case_officer, at=LATER)
        with pytest.raises(NotYours):
            actions.send_back(life.step, reason=WHY, by=cast.case_officer, at=LATER)


def test_who_stands_in_asks_in_the_others_name(cast: Cast):
    life = at_officer(cast, BIRTH)
    step = open_row(life)
    stand_in = colleague(cast.records_clerk, Role.RECORDS_CLERK, name="Lý Thúy Nga")
    duty = (step.unit_id, "case_officer")
    by = replace(stand_in, duties=frozenset({duty}), stands_in={duty: (cast.case_officer.id, cast.case_officer.name)})
    ask(life, by, AT_WORK)
    assert life.last_event().actor_name == "Lý Thúy Nga, thay mặt Trần Thị Thu Hà"
    assert acting(Official.objects.get(pk=stand_in.id)).name == "Lý Thúy Nga"


def test_a_move_behind_the_last_pause_is_refused(cast: Cast):
    """Else the dossier would end before its clock went on, and no date could be read from it any more."""
    life = invited(cast)
    waiting.attended(life.id, words="Đã đến", by=cast.receiver, at=LATER)
    with pytest.raises(ClockWentBack, match="chỉnh lại giờ máy chủ"):
        actions.pass_on(life.step, by=cast.case_officer, at=minutes_later(LATER, -30))
    actions.pass_on(life.step, by=cast.case_officer, at=LATER)
