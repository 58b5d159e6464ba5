"""A change of the calendar that begins at once: hours gone stay, and a leader confirms what an administrator asked."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from motcua.core.models import Event
from motcua.demo.office import PASSWORD
from motcua.dossiers.models import Dossier
from motcua.people.access import ActingOfficial
from motcua.people.actions import Substitution, record_absence
from motcua.people.models import AbsenceReason, Official, Role
from motcua.routing.confirmations.actions import ConfirmationRefused, confirm, drop, propose
from motcua.routing.confirmations.proposals import ProposalRefused, needs_leader, read_proposal, require_gone_hours
from motcua.routing.confirmations.queries import waiting_count
from motcua.routing.faults.confirmers import leading_unit
from motcua.routing.models import CalendarProposal
from motcua.worktime.models import Calendar
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import VIETNAM
from tests.cast import BIRTH, MONDAY, Cast, received
from tests.routing.lives import acting

TEN = datetime(2026, 11, 23, 10, tzinfo=VIETNAM)  # a Monday; the 24th is a holiday
STORM = {"change": "mark", "day": "23/11/2026", "kind": "special", "name": "Nghỉ tránh bão", "decision": "12/TB-UBND",
         "sessions": "07:00-10:00"}  # fmt: skip
CLOSED = STORM | {"kind": "closed", "sessions": ""}
WEDNESDAY = CLOSED | {"day": "25/11/2026"}
THURSDAY = CLOSED | {"day": "26/11/2026"}
PREVIEW = "/calendar/preview/"


@pytest.fixture(autouse=True)
def monday(monkeypatch, cast: Cast) -> None:
    monkeypatch.setattr(timezone, "now", lambda: TEN)


@pytest.fixture
def code(cast: Cast) -> str:
    return cast.receiver.calendar_code


@pytest.fixture
def administrator(cast: Cast) -> ActingOfficial:
    return cast.administrator


def logged_in(username: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    return client


def asked(said: dict[str, str], by: ActingOfficial) -> CalendarProposal:
    proposal = read_proposal(said, by.calendar_code, by=by.actor)
    return propose(said, proposal, "12/TB-UBND", by=by, at=TEN)


def revision(code: str) -> int:
    return Calendar.objects.get(code=code).revision


@pytest.mark.parametrize(("said", "soon"), [(STORM, True), (WEDNESDAY, True), (THURSDAY, False)])
def test_what_begins_before_a_working_day_has_passed_needs_a_leader(cast: Cast, code: str, said, soon: bool):
    """From Monday at ten: Wednesday begins before Wednesday at ten, the Tuesday being a holiday; Thursday after it."""
    proposal = read_proposal(said, code, by=cast.leader.actor)
    assert needs_leader(proposal, code, TEN) is soon


def test_hours_gone_are_nobody_s_to_change(cast: Cast, code: str):
    def ask(said: dict[str, str]) -> None:
        require_gone_hours(read_proposal(said, code, by=cast.leader.actor), code, TEN)

    ask(STORM)
    ask(WEDNESDAY)
    for said in (CLOSED, STORM | {"sessions": "08:00-10:00"}):
        with pytest.raises(ProposalRefused, match="đến 10:00"):
            ask(said)
    week = {f"weekday_{day}": "07:00-11:30, 13:30-17:00" for day in range(1, 6)}
    with pytest.raises(ProposalRefused, match="từ ngày mai"):
        ask(week | {"change": "hours", "valid_from": "23/11/2026"})


def test_nothing_moves_until_another_a_leader_confirms(cast: Cast, code: str, administrator: ActingOfficial):
    dossier = received(BIRTH, cast, at=MONDAY)
    before = Dossier.objects.get(pk=dossier.id).due_at
    waiting = asked(STORM, administrator)
    assert (Dossier.objects.get(pk=dossier.id).due_at, waiting_count(administrator.agency_id)) == (before, 1)
    for by in (administrator, cast.receiver, cast.case_officer):
        with pytest.raises(ConfirmationRefused, match="một lãnh đạo"):
            confirm(waiting.pk, seen=revision(code), by=by, at=TEN)
    confirm(waiting.pk, seen=revision(code), by=cast.leader, at=TEN)
    assert Dossier.objects.get(pk=dossier.id).due_at > before
    assert not calendar_for(code).is_working(TEN.replace(hour=14))
    assert Event.objects.get(kind="calendar.day_marked").actor_name == administrator.name
    told = Event.objects.get(kind="calendar.change_confirmed")
    assert (told.actor_name, told.after["asked_by"], told.after["decision"]) == (
        cast.leader.name, administrator.name, "12/TB-UBND",
    )  # fmt: skip
    with pytest.raises(ConfirmationRefused, match="trước đó"):
        confirm(waiting.pk, seen=revision(code), by=cast.leader, at=TEN)


def test_who_asked_does_not_confirm_though_he_leads(cast: Cast, code: str, administrator: ActingOfficial):
    waiting = asked(STORM, administrator)
    CalendarProposal.objects.filter(pk=waiting.pk).update(asked_by=cast.leader.id)
    with pytest.raises(ConfirmationRefused, match="không phải người đề nghị"):
        confirm(waiting.pk, seen=revision(code), by=cast.leader, at=TEN)


def test_who_stands_in_for_the_leader_by_the_asker_s_own_hand_does_not_confirm(cast: Cast, code: str, administrator):
    leaders = leading_unit(cast.leader)
    record_absence(
        cast.leader.id, first_at=TEN, last_at=TEN + timedelta(days=3), reason=AbsenceReason.LEAVE, by=administrator,
        at=TEN, stand_ins=[Substitution(leaders, Role.APPROVER, cast.receiver.id)],
    )  # fmt: skip
    waiting, stands_in = asked(STORM, administrator), acting(Official.objects.get(pk=cast.receiver.id), TEN)
    assert leading_unit(stands_in) == leaders
    with pytest.raises(ConfirmationRefused, match="mới được người đề nghị giao việc"):
        confirm(waiting.pk, seen=revision(code), by=stands_in, at=TEN)
    confirm(waiting.pk, seen=revision(code), by=cast.leader, at=TEN)


def test_a_day_that_passed_meanwhile_is_not_confirmed(cast: Cast, code: str, administrator, monkeypatch):
    waiting = asked(STORM, administrator)
    wednesday = TEN.replace(day=25)
    monkeypatch.setattr(timezone, "now", lambda: wednesday)
    with pytest.raises(ProposalRefused, match="đã qua"):
        confirm(waiting.pk, seen=revision(code), by=cast.leader, at=wednesday)
    drop(waiting.pk, by=administrator, at=wednesday)
    assert waiting_count(administrator.agency_id) == 0


def test_without_a_decision_a_leader_is_not_asked(cast: Cast, code: str, administrator: ActingOfficial):
    proposal = read_proposal(STORM, code, by=administrator.actor)
    with pytest.raises(ConfirmationRefused, match="số văn bản"):
        propose(STORM, proposal, "  ", by=administrator, at=TEN)


def test_on_the_pages_the_administrator_asks_and_the_leader_changes_the_calendar(cast: Cast, code: str):
    dossier = received(BIRTH, cast, at=MONDAY)
    admin, leader = logged_in("quantri"), logged_in("lanhdao")
    page = admin.post(PREVIEW, STORM).text
    assert "Gửi lãnh đạo xác nhận" in page
    assert "Áp dụng</button>" not in page
    seen = {"seen": str(revision(code))}
    lacking = admin.post(PREVIEW, STORM | seen | {"decision": ""})
    assert lacking.status_code == 422
    assert "ghi số văn bản" in lacking.text
    assert admin.post(PREVIEW, STORM | seen).status_code == 302
    assert revision(code) == int(seen["seen"])
    waiting = CalendarProposal.objects.get()
    address = f"/confirmations/calendar/{waiting.pk}/"
    assert address in leader.get("/confirmations/").text
    assert admin.get(address).status_code == 403
    assert dossier.code in leader.get(address).text
    assert leader.post(address, {"seen": "0"}, follow=True).text.count("người khác đổi") == 1
    assert leader.post(address, seen).status_code == 302
    assert revision(code) > int(seen["seen"])
    assert "Không có đề nghị nào đang chờ" in leader.get("/confirmations/").text


def test_hours_gone_are_told_at_the_form(cast: Cast):
    answer = logged_in("quantri").post(PREVIEW, CLOSED)
    assert answer.status_code == 422
    assert "Giờ đã qua hôm nay không đổi được" in answer.text


def test_a_proposal_is_dropped_on_the_page(cast: Cast, administrator: ActingOfficial):
    waiting = asked(STORM, administrator)
    admin = logged_in("quantri")
    told = admin.post(f"/confirmations/calendar/{waiting.pk}/drop/", follow=True).text
    assert "Đã bỏ đề nghị" in told
    assert not CalendarProposal.objects.filter(settled_at=None).exists()
