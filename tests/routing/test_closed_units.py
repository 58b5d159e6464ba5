"""A unit closes: nothing that lies in it is left behind, nobody is surprised, and the time stays whose it was."""

from datetime import date, datetime, timedelta

import pytest

from motcua.core.models import Event
from motcua.people.actions import close_unit
from motcua.people.actions.offices import OfficeRefused, SuccessorRefused
from motcua.people.models import Official, Role, RoleGrant, Unit
from motcua.routing.actions import pass_on
from motcua.routing.closed_units import take_over_round
from motcua.routing.consultations import actions as asking
from motcua.routing.consultations.actions import Question
from motcua.routing.consultations.models import Consultation, Opinion, SilenceRule
from motcua.routing.models import Step
from motcua.worktime.rules import Amount
from motcua.worktime.rules import Unit as ClockUnit
from tests.cast import LAND, MONDAY, Cast, minutes_later, police_officer, received
from tests.journey.test_hot_pages import log_in
from tests.routing.lives import AT_WORK, Life, at_officer, colleague, on, unit

LAST_DAY = AT_WORK.date()


@pytest.fixture
def life(cast: Cast) -> Life:
    """A land dossier in a unit whose people are placed elsewhere once the last day is over."""
    life = at_officer(cast)
    everybody_leaves(unit(cast, "land"), unit(cast, "justice"))
    return life


def everybody_leaves(closing, to) -> None:
    RoleGrant.objects.filter(unit_id=closing, valid_to=None).update(valid_to=LAST_DAY)
    Official.objects.filter(unit_id=closing).update(unit_id=to)


def close(cast: Cast, successor: str | None, *, last_day: date = LAST_DAY, at: datetime = AT_WORK) -> Unit:
    successor_id = unit(cast, successor) if successor else None
    return close_unit(
        unit(cast, "land"), last_day=last_day, successor_id=successor_id, by=cast.administrator, at=at
    )  # fmt: skip


def test_a_unit_with_open_steps_does_not_close_before_somebody_takes_them(cast: Cast, life: Life):
    with pytest.raises(SuccessorRefused, match="còn 1 bước hồ sơ chưa xong"):
        close(cast, None)
    with pytest.raises(SuccessorRefused, match="đơn vị khác của cơ quan"):
        close(cast, "land")
    RoleGrant.objects.filter(unit_id=unit(cast, "justice"), role=Role.CASE_OFFICER).update(valid_to=LAST_DAY)
    with pytest.raises(SuccessorRefused, match="nhận chưa có ai làm vai trò: "):
        close(cast, "justice")
    assert Unit.objects.get(pk=unit(cast, "land")).valid_to is None
    assert not Event.objects.filter(kind="unit.closed").exists()


def test_steps_stay_to_the_last_day_and_are_handed_over_after_it_once(cast: Cast, life: Life):
    late = received(LAND, cast, at=minutes_later(MONDAY, 60))
    taker = colleague(cast.case_officer, Role.CASE_OFFICER, unit(cast, "justice"))
    close(cast, "justice")
    first = Step.objects.get(pk=life.step)
    assert first.unit_id == unit(cast, "land")
    pass_on(Step.objects.get(dossier_id=late.id).id, by=cast.receiver, at=minutes_later(AT_WORK, 30))  # arrives after
    assert take_over_round(on(25, 23)) == {"handed_over": 0}

    midnight = on(26, 0, 5)
    assert take_over_round(midnight) == {"handed_over": 2}
    assert take_over_round(midnight + timedelta(minutes=10)) == {"handed_over": 0}
    first.refresh_from_db()
    assert (first.outcome, first.finished_at, first.unit_id) == ("forwarded", midnight, unit(cast, "land"))
    again = Step.objects.get(pk=life.step)
    assert (again.unit_id, again.official_id, again.started_at) == (unit(cast, "justice"), None, midnight)
    assert (again.position, again.name, again.role, again.due_at) == (
        first.position, first.name, first.role, first.due_at
    )  # fmt: skip
    told = life.last_event()
    assert (told.kind, told.actor_name, told.after["reason"]) == ("step.forwarded", "Một Cửa", "Đơn vị đã đóng")
    pass_on(again.id, by=taker, at=on(26, 8))  # the route names the closed unit once more
    assert Step.objects.get(pk=life.step).unit_id == unit(cast, "justice")


def test_a_day_that_is_over_hands_over_at_once(cast: Cast, life: Life):
    close(cast, "justice", at=on(26, 8))
    step = Step.objects.get(pk=life.step)
    assert (step.unit_id, step.started_at) == (unit(cast, "justice"), on(26, 8))
    assert life.last_event().actor_name == cast.administrator.name


def test_a_unit_that_still_gets_work_names_who_takes_what_will_be_left(cast: Cast, life: Life):
    Step.objects.filter(pk=life.step).update(finished_at=AT_WORK, outcome="passed_on")
    with pytest.raises(SuccessorRefused, match="còn nhận hồ sơ đến hết ngày này"):
        close(cast, None)
    close(cast, None, at=on(26, 8))
    with pytest.raises(OfficeRefused):
        close(cast, "justice")


