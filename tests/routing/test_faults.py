"""Faults of the system: short, fresh, and counted only once a leader confirmed what another declared."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from motcua.core.models import Event
from motcua.people.models import Role, UnitFunction
from motcua.routing.faults.actions import FaultRefused, confirm_fault, declare_fault, withdraw_fault
from motcua.routing.models import SystemFault
from motcua.routing.time_spent import faults_of
from tests.cast import MONDAY, Cast, minutes_later
from tests.journey.test_hot_pages import log_in
from tests.people.town import neighbour_ward
from tests.routing.late_lives import head_of, worked
from tests.routing.lives import acting

DAY = 480
LATER = minutes_later(MONDAY, 75)


def declared(cast: Cast, first_at: datetime = MONDAY, last_at: datetime | None = None, **changes) -> SystemFault:
    said = {"evidence": "Biên bản 12/BB", "by": cast.administrator, "at": LATER} | changes
    return declare_fault(first_at=first_at, last_at=last_at or first_at + timedelta(minutes=30), **said)


def test_a_fault_takes_no_minutes_before_a_leader_confirmed_it(cast: Cast):
    fault = declared(cast)
    assert faults_of(cast.leader.agency_id) == []
    confirm_fault(fault.pk, by=cast.leader, at=LATER)
    fault.refresh_from_db()
    assert (fault.confirmed_by_id, fault.confirmed_at) == (cast.leader.id, LATER)
    assert len(faults_of(cast.leader.agency_id)) == 1
    assert Event.objects.filter(kind="fault.confirmed", subject_id=fault.pk, actor_id=cast.leader.account_id).exists()
    with pytest.raises(FaultRefused, match="trước đó"):
        confirm_fault(fault.pk, by=cast.leader, at=LATER)
    withdraw_fault(fault.pk, reason="Nhầm ngày", by=cast.administrator, at=LATER)
    assert faults_of(cast.leader.agency_id) == []


def test_only_a_leader_confirms(cast: Cast):
    fault = declared(cast)
    for by in (cast.administrator, cast.case_officer, head_of(cast, UnitFunction.LAND)):
        with pytest.raises(FaultRefused, match="Lãnh đạo cơ quan"):
            confirm_fault(fault.pk, by=by, at=LATER)
    with pytest.raises(FaultRefused):
        confirm_fault(fault.pk, by=acting(neighbour_ward()), at=LATER)
    assert faults_of(cast.leader.agency_id) == []


def test_nobody_confirms_what_he_declared_nor_in_the_place_of_who_did(cast: Cast):
    leads = next(unit for unit, role in cast.leader.duties if role == Role.APPROVER)
    duty = (leads, str(Role.APPROVER))
    both = replace(cast.administrator, duties=cast.administrator.duties | {duty})
    fault = declared(cast, by=both)
    in_his_place = replace(cast.case_officer, duties=frozenset({duty}), stands_in={duty: (both.id, both.name)})
    for by in (both, in_his_place):
        with pytest.raises(FaultRefused, match="không tự xác nhận"):
            confirm_fault(fault.pk, by=by, at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        SystemFault.objects.filter(pk=fault.pk).update(confirmed_at=LATER, confirmed_by=both.id)
    confirm_fault(fault.pk, by=cast.leader, at=LATER)


def test_what_was_taken_back_is_not_confirmed(cast: Cast):
    fault = declared(cast)
    withdraw_fault(fault.pk, reason="Nhầm ngày", by=cast.administrator, at=LATER)
    with pytest.raises(FaultRefused, match="trước đó"):
        confirm_fault(fault.pk, by=cast.leader, at=LATER)


def test_a_fault_is_five_working_days_long_at_most(cast: Cast):
    end = worked(MONDAY, 5 * DAY)
    with pytest.raises(FaultRefused, match="dài nhất 5 ngày làm việc"):
        declared(cast, MONDAY, worked(end, 10), at=worked(end, 20))
    assert declared(cast, MONDAY, end, at=worked(end, 20)).last_at == end


def test_a_fault_began_thirty_days_ago_at_most(cast: Cast):
    with pytest.raises(FaultRefused, match="30 ngày"):
        declared(cast, at=MONDAY + timedelta(days=30, minutes=1))
    assert declared(cast, at=MONDAY + timedelta(days=30)).first_at == MONDAY


def test_the_leader_confirms_in_the_browser(client, cast: Cast):
    first_at = timezone.now() - timedelta(hours=2)
    fault = declared(cast, first_at, at=timezone.now())
    way = reverse("confirm-fault", args=(fault.pk,))
    log_in(client, "quantri")
    waiting = client.get(reverse("system-faults")).text
    assert "Chờ lãnh đạo xác nhận" in waiting
    assert way not in waiting
    assert client.post(way).status_code == 403
    client.logout()
    log_in(client, "lanhdao")
    page = client.get(reverse("system-faults")).text
    assert way in page
    assert 'name="evidence"' not in page
    assert reverse("withdraw-fault", args=(fault.pk,)) not in page
    assert client.get(way)["Location"] == reverse("system-faults")
    assert client.post(way)["Location"] == reverse("system-faults")
    page = client.get(reverse("system-faults")).text
    assert "Đã xác nhận" in page
    assert way not in page
