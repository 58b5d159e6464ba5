"""Real signed PDFs, read back: by whom, when, whether as they were, and what the register says of it."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.demo.certificates import key_of
from motcua.signing.actions import Holder, register, withdraw
from motcua.signing.checking import asking
from motcua.signing.checking.asking import CheckRefused, signatures_of
from motcua.signing.checking.orders import Signature
from motcua.signing.checking.verdicts import Verdict, verdict_of
from motcua.signing.limits import Limits, limits
from motcua.signing.models import WithdrawalReason
from motcua.signing.trust import Trust, trust_on
from motcua.signing.views.public import told
from tests.cast import Cast
from tests.signing.sheets import (
    DAY,
    OF_LEADER,
    SEAL,
    certificate,
    locked_pdf,
    made,
    plain_pdf,
    signed_pdf,
    with_a_page_more,
)


def now():
    return timezone.now()


def own_now(subject=SEAL) -> bytes:
    return certificate(subject, first=now().replace(microsecond=0) - 10 * DAY)


def checked(content: bytes, trust: Trust | None = None) -> list[Signature]:
    return signatures_of(ContentFile(content, "a.pdf"), trust or trust_on(localdate()), at=now())


def refused(content: bytes) -> str:
    with pytest.raises(CheckRefused) as refusal:
        checked(content)
    return refusal.value.reason


def verdicts(content: bytes) -> list[str]:
    return [one["verdict"] for one in told(checked(content), now())]


@pytest.mark.django_db
def test_a_signature_is_read_back_whole():
    own, before = own_now(), now()
    (one,) = checked(signed_pdf(own=own))
    assert (one.readable, one.intact, one.genuine, one.trusted, one.changes) == (True, True, True, True, "none")
    assert one.certificate == own
    assert before - timedelta(seconds=2) < one.signed_at < now() + timedelta(seconds=2)
    assert one.stamped_at is None
    assert verdict_of(one, None) is Verdict.TRUSTED


@pytest.mark.django_db
def test_without_its_root_nobody_vouches_for_the_signer():
    stranger = Trust((made("Gốc khác", ca=True).certificate,))
    for trust in (Trust(), stranger):
        (one,) = signatures_of(ContentFile(signed_pdf(own=own_now()), "a.pdf"), trust, at=now())
        assert (one.intact, one.genuine, one.trusted) == (True, True, False)
        assert verdict_of(one, None) is Verdict.UNKNOWN_SIGNER


@pytest.mark.django_db
def test_one_letter_changed_after_signing_is_seen():
    content = signed_pdf(own=own_now())
    place = content.index(b"/MediaBox")
    (one,) = checked(content[:place] + b"/MediaBoy" + content[place + 9 :])
    assert (one.readable, one.intact) == (True, False)
    assert verdict_of(one, None) is Verdict.ALTERED


@pytest.mark.django_db
def test_a_page_added_after_signing_is_seen():
    content = with_a_page_more(signed_pdf(own=own_now()))
    (one,) = checked(content)
    assert one.intact
    assert verdict_of(one, None) is Verdict.ADDED_TO


@pytest.mark.django_db
def test_a_second_signature_takes_nothing_from_the_first():
    twice = signed_pdf(own=own_now(), content=signed_pdf(OF_LEADER, own=own_now(OF_LEADER)), name="Signature2")
    first, second = checked(twice)
    assert (first.intact, first.changes, second.intact, second.changes) == (True, "allowed", True, "none")
    assert {verdict_of(first, None), verdict_of(second, None)} == {Verdict.TRUSTED}


@pytest.mark.django_db
def test_a_pdf_without_signatures_has_none():
    assert checked(plain_pdf()) == []


@pytest.mark.django_db
def test_what_cannot_be_checked_is_told():
    assert refused(b"") == "empty"
    assert refused(b"\x89PNG\r\n") == "no_pdf"
    assert refused(b"%PDF-1.7\n" + b"0" * 3000) == "broken"
    assert refused(signed_pdf(own=own_now())[:-800]) in {"broken", "swells"}
    assert refused(locked_pdf()) == "locked"


@pytest.mark.django_db
def test_a_signature_made_of_rubbish_is_told_as_unreadable():
    content = signed_pdf(own=own_now())
    place = content.index(b"/Contents <") + 11
    (one,) = checked(content[:place] + b"f" * 200 + content[place + 200 :])
    assert verdict_of(one, None) is Verdict.UNREADABLE


@pytest.mark.django_db
def test_limits_stop_it(monkeypatch):
    few = {name: getattr(limits(), name) for name in Limits.__slots__}
    for name, value, content, reason in (
        ("pdf_megabytes", 0, plain_pdf(), "too_large"),
        ("signatures", 0, signed_pdf(own=own_now()), "too_many"),
        ("memory_megabytes", 60, signed_pdf(own=own_now()), "swells"),
        ("checks_at_once", 0, plain_pdf(), "busy"),
    ):
        monkeypatch.setattr(asking, "limits", lambda own=few | {name: value}: Limits(**own))
        assert refused(content) == reason, name


@pytest.mark.django_db
def test_nothing_of_it_is_kept(monkeypatch, tmp_path):
    (tmp_path / "sent").mkdir()
    monkeypatch.setattr(asking.tempfile, "tempdir", str(tmp_path / "sent"))
    checked(plain_pdf())
    assert refused(locked_pdf()) == "locked"
    assert [*(tmp_path / "sent").iterdir()] == []


def test_the_register_knows_who_signed(cast: Cast):
    own, by = own_now(OF_LEADER), cast.records_clerk
    content = signed_pdf(OF_LEADER, own=own)
    assert verdicts(content) == ["trusted"]
    row = register(own, Holder(by.agency_id, cast.leader.id), by=by, at=now())
    assert verdicts(content) == ["registered"]
    withdraw(row.pk, WithdrawalReason.KEY_LOST, note="", by=by, at=now())
    assert verdicts(content) == ["not_in_force"]


def test_a_wrong_entry_is_in_no_register(cast: Cast):
    own, by = own_now(), cast.records_clerk
    row = register(own, Holder(by.agency_id), by=by, at=now())
    withdraw(row.pk, WithdrawalReason.WRONG_ENTRY, note="", by=by, at=now())
    assert verdicts(signed_pdf(own=own)) == ["trusted"]


@pytest.mark.django_db
def test_a_certificate_that_had_run_out_vouches_for_nothing():
    over = certificate(first=now().replace(microsecond=0) - 20 * DAY, days=10)
    (one,) = checked(signed_pdf(own=over))
    assert (one.intact, one.trusted) == (True, False)


@pytest.mark.django_db
def test_a_key_that_is_not_the_certificates_is_no_signature():
    (one,) = checked(signed_pdf(own=own_now(), key=key_of("khac")))
    assert (one.readable, one.intact, one.genuine) == (True, True, False)
    assert verdict_of(one, None) is Verdict.FORGED