def close_after_that(cast: Cast, successor: str | None, *, at: datetime) -> Unit:
    """The unit that took over, on its own last day: the 26th."""
    RoleGrant.objects.filter(unit_id=unit(cast, "justice"), valid_to=None).update(valid_to=date(2026, 11, 26))
    Official.objects.filter(unit_id=unit(cast, "justice")).update(unit_id=unit(cast, "records"))
    successor_id = unit(cast, successor) if successor else None
    return close_unit(
        unit(cast, "justice"), last_day=date(2026, 11, 26), successor_id=successor_id, by=cast.administrator, at=at
    )


def test_what_was_left_to_a_unit_that_closes_too_goes_on_to_the_one_after_it(cast: Cast, life: Life):
    for function in ("justice", "records"):
        taker = colleague(cast.case_officer, Role.CASE_OFFICER, unit(cast, function))
    close(cast, "justice")
    close_after_that(cast, "records", at=AT_WORK)

    assert take_over_round(on(27, 0, 5)) == {"handed_over": 1}
    assert Step.objects.get(pk=life.step).unit_id == unit(cast, "records")
    pass_on(life.step, by=taker, at=on(27, 8))  # the route names the unit that closed first once more
    assert Step.objects.get(pk=life.step).unit_id == unit(cast, "records")


def test_a_unit_that_waits_for_what_another_leaves_does_not_close_without_one_after_it(cast: Cast, life: Life):
    colleague(cast.case_officer, Role.CASE_OFFICER, unit(cast, "justice"))
    close(cast, "justice")
    with pytest.raises(SuccessorRefused, match="sẽ nhận việc còn lại của "):
        close_after_that(cast, None, at=AT_WORK)
    assert Unit.objects.get(pk=unit(cast, "justice")).valid_to is None


def test_the_page_says_how_many_and_asks_which_unit(cast: Cast, life: Life, client):
    log_in(client, "quantri")
    page = f"/people/units/{unit(cast, 'land')}/end/"
    refused = client.post(page, {"last_day": "25/11/2026", "successor": ""})
    assert refused.status_code == 422
    assert "còn 1 bước hồ sơ chưa xong" in refused.text
    done = client.post(page, {"last_day": "25/11/2026", "successor": str(unit(cast, "justice"))})
    assert done.status_code == 302
    assert Unit.objects.get(pk=unit(cast, "land")).valid_to == LAST_DAY


def question_to(cast: Cast, life: Life, function: str) -> Consultation:
    """A question of the land dossier's step to another unit, Wednesday morning."""
    asked = Question("Có tranh chấp không?", Amount(5, ClockUnit.WORKING_DAY), SilenceRule.REMIND,
                     unit_id=unit(cast, function))  # fmt: skip
    return asking.consult(life.step, asked, by=cast.case_officer, at=AT_WORK)


def close_justice(cast: Cast, successor: str | None) -> Unit:
    successor_id = unit(cast, successor) if successor else None
    return close_unit(
        unit(cast, "justice"), last_day=LAST_DAY, successor_id=successor_id, by=cast.administrator, at=AT_WORK
    )


@pytest.fixture
def asked(cast: Cast) -> Consultation:
    """A question to the justice unit, whose people are placed elsewhere once its last day is over."""
    colleague(cast.case_officer, Role.CASE_OFFICER, unit(cast, "justice"))
    question = question_to(cast, at_officer(cast), "justice")
    everybody_leaves(unit(cast, "justice"), unit(cast, "police"))
    return question


def test_a_question_goes_on_to_the_unit_that_takes_over(cast: Cast, asked: Consultation):
    with pytest.raises(SuccessorRefused, match="còn 1 lần lấy ý kiến chưa trả lời"):
        close_justice(cast, None)
    close_justice(cast, "police")
    assert take_over_round(on(25, 23)) == {"handed_over": 0}
    assert take_over_round(on(26, 0, 5)) == {"handed_over": 1}
    assert take_over_round(on(26, 0, 15)) == {"handed_over": 0}
    due_at = asked.due_at
    asked.refresh_from_db()
    assert (asked.unit_id, asked.due_at, asked.is_open) == (unit(cast, "police"), due_at, True)
    told = Event.objects.get(kind="consultation.handed_over")
    assert (told.subject_id, told.before["consulted"]) == (asked.dossier_id, "Tư pháp – hộ tịch")
    asking.answer(asked.pk, Opinion.AGREE, words="", by=police_officer(), at=on(26, 8))
    asked.refresh_from_db()
    assert asked.closed_how == "answered"


def test_a_unit_that_is_asked_already_is_asked_once(cast: Cast, asked: Consultation):
    life = Life(asked.dossier_id, cast)
    kept = question_to(cast, life, "police")
    close_justice(cast, "police")
    assert take_over_round(on(26, 0, 5)) == {"handed_over": 1}
    asked.refresh_from_db()
    kept.refresh_from_db()
    assert (asked.closed_how, kept.is_open) == ("withdrawn", True)
