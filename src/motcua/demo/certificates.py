"""Certificates of the demo: an issuer of its own, and what the ward's office has registered of it.

The keys follow from words, so that the same office always has the same certificates. Nothing signed with them is worth
anything: the root says so in its name, and counts in a demo office only (`motcua.signing.trust`).
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import transaction

from motcua.demo.beside import acting
from motcua.demo.office import MACHINE, OPENED
from motcua.dossiers.rules import OFFICE_TIME
from motcua.people.models import Agency, Official
from motcua.signing.actions import Holder, enter, withdraw
from motcua.signing.models import DigitalCertificate, WithdrawalReason
from motcua.signing.trust import DEMO, TABLE, Trust

ROOT_NAME: Final = "Gốc trình diễn Một Cửa, không có giá trị"
ROOT_LIVES: Final = (date(2018, 1, 1), date(2048, 1, 1))
LONGEST_ATTRIBUTE: Final = 64
ROOT_SHEET: Final = "trinh-dien.pem"
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256 (SEC 2, 2.4.2): private keys are numbers below it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a certificate names: a person of an agency, or the agency."""

    name: str
    agency: str


@cache
def key_of(*words: str) -> ec.EllipticCurvePrivateKey:
    """The key that follows from these words."""
    number = int.from_bytes(hashlib.sha512("\n".join(("motcua-demo", *words)).encode()).digest())
    return ec.derive_private_key(number % (_ORDER - 1) + 1, ec.SECP256R1())


@cache
def root() -> x509.Certificate:
    """The demo's root."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, ROOT_NAME)])
    first, last = (_midnight(day) for day in ROOT_LIVES)
    usage = _usage(signs_certificates=True)
    builder = _begun(name, name, key_of("root"), first, last, ca=True).add_extension(usage, critical=True)
    return builder.sign(key_of("root"), hashes.SHA256(), ecdsa_deterministic=True)


def issue(subject: Subject, first: datetime, last: datetime) -> bytes:
    """A certificate for signing, in DER, by the demo's root; its key is `key_of(agency, name)`."""
    name = x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, _fitting(subject.agency)),
        x509.NameAttribute(NameOID.COMMON_NAME, _fitting(subject.name)),
    ])  # fmt: skip
    key = key_of(subject.agency, subject.name)
    builder = _begun(name, root().subject, key, first, last, ca=False)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    return builder.sign(key_of("root"), hashes.SHA256(), ecdsa_deterministic=True).public_bytes(Encoding.DER)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, first: datetime, last: datetime, *, ca: bool
) -> x509.CertificateBuilder:
    told = f"{subject.rfc4514_string()} {first.isoformat()} {last.isoformat()}"
    return (
        x509.CertificateBuilder()
        .subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        .serial_number(int.from_bytes(hashlib.sha256(told.encode()).digest()[:15]) + 1)
        .not_valid_before(first).not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key_of("root").public_key()), critical=False)
    )  # fmt: skip


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates, content_commitment=not signs_certificates, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _fitting(name: str) -> str:
    """As much of a name as an attribute holds (RFC 5280, upper bounds)."""
    return name.encode()[:LONGEST_ATTRIBUTE].decode(errors="ignore")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OFFICE_TIME)


def demo_trust() -> Trust:
    """The trust of a demo office, written into its folder where nobody wrote one."""
    folder = Path(settings.MOTCUA_TRUST)
    if not (folder / TABLE).exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ROOT_SHEET).write_bytes(root().public_bytes(Encoding.PEM))
        row = {
            "name": ROOT_NAME, "certificate": ROOT_SHEET, "sha256": root().fingerprint(hashes.SHA256()).hex(),
            "from": ROOT_LIVES[0], "to": ROOT_LIVES[1], "source": "bản trình diễn tự tạo", "state": DEMO,
        }  # fmt: skip
        (folder / TABLE).write_text(yaml.safe_dump({"roots": [row]}, allow_unicode=True), encoding="utf-8")
    return Trust((root(),))


def register_demo(agency: Agency, official: Official | None, first: datetime, last: datetime) -> DigitalCertificate:
    """Issue one and register it the next morning."""
    subject = Subject(official.full_name if official else agency.name, agency.name)
    holder, at = Holder(agency.pk, official.pk if official else None), first + timedelta(hours=9)
    return enter(issue(subject, first, last), holder, trust=demo_trust(), by=MACHINE, at=at)


@transaction.atomic
def build_certificates(ward: Agency, now: datetime) -> None:
    """The ward's: the seal and a leader's in force (his ends soon), one run out, one withdrawn; a leader has none."""
    demo_trust()
    if DigitalCertificate.objects.filter(agency=ward).exists():
        return
    people = {one.account.username: one for one in Official.objects.filter(unit__agency=ward).select_related("account")}
    opened, today = _midnight(OPENED), datetime.combine(now.astimezone(OFFICE_TIME).date(), time(), OFFICE_TIME)
    register_demo(ward, None, opened, opened + timedelta(days=5 * 365))
    register_demo(ward, people["lanhdao"], opened, today - timedelta(days=40))
    register_demo(ward, people["lanhdao"], today - timedelta(days=60), today + timedelta(days=21))
    lost = register_demo(ward, people["vanthu"], opened, opened + timedelta(days=3 * 365))
    withdrawn_at = today - timedelta(days=30) + timedelta(hours=10)
    withdraw(
        lost.pk, WithdrawalReason.KEY_LOST, note="Biên bản số 04/BB", by=acting("quantri", withdrawn_at),
        at=withdrawn_at,
    )  # fmt: skip
