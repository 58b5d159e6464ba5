"""Steps that run at the same time: both are open at once, the next waits for both, whoever finishes last."""

import pytest

from motcua.dossiers.states import State
from motcua.people.models import Role
from motcua.routing import actions
from motcua.routing.actions import NotYours, detours, waiting
from motcua.routing.models import Step
from motcua.routing.queries import worklist
from tests.cast import Cast, minutes_later
from tests.routing.lives import (
    AT_WORK,
    LAW,
    UNTIL,
    WHY,
    WISH,
    Life,
    ask,
    bring,
    colleague,
    on,
    side_by_side,
    unit,
    written,
)

NAMES = ("Đo đạc", "Xác minh nhân thân")


def lasting(life: Life) -> dict[str, Step]:
    return {step.name: step for step in Step.objects.filter(dossier_id=life.id, finished_at=None)}


def pass_on(life: Life, name: str, minute: int, by=None) -> None:
    actions.pass_on(lasting(life)[name].id, by=by or life.cast.case_officer, at=minutes_later(AT_WORK, minute))


def test_both_open_at_once_with_the_time_of_their_stage(cast: Cast):
    life = side_by_side(cast)
    steps = lasting(life)
    assert set(steps) == set(NAMES)
    # 70 of 100 parts of twenty working days: fourteen, from Monday 23 November 9:15.
    assert {step.due_at for step in steps.values()} == {on(14, 9, 15, month=12)}
    assert {step.unit_id for step in steps.values()} == {unit(cast, "land"), unit(cast, "justice")}
    assert [row.step for row in worklist(colleague(cast.case_officer, Role.CASE_OFFICER), at=AT_WORK)] == [NAMES[1]]


@pytest.mark.parametrize("order", [NAMES, NAMES[::-1]])
def test_the_next_opens_when_both_are_done_and_once(cast: Cast, order: tuple[str, str]):
    life = side_by_side(cast)
    pass_on(life, order[0], 1)
    assert set(lasting(life)) == {order[1]}
    assert life.last_event().after["waits_for"] == order[1]
    assert life.row.state == State.PROCESSING
    pass_on(life, order[1], 2)
    assert set(lasting(life)) == {"Ký"}
    assert Step.objects.filter(dossier_id=life.id).count() == 4


@pytest.mark.parametrize("order", [NAMES, NAMES[::-1]])
def test_the_leader_sends_back_to_the_one_done_last(cast: Cast, order: tuple[str, str]):
    life = side_by_side(cast)
    pass_on(life, order[0], 1)
    pass_on(life, order[1], 2)
    actions.send_back(life.step, reason=WHY, by=cast.leader, at=minutes_later(AT_WORK, 3))
    assert set(lasting(life)) == {order[1]}
    pass_on(life, order[1], 4)
    assert set(lasting(life)) == {"Ký"}


def test_while_the_other_runs_nothing_goes_back_stops_or_is_refused(cast: Cast):
    life = side_by_side(cast)
    step, before = lasting(life)["Đo đạc"], written()
    for attempt in (
        lambda: actions.send_back(step.id, reason=WHY, by=cast.case_officer, at=AT_WORK),
        lambda: waiting.invite(
            step.id, purpose=WHY, place="Thửa đất", until=UNTIL, by=cast.case_officer, at=AT_WORK, of=life.id
        ),
    ):
        with pytest.raises(NotYours, match="Xác minh nhân thân"):
            attempt()
    assert written() == before
    pass_on(life, "Xác minh nhân thân", 1)
    actions.send_back(step.id, reason=WHY, by=cast.case_officer, at=minutes_later(AT_WORK, 2))
    assert set(lasting(life)) == {"Tiếp nhận"}


def test_nothing_is_approved_while_the_other_runs(cast: Cast):
    """A route of before the rule that the leader's step stands alone: no result before the office has finished."""
    life = side_by_side(cast)
    beside = lasting(life)["Xác minh nhân thân"]
    Step.objects.filter(pk=beside.pk).update(role=Role.APPROVER, unit_id=unit(cast, "leaders"))
    before = written()
    with pytest.raises(NotYours, match="“Đo đạc” chưa xong nên chưa duyệt được"):
        actions.approve(beside.pk, by=cast.leader, at=minutes_later(AT_WORK, 1))
    assert written() == before
    pass_on(life, "Đo đạc", 2)
    actions.approve(beside.pk, by=cast.leader, at=minutes_later(AT_WORK, 3))
    assert set(lasting(life)) == {"Ký"}


def test_a_stop_moves_the_instant_of_the_one_left_and_of_the_next(cast: Cast):
    life = side_by_side(cast)
    pass_on(life, "Xác minh nhân thân", 1)
    ask(life, cast.case_officer, on(27, 15))
    bring(life, cast.receiver, on(30, 10, 30))
    # The limit begins anew on Monday 30 November 10:30; 70 parts of it are fourteen working days.
    assert lasting(life)["Đo đạc"].due_at == on(18, 10, 30, month=12)
    actions.pass_on(life.step, by=cast.case_officer, at=on(1, 8, month=12))
    assert lasting(life)["Ký"].due_at == on(24, 10, 30, month=12)


def test_an_end_closes_both(cast: Cast):
    life = side_by_side(cast)
    detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=AT_WORK)
    assert lasting(life) == {}
    assert Step.objects.filter(dossier_id=life.id, outcome="ended").count() == 2


def test_forwarded_and_given_to_another_each_by_itself(cast: Cast):
    life = side_by_side(cast)
    steps = lasting(life)
    surveyor = colleague(cast.case_officer, Role.CASE_OFFICER, unit(cast, "land"))
    detours.reassign(steps["Đo đạc"].id, to=surveyor.id, reason=WHY, by=cast.leader, at=AT_WORK)
    detours.forward(steps["Xác minh nhân thân"].id, to="social", reason=WHY, by=cast.case_officer, at=AT_WORK)
    steps = lasting(life)
    assert (steps["Đo đạc"].official_id, steps["Xác minh nhân thân"].unit_id) == (surveyor.id, unit(cast, "social"))
    pass_on(life, "Đo đạc", 1, by=surveyor)
    pass_on(life, "Xác minh nhân thân", 2)
    detours.reject(life.step, reason=WHY, legal_basis=LAW, by=cast.leader, at=minutes_later(AT_WORK, 3))
    assert set(lasting(life)) == {"Trả kết quả"}


def test_each_has_its_own_hands(cast: Cast):
    life = side_by_side(cast)
    surveyor = colleague(cast.case_officer, Role.CASE_OFFICER, unit(cast, "land"))
    with pytest.raises(NotYours):
        pass_on(life, "Xác minh nhân thân", 1, by=surveyor)
    pass_on(life, "Đo đạc", 1, by=surveyor)
    assert set(lasting(life)) == {"Xác minh nhân thân"}
