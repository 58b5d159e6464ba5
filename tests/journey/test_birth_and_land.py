"""Two dossiers go the whole way: a birth registration and a first land certificate."""

import pytest

from motcua.core.models import Event
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import timeliness
from motcua.dossiers.states import StaleMove, State
from motcua.result.actions import DeliveryRefused, Recipient, return_result
from motcua.routing import actions
from tests.cast import BIRTH, LAND, MONDAY, MR_QUANG, Cast, minutes_later, open_step, received


def hand(cast: Cast, role: str):
    return {
        "receiver": cast.receiver,
        "case_officer": cast.case_officer,
        "approver": cast.leader,
        "records_clerk": cast.records_clerk,
    }[role]


def drive_to_finish(dossier_id, cast: Cast, at):
    """Every hand does its step, a quarter of an hour each."""
    while Dossier.objects.get(pk=dossier_id).state != State.FINISHED:
        at = minutes_later(at, 15)
        step, role, _unit = open_step(dossier_id)
        move = actions.approve if role == "approver" else actions.pass_on
        move(step, by=hand(cast, role), at=at)
    return at


@pytest.mark.parametrize("code", [BIRTH, LAND])
def test_from_the_counter_to_the_returned_result(code: str, cast: Cast):
    opened = received(code, cast)
    dossier = Dossier.objects.get(pk=opened.id)
    assert dossier.code == "H17.21-261123-0001"
    assert dossier.state == State.RECEIVED
    assert dossier.promised_at == dossier.due_at > MONDAY

    at = drive_to_finish(opened.id, cast, MONDAY)
    dossier.refresh_from_db()
    assert dossier.finished_at == at
    result = dossier.results.get()
    assert result.code == f"{dossier.code}-KQ1"
    assert result.approved_by_id == cast.leader.id

    return_result(
        opened.id, recipient=Recipient("Nguyễn Thị Lan", "000184001234", "counter", True), by=cast.receiver,
        at=minutes_later(at, 30),
    )  # fmt: skip
    dossier.refresh_from_db()
    assert dossier.state == State.RETURNED
    assert dossier.deliveries.get().recipient_name == "Nguyễn Thị Lan"
    assert not dossier.steps.filter(finished_at=None).exists()
    assert timeliness(due_at=dossier.due_at, ended_at=dossier.finished_at) in ("early", "on_time")

    kinds = list(Event.objects.filter(subject_id=opened.id).values_list("kind", flat=True))
    assert kinds[0] == "dossier.received"
    assert kinds[-1] == "dossier.returned"
    assert {"dossier.approved", "dossier.finished"} <= set(kinds)
    assert all(Event.objects.filter(subject_id=opened.id).values_list("actor_id", flat=True))


def test_the_leader_sends_back_and_the_same_hands_do_it_again(cast: Cast):
    opened = received(BIRTH, cast)
    at = MONDAY
    while open_step(opened.id)[1] != "approver":
        at = minutes_later(at, 10)
        step, role, _unit = open_step(opened.id)
        actions.pass_on(step, by=hand(cast, role), at=at)
    actions.send_back(open_step(opened.id)[0], reason="Sai ngày sinh", by=cast.leader, at=minutes_later(at, 5))

    step, role, _unit = open_step(opened.id)
    dossier = Dossier.objects.get(pk=opened.id)
    again = dossier.steps.get(pk=step)
    assert (role, again.official_id) == ("case_officer", cast.case_officer.id)
    sent_back = dossier.steps.get(outcome="sent_back")
    assert sent_back.note == "Sai ngày sinh"
    assert Event.objects.get(subject_id=opened.id, kind="step.sent_back").after["reason"] == "Sai ngày sinh"


def test_sending_back_without_a_reason_changes_nothing(cast: Cast):
    opened = received(BIRTH, cast)
    step, _role, _unit = open_step(opened.id)
    with pytest.raises(ValueError, match="lý do"):
        actions.send_back(step, reason="  ", by=cast.receiver, at=MONDAY)
    assert open_step(opened.id)[0] == step


def test_two_officers_cannot_move_the_same_step(cast: Cast):
    opened = received(BIRTH, cast)
    step, _role, _unit = open_step(opened.id)
    actions.pass_on(step, by=cast.receiver, at=minutes_later(MONDAY, 5))
    with pytest.raises(StaleMove):
        actions.pass_on(step, by=cast.receiver, at=minutes_later(MONDAY, 6))
    assert Dossier.objects.get(pk=opened.id).steps.count() == 2


def test_a_step_in_other_hands_is_refused(cast: Cast):
    opened = received(BIRTH, cast)
    with pytest.raises(actions.NotYours):
        actions.pass_on(open_step(opened.id)[0], by=cast.leader, at=minutes_later(MONDAY, 5))


def test_taken_and_put_back(cast: Cast):
    opened = received(BIRTH, cast)
    actions.pass_on(open_step(opened.id)[0], by=cast.receiver, at=minutes_later(MONDAY, 5))
    step = open_step(opened.id)[0]
    actions.take(step, by=cast.case_officer, at=minutes_later(MONDAY, 6))
    with pytest.raises(StaleMove):
        actions.take(step, by=cast.case_officer, at=minutes_later(MONDAY, 7))
    actions.release(step, by=cast.case_officer, at=minutes_later(MONDAY, 8))
    assert Dossier.objects.get(pk=opened.id).steps.get(pk=step).official_id is None


def test_a_result_needs_the_recipients_confirmation_at_the_counter(cast: Cast):
    opened = received(BIRTH, cast, applicant=MR_QUANG)
    at = drive_to_finish(opened.id, cast, MONDAY)
    with pytest.raises(DeliveryRefused, match="xác nhận"):
        return_result(opened.id, recipient=Recipient("Võ Đình Quang", "", "counter", False), by=cast.receiver, at=at)
    assert Dossier.objects.get(pk=opened.id).state == State.FINISHED


def test_a_result_is_returned_once(cast: Cast):
    opened = received(BIRTH, cast)
    at = drive_to_finish(opened.id, cast, MONDAY)
    who = Recipient("Nguyễn Thị Lan", "", "counter", True)
    return_result(opened.id, recipient=who, by=cast.receiver, at=at)
    with pytest.raises(StaleMove):
        return_result(opened.id, recipient=who, by=cast.receiver, at=at)
