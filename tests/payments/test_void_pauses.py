"""A sum given up was no cause to stop the clock: what was waited for it alone counts, and lateness is honest."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.models import Event
from motcua.dossiers.actions import ClockWentBack
from motcua.dossiers.ledger import clock_of
from motcua.dossiers.models import ClockEntry, Dossier
from motcua.dossiers.rules import Cause, Entry, Mark
from motcua.dossiers.states import State, move
from motcua.payments.actions import NewDuty, cancel_duty, close_duties, demand_duty, settle_duty
from motcua.payments.evidence import Evidence
from motcua.payments.models import FinancialDuty
from motcua.payments.rules import last_day, void_times
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from tests.cast import MONDAY, Cast
from tests.payments.conftest import in_hands
from tests.payments.test_duties import FRIDAY, LAND_USE, REGISTRATION, SATURDAY, TUESDAY, asked, now, written

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WRONG = "Nhầm hồ sơ, không phải nộp"
PAID = Evidence("BL-1", TUESDAY.date())
random_sums = settings(
    deadline=None, max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def marks(dossier_id: UUID) -> list[str]:
    return list(ClockEntry.objects.filter(dossier_id=dossier_id).order_by("position").values_list("mark", flat=True))


def test_a_sum_given_up_leaves_no_free_pause(cast: Cast, dossier_id: UUID):
    """The way to stop a clock at will: ask for money, wait, take it back. The date stays, and the wait is used up."""
    before, due_at = clock_of(now(dossier_id)), now(dossier_id).due_at
    duty_id = asked(dossier_id, cast)
    turned = cancel_duty(duty_id, reason=WRONG, by=cast.case_officer, at=TUESDAY)
    dossier = now(dossier_id)
    assert turned is not None
    assert (turned.entry.mark, turned.entry.void_from, turned.entry.void_to) == (Mark.VOIDED, FRIDAY, None)
    assert (dossier.state, dossier.paused_at, dossier.paused_until) == (State.PROCESSING, None, None)
    assert dossier.due_at == due_at
    assert clock_of(dossier) == before
    assert marks(dossier_id) == ["paused", "voided"]
    told = Event.objects.get(subject_id=dossier_id, kind="dossier.pause_voided")
    assert datetime.fromisoformat(told.after["void_from"]) == FRIDAY
    assert told.after["reason"] == f"Lệ phí trước bạ: {WRONG}"


def test_what_fell_due_while_it_waited_for_nothing_is_late(cast: Cast, dossier_id: UUID):
    due_at = now(dossier_id).due_at
    duty_id = asked(dossier_id, cast, replace(REGISTRATION, due_on=None), at=due_at - HOUR)
    assert not clock_of(now(dossier_id)).is_late(due_at + HOUR)
    cancel_duty(duty_id, reason=WRONG, by=cast.receiver, at=due_at + HOUR)
    assert now(dossier_id).due_at == due_at
    assert clock_of(now(dossier_id)).is_late(due_at + HOUR)


def test_a_sum_still_owed_pauses_from_when_it_was_asked_for(cast: Cast, dossier_id: UUID):
    wrong, right = asked(dossier_id, cast), asked(dossier_id, cast, LAND_USE, at=SATURDAY)
    turned = cancel_duty(wrong, reason=WRONG, by=cast.receiver, at=TUESDAY)
    assert turned is not None
    assert (turned.entry.void_from, turned.entry.void_to) == (FRIDAY, SATURDAY)
    dossier = now(dossier_id)
    assert (dossier.state, dossier.paused_at) == (State.PAYMENT_ASKED, SATURDAY)
    assert dossier.paused_until == LAND_USE.due_on
    settle_duty(right, evidence=PAID, by=cast.receiver, at=TUESDAY + HOUR)
    assert marks(dossier_id) == ["paused", "voided", "resumed"]
    assert now(dossier_id).paused_at is None


def test_a_sum_paid_before_keeps_its_own_pause(cast: Cast, dossier_id: UUID):
    right, wrong = asked(dossier_id, cast), asked(dossier_id, cast, LAND_USE, at=SATURDAY)
    settle_duty(right, evidence=PAID, by=cast.receiver, at=TUESDAY)
    turned = cancel_duty(wrong, reason=WRONG, by=cast.receiver, at=TUESDAY + HOUR)
    assert turned is not None
    assert (turned.entry.void_from, turned.entry.void_to) == (TUESDAY, None)
    pauses = [stretch for stretch in clock_of(now(dossier_id)).stretches if stretch.cause]
    assert [(stretch.start, stretch.end) for stretch in pauses] == [(FRIDAY, TUESDAY)]


def test_withdrawn_while_money_is_owed_voids_nothing(cast: Cast, dossier_id: UUID):
    asked(dossier_id, cast)
    with transaction.atomic():
        move(dossier_id=dossier_id, seen=State.PAYMENT_ASKED, to=State.WITHDRAWN, at=TUESDAY, outcome="withdrawn")
        close_duties(dossier_id, reason="Rút hồ sơ", by=cast.receiver.actor, at=TUESDAY)
    assert marks(dossier_id) == ["paused"]
    assert clock_of(now(dossier_id)).stopped_at == FRIDAY


def test_a_sum_asked_for_later_than_now_gives_nothing_up(cast: Cast, dossier_id: UUID):
    wrong = asked(dossier_id, cast)
    asked(dossier_id, cast, LAND_USE, at=TUESDAY)
    before = written()
    with pytest.raises(ClockWentBack, match="10:00 01/12/2026"):
        cancel_duty(wrong, reason=WRONG, by=cast.receiver, at=SATURDAY)
    assert written() == before


def test_the_check_finds_nothing_after_a_void(cast: Cast, dossier_id: UUID):
    wrong = asked(dossier_id, cast)
    asked(dossier_id, cast, LAND_USE, at=SATURDAY)
    cancel_duty(wrong, reason=WRONG, by=cast.receiver, at=TUESDAY)
    call_command("clock_check")
    Dossier.objects.filter(pk=dossier_id).update(paused_at=FRIDAY)
    with pytest.raises(Exception, match="1 hồ sơ ghi khác"):
        call_command("clock_check")


MOMENTS = st.integers(0, 3 * 1440).map(lambda minutes: MONDAY + minutes * MINUTE)


@given(st.lists(st.tuples(MOMENTS, st.none() | MOMENTS), max_size=5), MOMENTS)
def test_a_minute_is_void_when_no_sum_was_owed_in_it(
    drawn: list[tuple[datetime, datetime | None]], since: datetime
) -> None:
    at = MONDAY + 3 * 1440 * MINUTE
    owed = [(asked_at, max(asked_at, paid) if paid else None) for asked_at, paid in drawn]
    void = void_times(owed, since=since, at=at)
    minute = since
    while minute < at:
        waited = any(asked_at <= minute and (paid is None or minute < paid) for asked_at, paid in owed)
        assert waited != any(start <= minute < (end or at) for start, end in void)
        minute += 7 * MINUTE
    assert all(start < (end or at) for start, end in void)
    lasting = any(paid is None for _asked_at, paid in owed)
    assert not (lasting and any(end is None for _start, end in void))


@random_sums
@given(st.data())
def test_whatever_is_asked_paid_and_given_up_only_owed_sums_stop_the_clock(cast: Cast, data: st.DataObject) -> None:
    """Against a ledger written by hand: what was owed from asking to paying, of the sums that were not given up."""
    with transaction.atomic():
        dossier_id, at = in_hands(cast), MONDAY + HOUR
        open_sums: dict[UUID, datetime] = {}
        kept: list[tuple[datetime, datetime | None]] = []
        for number in range(data.draw(st.integers(1, 9))):
            at += data.draw(st.integers(1, 1500)) * MINUTE
            deed = data.draw(st.sampled_from(["ask", "ask", "settle", "cancel", "cancel"])) if open_sums else "ask"
            if deed == "ask":
                open_sums[asked(dossier_id, cast, NewDuty(f"Khoản {number}", 1, "Kho bạc", "Luật"), at=at)] = at
                continue
            duty_id = data.draw(st.sampled_from(sorted(open_sums, key=str)))
            asked_at = open_sums.pop(duty_id)
            if deed == "settle":
                paid_at = at - data.draw(st.integers(0, 3000)) * MINUTE
                evidence = Evidence(f"BL-{number}", paid_at.date(), paid_at.time())
                settle_duty(duty_id, evidence=evidence, by=cast.receiver, at=at)
                kept += [(asked_at, paid_at)] if paid_at > asked_at else []
            else:
                cancel_duty(duty_id, reason=WRONG, by=cast.receiver, at=at)
        dossier = now(dossier_id)
        reading = clock_of(dossier)
        kept += [(asked_at, None) for asked_at in open_sums.values()]
        assert reading == clock_of(dossier, entries=by_hand(kept))
        assert (dossier.due_at, dossier.paused_at) == (reading.due_at, reading.paused_since)
        assert (dossier.state == State.PAYMENT_ASKED) == bool(open_sums)
        transaction.set_rollback(True)


def by_hand(kept: list[tuple[datetime, datetime | None]]) -> list[Entry]:
    """One pause for sums owed at the same time."""
    edges = sorted([(one[0], 1) for one in kept] + [(one[1], -1) for one in kept if one[1] is not None])
    lines, owed = [], 0
    for moment, change in edges:
        if owed == 0:
            lines.append(Entry(Mark.PAUSED, moment, Cause.MONEY))
        owed += change
        if owed == 0:
            lines.append(Entry(Mark.RESUMED, moment))
    return lines


def test_the_last_day_is_the_latest_of_the_sums_still_owed(cast: Cast, dossier_id: UUID):
    soon, late = date(2026, 12, 3), date(2026, 12, 20)
    first = asked(dossier_id, cast, replace(REGISTRATION, due_on=soon))
    assert now(dossier_id).paused_until == soon
    second = asked(dossier_id, cast, replace(LAND_USE, due_on=late), at=SATURDAY)
    assert now(dossier_id).paused_until == late
    third = asked(dossier_id, cast, replace(LAND_USE, what="Phí thẩm định", due_on=soon), at=SATURDAY)
    assert now(dossier_id).paused_until == late
    settle_duty(second, evidence=PAID, by=cast.receiver, at=TUESDAY)
    assert now(dossier_id).paused_until == soon
    fourth = asked(dossier_id, cast, replace(LAND_USE, due_on=None), at=TUESDAY)
    assert now(dossier_id).paused_until is None
    cancel_duty(fourth, reason=WRONG, by=cast.receiver, at=TUESDAY + MINUTE)
    assert now(dossier_id).paused_until == soon
    for duty_id in (first, third):
        settle_duty(duty_id, evidence=PAID, by=cast.receiver, at=TUESDAY + HOUR)
    assert now(dossier_id).paused_until is None


def test_a_sum_without_a_day_leaves_no_last_day() -> None:
    soon, late = date(2026, 12, 3), date(2026, 12, 20)
    assert last_day([soon, late, soon]) == late
    assert last_day([late, None]) is None
    assert last_day([]) is None


def standing_in(who: ActingOfficial, unit_id: UUID, role: Role) -> ActingOfficial:
    """He has no duty of his own here, only that of an absent official."""
    absent = (UUID(int=7), "Lê Thị Vắng")
    return replace(who, duties=frozenset({(unit_id, role)}), stands_in={(unit_id, role): absent})


def test_what_is_done_in_an_absent_officials_place_says_so(cast: Cast, dossier_id: UUID):
    stand_in = standing_in(cast.records_clerk, cast.receiver.unit_id, Role.RECEIVER)
    told = f"{cast.records_clerk.name}, thay mặt Lê Thị Vắng"
    asker = stand_in.acting_as(cast.receiver.unit_id, Role.RECEIVER)
    duty = demand_duty(dossier_id, duty=REGISTRATION, by=cast.case_officer, at=FRIDAY, told_as=asker)
    other = asked(dossier_id, cast, LAND_USE, at=SATURDAY)
    settle_duty(duty, evidence=PAID, by=stand_in, at=TUESDAY)
    cancel_duty(other, reason=WRONG, by=stand_in, at=TUESDAY + HOUR)
    said = Event.objects.filter(subject_id=dossier_id, at__gte=FRIDAY).exclude(at=SATURDAY).order_by("sequence")
    assert {event.actor_name for event in said} == {told}
    assert [event.kind for event in said] == [
        "duty.demanded", "dossier.paused", "duty.settled", "duty.cancelled", "dossier.pause_voided",
    ]  # fmt: skip
    assert FinancialDuty.objects.get(pk=duty).settled_by_id == stand_in.id


def test_his_own_duty_is_done_in_his_own_name(cast: Cast, dossier_id: UUID):
    absent = {(cast.case_officer.unit_id, Role.CASE_OFFICER): (UUID(int=7), "Lê Thị Vắng")}
    both = replace(cast.receiver, duties=cast.receiver.duties | set(absent), stands_in=absent)
    settle_duty(asked(dossier_id, cast), evidence=PAID, by=both, at=TUESDAY)
    event = Event.objects.get(subject_id=dossier_id, kind="duty.settled")
    assert event.actor_name == cast.receiver.name
