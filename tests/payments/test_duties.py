"""Money is owed: the clock stops once, and goes on when the last proof is there; nobody's word settles anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from motcua.core.events import Actor
from motcua.core.models import Event
from motcua.dossiers.actions import ClockWentBack
from motcua.dossiers.ledger import clock_of
from motcua.dossiers.models import ClockEntry, Dossier
from motcua.dossiers.rules import Cause, Mark
from motcua.dossiers.states import StaleMove, State, move
from motcua.payments.actions import (
    NewDuty,
    cancel_duty,
    close_duties,
    demand_duty,
    settle_duty,
)
from motcua.payments.evidence import DutyRefused, Evidence
from motcua.payments.models import FinancialDuty
from motcua.payments.queries import DutyCounts, duties_of, duty_counts, open_duties
from tests.cast import HANOI_TIME, LAND, MR_QUANG, Cast, received
from tests.payments.conftest import in_hands

# MONDAY is 23 November 2026, the 24th is a day off.
FRIDAY = datetime(2026, 11, 27, 15, 0, tzinfo=HANOI_TIME)
SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=HANOI_TIME)
TUESDAY = datetime(2026, 12, 1, 10, 0, tzinfo=HANOI_TIME)
REGISTRATION = NewDuty(
    what="Lệ phí trước bạ", amount=2_500_000, payee="Kho bạc Nhà nước khu vực XIII", account="7111.0.1053614",
    legal_basis="Nghị định 10/2022/NĐ-CP", due_on=date(2026, 12, 10),
)  # fmt: skip
LAND_USE = replace(REGISTRATION, what="Tiền sử dụng đất", amount=3_456_000_000, legal_basis="Nghị định 103/2024/NĐ-CP")
PAID = Evidence("BL-0012345", TUESDAY.date())


def now(dossier_id: UUID) -> Dossier:
    return Dossier.objects.select_related("agency").get(pk=dossier_id)


def kinds(dossier_id: UUID) -> list[str]:
    every = Event.objects.filter(subject_id=dossier_id).order_by("sequence").values_list("kind", flat=True)
    return [kind for kind in every if kind.startswith(("duty.", "dossier.pause", "dossier.resumed"))]


def written() -> dict[str, Any]:
    """Everything these actions may write; equal before and after when nothing was. Who looked is written by itself."""
    return {
        "duties": list(FinancialDuty.objects.order_by("pk").values()),
        "events": Event.objects.exclude(kind="dossier.viewed").count(),
        "dossiers": list(Dossier.objects.order_by("pk").values()), "clock": ClockEntry.objects.count(),
    }  # fmt: skip


def asked(dossier_id: UUID, cast: Cast, duty: NewDuty = REGISTRATION, at: datetime = FRIDAY) -> UUID:
    return demand_duty(dossier_id, duty=duty, by=cast.case_officer, at=at)


def test_asking_for_money_stops_the_clock_and_says_why(cast: Cast, dossier_id: UUID):
    duty = FinancialDuty.objects.get(pk=asked(dossier_id, cast))
    assert (duty.what, duty.amount, duty.account) == ("Lệ phí trước bạ", 2_500_000, "7111.0.1053614")
    assert (duty.asked_at, duty.asked_by_id, duty.due_on) == (FRIDAY, cast.case_officer.id, date(2026, 12, 10))
    dossier = now(dossier_id)
    assert (dossier.state, dossier.paused_at) == (State.PAYMENT_ASKED, FRIDAY)
    assert dossier.paused_until == date(2026, 12, 10)
    line = ClockEntry.objects.get(dossier_id=dossier_id)
    assert (line.mark, line.cause, line.at) == (Mark.PAUSED, Cause.MONEY, FRIDAY)
    assert kinds(dossier_id) == ["duty.demanded", "dossier.paused"]
    told = Event.objects.get(subject_id=dossier_id, kind="duty.demanded")
    assert told.after == {
        "duty": str(duty.id), "what": "Lệ phí trước bạ", "amount": 2_500_000, "due_on": "2026-12-10",
        "payee": "Kho bạc Nhà nước khu vực XIII", "legal_basis": "Nghị định 10/2022/NĐ-CP",
    }  # fmt: skip
    assert (told.actor_id, told.agency_id) == (cast.case_officer.account_id, cast.case_officer.agency_id)


def test_the_clock_goes_on_with_the_proof_and_what_was_left_is_laid_on_again(cast: Cast, dossier_id: UUID):
    """Friday 15:00 to Tuesday 10:00 are 2 + 8 + 3 office hours, the weekend none: the date moves by thirteen."""
    due_before = datetime(2026, 12, 22, 9, 15, tzinfo=HANOI_TIME)
    assert now(dossier_id).due_at == due_before
    duty_id = asked(dossier_id, cast)
    turned = settle_duty(duty_id, evidence=replace(PAID, number="  BL-0012345 "), by=cast.receiver, at=TUESDAY)
    duty, dossier = FinancialDuty.objects.get(pk=duty_id), now(dossier_id)
    assert (duty.settled_at, duty.settled_by_id) == (TUESDAY, cast.receiver.id)
    assert (duty.evidence_number, duty.evidence_on) == ("BL-0012345", TUESDAY.date())
    assert (dossier.state, dossier.paused_at, dossier.paused_until) == (State.PROCESSING, None, None)
    assert turned is not None
    assert turned.before == due_before
    assert dossier.due_at == turned.reading.due_at == clock_of(dossier).due_at
    assert dossier.due_at == datetime(2026, 12, 23, 16, 15, tzinfo=HANOI_TIME)
    assert dossier.promised_at == due_before
    assert kinds(dossier_id) == ["duty.demanded", "dossier.paused", "duty.settled", "dossier.resumed"]


def test_a_weekend_between_asking_and_paying_costs_nobody_anything(cast: Cast, dossier_id: UUID):
    """Asked as the office closes on Friday, paid as it opens on Monday: the date stays."""
    closing, opening = FRIDAY.replace(hour=17), datetime(2026, 11, 30, 7, 0, tzinfo=HANOI_TIME)
    due_before = now(dossier_id).due_at
    duty_id = asked(dossier_id, cast, at=closing)
    settle_duty(duty_id, evidence=replace(PAID, issued_on=opening.date()), by=cast.receiver, at=opening)
    assert now(dossier_id).due_at == due_before


def test_several_sums_stop_the_clock_once_and_the_last_proof_starts_it(cast: Cast, dossier_id: UUID):
    first = asked(dossier_id, cast)
    second = asked(dossier_id, cast, LAND_USE, at=SATURDAY)
    assert ClockEntry.objects.filter(dossier_id=dossier_id).count() == 1
    assert now(dossier_id).paused_at == FRIDAY
    assert settle_duty(second, evidence=PAID, by=cast.receiver, at=TUESDAY) is None
    assert now(dossier_id).state == State.PAYMENT_ASKED
    turned = settle_duty(first, evidence=PAID, by=cast.receiver, at=TUESDAY + timedelta(hours=1))
    assert turned is not None
    assert turned.entry.mark is Mark.RESUMED
    assert now(dossier_id).state == State.PROCESSING
    assert kinds(dossier_id) == [
        "duty.demanded", "dossier.paused", "duty.demanded", "duty.settled", "duty.settled", "dossier.resumed",
    ]  # fmt: skip


def test_a_sum_given_up_lets_the_clock_go_on_as_a_paid_one_does(cast: Cast, dossier_id: UUID):
    first, second = asked(dossier_id, cast), asked(dossier_id, cast, LAND_USE, at=SATURDAY)
    settle_duty(first, evidence=PAID, by=cast.receiver, at=TUESDAY)
    turned = cancel_duty(second, reason=" Được miễn theo quyết định 12/QĐ-UBND ", by=cast.case_officer, at=TUESDAY)
    assert turned is not None
    duty = FinancialDuty.objects.get(pk=second)
    assert (duty.cancelled_at, duty.cancelled_by_id) == (TUESDAY, cast.case_officer.id)
    assert duty.cancel_reason == "Được miễn theo quyết định 12/QĐ-UBND"
    assert now(dossier_id).state == State.PROCESSING
    assert kinds(dossier_id)[-2:] == ["duty.cancelled", "dossier.resumed"]


def test_money_can_be_asked_for_again_later(cast: Cast, dossier_id: UUID):
    settle_duty(asked(dossier_id, cast), evidence=PAID, by=cast.receiver, at=TUESDAY)
    again = asked(dossier_id, cast, at=TUESDAY + timedelta(hours=2))
    assert now(dossier_id).paused_at == TUESDAY + timedelta(hours=2)
    assert [duty.id for duty in duties_of(dossier_id, at=TUESDAY) if duty.is_open] == [again]
    marks = ClockEntry.objects.filter(dossier_id=dossier_id).values_list("mark", flat=True)
    assert list(marks) == ["paused", "resumed", "paused"]


def test_lateness_is_not_healed_by_asking_for_money(cast: Cast, dossier_id: UUID):
    due_before = now(dossier_id).due_at
    late = due_before + timedelta(days=7)
    duty_id = asked(dossier_id, cast, replace(REGISTRATION, due_on=None), at=late)
    evidence = Evidence("BL-1", late.date())
    settle_duty(duty_id, evidence=evidence, by=cast.receiver, at=late + timedelta(days=3))
    assert now(dossier_id).due_at == due_before


def test_a_dossier_that_ends_takes_its_open_sums_with_it(cast: Cast, dossier_id: UUID):
    paid, owed = asked(dossier_id, cast), asked(dossier_id, cast, LAND_USE, at=SATURDAY)
    settle_duty(paid, evidence=PAID, by=cast.receiver, at=TUESDAY)
    citizen = Actor(None, "Võ Đình Quang")
    with transaction.atomic():
        move(dossier_id=dossier_id, seen=State.PAYMENT_ASKED, to=State.WITHDRAWN, at=TUESDAY, outcome="withdrawn")
        assert close_duties(dossier_id, reason="Người nộp rút hồ sơ", by=citizen, at=TUESDAY) == 1
    duty = FinancialDuty.objects.get(pk=owed)
    assert (duty.cancelled_at, duty.cancelled_by_id, duty.cancel_reason) == (TUESDAY, None, "Người nộp rút hồ sơ")
    assert FinancialDuty.objects.get(pk=paid).settled_at == TUESDAY
    assert (now(dossier_id).state, now(dossier_id).paused_at) == (State.WITHDRAWN, None)
    told = Event.objects.get(subject_id=dossier_id, kind="duty.cancelled")
    assert (told.actor_name, told.after["reason"]) == ("Võ Đình Quang", "Người nộp rút hồ sơ")
    assert close_duties(dossier_id, reason="Người nộp rút hồ sơ", by=citizen, at=TUESDAY) == 0


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"what": "  "}, "khoản phải nộp là gì"),
    ({"amount": 0}, "lớn hơn 0"),
    ({"amount": -5}, "lớn hơn 0"),
    ({"amount": 10**14}, "thừa số 0"),
    ({"payee": " "}, "nộp cho ai"),
    ({"legal_basis": ""}, "Không có căn cứ thì không thu"),
    ({"due_on": date(2026, 11, 26)}, "không thể trước hôm nay"),
    ({"what": "a" * 201}, "nhiều nhất 200 ký tự"),
    ({"account": "a" * 201}, "nhiều nhất 200 ký tự"),
]


@pytest.mark.parametrize(("changes", "sentence"), REFUSED)
def test_what_cannot_be_asked_for_writes_nothing(cast: Cast, dossier_id: UUID, changes: dict[str, Any], sentence: str):
    before = written()
    with pytest.raises(DutyRefused, match=sentence):
        asked(dossier_id, cast, replace(REGISTRATION, **changes))
    assert written() == before


def test_the_last_day_may_be_today(cast: Cast, dossier_id: UUID):
    asked(dossier_id, cast, replace(REGISTRATION, due_on=FRIDAY.date()))
    assert now(dossier_id).paused_until == FRIDAY.date()


def test_the_same_sum_is_not_asked_for_twice_while_it_is_owed(cast: Cast, dossier_id: UUID):
    asked(dossier_id, cast)
    before = written()
    with pytest.raises(DutyRefused, match="đang chờ nộp"):
        asked(dossier_id, cast, replace(REGISTRATION, what=" Lệ phí  trước bạ "), at=SATURDAY)
    assert written() == before


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        (Evidence("   ", date(2026, 11, 30)), "Chưa có chứng từ"),
        (Evidence("BL-1", date(2026, 12, 2)), "không thể sau hôm nay"),
        (Evidence("9" * 121, date(2026, 11, 30)), "nhiều nhất 120 ký tự"),
    ],
)
def test_without_proof_nothing_is_settled(cast: Cast, dossier_id: UUID, evidence: Evidence, sentence: str):
    duty_id = asked(dossier_id, cast)
    before = written()
    with pytest.raises(DutyRefused, match=sentence):
        settle_duty(duty_id, evidence=evidence, by=cast.receiver, at=TUESDAY)
    assert written() == before


@pytest.mark.parametrize("reason", ["", "  ", "a" * 601])
def test_a_sum_is_not_given_up_without_a_reason(cast: Cast, dossier_id: UUID, reason: str):
    duty_id = asked(dossier_id, cast)
    before = written()
    with pytest.raises(DutyRefused):
        cancel_duty(duty_id, reason=reason, by=cast.case_officer, at=TUESDAY)
    with pytest.raises(DutyRefused):
        close_duties(dossier_id, reason=reason, by=cast.case_officer.actor, at=TUESDAY)
    assert written() == before


def test_money_is_asked_for_only_while_the_dossier_is_worked_on(cast: Cast):
    dossier_id = received(LAND, cast, applicant=MR_QUANG).id
    before = written()
    with pytest.raises(StaleMove):
        asked(dossier_id, cast)
    with pytest.raises(StaleMove):
        asked(uuid4(), cast)
    assert written() == before


def test_what_is_over_is_over(cast: Cast, dossier_id: UUID):
    settled, given_up = asked(dossier_id, cast), asked(dossier_id, cast, LAND_USE, at=SATURDAY)
    settle_duty(settled, evidence=PAID, by=cast.receiver, at=TUESDAY)
    cancel_duty(given_up, reason="Được miễn", by=cast.receiver, at=TUESDAY)
    before = written()
    for duty_id in (settled, given_up, uuid4()):
        with pytest.raises(StaleMove):
            settle_duty(duty_id, evidence=PAID, by=cast.receiver, at=TUESDAY)
        with pytest.raises(StaleMove):
            cancel_duty(duty_id, reason="Được miễn", by=cast.receiver, at=TUESDAY)
    assert written() == before


def test_another_agency_asks_and_settles_nothing(cast: Cast, dossier_id: UUID):
    duty_id = asked(dossier_id, cast)
    stranger = replace(cast.case_officer, agency_id=uuid4())
    before = written()
    attempts: list[Callable[[], object]] = [
        lambda: demand_duty(dossier_id, duty=LAND_USE, by=stranger, at=TUESDAY),
        lambda: settle_duty(duty_id, evidence=PAID, by=stranger, at=TUESDAY),
        lambda: cancel_duty(duty_id, reason="Được miễn", by=stranger, at=TUESDAY),
    ]
    for attempt in attempts:
        with pytest.raises(StaleMove):
            attempt()
    assert written() == before
    assert list(open_duties(stranger.agency_id, at=TUESDAY)) == []
    assert duty_counts(stranger.agency_id, at=TUESDAY) == DutyCounts(0, 0, 0, 0)


def test_a_machine_whose_clock_jumped_back_writes_nothing(cast: Cast, dossier_id: UUID):
    duty_id = asked(dossier_id, cast)
    before, earlier = written(), FRIDAY - timedelta(minutes=5)
    attempts: list[Callable[[], object]] = [
        lambda: asked(dossier_id, cast, LAND_USE, at=earlier),
        lambda: settle_duty(duty_id, evidence=replace(PAID, issued_on=FRIDAY.date()), by=cast.receiver, at=earlier),
        lambda: cancel_duty(duty_id, reason="Được miễn", by=cast.receiver, at=earlier),
        lambda: close_duties(dossier_id, reason="Rút", by=cast.receiver.actor, at=earlier),
    ]
    for attempt in attempts:
        with pytest.raises(ClockWentBack, match="15:00 27/11/2026"):
            attempt()
    assert written() == before


ROWS: list[tuple[dict[str, Any], str]] = [
    ({"amount": 0}, "duty_is_some_money"),
    ({"legal_basis": ""}, "duty_says_what_to_whom_and_why"),
    ({"settled_at": TUESDAY}, "duty_settled_with_evidence"),
    ({"evidence_number": "BL-1"}, "duty_settled_with_evidence"),
    ({"cancelled_at": TUESDAY}, "duty_cancelled_says_why"),
    ({"cancelled_at": SATURDAY - timedelta(days=9), "cancel_reason": "Miễn"}, "duty_ends_after_it_began"),
]


@pytest.mark.parametrize(("changes", "constraint"), ROWS)
def test_the_database_itself_refuses_rows_that_contradict_themselves(
    cast: Cast, dossier_id: UUID, changes: dict[str, Any], constraint: str
):
    duty_id = asked(dossier_id, cast)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        FinancialDuty.objects.filter(pk=duty_id).update(**changes)


def test_the_database_ends_a_sum_once(cast: Cast, dossier_id: UUID):
    duty_id = asked(dossier_id, cast)
    settle_duty(duty_id, evidence=PAID, by=cast.receiver, at=TUESDAY)
    with pytest.raises(IntegrityError, match="duty_ends_once"), transaction.atomic():
        FinancialDuty.objects.filter(pk=duty_id).update(cancelled_at=TUESDAY, cancel_reason="Miễn")


def test_the_list_shows_who_has_waited_longest_and_what_is_past_its_day(cast: Cast):
    before = duty_counts(cast.receiver.agency_id, at=FRIDAY)
    first, second = in_hands(cast), in_hands(cast)
    older = asked(first, cast, LAND_USE)
    soon = asked(second, cast, replace(REGISTRATION, due_on=date(2026, 11, 30)), at=SATURDAY)
    undated = asked(first, cast, replace(REGISTRATION, due_on=None), at=SATURDAY + timedelta(hours=1))
    rows = open_duties(cast.receiver.agency_id, at=TUESDAY)
    mine = [row for row in rows if row.id in {older, soon, undated}]
    assert [row.id for row in mine] == [older, soon, undated]
    assert [row.waited_days for row in mine] == [4, 3, 3]
    assert [row.overdue for row in mine] == [False, True, False]
    assert (mine[0].amount, mine[0].applicant) == (3_456_000_000, MR_QUANG.full_name)
    assert mine[0].asked_by == cast.case_officer.name
    counts = duty_counts(cast.receiver.agency_id, at=TUESDAY)
    assert counts.open - before.open == 3
    assert (counts.overdue, counts.dossiers - before.dossiers) == (1, 2)
    assert counts.amount - before.amount == 3_456_000_000 + 2 * 2_500_000
    assert [row.id for row in open_duties(cast.receiver.agency_id, at=TUESDAY, limit=1, offset=1)] == [rows[1].id]
    shown = {duty.id: duty.overdue for duty in duties_of(second, at=TUESDAY)}
    assert shown == {soon: True}
    settle_duty(soon, evidence=PAID, by=cast.receiver, at=TUESDAY)
    assert [bool(duty.overdue) for duty in duties_of(second, at=TUESDAY)] == [False]
