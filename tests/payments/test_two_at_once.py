"""Two people write about the same money at the same moment: on committed rows, each on a connection of his own."""

from dataclasses import replace
from uuid import UUID

from motcua.dossiers.models import ClockEntry, Dossier
from motcua.dossiers.states import StaleMove, State, move
from motcua.payments.actions import cancel_duty, close_duties, settle_duty
from motcua.payments.evidence import DutyRefused, Evidence
from motcua.payments.models import FinancialDuty
from tests.cast import Cast
from tests.committed import together
from tests.payments.committed_ward import cast, overtaken
from tests.payments.conftest import in_hands
from tests.payments.test_duties import LAND_USE, PAID, SATURDAY, TUESDAY, asked, kinds

__all__ = ["cast"]


def state_of(dossier_id: UUID) -> int:
    return Dossier.objects.get(pk=dossier_id).state


def paid(dossier_id: UUID) -> Evidence:
    """A receipt of this dossier: what these stories write stays, and a receipt proves one dossier only."""
    return replace(PAID, number=f"BL-{dossier_id}")


def test_a_payment_written_down_by_two_counts_once(cast: Cast):
    dossier_id = in_hands(cast)
    duty_id = asked(dossier_id, cast)

    def settle() -> None:
        settle_duty(duty_id, evidence=paid(dossier_id), by=cast.receiver, at=TUESDAY)

    assert isinstance(overtaken(settle, settle), StaleMove)
    assert kinds(dossier_id) == ["duty.demanded", "dossier.paused", "duty.settled", "dossier.resumed"]


def test_paid_and_given_up_at_once_is_one_of_both(cast: Cast):
    dossier_id = in_hands(cast)
    duty_id = asked(dossier_id, cast)
    answers = together(
        [
            lambda: settle_duty(duty_id, evidence=paid(dossier_id), by=cast.receiver, at=TUESDAY),
            lambda: cancel_duty(duty_id, reason="Được miễn", by=cast.case_officer, at=TUESDAY),
        ]
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["StaleMove", "Turned"]
    duty = FinancialDuty.objects.get(pk=duty_id)
    assert (duty.settled_at is None) != (duty.cancelled_at is None)
    went_on = [kind for kind in kinds(dossier_id) if kind in ("dossier.resumed", "dossier.pause_voided")]
    assert went_on == ["dossier.pause_voided" if duty.settled_at is None else "dossier.resumed"]


def test_the_last_two_proofs_written_down_at_once_start_the_clock_once(cast: Cast):
    """Neither sees the other's payment before it is committed: without the lock the clock would stand for ever."""
    dossier_id = in_hands(cast)
    duties = [asked(dossier_id, cast), asked(dossier_id, cast, LAND_USE, at=SATURDAY)]
    receipt = paid(dossier_id)
    answers = together(
        [lambda d=d: settle_duty(d, evidence=receipt, by=cast.receiver, at=TUESDAY) for d in duties]  # type: ignore[misc]
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "Turned"]
    assert state_of(dossier_id) == State.PROCESSING
    assert kinds(dossier_id).count("dossier.resumed") == 1


def test_the_same_demand_sent_twice_at_once_is_one_sum_and_one_pause(cast: Cast):
    dossier_id = in_hands(cast)
    fault = overtaken(lambda: asked(dossier_id, cast), lambda: asked(dossier_id, cast))
    assert isinstance(fault, DutyRefused)
    assert FinancialDuty.objects.filter(dossier_id=dossier_id).count() == 1
    assert ClockEntry.objects.filter(dossier_id=dossier_id).count() == 1


def test_two_sums_asked_for_at_once_stop_the_clock_once(cast: Cast):
    dossier_id = in_hands(cast)
    answers = together([lambda: asked(dossier_id, cast), lambda: asked(dossier_id, cast, LAND_USE)])
    assert all(isinstance(answer, UUID) for answer in answers), answers
    assert FinancialDuty.objects.filter(dossier_id=dossier_id).count() == 2
    assert ClockEntry.objects.filter(dossier_id=dossier_id).count() == 1
    assert state_of(dossier_id) == State.PAYMENT_ASKED


def test_a_payment_for_a_dossier_that_is_just_being_withdrawn_is_not_written(cast: Cast):
    dossier_id = in_hands(cast)
    duty_id = asked(dossier_id, cast)

    def withdraw() -> None:
        move(dossier_id=dossier_id, seen=State.PAYMENT_ASKED, to=State.WITHDRAWN, at=TUESDAY, outcome="withdrawn")
        close_duties(dossier_id, reason="Người nộp rút hồ sơ", by=cast.receiver.actor, at=TUESDAY)

    late = replace(PAID, number="BL-9")
    fault = overtaken(withdraw, lambda: settle_duty(duty_id, evidence=late, by=cast.receiver, at=TUESDAY))
    assert isinstance(fault, StaleMove)
    assert FinancialDuty.objects.get(pk=duty_id).settled_at is None
    assert state_of(dossier_id) == State.WITHDRAWN


def test_one_receipt_written_down_for_two_dossiers_at_once_proves_one(cast: Cast):
    lives = [in_hands(cast), in_hands(cast)]
    duties, receipt = [asked(dossier_id, cast) for dossier_id in lives], paid(lives[0])
    answers = together(
        [lambda d=d: settle_duty(d, evidence=receipt, by=cast.receiver, at=TUESDAY) for d in duties]  # type: ignore[misc]
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["DutyRefused", "Turned"]
