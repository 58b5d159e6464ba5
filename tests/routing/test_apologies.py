"""Late with apology: foreseen, drafted, signed, told; a second one higher up, a third never; and the balance holds."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.core.models import Event
from motcua.dossiers.actions import ClockWentBack
from motcua.dossiers.ledger import clock_of
from motcua.dossiers.models import ClockEntry, Dossier
from motcua.dossiers.rules import Mark
from motcua.dossiers.states import StaleMove, State
from motcua.people.models import Agency, UnitFunction
from motcua.routing.actions import detours, pass_on, waiting
from motcua.routing.actions.detours import Wish
from motcua.routing.apologies.actions import (
    Wording,
    mark_sent,
    record_exception,
    revise,
    sign,
    withdraw_draft,
)
from motcua.routing.apologies.balance import Balance, apology_balance, uncovered_dossiers
from motcua.routing.apologies.drafting import ApologyRefused, draft_apologies, draft_apology, tick
from motcua.routing.models import Apology, ExceptionKind, LateException, Step
from motcua.worktime.rules import Amount, CalendarGap, Unit
from tests.cast import MONDAY, Cast, minutes_later, open_step
from tests.people.town import neighbour_ward
from tests.routing.late_lives import (
    WHY,
    days_before,
    drafted,
    head_of,
    in_hands,
    kinds,
    row,
    signed,
    to_the_end,
    worked,
)
from tests.routing.lives import acting

DAY = 480
WISH = Wish("Võ Đình Quang", "counter", "Xin rút để bổ sung thửa khác.")


def test_the_story_of_a_late_dossier_with_its_apology(cast: Cast):
    dossier = in_hands(cast)
    agency, at = dossier.agency_id, days_before(dossier, 2 * DAY)
    assert draft_apologies(agency, days_before(dossier, 3 * DAY)) == 0
    assert tick(at) == 1
    letter = Apology.objects.get(dossier=dossier)
    assert (letter.ordinal, letter.drafted_by, letter.number) == (1, None, None)
    assert letter.unit.function == UnitFunction.LAND
    assert letter.promised_at == dossier.due_at < letter.new_due_at
    assert "Thẩm tra hồ sơ" in letter.reason

    signed_at = days_before(dossier, DAY + 60)
    done = sign(letter.id, WHY, by=cast.leader, at=signed_at)
    dossier = row(dossier.id)
    assert (done.year, done.number, done.signed_by_id) == (2026, 1, cast.leader.id)
    assert done.new_due_at == dossier.appointed_at == worked(dossier.due_at, 3 * DAY)
    assert dossier.state == State.PROCESSING
    assert kinds(dossier)[-3:] == ["apology.drafted", "dossier.reappointed", "apology.signed"]
    assert clock_of(dossier).appointed_at == dossier.appointed_at
    assert ClockEntry.objects.get(dossier=dossier).mark == Mark.REAPPOINTED
    assert Step.objects.get(dossier=dossier, finished_at=None).due_at <= dossier.appointed_at

    mark_sent(letter.id, by=cast.receiver, at=worked(signed_at, 5))
    with pytest.raises(StaleMove):
        mark_sent(letter.id, by=cast.receiver, at=worked(signed_at, 6))
    assert kinds(dossier)[-1] == "apology.sent"
    late_at = worked(dossier.due_at, 60)
    assert apology_balance(agency, late_at) == Balance(late=1, issued=1, awaiting=0, exceptions=0, uncovered=0)


def test_a_dossier_on_its_plan_gets_no_letter(cast: Cast):
    dossier = in_hands(cast)
    for _step in range(3):
        pass_on(open_step(dossier.id)[0], by=cast.case_officer, at=days_before(dossier, 5 * DAY))
    assert draft_apologies(dossier.agency_id, days_before(dossier, 2 * DAY)) == 0


def test_running_again_drafts_nothing_twice(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    assert [tick(at), tick(at), tick(worked(at, 30))] == [1, 0, 0]
    with pytest.raises(ApologyRefused, match="đang chờ ký"):
        draft_apology(dossier.id, by=cast.case_officer, at=at)
    assert Apology.objects.filter(dossier=dossier).count() == 1


def test_the_second_letter_needs_the_leaders_and_a_third_is_never_given(cast: Cast):
    dossier = in_hands(cast)
    head = head_of(cast, UnitFunction.LAND)
    first = signed(dossier, head, days_before(dossier, DAY))
    assert first.ordinal == 1
    dossier = row(dossier.id)
    at = days_before(dossier, DAY)
    second = drafted(dossier, at)
    assert (second.ordinal, second.promised_at) == (2, dossier.appointed_at)
    with pytest.raises(ApologyRefused, match="lãnh đạo cơ quan ký"):
        sign(second.id, WHY, by=head, at=at)
    done = sign(second.id, WHY, by=cast.leader, at=at)
    assert (done.number, done.ordinal) == (2, 2)
    dossier = row(dossier.id)
    assert dossier.appointed_at == done.new_due_at
    broken = worked(dossier.appointed_at, 30)
    assert draft_apologies(dossier.agency_id, broken) == 0
    with pytest.raises(ApologyRefused, match="hai lần"):
        draft_apology(dossier.id, by=cast.leader, at=broken)
    assert apology_balance(dossier.agency_id, broken) == Balance(1, 0, 0, 0, 1)
    assert uncovered_dossiers(dossier.agency_id, broken) == [(dossier.id, dossier.code)]
    record_exception(
        dossier.id, kind=ExceptionKind.FORCE_MAJEURE, evidence="Bão số 13, công điện 214", by=cast.leader, at=broken
    )
    assert apology_balance(dossier.agency_id, broken) == Balance(1, 0, 0, 1, 0)


def test_a_head_of_another_unit_and_an_officer_sign_nothing(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    letter = drafted(dossier, at)
    for by in (head_of(cast, UnitFunction.JUSTICE), cast.case_officer, cast.receiver):
        with pytest.raises(ApologyRefused):
            sign(letter.id, WHY, by=by, at=at)
    with pytest.raises(StaleMove):
        sign(letter.id, WHY, by=acting(neighbour_ward()), at=at)
    assert Apology.objects.get(pk=letter.id).is_awaiting
    assert kinds(dossier)[-1] == "apology.drafted"


def test_late_already_the_new_date_counts_from_now(cast: Cast):
    dossier = in_hands(cast)
    at = worked(dossier.due_at, 2 * DAY)
    done = signed(dossier, cast.leader, at)
    assert done.new_due_at == worked(at, 3 * DAY) == row(dossier.id).appointed_at


def test_nothing_is_signed_without_a_true_reason_or_with_an_odd_delay(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    letter = drafted(dossier, at)
    odd = (
        Wording("", WHY.reason, WHY.delay),
        Wording("invented", WHY.reason, WHY.delay),
        Wording(WHY.reason_code, "   ", WHY.delay),
        Wording(WHY.reason_code, "x" * 601, WHY.delay),
        Wording(WHY.reason_code, WHY.reason, Amount(0, Unit.WORKING_DAY)),
        Wording(WHY.reason_code, WHY.reason, Amount(61, Unit.WORKING_DAY)),
        Wording(WHY.reason_code, WHY.reason, Amount(3, Unit.DAY)),
    )
    for wording in odd:
        with pytest.raises(ApologyRefused):
            sign(letter.id, wording, by=cast.leader, at=at)
        with pytest.raises(ApologyRefused):
            revise(letter.id, wording, by=cast.leader, at=at)
    with pytest.raises(ClockWentBack):
        sign(letter.id, WHY, by=cast.leader, at=at - timedelta(days=1))
    assert Apology.objects.get(pk=letter.id).is_awaiting
    kept = revise(letter.id, WHY, by=cast.case_officer, at=at)
    assert kept.new_due_at == worked(dossier.due_at, 3 * DAY)
    assert Apology.objects.get(pk=letter.id).reason == WHY.reason
    told = Event.objects.filter(subject_id=dossier.id).order_by("-sequence")[0]
    assert (told.kind, told.actor_name, told.after["reason"]) == (
        "apology.revised", cast.case_officer.name, WHY.reason
    )  # fmt: skip


def test_a_draft_given_up_comes_back_only_when_the_promise_was_broken(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    letter = drafted(dossier, at)
    with pytest.raises(ApologyRefused):
        withdraw_draft(letter.id, reason=" ", by=cast.leader, at=at)
    with pytest.raises(ApologyRefused):
        withdraw_draft(letter.id, reason="Sẽ xong chiều nay", by=cast.case_officer, at=at)
    withdraw_draft(letter.id, reason="Sẽ xong chiều nay", by=cast.leader, at=at)
    with pytest.raises(StaleMove):
        sign(letter.id, WHY, by=cast.leader, at=at)
    assert draft_apologies(dossier.agency_id, worked(at, 60)) == 0
    past = worked(dossier.due_at, 1)
    assert draft_apologies(dossier.agency_id, past) == 1
    again = drafted(dossier, past)
    with pytest.raises(ApologyRefused, match="quá hẹn"):
        withdraw_draft(again.id, reason="Sẽ xong chiều nay", by=cast.leader, at=past)


def test_finished_before_signing_in_time_the_draft_is_closed_and_nothing_is_late(cast: Cast):
    dossier = in_hands(cast)
    letter = drafted(dossier, days_before(dossier, DAY))
    end = days_before(dossier, 30)
    to_the_end(dossier, cast, end)
    closed = Apology.objects.get(pk=letter.id)
    assert closed.withdrawn_at == end
    assert closed.withdrawn_by is None
    with pytest.raises(StaleMove):
        sign(letter.id, WHY, by=cast.leader, at=end)
    assert not LateException.objects.filter(dossier=dossier).exists()
    assert kinds(dossier)[-1] == "apology.withdrawn"


def test_finished_late_before_signing_stays_on_record(cast: Cast):
    dossier = in_hands(cast)
    drafted(dossier, days_before(dossier, DAY))
    end = worked(dossier.due_at, 30)
    assert apology_balance(dossier.agency_id, end) == Balance(1, 0, 1, 0, 0)
    to_the_end(dossier, cast, end)
    kept = LateException.objects.get(dossier=dossier)
    assert (kept.kind, kept.recorded_by) == (ExceptionKind.SETTLED_FIRST, None)
    assert kinds(dossier)[-2:] == ["apology.withdrawn", "apology.excepted"]
    after = worked(end, 60)
    assert apology_balance(dossier.agency_id, after) == Balance(0, 0, 0, 0, 0)
    assert apology_balance(dossier.agency_id, after, since=MONDAY.date()) == Balance(1, 0, 0, 1, 0)


def test_finished_late_but_by_the_new_date_the_letter_answers(cast: Cast):
    dossier = in_hands(cast)
    signed(dossier, cast.leader, days_before(dossier, DAY))
    end = worked(dossier.due_at, DAY)
    to_the_end(dossier, cast, end)
    assert not LateException.objects.filter(dossier=dossier).exists()
    assert apology_balance(dossier.agency_id, end, since=MONDAY.date()) == Balance(1, 1, 0, 0, 0)


def test_withdrawn_by_the_applicant_closes_the_draft(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    letter = drafted(dossier, at)
    detours.withdraw(dossier.id, wish=WISH, by=cast.receiver, at=at)
    assert not Apology.objects.get(pk=letter.id).is_awaiting


def test_stopped_in_time_the_draft_is_void_and_stopped_late_it_waits(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    letter = drafted(dossier, at)
    invite(dossier, cast, at)
    assert not Apology.objects.get(pk=letter.id).is_awaiting
    assert draft_apologies(dossier.agency_id, worked(at, 3 * DAY)) == 0
    waiting.attended(dossier.id, words="Đã xác minh", by=cast.receiver, at=worked(at, 3 * DAY))
    dossier = row(dossier.id)
    assert draft_apologies(dossier.agency_id, worked(at, 3 * DAY + 10)) == 1

    late = worked(dossier.due_at, 20)
    invite(dossier, cast, late)
    waits = Apology.objects.get(dossier=dossier, signed_at=None, withdrawn_at=None)
    assert apology_balance(dossier.agency_id, worked(late, 60)) == Balance(1, 0, 1, 0, 0)
    with pytest.raises(ApologyRefused, match="chờ người nộp"):
        sign(waits.id, WHY, by=cast.leader, at=worked(late, 60))
    waiting.attended(dossier.id, words="Đã xác minh", by=cast.receiver, at=worked(late, 120))
    assert sign(waits.id, WHY, by=cast.leader, at=worked(late, 121)).number == 1


def invite(dossier, cast: Cast, at) -> None:
    step = open_step(dossier.id)[0]
    waiting.invite(step, purpose="Đo lại ranh giới", place="Thửa 12", until=at.date() + timedelta(days=20),
                   by=cast.case_officer, at=at)  # fmt: skip


def test_an_exception_needs_a_leader_evidence_and_a_broken_promise(cast: Cast):
    dossier = in_hands(cast)
    at = worked(dossier.due_at, 30)
    good = {"kind": ExceptionKind.SYSTEM_FAULT, "evidence": "Biên bản 12", "by": cast.leader, "at": at}
    for changes in (
        {"evidence": " "}, {"by": head_of(cast, UnitFunction.LAND)}, {"kind": ExceptionKind.SETTLED_FIRST},
        {"at": minutes_later(MONDAY, 60)},
    ):  # fmt: skip
        with pytest.raises(ApologyRefused):
            record_exception(dossier.id, **(good | changes))
    letter = drafted(dossier, at)
    record_exception(dossier.id, **good)
    assert not Apology.objects.get(pk=letter.id).is_awaiting
    with pytest.raises(ApologyRefused, match="đã được ghi"):
        record_exception(dossier.id, **good)
    assert draft_apologies(dossier.agency_id, worked(at, 30)) == 0
    assert apology_balance(dossier.agency_id, at).holds


def test_the_balance_counts_every_late_dossier_once(cast: Cast):
    lives = [in_hands(cast, minutes_later(MONDAY, number)) for number in range(4)]
    agency, at = lives[0].agency_id, worked(lives[3].due_at, 60)
    assert apology_balance(agency, at) == Balance(4, 0, 0, 0, 4)
    assert not apology_balance(agency, at).holds
    draft_apologies(agency, at)
    assert apology_balance(agency, at) == Balance(4, 0, 4, 0, 0)
    sign(drafted(lives[0], at).id, WHY, by=cast.leader, at=at)
    record_exception(lives[1].id, kind=ExceptionKind.SYSTEM_FAULT, evidence="Biên bản số 3", by=cast.leader, at=at)
    detours.withdraw(lives[2].id, wish=WISH, by=cast.receiver, at=at)
    assert apology_balance(agency, at) == Balance(late=3, issued=1, awaiting=1, exceptions=1, uncovered=0)
    assert apology_balance(agency, at).holds
    assert apology_balance(Agency.objects.exclude(pk=agency)[0].pk, at) == Balance(0, 0, 0, 0, 0)


def test_a_draft_for_a_date_that_a_changed_calendar_moved_is_void(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    letter = drafted(dossier, at)
    Dossier.objects.filter(pk=dossier.id).update(due_at=worked(dossier.due_at, 5 * DAY))
    assert draft_apologies(dossier.agency_id, worked(at, 30)) == 0
    assert not Apology.objects.get(pk=letter.id).is_awaiting
    assert draft_apologies(dossier.agency_id, worked(at, 5 * DAY)) == 1


def test_a_calendar_that_ends_is_said_and_nothing_is_drafted(cast: Cast):
    dossier = in_hands(cast)
    with pytest.raises(ExceptionGroup) as raised:
        tick(dossier.due_at.replace(year=2060))
    assert raised.group_contains(CalendarGap)
    assert not Apology.objects.filter(dossier=dossier).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"ordinal": 3},
        {"delay_number": 0},
        {"number": 1},
        {"withdraw_reason": "x"},
        {"sent_at": MONDAY},
    ],
)
def test_the_table_itself_refuses_what_cannot_be(cast: Cast, changes: dict):
    dossier = in_hands(cast)
    letter = drafted(dossier, days_before(dossier, DAY))
    with pytest.raises(IntegrityError), transaction.atomic():
        Apology.objects.filter(pk=letter.pk).update(**changes)
