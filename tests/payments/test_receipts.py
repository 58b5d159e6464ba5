"""The clock goes on when the money was paid, as the receipt says, not when somebody found time to write it down."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.core.management import call_command

from motcua.core.models import Event
from motcua.dossiers.ledger import clock_of
from motcua.dossiers.models import ClockEntry
from motcua.dossiers.reasons import reasons_of
from motcua.dossiers.states import State
from motcua.payments.actions import cancel_duty, settle_duty
from motcua.payments.evidence import DutyRefused, Evidence
from motcua.payments.models import FinancialDuty
from motcua.worktime.queries import calendar_for
from tests.cast import HANOI_TIME, Cast
from tests.payments.conftest import in_hands
from tests.payments.test_duties import FRIDAY, LAND_USE, SATURDAY, TUESDAY, asked, now
from tests.payments.test_void_pauses import marks

AT_ONCE = Evidence("BL-7", FRIDAY.date(), time(16, 0))
MONTH_LATER = FRIDAY + timedelta(days=29)


def pauses(dossier_id) -> list[tuple[datetime, datetime | None]]:
    return [(one.start, one.end) for one in clock_of(now(dossier_id)).stretches if one.cause]


def test_a_receipt_of_the_same_day_written_down_a_month_later_pauses_for_an_hour(cast: Cast, dossier_id):
    due_at = now(dossier_id).due_at
    duty_id = asked(dossier_id, cast)
    turned = settle_duty(duty_id, evidence=AT_ONCE, by=cast.receiver, at=MONTH_LATER)
    assert turned is not None
    assert pauses(dossier_id) == [(FRIDAY, FRIDAY.replace(hour=16))]
    dossier = now(dossier_id)
    assert (dossier.state, dossier.paused_at) == (State.PROCESSING, None)
    assert dossier.due_at == due_at + timedelta(hours=1)
    assert turned.reading.is_late(MONTH_LATER)
    assert marks(dossier_id) == ["paused", "voided"]
    assert FinancialDuty.objects.get(pk=duty_id).paid_at == FRIDAY.replace(hour=16)
    call_command("clock_check")


def test_a_receipt_without_an_hour_covers_its_day_and_no_more(cast: Cast, dossier_id):
    settle_duty(asked(dossier_id, cast), evidence=replace(AT_ONCE, hour=None), by=cast.receiver, at=MONTH_LATER)
    assert pauses(dossier_id) == [(FRIDAY, FRIDAY.replace(hour=23, minute=59))]


def test_what_was_paid_before_it_was_asked_for_pauses_nothing(cast: Cast, dossier_id):
    before, due_at = clock_of(now(dossier_id)), now(dossier_id).due_at
    early = Evidence("BL-7", FRIDAY.date() - timedelta(days=2))
    settle_duty(asked(dossier_id, cast), evidence=early, by=cast.receiver, at=TUESDAY)
    assert now(dossier_id).due_at == due_at
    assert clock_of(now(dossier_id)) == before


def test_written_down_the_day_it_was_paid_without_an_hour_goes_on_now(cast: Cast, dossier_id):
    settle_duty(asked(dossier_id, cast), evidence=Evidence("BL-7", TUESDAY.date()), by=cast.receiver, at=TUESDAY)
    assert marks(dossier_id) == ["paused", "resumed"]
    assert pauses(dossier_id) == [(FRIDAY, TUESDAY)]


def test_sums_paid_one_after_the_other_leave_the_time_between_to_the_office(cast: Cast, dossier_id):
    first, second = asked(dossier_id, cast), asked(dossier_id, cast, LAND_USE, at=SATURDAY)
    assert settle_duty(first, evidence=AT_ONCE, by=cast.receiver, at=TUESDAY) is not None
    assert now(dossier_id).paused_at == SATURDAY
    evidence = Evidence("BL-8", SATURDAY.date(), time(11, 30))
    settle_duty(second, evidence=evidence, by=cast.receiver, at=TUESDAY + timedelta(hours=2))
    assert pauses(dossier_id) == [
        (FRIDAY, FRIDAY.replace(hour=16)), (SATURDAY, SATURDAY.replace(hour=11, minute=30))
    ]  # fmt: skip


def test_a_sum_given_up_after_one_that_was_paid_voids_from_the_payment(cast: Cast, dossier_id):
    first, second = asked(dossier_id, cast), asked(dossier_id, cast, LAND_USE)
    settle_duty(first, evidence=AT_ONCE, by=cast.receiver, at=TUESDAY)
    cancel_duty(second, reason="Nhầm hồ sơ", by=cast.receiver, at=TUESDAY + timedelta(hours=1))
    assert pauses(dossier_id) == [(FRIDAY, FRIDAY.replace(hour=16))]


def test_the_reason_sheet_says_when_it_was_paid_and_when_written_down(cast: Cast, dossier_id):
    settle_duty(asked(dossier_id, cast), evidence=AT_ONCE, by=cast.receiver, at=TUESDAY)
    said = next(row.text for row in reasons_of(now(dossier_id), calendar_for("VN")) if row.kind == "pause_voided")
    assert "thời gian này tính cho cơ quan" in said
    assert said.endswith("Lệ phí trước bạ: đã nộp lúc 16:00 27/11/2026, ghi nhận lúc 10:00 01/12/2026")
    assert ClockEntry.objects.get(dossier_id=dossier_id, mark="voided").note in said
    told = Event.objects.get(subject_id=dossier_id, kind="duty.settled")
    assert datetime.fromisoformat(told.after["paid_at"]) == FRIDAY.replace(hour=16)


def test_an_hour_to_come_is_no_payment(cast: Cast, dossier_id):
    duty_id = asked(dossier_id, cast)
    with pytest.raises(DutyRefused, match="Giờ trên chứng từ"):
        settle_duty(duty_id, evidence=Evidence("BL-7", TUESDAY.date(), time(10, 1)), by=cast.receiver, at=TUESDAY)


def test_a_receipt_proves_the_payment_of_one_dossier_a_year(cast: Cast, dossier_id):
    other = in_hands(cast)
    settle_duty(asked(dossier_id, cast), evidence=AT_ONCE, by=cast.receiver, at=TUESDAY)
    again = asked(other, cast)
    for number in ("BL-7", " bl 7", "BL–7"):
        with pytest.raises(DutyRefused, match="đã dùng cho hồ sơ"):
            settle_duty(again, evidence=Evidence(number, date(2026, 11, 30)), by=cast.receiver, at=TUESDAY)
    next_year = datetime(2027, 1, 5, 9, 0, tzinfo=HANOI_TIME)
    settle_duty(again, evidence=Evidence("BL-7", next_year.date()), by=cast.receiver, at=next_year)


def test_one_slip_pays_two_sums_of_one_dossier_and_has_one_day(cast: Cast, dossier_id):
    first, second = asked(dossier_id, cast), asked(dossier_id, cast, LAND_USE)
    settle_duty(first, evidence=AT_ONCE, by=cast.receiver, at=TUESDAY)
    with pytest.raises(DutyRefused, match="với ngày khác"):
        settle_duty(second, evidence=Evidence("BL-7", TUESDAY.date()), by=cast.receiver, at=TUESDAY)
    settle_duty(second, evidence=AT_ONCE, by=cast.receiver, at=TUESDAY)
