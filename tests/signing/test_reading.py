"""What may be uploaded as a certificate, and what is refused with a sentence: nothing with a private key is read."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs7,
    pkcs12,
)

from motcua.demo.certificates import key_of
from motcua.signing.reading import read_upload
from motcua.signing.refusals import CertificateRefused
from tests.cast import MONDAY
from tests.signing.sheets import LEADER, OF_LEADER, WARD, certificate, demo_root, der, key_usage, made, pem

MOST = 64 * 1024
KEY = key_of("test", WARD)


def refused(content: bytes) -> str:
    with pytest.raises(CertificateRefused) as refusal:
        read_upload(content, most=MOST)
    return refusal.value.reason


def test_what_a_certificate_says_is_read():
    own = read_upload(certificate(OF_LEADER), most=MOST).own
    assert own.names == (LEADER, WARD)
    assert own.issuer_name == "Gốc trình diễn Một Cửa, không có giá trị"
    assert own.usages == ("digital_signature", "content_commitment")
    assert (own.valid_from, own.valid_to) == (MONDAY - timedelta(days=30), MONDAY + timedelta(days=670))
    assert len(own.fingerprint) == 64
    assert not own.is_authority


def test_der_pem_and_bundles_say_the_same():
    one, issuer = made(by=demo_root()), demo_root()
    alone = read_upload(der(one), most=MOST)
    chain = [issuer.certificate, one.certificate]
    for content in (
        pem(one), b"Bag Attributes\r\n" + pem(one).replace(b"\n", b"\r\n"), pem(issuer) + pem(one),
        pkcs7.serialize_certificates(chain, Encoding.DER), pkcs7.serialize_certificates(chain, Encoding.PEM),
    ):  # fmt: skip
        read = read_upload(content, most=MOST)
        assert read.own == alone.own
        assert read.beside in ((), (issuer.certificate,))


@pytest.mark.parametrize(
    "key",
    [
        KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        KEY.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()),
        KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"mat khau")),
        KEY.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()),
        KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, BestAvailableEncryption(b"mat khau")),
        KEY.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()),
        pkcs12.serialize_key_and_certificates(b"x", KEY, made().certificate, None, NoEncryption()),
        pkcs12.serialize_key_and_certificates(b"x", KEY, made().certificate, None, BestAvailableEncryption(b"m")),
        pem(made()) + KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    ],
    ids=range(10),
)
def test_a_private_key_in_any_dress_is_refused(key: bytes):
    assert refused(key) == "private_key"


def test_what_is_no_certificate_is_refused():
    good = certificate()
    assert refused(b"") == "empty"
    assert refused(b"0" * (5 * 1024 * 1024)) == "too_large"
    empty_sheet = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
    for content in (b"%PDF-1.7", b"\x30\x82", good[:-20], good[1:], empty_sheet, b"\x00" * 40):
        assert refused(content) == "not_certificate"


def test_whose_it_is_must_be_plain():
    assert refused(pem(made(by=demo_root())) + pem(made(LEADER, by=demo_root()))) == "several"
    assert refused(der(demo_root())) == "authority"


def test_dates_nobody_can_hold_are_refused():
    endless = made(by=demo_root(), last=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert refused(der(endless)) == "strange_dates"


def test_a_name_with_signs_that_turn_the_line_around_is_shown_without_them():
    own = read_upload(der(made("Lê\u202e Văn\x07 Nam", by=demo_root(), usage=key_usage("crl_sign"))), most=MOST).own
    assert own.names == ("Lê Văn Nam",)
    assert own.usages == ("crl_sign",)
