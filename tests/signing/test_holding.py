"""How many agencies and leaders hold a certificate in force as a day ends; which are told to end soon; the demo's."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from motcua.demo.certificates import build_certificates
from motcua.dossiers.rules import OFFICE_TIME
from motcua.people.models import Agency, Official, RoleGrant
from motcua.people.queries import agencies_under
from motcua.reporting.models import DayCount
from motcua.reporting.press.computing import answer_of
from motcua.signing.actions import Holder, register, withdraw
from motcua.signing.limits import limits, notice_days
from motcua.signing.models import DigitalCertificate, WithdrawalReason
from motcua.signing.queries import ending_soon, holding_at, kept_in, shown_to_all
from motcua.signing.states import CertificateState
from tests.cast import MONDAY, Cast
from tests.reporting.test_press import CLAIM, PLAIN
from tests.signing.sheets import DAY, OF_LEADER, certificate

EVENING = datetime.combine(MONDAY.date() + DAY, time(), OFFICE_TIME)


def hold(cast: Cast, official: UUID | None = None, *, days: int = 700, first=MONDAY - 30 * DAY) -> DigitalCertificate:
    by = cast.records_clerk
    content = certificate(OF_LEADER, days=days, first=first) if official else certificate(days=days, first=first)
    return register(content, Holder(by.agency_id, official), by=by, at=MONDAY)


def held(cast: Cast, end: datetime = EVENING) -> tuple[int, int]:
    return holding_at([cast.leader.agency_id], end)


def test_the_seal_and_each_leader_count_once(cast: Cast):
    assert held(cast) == (0, 3)  # the ward, its leader, the chief of its police
    hold(cast)
    hold(cast, days=800)
    assert held(cast) == (1, 3)
    hold(cast, cast.leader.id)
    assert held(cast) == (2, 3)
    hold(cast, cast.receiver.id, days=801)
    assert held(cast) == (2, 3)


def test_only_what_is_in_force_as_the_day_ends_counts(cast: Cast):
    row = hold(cast, first=MONDAY - 30 * DAY, days=40)
    assert held(cast, EVENING - DAY) == (0, 3)  # it was not registered then
    assert held(cast, MONDAY + 10 * DAY) == (1, 3)
    assert held(cast, MONDAY + 10 * DAY + timedelta(seconds=1)) == (0, 3)
    withdraw(row.pk, WithdrawalReason.REPLACED, note="", by=cast.records_clerk, at=MONDAY + DAY)
    assert held(cast) == (1, 3)
    assert held(cast, EVENING + DAY) == (0, 3)


def test_a_wrong_entry_never_counted(cast: Cast):
    row = hold(cast)
    withdraw(row.pk, WithdrawalReason.WRONG_ENTRY, note="", by=cast.records_clerk, at=MONDAY + 2 * DAY)
    assert held(cast) == (0, 3)


def test_who_serves_no_more_and_leads_no_more_is_not_asked_for(cast: Cast):
    RoleGrant.objects.filter(official_id=cast.leader.id).update(valid_to=MONDAY.date())
    assert (held(cast)[1], held(cast, EVENING + DAY)[1]) == (3, 2)
    Official.objects.filter(account__username="truongcongan").update(valid_to=MONDAY.date() - DAY)
    assert held(cast)[1] == 2


def test_the_printed_share_is_counted_from_the_register(cast: Cast):
    agency, day = Agency.objects.get(pk=cast.leader.agency_id), MONDAY.date()
    DayCount.objects.create(
        **PLAIN, agency_id=agency.pk, procedure_id=UUID(int=1), day=day, measure="received", count=1
    )
    claim = replace(CLAIM, agency=agency.short_name, first=date(2026, 1, 1), last=day, query="certificates_share")
    hold(cast)
    answer = answer_of(claim)
    assert answer is not None
    assert (answer.numerator, answer.denominator) == (1, 3)
    assert agencies_under(agency.pk) == [agency.pk]


def test_what_ends_soon_is_told_until_its_successor_is_there(cast: Cast):
    agency = cast.leader.agency_id
    hold(cast, days=30 + 61)
    assert ending_soon(agency, MONDAY) == 0
    assert ending_soon(agency, MONDAY + 2 * DAY) == 1
    (entry,) = kept_in([agency], MONDAY + 40 * DAY)[agency][0].entries
    assert (entry.notice, entry.days_left) == (30, 21)
    hold(cast, days=700)
    assert ending_soon(agency, MONDAY + 2 * DAY) == 0


def test_the_public_sees_what_is_in_force_of_who_serves(cast: Cast):
    agency = cast.leader.agency_id
    hold(cast, cast.leader.id)
    hold(cast)
    gone = hold(cast, days=701)
    withdraw(gone.pk, WithdrawalReason.KEY_LOST, note="", by=cast.records_clerk, at=MONDAY)
    assert [one.row.position for one in shown_to_all(agency, MONDAY)] == ["", "Phó Chủ tịch Ủy ban nhân dân"]
    Official.objects.filter(pk=cast.leader.id).update(valid_to=MONDAY.date() - DAY)
    assert [one.row.position for one in shown_to_all(agency, MONDAY)] == [""]


def test_the_demo_office_has_one_of_each_and_a_leader_without(cast: Cast):
    ward = Agency.objects.get(pk=cast.leader.agency_id)
    build_certificates(ward, MONDAY)
    build_certificates(ward, MONDAY)
    kept = kept_in([ward.pk], MONDAY)[ward.pk]
    told = {
        one.official.account.username if one.official else "": [entry.state for entry in one.entries] for one in kept
    }
    force, over, withdrawn = CertificateState.IN_FORCE, CertificateState.EXPIRED, CertificateState.WITHDRAWN
    assert told == {"": [force], "lanhdao": [force, over], "truongcongan": [], "vanthu": [withdrawn]}
    assert [one.official.account.username for one in kept if one.lacks and one.official] == ["truongcongan"]
    assert ending_soon(ward.pk, MONDAY) == 1
    assert all(row.subject_fits for row in DigitalCertificate.objects.all())


def test_the_shipped_limits_are_whole_numbers_and_notices_have_a_day():
    assert limits().certificate_bytes == 64 * 1024
    assert notice_days(date(2026, 11, 23)) == (60, 30, 7)
    assert notice_days(date(2001, 1, 1)) == ()


def test_a_faulty_table_is_told(settings, tmp_path: Path):
    settings.MOTCUA_DATA = tmp_path
    (tmp_path / "signing.yaml").write_text("limits: {tries: 0}")
    with pytest.raises(ValueError, match="tries"):
        limits()
