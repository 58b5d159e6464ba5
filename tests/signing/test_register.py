"""A certificate is registered once, for who serves, when it is good; withdrawn once, for a reason; all is told."""

from datetime import timedelta
from uuid import UUID

import pytest

from motcua.core.models import Event
from motcua.people.models import Agency, Official
from motcua.signing.actions import Holder, register, withdraw
from motcua.signing.models import DigitalCertificate, WithdrawalReason
from motcua.signing.refusals import CertificateRefused
from tests.cast import MONDAY, Cast
from tests.signing.sheets import DAY, LEADER, OF_LEADER, WARD, certificate, demo_root, der, key_usage, made, pem

HOUR = timedelta(hours=1)


def registered(cast: Cast, content: bytes, official: UUID | None = None, *, at=MONDAY) -> DigitalCertificate:
    by = cast.records_clerk
    return register(content, Holder(by.agency_id, official), by=by, at=at)


def refused(cast: Cast, content: bytes, official: UUID | None = None, *, at=MONDAY) -> CertificateRefused:
    with pytest.raises(CertificateRefused) as refusal:
        registered(cast, content, official, at=at)
    return refusal.value


def test_a_seal_and_a_leaders_are_registered_with_their_event(cast: Cast):
    seal = registered(cast, certificate())
    his = registered(cast, certificate(OF_LEADER), cast.leader.id)
    assert (seal.official, seal.position, seal.subject_fits, bytes(seal.der)) == (None, "", True, certificate())
    assert (his.official_id, his.position, his.subject_fits) == (cast.leader.id, "Phó Chủ tịch Ủy ban nhân dân", True)
    assert his.root_name == his.issuer_name == "Gốc trình diễn Một Cửa, không có giá trị"
    told = Event.objects.get(kind="certificate.registered", subject_id=his.pk)
    assert (told.agency_id, told.actor_name, told.at) == (his.agency_id, cast.records_clerk.name, MONDAY)
    assert told.after == {
        "fingerprint": his.fingerprint, "serial": his.serial, "official": str(cast.leader.id),
        "valid_to": his.valid_to.isoformat(),
    }  # fmt: skip


def test_somebody_elses_name_is_a_doubt_and_no_refusal(cast: Cast):
    assert registered(cast, certificate(OF_LEADER)).subject_fits is False


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"), (b"khong phai", "not_certificate"), (b"0" * 5_000_000, "too_large"),
        (der(made(WARD)), "self_signed"), (der(made(WARD, by=made("Ai đó", ca=True))), "unknown_issuer"),
        (certificate(first=MONDAY - 40 * DAY, days=30), "expired"),
        (der(made(WARD, by=demo_root(), usage=key_usage("key_encipherment"))), "no_signing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_not_good_is_refused_and_not_kept(cast: Cast, content: bytes, reason: str):
    assert refused(cast, content).reason == reason
    assert not DigitalCertificate.objects.exists()
    assert not Event.objects.filter(subject_kind="certificate").exists()


def test_one_that_begins_later_is_taken(cast: Cast):
    assert registered(cast, certificate(first=MONDAY + 5 * DAY)).valid_from == MONDAY + 5 * DAY


def test_one_that_does_not_say_what_it_is_for_is_taken(cast: Cast):
    assert registered(cast, der(made(WARD, by=demo_root()))).usages == ""


def test_the_same_is_registered_once_in_whatever_dress(cast: Cast):
    one = made(LEADER, by=demo_root())
    registered(cast, der(one), cast.leader.id)
    for content, holder in ((pem(one), cast.leader.id), (der(one), None)):
        refusal = refused(cast, content, holder)
        assert refusal.reason == "registered"
        assert LEADER in str(refusal)


def test_who_left_and_who_works_elsewhere_holds_none_here(cast: Cast):
    assert refused(cast, certificate(), UUID(int=7)).reason == "not_serving"
    Official.objects.filter(pk=cast.leader.id).update(valid_to=MONDAY.date() - DAY)
    assert refused(cast, certificate(OF_LEADER), cast.leader.id).reason == "not_serving"


def test_a_keeper_registers_for_his_own_agency(cast: Cast):
    other = Agency.objects.exclude(pk=cast.records_clerk.agency_id).first()
    with pytest.raises(CertificateRefused) as refusal:
        register(certificate(), Holder(other.pk), by=cast.records_clerk, at=MONDAY)
    assert refusal.value.reason == "not_ours"


def test_it_is_withdrawn_once_with_its_reason_and_never_comes_back(cast: Cast):
    row = registered(cast, certificate())
    withdraw(row.pk, WithdrawalReason.KEY_LOST, note=" Biên bản 04 ", by=cast.administrator, at=MONDAY + HOUR)
    row.refresh_from_db()
    assert (row.withdrawn_at, row.withdrawn_by_id) == (MONDAY + HOUR, cast.administrator.id)
    assert (row.withdrawal_reason, row.withdrawal_note) == ("key_lost", "Biên bản 04")
    assert Event.objects.get(kind="certificate.withdrawn").after["reason"] == "key_lost"
    with pytest.raises(CertificateRefused, match="đã được thu hồi"):
        withdraw(row.pk, WithdrawalReason.OTHER, note="x", by=cast.administrator, at=MONDAY + 2 * HOUR)
    assert refused(cast, certificate()).reason == "withdrawn_before"


def test_a_wrong_entry_may_be_registered_for_who_holds_it(cast: Cast):
    row = registered(cast, certificate(OF_LEADER))
    withdraw(row.pk, WithdrawalReason.WRONG_ENTRY, note="", by=cast.records_clerk, at=MONDAY + HOUR)
    again = registered(cast, certificate(OF_LEADER), cast.leader.id, at=MONDAY + 2 * HOUR)
    assert again.subject_fits
    assert DigitalCertificate.objects.filter(fingerprint=row.fingerprint).count() == 2
    assert refused(cast, certificate(OF_LEADER)).reason == "registered"


def test_nobody_withdraws_another_agencys(cast: Cast):
    row = registered(cast, certificate())
    other = Agency.objects.exclude(pk=row.agency_id).first()
    DigitalCertificate.objects.filter(pk=row.pk).update(agency=other)
    with pytest.raises(CertificateRefused):
        withdraw(row.pk, WithdrawalReason.KEY_LOST, note="", by=cast.records_clerk, at=MONDAY + HOUR)
