"""Every way off the plain way: what it does, and that in wrong hands, too late or too early nothing is written."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from motcua.core.refusals import Refusal
from motcua.dossiers.actions import ClockWentBack
from motcua.dossiers.models import ClockEntry
from motcua.dossiers.states import StaleMove, State
from motcua.intake.supplements import Asked, SupplementRefused
from motcua.payments.actions import demand_duty
from motcua.people.models import Agency, Role
from motcua.routing.actions import NotYours, detours, waiting
from motcua.routing.actions.detours import Unsaid, Wish
from motcua.routing.models import Step
from tests.cast import Cast
from tests.people.town import neighbour_ward
from tests.routing.lives import (
    AT_WORK,
    DUTY,
    LATER,
    LAW,
    MUCH_LATER,
    UNTIL,
    WAYS,
    WHY,
    WISH,
    Way,
    acting,
    ask,
    asked,
    at_leader,
    at_officer,
    at_records,
    colleague,
    finished,
    invited,
    on,
    returned,
    written,
)

each = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)


@each
def test_a_detour_leads_where_it_says_and_is_told(way: Way, cast: Cast):
    life = way.begins(cast)
    before = len(life.kinds())
    way.do(life, way.by(cast), way.at)
    assert State(life.row.state) == way.after
    told = life.kinds()[before:]
    assert told
    assert life.last_event().agency_id == cast.leader.agency_id
    open_steps = Step.objects.filter(dossier_id=life.id, finished_at=None).count()
    assert open_steps == (0 if way.after in (State.WITHDRAWN, State.DISCONTINUED) else 1)


@each
def test_in_wrong_hands_nothing_is_written(way: Way, cast: Cast):
    life = way.begins(cast)
    before = written()
    for other in (cast.records_clerk, cast.controller, cast.administrator):
        with pytest.raises(Refusal):
            way.do(life, other, way.at)
    if way.doer != "leader":
        with pytest.raises(Refusal):
            way.do(life, replace(cast.leader, duties=frozenset()), way.at)
    assert written() == before


@each
def test_for_another_agency_the_dossier_is_not_there(way: Way, cast: Cast):
    life, stranger = way.begins(cast), acting(neighbour_ward())
    before = written()
    with pytest.raises(StaleMove):
        way.do(life, stranger, way.at)
    assert written() == before


@each
def test_sent_a_second_time_from_the_same_page_it_is_refused(way: Way, cast: Cast):
    life = way.begins(cast).as_shown_now()
    way.do(life, way.by(cast), way.at)
    before = written()
    with pytest.raises(Refusal):
        way.do(life, way.by(cast), way.at + timedelta(minutes=1))
    assert written() == before


@each
def test_a_clock_that_jumped_back_writes_nothing(way: Way, cast: Cast):
    """Behind the last thing written: a step's beginning, a pause, a return."""
    life = way.begins(cast)
    before = written()
    if way.name == "unanswered":
        return_to = AT_WORK - timedelta(hours=1)
    else:
        return_to = min(way.at, AT_WORK) - timedelta(days=1, hours=23, minutes=59)
    with pytest.raises(ClockWentBack, match=r"chỉnh lại giờ máy chủ"):
        way.do(life, way.by(cast), return_to)
    assert written() == before


@each
def test_a_dossier_that_was_withdrawn_stays_so(way: Way, cast: Cast):
    life = (way.begins(cast) if way.name not in ("reopen", "reject") else at_officer(cast)).as_shown_now()
    detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=AT_WORK)
    before = written()
    with pytest.raises(Refusal):
        way.do(life, way.by(cast), max(way.at, LATER))
    assert written() == before


