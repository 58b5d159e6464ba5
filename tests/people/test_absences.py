"""Away and back: what may be written of an absence, and what it changes while it lasts."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from motcua.core.models import Event
from motcua.people.access import account_with_official
from motcua.people.actions import (
    AbsenceRefused,
    SubstituteRefused,
    Substitution,
    end_absence,
    record_absence,
)
from motcua.people.models import Absence, Account, Official, Role, RoleGrant, StandIn
from motcua.people.queries import away_officials, serves_now, uncovered_duties
from tests.counting import statements
from tests.people.small_office import NOW, SmallOffice, day, small_office


def away(
    office: SmallOffice, who: str, first: datetime, last: datetime, *stand_ins: Substitution, at: datetime = NOW
) -> Absence:
    return record_absence(
        office.id(who), first_at=first, last_at=last, reason="leave", stand_ins=stand_ins, by=office.acting("an"), at=at
    )


def signing(office: SmallOffice, substitute: str) -> Substitution:
    return Substitution(office.leaders.id, Role.APPROVER, office.id(substitute))


def receiving(office: SmallOffice, substitute: str) -> Substitution:
    return Substitution(office.one_stop.id, Role.RECEIVER, office.id(substitute))


def test_the_duty_goes_over_at_the_first_moment_and_comes_back_at_the_last(office: SmallOffice):
    away(office, "nam", day(1, 7, 30), day(2, 13), signing(office, "ha"))
    duty = (office.leaders.id, Role.APPROVER)
    moment = timedelta(microseconds=1)
    for at, over in (
        (day(1, 7, 30) - moment, False),
        (day(1, 7, 30), True),
        (day(2, 13) - moment, True),
        (day(2, 13), False),
    ):
        acting = office.acting("ha", at)
        assert acting.serves(*duty) is over
        assert acting.holds(Role.APPROVER) is over
        assert acting.stands_in == ({duty: (office.id("nam"), "Lê Văn Nam")} if over else {})
        assert acting.stands_in_for == ({office.id("nam")} if over else set())
        assert acting.on_behalf_of(*duty) == (office.id("nam") if over else None)
        assert serves_now(office.id("nam"), *duty, at) is not over
        assert (office.id("nam") in away_officials(office.agency.id, at)) is over
        assert acting.serves(office.one_stop.id, Role.CASE_OFFICER)


def test_who_acts_for_another_says_so_and_only_where_it_is_not_his_own(office: SmallOffice):
    away(office, "nam", day(0), day(1), signing(office, "ha"))
    away(office, "mai", day(0), day(1), receiving(office, "nga"))
    with override("en"):
        signed = office.acting("ha").acting_as(office.leaders.id, Role.APPROVER)
    assert signed.name == "Trần Thị Thu Hà, thay mặt Lê Văn Nam"
    assert signed.account_id == office.people["ha"].account_id
    assert office.acting("ha").acting_as(office.one_stop.id, Role.CASE_OFFICER).name == "Trần Thị Thu Hà"
    nga = office.acting("nga")
    assert nga.acting_as(office.one_stop.id, Role.RECEIVER).name == "Lý Thúy Nga"
    assert nga.stands_in == {}
    assert nga.stands_in_for == {office.id("mai")}


def test_he_who_is_away_and_comes_in_all_the_same_keeps_his_own_duties(office: SmallOffice):
    away(office, "nam", day(0), day(1), signing(office, "ha"))
    assert office.acting("nam").serves(office.leaders.id, Role.APPROVER)
    assert not serves_now(office.id("nam"), office.leaders.id, Role.APPROVER, NOW)


def test_a_substitute_who_goes_away_himself_stands_in_for_nobody(office: SmallOffice):
    away(office, "nam", day(1), day(4), signing(office, "ha"))
    away(office, "ha", day(2), day(3))
    assert [office.acting("ha", day(n)).serves(office.leaders.id, Role.APPROVER) for n in (1, 2, 3)] == [
        True, False, True,
    ]  # fmt: skip
    gaps = uncovered_duties(office.agency.id, day(0), day(7))
    assert {(gap.role, gap.unit, gap.first, gap.last) for gap in gaps} == {
        (Role.APPROVER, "Lãnh đạo", day(2), day(3)),
        (Role.CASE_OFFICER, "Bộ phận Một cửa", day(2), day(3)),
    }


def test_a_duty_the_absent_official_no_longer_holds_goes_to_nobody(office: SmallOffice):
    away(office, "nam", day(1), day(4), signing(office, "ha"))
    RoleGrant.objects.filter(official=office.people["nam"]).update(valid_to=localdate(day(1)))
    assert office.acting("ha", day(1, 23)).serves(office.leaders.id, Role.APPROVER)
    assert not office.acting("ha", day(2)).serves(office.leaders.id, Role.APPROVER)


def test_what_is_written_is_told(office: SmallOffice):
    absence = away(office, "nam", day(1), day(3), signing(office, "ha"))
    event = Event.objects.get(kind="official.absent")
    assert (event.subject_id, event.agency_id, event.actor_name) == (
        office.id("nam"), office.agency.id, "Đặng Hoài An",
    )  # fmt: skip
    assert event.after["stand_ins"] == [[str(office.leaders.id), "approver", str(office.id("ha"))]]
    end_absence(absence.id, by=office.acting("an"), at=day(2))
    back = Event.objects.get(kind="official.back")
    assert datetime.fromisoformat(back.before["last_at"]) == day(3)
    assert datetime.fromisoformat(back.after["last_at"]) == day(2)


def test_back_early_ends_the_stand_in_from_that_moment(office: SmallOffice):
    absence = away(office, "nam", day(1), day(3), signing(office, "ha"))
    end_absence(absence.id, by=office.acting("an"), at=day(2, 8))
    assert office.acting("ha", day(2, 7)).serves(office.leaders.id, Role.APPROVER)
    assert not office.acting("ha", day(2, 8)).serves(office.leaders.id, Role.APPROVER)
    assert serves_now(office.id("nam"), office.leaders.id, Role.APPROVER, day(2, 8))
    with pytest.raises(AbsenceRefused, match="đã kết thúc"):
        end_absence(absence.id, by=office.acting("an"), at=day(2, 9))


def test_an_absence_called_off_before_it_began_leaves_room_for_another(office: SmallOffice):
    absence = away(office, "nam", day(1), day(3), signing(office, "ha"))
    end_absence(absence.id, by=office.acting("an"), at=NOW)
    assert not office.acting("ha", day(1, 12)).serves(office.leaders.id, Role.APPROVER)
    away(office, "nam", day(1), day(3))
    assert Absence.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (day(2), day(1), "Lúc trở lại phải sau"),
        (day(1), day(1), "Lúc trở lại phải sau"),
        (day(-3), day(-2), "ngày đã qua"),
        (day(-1), day(1), "ngày đã qua"),
        (day(0), day(0, 7), "ngày đã qua"),
        (day(4, 8), day(6), "đã được ghi vắng mặt từ 00:00 28/11/2026 đến 00:00 29/11/2026"),
    ],
)
def test_a_period_that_cannot_be_is_refused(office: SmallOffice, first: datetime, last: datetime, sentence: str):
    away(office, "nam", day(5), day(6))
    with pytest.raises(AbsenceRefused, match=sentence):
        away(office, "nam", first, last)
    assert Absence.objects.count() == 1


def test_absences_that_touch_do_not_overlap(office: SmallOffice):
    away(office, "nam", day(5), day(6))
    away(office, "nam", day(6), day(7))
    away(office, "nam", day(4), day(5))
    assert Absence.objects.count() == 3


def test_who_cannot_stand_in_is_refused_with_the_duty_named(office: SmallOffice):
    away(office, "mai", day(2, 12), day(3))
    Official.objects.filter(pk=office.id("nga")).update(valid_to=localdate(day(2)))
    foreign = small_office("Phường Khác", "khac-")
    for one, sentence in (
        (signing(office, "nam"), "phải là người khác"),
        (signing(foreign, "ha"), "không giữ việc này"),
        (Substitution(office.leaders.id, Role.APPROVER, foreign.id("ha")), "cán bộ của cơ quan"),
        (receiving(office, "ha"), "không giữ việc này"),
        (signing(office, "mai"), "Nguyễn Thị Mai cũng vắng mặt từ 12:00 25/11/2026 đến 00:00 26/11/2026"),
        (signing(office, "nga"), "suốt thời gian này"),
    ):
        with pytest.raises(SubstituteRefused, match=sentence) as refused:
            away(office, "nam", day(1), day(4), one)
        assert refused.value.duty == one.duty
    Account.objects.filter(username="ha").update(is_active=False)
    with pytest.raises(SubstituteRefused, match="suốt thời gian này"):
        away(office, "nam", day(1), day(4), signing(office, "ha"))
    with pytest.raises(AbsenceRefused, match="một người"):
        away(office, "ha", day(1), day(2), *[Substitution(office.one_stop.id, Role.CASE_OFFICER, office.id("an"))] * 2)
    assert Absence.objects.count() == 1
    assert StandIn.objects.count() == 0


def test_of_another_agency_nothing_can_be_written_or_ended(office: SmallOffice):
    foreign = small_office("Phường Khác", "khac-")
    absence = away(foreign, "nam", day(1), day(2))
    with pytest.raises(AbsenceRefused, match="không có cán bộ này"):
        record_absence(
            foreign.id("ha"), first_at=day(1), last_at=day(2), reason="leave", by=office.acting("an"), at=NOW
        )
    with pytest.raises(AbsenceRefused, match="không có kỳ vắng mặt này"):
        end_absence(absence.id, by=office.acting("an"), at=NOW)


def test_a_reason_outside_the_list_is_refused(office: SmallOffice):
    with pytest.raises(AbsenceRefused, match="lý do"):
        record_absence(office.id("nam"), first_at=day(1), last_at=day(2), reason="x", by=office.acting("an"), at=NOW)


def test_an_official_who_has_left_is_away_from_the_day_after(office: SmallOffice):
    Official.objects.filter(pk=office.id("mai")).update(valid_to=localdate(day(0)))
    duty = (office.one_stop.id, Role.RECEIVER)
    assert serves_now(office.id("mai"), *duty, day(0, 23, 59))
    assert not serves_now(office.id("mai"), *duty, day(1))
    assert away_officials(office.agency.id, day(0, 23)) == frozenset()
    assert away_officials(office.agency.id, day(1)) == {office.id("mai")}


def test_a_shut_account_and_nobody_serve_nowhere(office: SmallOffice):
    assert not serves_now(None, office.one_stop.id, Role.RECEIVER, NOW)
    Account.objects.filter(username="mai").update(is_active=False)
    assert not serves_now(office.id("mai"), office.one_stop.id, Role.RECEIVER, NOW)
    assert away_officials(office.agency.id, NOW) == {office.id("mai")}


def test_the_database_itself_keeps_the_roster_sane(office: SmallOffice):
    absence = away(office, "nam", day(1), day(2), signing(office, "ha"))
    wrong = {"official_id": office.id("nam"), "reason": "leave", "recorded_by_id": office.id("an"), "recorded_at": NOW}
    for write in (
        lambda: Absence.objects.create(first_at=day(1, 23), last_at=day(3), **wrong),
        lambda: Absence.objects.create(first_at=day(4), last_at=day(3), **wrong),
        lambda: Absence.objects.create(first_at=day(4), last_at=day(4), **wrong),
        lambda: _again(absence, office.id("nga")),
        lambda: StandIn.objects.update(substitute_id=office.id("nam")),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def _again(absence: Absence, substitute: UUID) -> None:
    one = absence.stand_ins.get()
    StandIn.objects.create(
        absence=absence, official_id=one.official_id, role=one.role, unit_id=one.unit_id, substitute_id=substitute
    )


def test_who_acts_is_still_one_query(office: SmallOffice, monkeypatch):
    away(office, "nam", day(0), day(1), signing(office, "ha"))
    account = office.people["ha"].account_id
    with statements(monkeypatch) as sent:
        found = account_with_official(account, localdate(NOW), NOW)
    assert len(sent) == 1
    assert found is not None
    assert found[1] is not None
    assert found[1].stands_in_for == {office.id("nam")}
