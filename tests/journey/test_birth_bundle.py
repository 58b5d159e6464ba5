"""A child is born: one filing, three agencies, three clocks; one of them may say no."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.core.models import Event
from motcua.demo.office import OPENED, PASSWORD
from motcua.dossiers.models import Dossier
from motcua.intake.actions import AnotherFiling, PapersMissing
from motcua.people.actions import appoint, grant_role
from motcua.people.models import Agency, Role, RoleGrant, Unit
from motcua.routing import actions
from motcua.routing.actions.detours import Wish, reject, reopen, withdraw
from motcua.routing.bundles.following import refuse_member
from motcua.routing.bundles.models import Bundle, BundleMember, MemberState
from motcua.routing.bundles.opening import open_member
from motcua.routing.bundles.queries import counts
from motcua.routing.bundles.receiving import receive_bundle
from motcua.routing.cooperation import cooperation_of
from motcua.worktime.actions import mark_day
from motcua.worktime.rules import DatedDay, DayKind
from tests.bundle_cast import (
    CARD,
    MACHINE,
    RESIDENCE,
    Beside,
    acting,
    beside,
    bundle_filing,
    bundle_of,
    filed,
    settle,
    ward_hand,
)
from tests.cast import BIRTH, MONDAY, MR_QUANG, Cast, minutes_later, open_step, received


@pytest.fixture
def police(cast: Cast) -> Beside:
    ward = Agency.objects.get(pk=cast.receiver.agency_id)
    return beside(ward, police=True, code="G01.H17.21", posts=(RESIDENCE, "1.003197"))


@pytest.fixture
def insurance(cast: Cast) -> Beside:
    ward = Agency.objects.get(pk=cast.receiver.agency_id)
    return beside(ward, police=False, code="G18.17.021", posts=(CARD,))


def at_once(definition):
    """The same bundle as an electronic one: every agency gets its part at the moment of filing."""
    return replace(definition, members=tuple(replace(line, after=None) for line in definition.members))


def second_leader(cast: Cast):
    """Another leader of the ward: who took a dossier up again does not approve it."""
    unit = Unit.objects.get(pk=cast.leader.unit_id)
    official = appoint(
        username="lanhdao-2", password=PASSWORD, full_name="Lê Thị Bình", title="", unit=unit, valid_from=OPENED,
        by=MACHINE, at=MONDAY, is_demo=True,
    )  # fmt: skip
    grant_role(official=official, role=Role.APPROVER, unit=unit, valid_from=OPENED, by=MACHINE, at=MONDAY)
    return acting("lanhdao-2")


def states(bundle: Bundle) -> list[str]:
    return [member.state for member in bundle.members.order_by("position")]


def parts_opened(cast: Cast) -> list[BundleMember]:
    return list(filed(at_once(bundle_of("birth")), cast.receiver).members.select_related("dossier"))


def member(bundle: Bundle, position: int) -> BundleMember:
    return bundle.members.select_related("dossier", "agency").get(position=position)


def kinds(bundle: Bundle) -> list[str]:
    return list(Event.objects.filter(subject_id=bundle.id).order_by("sequence").values_list("kind", flat=True))


def test_in_order_each_agency_has_its_own_dossier_clock_and_code(cast, police, insurance):
    bundle = filed(bundle_of("birth"), cast.receiver)
    assert bundle.code == "H17.21-LT-261123-0001"
    assert states(bundle) == ["opened", "waiting", "waiting"]
    assert member(bundle, 1).dossier.code == "H17.21-261123-0001"

    at = settle(member(bundle, 1).dossier_id, ward_hand(cast))
    assert states(bundle) == ["done", "opened", "opened"]
    second, third = member(bundle, 2), member(bundle, 3)
    assert (second.dossier.code, third.dossier.code) == ("G01.H17.21-261123-0001", "G18.17.021-261123-0001")
    assert second.dossier.received_at == third.dossier.received_at == at
    assert (second.dossier.limit_number, second.dossier.limit_unit) == (7, "working_day")
    assert (third.dossier.limit_number, third.dossier.limit_unit) == (10, "day")
    assert second.dossier.applicant_name == "Nguyễn Thị Lan"
    assert second.dossier.received_by_id == police.receiver.id
    assert second.received_hash == second.sent_hash

    beside_the_ward = [(one.name, one.asked_at, one.answered_at) for one in cooperation_of(member(bundle, 1).dossier)]
    assert beside_the_ward == [(second.agency.short_name, at, None), (third.agency.short_name, at, None)]
    assert [one.outcome for one in cooperation_of(second.dossier)] == ["đã giải quyết", "đang giải quyết"]

    settle(second.dossier_id, police.hand, at)
    settle(third.dossier_id, insurance.hand, at)
    assert states(bundle) == ["done", "done", "done"]
    told = Event.objects.get(subject_id=second.dossier_id, kind="dossier.received")
    assert told.actor_id is None
    assert "liên thông" in told.actor_name


def test_at_once_all_three_are_opened_at_the_moment_of_filing(cast, police, insurance):
    bundle = filed(at_once(bundle_of("birth")), cast.receiver)
    assert states(bundle) == ["opened"] * 3
    assert {one.dossier.received_at for one in bundle.members.select_related("dossier")} == {MONDAY}
    assert {one.dossier.agency_id for one in bundle.members.select_related("dossier")} == {
        cast.receiver.agency_id, police.agency.id, insurance.agency.id
    }  # fmt: skip


def test_a_day_off_of_the_ward_moves_only_the_wards_own_promise(cast, police, insurance):
    usual = {one.position: one.dossier.due_at for one in parts_opened(cast)}
    storm = DatedDay(date(2026, 11, 25), DayKind.CLOSED, "Nghỉ tránh bão")
    mark_day(cast.receiver.calendar_code, storm, by=cast.leader.actor)
    moved = {one.position: one.dossier.due_at for one in parts_opened(cast)}
    assert moved[1] == usual[1] + timedelta(days=1)
    assert (moved[2], moved[3]) == (usual[2], usual[3])


def test_one_agency_refuses_on_the_merits_and_the_others_go_on(cast, police, insurance):
    bundle = filed(at_once(bundle_of("birth")), cast.receiver)
    at, dossier_id = MONDAY, member(bundle, 2).dossier_id
    while open_step(dossier_id)[1] != "approver":
        at = minutes_later(at, 15)
        step, role, _unit = open_step(dossier_id)
        actions.pass_on(step, by=police.hand(role), at=at)
    step = open_step(dossier_id)[0]
    reject(step, reason="Chỗ ở không hợp pháp.", legal_basis="Luật Cư trú, Điều 20", by=police.approver, at=at)
    assert states(bundle) == ["opened", "refused", "opened"]
    assert member(bundle, 2).reason == "Chỗ ở không hợp pháp."
    settle(member(bundle, 1).dossier_id, ward_hand(cast))
    settle(member(bundle, 3).dossier_id, insurance.hand)
    assert states(bundle) == ["done", "refused", "done"]


def test_what_follows_a_refused_part_is_refused_with_it_and_says_why(cast, police, insurance):
    bundle = filed(bundle_of("birth"), cast.receiver)
    at, dossier_id, hand = MONDAY, member(bundle, 1).dossier_id, ward_hand(cast)
    while open_step(dossier_id)[1] != "approver":
        at = minutes_later(at, 10)
        step, role, _unit = open_step(dossier_id)
        actions.pass_on(step, by=hand(role), at=at)
    reject(open_step(dossier_id)[0], reason="Trẻ đã có khai sinh.", legal_basis="Luật Hộ tịch", by=cast.leader, at=at)
    assert states(bundle) == ["refused"] * 3
    assert member(bundle, 3).reason.startswith("Vì phần 1 (Đăng ký khai sinh)")
    assert "Trẻ đã có khai sinh." in member(bundle, 3).reason
    assert Dossier.objects.count() == 1

    reopen(dossier_id, reason="Nhầm trẻ khác", by=cast.leader, at=minutes_later(at, 30))
    assert states(bundle) == ["opened", "waiting", "waiting"]
    other = second_leader(cast)
    settle(dossier_id, lambda role: other if role == "approver" else hand(role), minutes_later(at, 30))
    assert states(bundle) == ["done", "opened", "opened"]


def test_a_part_is_refused_before_it_is_opened_with_form_03(cast, police, insurance):
    bundle = filed(bundle_of("birth"), cast.receiver)
    second = member(bundle, 2)
    refuse_member(second.pk, reason="Không thuộc địa bàn.", legal_basis="Luật Cư trú", by=police.receiver, at=MONDAY)
    refused = member(bundle, 2)
    assert refused.state == MemberState.REFUSED
    assert refused.refusal.refusal_number == 1
    assert refused.refusal.agency_id == police.agency.id
    settle(member(bundle, 1).dossier_id, ward_hand(cast))
    assert states(bundle) == ["done", "refused", "opened"]


def test_the_applicant_withdraws_and_what_followed_is_stopped_not_refused(cast, police, insurance):
    bundle = filed(bundle_of("birth"), cast.receiver)
    wish = Wish("Nguyễn Thị Lan", "counter", "Chuyển sang nơi khác")
    withdraw(member(bundle, 1).dossier_id, wish=wish, by=cast.receiver, at=minutes_later(MONDAY, 5))
    assert states(bundle) == ["stopped"] * 3


def test_an_agency_without_a_desk_holds_up_its_part_only_until_it_has_one(cast, police, insurance):
    grants = RoleGrant.objects.filter(official_id=insurance.receiver.id)
    grants.update(valid_to=MONDAY.date().replace(day=1))
    bundle = filed(at_once(bundle_of("birth")), cast.receiver)
    assert states(bundle) == ["opened", "opened", "waiting"]
    assert "chưa có ai tiếp nhận" in member(bundle, 3).reason
    alarm = Event.objects.get(subject_id=bundle.id, kind="bundle.held_up")
    assert alarm.agency_id == cast.receiver.agency_id
    grants.update(valid_to=None)
    assert open_member(member(bundle, 3).pk, at=minutes_later(MONDAY, 60))
    assert states(bundle) == ["opened"] * 3
    assert member(bundle, 3).reason == ""


def test_no_agency_for_a_part_holds_it_up_and_the_police_unit_of_the_ward_does_its_own(cast):
    bundle = filed(at_once(bundle_of("birth")), cast.receiver)
    assert states(bundle) == ["opened", "opened", "waiting"]
    assert member(bundle, 2).agency_id == cast.receiver.agency_id
    assert "Chưa xác định được cơ quan" in member(bundle, 3).reason


def test_a_procedure_not_posted_at_its_agency_holds_up_its_part(cast, police):
    ward = Agency.objects.get(pk=cast.receiver.agency_id)
    beside(ward, police=False, code="G18.17.021", posts=())
    bundle = filed(at_once(bundle_of("birth")), cast.receiver)
    assert states(bundle) == ["opened", "opened", "waiting"]
    assert "niêm yết" in member(bundle, 3).reason


@pytest.mark.parametrize("column", ["package", "sent_hash"])
def test_a_package_changed_on_the_way_opens_nothing(column, cast, police, insurance):
    bundle = filed(bundle_of("birth"), cast.receiver)
    second = member(bundle, 2)
    if column == "package":
        second.package["applicant"]["full_name"] = "Nguyễn Thị Khác"
    else:
        second.sent_hash = "0" * 64
    second.save()
    settle(member(bundle, 1).dossier_id, ward_hand(cast))
    assert states(bundle) == ["done", "waiting", "opened"]
    stopped = member(bundle, 2)
    assert "mã băm" in stopped.reason
    assert stopped.received_hash != stopped.sent_hash
    told = Event.objects.get(subject_id=bundle.id, kind="bundle.package_mismatch")
    assert (told.after["sent"], told.after["received"]) == (stopped.sent_hash, stopped.received_hash)
    assert not Dossier.objects.filter(agency=police.agency).exists()


def test_the_same_page_sent_twice_opens_one_bundle(cast, police, insurance):
    definition = bundle_of("birth")
    filing = bundle_filing(definition, cast.receiver)
    first, new = receive_bundle(filing, definition=definition, by=cast.receiver, at=MONDAY)
    again, new_again = receive_bundle(filing, definition=definition, by=cast.receiver, at=minutes_later(MONDAY, 1))
    assert (new, new_again, again.pk) == (True, False, first.pk)
    assert (Bundle.objects.count(), Dossier.objects.count()) == (1, 1)
    assert kinds(first) == ["bundle.received"]
    with pytest.raises(AnotherFiling):
        receive_bundle(replace(filing, applicant=MR_QUANG), definition=definition, by=cast.receiver, at=MONDAY)


def test_papers_missing_for_any_agency_are_said_at_the_first_counter(cast, police, insurance):
    definition = bundle_of("birth")
    filing = bundle_filing(definition, cast.receiver, papers=())
    with pytest.raises(PapersMissing) as refused:
        receive_bundle(filing, definition=definition, by=cast.receiver, at=MONDAY)
    assert "Tờ khai tham gia bảo hiểm y tế" in refused.value.names
    assert "Giấy chứng sinh" in refused.value.names
    assert Bundle.objects.count() == Dossier.objects.count() == 0


def test_the_death_bundle_asks_nobody_for_what_the_registration_produces(cast, police):
    bundle = filed(bundle_of("death"), cast.receiver)
    settle(member(bundle, 1).dossier_id, ward_hand(cast))
    assert states(bundle) == ["done", "opened", "opened"]
    papers = member(bundle, 3).dossier.components.select_related("component")
    supplied = papers.get(component__name="Bản sao giấy chứng tử hoặc giấy báo tử")
    assert (supplied.originals, supplied.copies) == (0, 0)
    assert member(bundle, 2).dossier.channel == "online"


def test_statistics_count_it_once_at_the_desk_and_once_as_part_at_each_agency(cast, police, insurance):
    filed(at_once(bundle_of("birth")), cast.receiver)
    received(BIRTH, cast, applicant=MR_QUANG)
    day = MONDAY.date()
    ward = counts(cast.receiver.agency_id, day, day)
    assert (ward.alone, ward.bundles, ward.parts, ward.filings) == (1, 1, 1, 2)
    for other in (police, insurance):
        there = counts(other.agency.id, day, day)
        assert (there.alone, there.bundles, there.parts, there.filings) == (0, 0, 1, 0)
    assert counts(cast.receiver.agency_id, day.replace(day=1), day.replace(day=2)).filings == 0