@pytest.mark.parametrize("blank", ["", "  \n "])
def test_without_its_reason_no_detour_is_taken(blank: str, cast: Cast):
    officer, leader, receiver = cast.case_officer, cast.leader, cast.receiver
    life, signing, called, done = at_officer(cast), at_leader(cast), invited(cast), finished(cast)
    to = colleague(officer, Role.CASE_OFFICER).id
    tries = (
        lambda: waiting.ask_supplement(
            life.step, [Asked(life.lacking()[0])], reason=blank, until=UNTIL, by=officer, at=AT_WORK
        ),
        lambda: waiting.invite(life.step, purpose=blank, place="Thửa đất", until=UNTIL, by=officer, at=AT_WORK),
        lambda: waiting.invite(life.step, purpose=WHY, place=blank, until=UNTIL, by=officer, at=AT_WORK),
        lambda: waiting.attended(called.id, words=blank, by=receiver, at=LATER),
        lambda: waiting.demand_money(life.step, replace(DUTY, legal_basis=blank), by=officer, at=AT_WORK),
        lambda: detours.forward(life.step, to="justice", reason=blank, by=officer, at=AT_WORK),
        lambda: detours.reassign(life.step, to=to, reason=blank, by=leader, at=AT_WORK),
        lambda: detours.reject(signing.step, reason=blank, legal_basis=LAW, by=leader, at=AT_WORK),
        lambda: detours.reject(signing.step, reason=WHY, legal_basis=blank, by=leader, at=AT_WORK),
        lambda: detours.withdraw(life.id, wish=replace(WISH, words=blank), by=receiver, at=AT_WORK),
        lambda: detours.withdraw(life.id, wish=replace(WISH, name=blank), by=receiver, at=AT_WORK),
        lambda: detours.discontinue(life.id, wish=Wish(blank, "counter", WHY), by=receiver, at=AT_WORK),
        lambda: detours.reopen(done.id, reason=blank, by=leader, at=AT_WORK),
    )
    before = written()
    for attempt in tries:
        with pytest.raises((Unsaid, Refusal), match=r"Ông/bà ghi"):
            attempt()
    assert written() == before


@pytest.mark.parametrize("way", [way for way in WAYS if way.name in ("ask", "money", "invite")], ids=lambda w: w.name)
def test_the_clock_stands_only_for_a_dossier_in_ones_own_work(way: Way, cast: Cast):
    """Not from the leader's step, not while it waits already, not from a colleague's hands."""
    from_leader, waits, colleagues = at_leader(cast), asked(cast), at_officer(cast)
    other = colleague(cast.case_officer, Role.CASE_OFFICER, Step.objects.get(pk=colleagues.step).unit_id)
    Step.objects.filter(pk=colleagues.step).update(official_id=other.id)
    before = written()
    for life, by in ((from_leader, cast.leader), (waits, cast.case_officer), (colleagues, cast.case_officer)):
        with pytest.raises(NotYours):
            way.do(life, by, LATER)
    assert written() == before


def test_money_asked_beside_an_open_sum_needs_no_second_stop(cast: Cast):
    life = at_officer(cast)
    waiting.demand_money(life.step, DUTY, by=cast.case_officer, at=AT_WORK)
    demand_duty(life.id, duty=replace(DUTY, what="Tiền sử dụng đất"), by=cast.case_officer, at=LATER)
    assert ClockEntry.objects.filter(dossier_id=life.id).count() == 1


def test_money_goes_away_with_the_dossier(cast: Cast):
    life = at_officer(cast)
    waiting.demand_money(life.step, DUTY, by=cast.case_officer, at=AT_WORK)
    detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=LATER)
    assert life.kinds()[-2:] == ["duty.cancelled", "dossier.withdrawn"]
    assert not life.row.financial_duties.filter(settled_at=None, cancelled_at=None).exists()


def test_after_the_leader_agreed_the_applicant_cannot_take_it_back(cast: Cast):
    for life in (at_records(cast), finished(cast), returned(cast)):
        before = written()
        for end in (detours.withdraw, detours.discontinue):
            with pytest.raises(Refusal):
                end(life.id, wish=WISH, by=cast.receiver, at=AT_WORK)
        assert written() == before


