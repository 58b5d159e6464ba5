"""Where the time went, of one dossier and of a month: every act's minutes in the right hands."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from motcua.dossiers.models import ClockEntry, Dossier
from motcua.dossiers.states import State
from motcua.people.roster import month_bounds
from motcua.routing import actions
from motcua.routing.consultations.models import (
    ClosedHow,
    Consultation,
    DeadlineUnit,
    Opinion,
    SentHow,
    SilenceRule,
)
from motcua.routing.faults.actions import FaultRefused, confirm_fault, declare_fault, withdraw_fault
from motcua.routing.models import Step, SystemFault
from motcua.routing.shares import APPLICANT, DESK, FAULT, Hands, Keeper
from motcua.routing.time_spent import month_of, shares_of
from motcua.routing.views.time_spent import plain_cell
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules.moments import VIETNAM
from tests.cast import BIRTH, MONDAY, MR_QUANG, Cast, minutes_later, open_step, received
from tests.journey.conftest import cast, ward
from tests.journey.test_hot_pages import log_in

__all__ = ["cast", "ward"]


@pytest.fixture
def calendar(cast: Cast):
    return calendar_for(cast.leader.calendar_code)


@pytest.fixture
def driven(cast: Cast):
    """Received Monday 09:15; twenty minutes at the desk, forty at the officer's, ten at the leader's."""
    one = received(BIRTH, cast, applicant=MR_QUANG)
    actions.pass_on(open_step(one.id)[0], by=cast.receiver, at=minutes_later(MONDAY, 20))
    actions.pass_on(open_step(one.id)[0], by=cast.case_officer, at=minutes_later(MONDAY, 60))
    actions.approve(open_step(one.id)[0], by=cast.leader, at=minutes_later(MONDAY, 70))
    return one


def unit_of(who) -> Hands:
    return Hands(Keeper.UNIT, who.unit_name)


def spent(shares) -> dict[Hands, int]:
    return {share.hands: share.minutes for share in shares}


def test_each_hand_has_its_minutes(cast: Cast, driven, calendar):
    at = minutes_later(MONDAY, 75)
    shares = shares_of(driven.id, agency_id=cast.leader.agency_id, at=at, calendar=calendar)
    assert spent(shares) == {
        DESK: 20, unit_of(cast.case_officer): 40, unit_of(cast.leader): 10, unit_of(cast.records_clerk): 5,
    }  # fmt: skip
    assert sum(share.tenths for share in shares) == 1000


def test_a_pause_is_the_applicants_and_a_fault_is_nobodys(cast: Cast, driven, calendar):
    ClockEntry.objects.create(
        dossier_id=driven.id, position=1, mark="paused", cause="papers", at=minutes_later(MONDAY, 30)
    )
    ClockEntry.objects.create(dossier_id=driven.id, position=2, mark="resumed", at=minutes_later(MONDAY, 45))
    fault = declare_fault(
        first_at=minutes_later(MONDAY, 40), last_at=minutes_later(MONDAY, 50), evidence="Biên bản 12/BB",
        by=cast.administrator, at=minutes_later(MONDAY, 75),
    )  # fmt: skip
    confirm_fault(fault.pk, by=cast.leader, at=minutes_later(MONDAY, 75))
    asked = {"agency_id": cast.leader.agency_id, "at": minutes_later(MONDAY, 75), "calendar": calendar}
    assert spent(shares_of(driven.id, **asked)) == {
        DESK: 20, unit_of(cast.case_officer): 20, APPLICANT: 10, FAULT: 10, unit_of(cast.leader): 10,
        unit_of(cast.records_clerk): 5,
    }  # fmt: skip
    withdraw_fault(fault.pk, reason="Nhầm ngày", by=cast.administrator, at=minutes_later(MONDAY, 80))
    assert spent(shares_of(driven.id, **asked))[APPLICANT] == 15
    with pytest.raises(FaultRefused):
        withdraw_fault(fault.pk, reason="Nhầm ngày", by=cast.administrator, at=minutes_later(MONDAY, 81))


def test_who_is_consulted_has_the_time_until_the_answer(cast: Cast, driven, calendar):
    step = Step.objects.get(dossier_id=driven.id, position=2)
    Consultation.objects.create(
        dossier_id=driven.id, step=step, outside_name="Chi cục Thuế", question="Có còn nợ thuế không?",
        asked_at=minutes_later(MONDAY, 25), asked_by_id=cast.case_officer.id, deadline_number=4,
        deadline_unit=DeadlineUnit.WORKING_HOUR, due_at=minutes_later(MONDAY, 300), silence=SilenceRule.REMIND,
        sent_how=SentHow.LETTER, answered_by_id=cast.case_officer.id, answered_at=minutes_later(MONDAY, 40),
        opinion=Opinion.AGREE, words="Không nợ", letter="12/CV", closed_at=minutes_later(MONDAY, 40),
        closed_how=ClosedHow.ANSWERED,
    )  # fmt: skip
    at = minutes_later(MONDAY, 75)
    shares = spent(shares_of(driven.id, agency_id=cast.leader.agency_id, at=at, calendar=calendar))
    assert shares[Hands(Keeper.CONSULTED, "Chi cục Thuế")] == 15
    assert shares[unit_of(cast.case_officer)] == 25
    assert sum(shares.values()) == 75


@pytest.mark.parametrize(
    ("first", "last", "evidence", "who"),
    [(50, 40, "Biên bản", "administrator"), (40, 90, "Biên bản", "administrator"), (40, 50, "  ", "administrator"),
     (40, 50, "Biên bản", "leader")],
)  # fmt: skip
def test_a_fault_is_past_has_a_length_and_evidence_and_is_declared_by_an_administrator(
    cast: Cast, first: int, last: int, evidence: str, who: str
):
    with pytest.raises(FaultRefused):
        declare_fault(
            first_at=minutes_later(MONDAY, first), last_at=minutes_later(MONDAY, last), evidence=evidence,
            by=getattr(cast, who), at=minutes_later(MONDAY, 75),
        )  # fmt: skip
    assert not SystemFault.objects.exists()


def test_the_month_is_the_sum_of_its_dossiers(cast: Cast, calendar):
    opened = [received(BIRTH, cast, applicant=MR_QUANG) for _ in range(4)]
    ends = [minutes_later(MONDAY, 100), minutes_later(MONDAY, 60 * 24 * 3), minutes_later(MONDAY, 300)]
    for one, end in zip(opened, ends, strict=False):
        actions.pass_on(open_step(one.id)[0], by=cast.receiver, at=minutes_later(MONDAY, 20))
        Dossier.objects.filter(pk=one.id).update(state=State.RETURNED, finished_at=end, returned_at=end, paused_at=None)
    bounds = month_bounds(date(2026, 11, 1))
    month = month_of(cast.leader.agency_id, *bounds, calendar=calendar)
    assert (month.dossiers, month.late) == (3, 1)
    single = [shares_of(one.id, agency_id=cast.leader.agency_id, at=bounds[1], calendar=calendar) for one in opened[:3]]
    for row in month.rows:
        assert row.minutes == sum(spent(shares).get(row.hands, 0) for shares in single)
        assert row.late_minutes == spent(single[1]).get(row.hands, 0)
        assert row.dossiers == 3
    assert sum(row.tenths for row in month.rows) == sum(row.late_tenths for row in month.rows) == 1000
    assert month.minutes == sum(calendar.elapsed(MONDAY, end) for end in ends)
    assert month_of(cast.leader.agency_id, *month_bounds(date(2026, 10, 1)), calendar=calendar).rows == ()


def test_the_page_and_its_spreadsheet_say_the_same(client, cast: Cast, calendar):
    received(BIRTH, cast, applicant=MR_QUANG)
    start = datetime(2026, 11, 3, 8, tzinfo=VIETNAM)
    Dossier.objects.update(
        state=State.RETURNED, received_at=start, finished_at=start + timedelta(hours=2),
        returned_at=start + timedelta(hours=2),
    )  # fmt: skip
    log_in(client, "lanhdao")
    text = client.get(reverse("time-spent"), {"month": "2026-11"}).content.decode()
    assert "100,0 %" in text
    answer = client.get(reverse("time-spent"), {"month": "2026-11", "format": "csv"})
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 2
    assert lines[1][1:] == ["1", "120", "100.0", "0", "0.0"]
    assert client.get(reverse("time-spent"), {"month": "2019-02"}).status_code == 200
    assert f"{timezone.localdate():%m/%Y}" in client.get(reverse("time-spent"), {"month": "abc"}).content.decode()


@pytest.mark.parametrize("text", ["=1+1", "+84", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(text: str):
    assert plain_cell(text) == "'" + text
    assert plain_cell("Địa chính") == "Địa chính"


def test_the_administrator_declares_and_withdraws_in_the_browser(client, cast: Cast):
    log_in(client, "quantri")
    yesterday = timezone.localdate() - timedelta(days=1)
    sent = {
        "first_day": f"{yesterday:%d/%m/%Y}", "first_hour": "08:00", "last_day": f"{yesterday:%d/%m/%Y}",
        "last_hour": "09:30", "evidence": "Biên bản số 12/BB",
    }  # fmt: skip
    assert client.post(reverse("system-faults"), sent | {"last_hour": "07:00"}).status_code == 422
    assert client.post(reverse("system-faults"), sent | {"last_hour": "giờ"}).status_code == 422
    assert client.post(reverse("system-faults"), sent)["Location"] == reverse("system-faults")
    fault = SystemFault.objects.get()
    assert "Biên bản số 12/BB" in client.get(reverse("system-faults")).content.decode()
    way = reverse("withdraw-fault", args=(fault.pk,))
    assert client.get(way).status_code == 200
    assert client.post(way, {"reason": ""}).status_code == 422
    assert client.post(way, {"reason": "Khai nhầm"})["Location"] == reverse("system-faults")
    fault.refresh_from_db()
    assert fault.withdrawn_reason == "Khai nhầm"
