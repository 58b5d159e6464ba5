"""A void pause for whoever reads when a clock stood still: ribbon, shares, letters, story, the leader's work."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.test import Client

from motcua.core.models import Event
from motcua.dossiers.ledger import clock_of, entries_of
from motcua.dossiers.states import State
from motcua.payments.actions import cancel_duty, demand_duty
from motcua.people.models import Role
from motcua.routing.actions import detours, waiting
from motcua.routing.actions.hats import own_work
from motcua.routing.apologies.balance import apology_balance
from motcua.routing.queries import late_dossiers, spans_of, steps_of, worklist
from motcua.routing.shares import APPLICANT
from motcua.routing.time_spent import shares_of
from motcua.worktime.queries import calendar_for
from tests.cast import Cast
from tests.journey.test_hot_pages import log_in
from tests.routing.lives import AT_WORK, DUTY, LATER, MUCH_LATER, WISH, Life, at_officer, unit
from tests.routing.test_in_anothers_place import standing_in

WRONG = "Nhầm hồ sơ"


def given_up(cast: Cast, *, at: datetime = LATER) -> Life:
    """Money was asked for, waited for and given up."""
    life = at_officer(cast)
    duty_id = waiting.demand_money(life.step, DUTY, by=cast.case_officer, at=AT_WORK)
    cancel_duty(duty_id, reason=WRONG, by=cast.case_officer, at=at)
    return life


def stops(spans) -> list[tuple[datetime, datetime | None]]:
    return [(span.start, span.end) for span in spans if not span.clock_runs]


def test_no_ribbon_shows_a_stop(cast: Cast):
    life = given_up(cast)
    assert stops(spans_of(steps_of(life.id), entries_of(life.id))) == []
    rows = [row for row in worklist(cast.case_officer, at=LATER) if row.code == life.row.code]
    assert [stops(row.spans) for row in rows] == [[]]


def test_the_time_lay_in_the_unit_s_hands(cast: Cast):
    life = given_up(cast)
    calendar = calendar_for(cast.leader.calendar_code)
    shares = shares_of(life.id, agency_id=cast.leader.agency_id, at=LATER, calendar=calendar)
    assert APPLICANT not in {share.hands for share in shares}
    assert sum(share.minutes for share in shares) == clock_of(life.row).used(calendar, LATER)


def test_what_is_late_by_it_stands_among_the_late(cast: Cast):
    due_at = at_officer(cast).row.due_at
    late = due_at.replace(hour=16)
    life = given_up(cast, at=late)
    assert life.row.due_at == due_at
    assert life.row.code in {row.code for row in late_dossiers(cast.leader, at=late)}


def test_an_end_stopped_the_clock_where_the_pause_that_stands_began(cast: Cast):
    """The wait for the first sum is void and made it late; it was withdrawn while the second was owed."""
    life = at_officer(cast)
    first = waiting.demand_money(life.step, DUTY, by=cast.case_officer, at=AT_WORK)
    second_at = life.row.due_at.replace(hour=15)
    assert second_at > life.row.due_at
    second = replace(DUTY, what="Tiền sử dụng đất")
    demand_duty(life.id, duty=second, by=cast.case_officer, at=second_at)
    cancel_duty(first, reason=WRONG, by=cast.receiver, at=second_at.replace(hour=16))
    assert life.row.paused_at == second_at
    detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=second_at.replace(hour=17))
    assert life.row.state == State.WITHDRAWN
    assert "apology.excepted" in life.kinds()
    balance = apology_balance(cast.leader.agency_id, second_at.replace(hour=18), since=AT_WORK.date())
    assert (balance.late, balance.holds) == (1, True)


def test_withdrawn_in_a_pause_that_stands_it_is_not_late(cast: Cast):
    """Two sums: the wait for the second alone is void, the first was asked for in time."""
    life = at_officer(cast)
    first = waiting.demand_money(life.step, DUTY, by=cast.case_officer, at=AT_WORK)
    assert first
    second = demand_duty(life.id, duty=replace(DUTY, what="Phí thẩm định"), by=cast.case_officer, at=LATER)
    assert cancel_duty(second, reason=WRONG, by=cast.receiver, at=MUCH_LATER) is None
    after_due = life.row.due_at + timedelta(days=1)
    detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=after_due)
    assert "apology.excepted" not in life.kinds()
    assert apology_balance(cast.leader.agency_id, after_due, since=AT_WORK.date()).late == 0


def test_steps_keep_the_plan_that_no_pause_moved(cast: Cast):
    life = at_officer(cast)
    before = [(step.name, step.due_at) for step in steps_of(life.id)]
    duty_id = waiting.demand_money(life.step, DUTY, by=cast.case_officer, at=AT_WORK)
    cancel_duty(duty_id, reason=WRONG, by=cast.case_officer, at=LATER)
    assert [(step.name, step.due_at) for step in steps_of(life.id)] == before


def test_who_gave_a_sum_up_worked_on_it_and_does_not_approve_it(cast: Cast):
    life = at_officer(cast)
    duty_id = waiting.demand_money(life.step, DUTY, by=cast.case_officer, at=AT_WORK)
    leaders = unit(cast, "leaders")
    assert not own_work(life.id, leaders, Role.APPROVER, cast.leader)
    cancel_duty(duty_id, reason=WRONG, by=cast.leader, at=LATER)
    assert own_work(life.id, leaders, Role.APPROVER, cast.leader)


def test_the_story_and_the_sheet_say_that_it_counts(cast: Cast, client: Client):
    life = given_up(cast)
    log_in(client, "thuly")
    page = " ".join(client.get(f"/dossiers/{life.row.code}/").text.split())
    assert "<b>Từ 09:00 25/11/2026 đến 15:00 27/11/2026 không còn khoản nào phải chờ</b>" in page
    assert "thời gian này tính cho cơ quan; hạn giải quyết" in page


def test_money_asked_for_in_an_absent_officers_place_says_so(cast: Cast):
    life = at_officer(cast)
    by = standing_in(cast, cast.case_officer)
    waiting.demand_money(life.step, DUTY, by=by, at=AT_WORK)
    told = Event.objects.filter(subject_id=life.id, at=AT_WORK).values_list("kind", "actor_name")
    name = f"Lý Thúy Nga, thay mặt {cast.case_officer.name}"
    assert set(told) == {("duty.demanded", name), ("dossier.paused", name)}