@pytest.mark.parametrize(("day", "may"), [(UNTIL, False), (MUCH_LATER.date(), True)])
def test_an_unanswered_request_may_end_the_dossier_only_after_its_last_day(day, may: bool, cast: Cast):
    life = asked(cast)
    first, last = (on(day.day, hour, minute, month=12) for hour, minute in ((0, 1), (23, 59)))
    before = written()
    for moment in (first, last):
        if not may:
            with pytest.raises(NotYours, match="Chưa hết hạn"):
                detours.discontinue_unanswered(life.id, by=cast.receiver, at=moment)
    assert written() == before
    if may:
        # Shortly after midnight here it is still the day before in Greenwich.
        detours.discontinue_unanswered(life.id, by=cast.leader, at=utc(on(UNTIL.day + 1, 0, 1, month=12)))
        assert life.row.outcome == "discontinued"
        assert "11/12/2026" in life.last_event().after["reason"]


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def test_a_running_dossier_is_not_unanswered(cast: Cast):
    life = at_officer(cast)
    with pytest.raises(StaleMove):
        detours.discontinue_unanswered(life.id, by=cast.receiver, at=MUCH_LATER)


def test_the_visit_is_not_written_down_as_papers_nor_the_papers_as_a_visit(cast: Cast):
    papers, visit = asked(cast), invited(cast)
    before = written()
    with pytest.raises(StaleMove):
        waiting.attended(papers.id, words=WHY, by=cast.receiver, at=LATER)
    with pytest.raises(StaleMove):
        WAYS[1].do(visit, cast.receiver, LATER)
    assert written() == before


def test_a_day_that_has_passed_is_no_day_to_come(cast: Cast):
    life = at_officer(cast)
    with pytest.raises(NotYours, match="từ hôm nay"):
        waiting.invite(
            life.step, purpose=WHY, place="Thửa đất", until=on(24, 9).date(), by=cast.case_officer, at=AT_WORK
        )
    with pytest.raises(SupplementRefused, match="phải sau hôm nay"):
        waiting.ask_supplement(
            life.step, [Asked(life.lacking()[0])], reason=WHY, until=AT_WORK.date(), by=cast.case_officer, at=AT_WORK
        )
    waiting.invite(life.step, purpose=WHY, place="Thửa đất", until=AT_WORK.date(), by=cast.case_officer, at=AT_WORK)


def test_nobody_rejects_his_own_work(cast: Cast):
    life = at_leader(cast)
    Step.objects.filter(dossier_id=life.id, role="case_officer").update(official_id=cast.leader.id)
    before = written()
    with pytest.raises(NotYours, match="tự xử lý"):
        detours.reject(life.step, reason=WHY, legal_basis=LAW, by=cast.leader, at=AT_WORK)
    assert written() == before


def test_an_officer_does_not_reject_and_a_leader_does_not_forward(cast: Cast):
    working, signing = at_officer(cast), at_leader(cast)
    with pytest.raises(NotYours):
        detours.reject(working.step, reason=WHY, legal_basis=LAW, by=cast.case_officer, at=AT_WORK)
    with pytest.raises(NotYours):
        detours.forward(signing.step, to="justice", reason=WHY, by=cast.leader, at=AT_WORK)


def test_every_step_asked_for_by_another_dossiers_page_is_stale(cast: Cast):
    life, other = at_officer(cast), at_officer(cast)
    with pytest.raises(StaleMove):
        detours.forward(life.step, to="justice", reason=WHY, by=cast.case_officer, at=AT_WORK, of=other.id)
    with pytest.raises(StaleMove):
        waiting.invite(
            life.step, purpose=WHY, place="Thửa đất", until=UNTIL, by=cast.case_officer, at=AT_WORK, of=uuid4()
        )


def test_the_neighbour_is_another_agency(cast: Cast):
    assert Agency.objects.get(pk=acting(neighbour_ward()).agency_id).pk != cast.leader.agency_id
    assert ask(at_officer(cast), cast.case_officer, AT_WORK) == 1
