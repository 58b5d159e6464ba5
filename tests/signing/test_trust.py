"""Whom an office trusts: dated roots of its folder whose bytes are as told, and the way up to one of them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from motcua.signing.refusals import CertificateRefused
from motcua.signing.trust import Trust, require_trusted, trust_on
from tests.cast import MONDAY
from tests.signing.sheets import WARD, Issuer, certificate, demo_root, key_usage, made, pem

ISSUES = key_usage("key_cert_sign", "crl_sign")
TODAY = MONDAY.date()


def told(folder: Path, issuer: Issuer, **changes) -> None:
    (folder / "goc.pem").write_bytes(pem(issuer))
    row = {
        "name": "Gốc", "certificate": "goc.pem", "sha256": issuer.certificate.fingerprint(hashes.SHA256()).hex(),
        "from": date(2020, 1, 1), "to": None, "source": "thử", "state": "verified",
    }  # fmt: skip
    (folder / "roots.yaml").write_text(yaml.safe_dump({"roots": [row | changes]}), encoding="utf-8")


def refused(own: x509.Certificate, beside: list[x509.Certificate], trust: Trust) -> str:
    with pytest.raises(CertificateRefused) as refusal:
        require_trusted(own, beside, trust, MONDAY)
    return refusal.value.reason


def test_a_root_counts_in_its_time_alone(roots: Path):
    told(roots, demo_root(), **{"from": TODAY, "to": TODAY})
    assert trust_on(TODAY).roots == (demo_root().certificate,)
    assert trust_on(TODAY - timedelta(days=1)).roots == trust_on(TODAY + timedelta(days=1)).roots == ()


def test_the_root_of_a_demo_counts_in_no_real_office(roots: Path, settings):
    assert len(trust_on(TODAY).roots) == 1
    settings.MOTCUA_MODE = "production"
    assert trust_on(TODAY).roots == ()


def test_a_folder_without_a_table_trusts_nobody(roots: Path):
    (roots / "roots.yaml").unlink()
    trust = trust_on(TODAY)
    assert trust == Trust()
    assert refused(demo_root().certificate, [], trust) == "no_roots"


@pytest.mark.parametrize("changes", [{"sha256": "0" * 64}, {"certificate": "khong-co.pem"}, {"from": "2020"}])
def test_a_faulty_table_is_told_and_trusts_nobody(roots: Path, changes: dict):
    told(roots, demo_root(), **changes)
    with pytest.raises(CertificateRefused) as refusal:
        trust_on(TODAY)
    assert refusal.value.reason == "roots_faulty"


@pytest.mark.parametrize("text", ["roots: 7", "roots: [[", "- a", "roots: [{}]"])
def test_a_table_that_is_none_is_told(roots: Path, text: str):
    (roots / "roots.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CertificateRefused):
        trust_on(TODAY)


def test_the_way_leads_over_issuers_that_may_issue():
    top = made("Gốc", ca=True, longest=1, usage=ISSUES)
    middle = made("Nơi cấp", by=top, ca=True, longest=0, usage=ISSUES)
    own = made(WARD, by=middle).certificate
    trust = Trust((top.certificate,))
    assert require_trusted(own, [middle.certificate], trust, MONDAY) == "Gốc"
    assert require_trusted(own, [], Trust((top.certificate,), (middle.certificate,)), MONDAY) == "Gốc"
    assert refused(own, [], trust) == "unknown_issuer"
    assert refused(own, [top.certificate, middle.certificate], Trust((demo_root().certificate,))) == "unknown_issuer"


def test_who_may_not_issue_is_no_way():
    top = made("Gốc", ca=True, longest=0, usage=ISSUES)
    trust = Trust((top.certificate,))
    too_deep = made("Nơi cấp", by=top, ca=True, usage=ISSUES)
    for middle in (
        too_deep,  # the root allows nobody below it
        made("Nơi cấp", by=top),  # no authority
        made("Nơi cấp", by=top, ca=True, usage=key_usage("digital_signature")),
        made("Nơi cấp", by=top, ca=True, usage=ISSUES, last=MONDAY - timedelta(days=1)),
    ):
        assert refused(made(WARD, by=middle).certificate, [middle.certificate], trust) == "unknown_issuer"


def test_a_namesake_of_the_root_is_not_the_root():
    name = demo_root().certificate.subject
    namesake = made(name.rfc4514_string().removeprefix("CN=").replace("\\", ""), ca=True, usage=ISSUES)
    assert namesake.certificate.subject == name
    own = made(WARD, by=namesake).certificate
    assert refused(own, [namesake.certificate], Trust((demo_root().certificate,))) == "unknown_issuer"


def test_issuers_in_a_circle_end():
    one = made("Một", ca=True, usage=ISSUES)
    two = made("Hai", by=one, ca=True, usage=ISSUES)
    back = made("Một", by=two, ca=True, usage=ISSUES)
    own = made(WARD, by=two).certificate
    known = [two.certificate, back.certificate]
    assert refused(own, known, Trust((demo_root().certificate,))) == "unknown_issuer"


def test_what_the_demo_issues_leads_to_its_root():
    own = x509.load_der_x509_certificate(certificate())
    assert require_trusted(own, [], trust_on(TODAY), MONDAY) == "Gốc trình diễn Một Cửa, không có giá trị"
    assert certificate() == certificate()
