"""Certificates and signed PDFs made for a test: good ones of the demo's root, and whatever is wrong with others."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader, PdfWriter

from motcua.demo.certificates import Subject, issue, key_of, root
from tests.cast import MONDAY

DAY = timedelta(days=1)
WARD = "Ủy ban nhân dân Phường Tân Thạnh"
LEADER = "Lê Văn Nam"
SEAL, OF_LEADER = Subject(WARD, WARD), Subject(LEADER, WARD)


def certificate(subject: Subject = SEAL, *, first: datetime = MONDAY - 30 * DAY, days: int = 700) -> bytes:
    """A good one of the demo's root, in DER."""
    return issue(subject, first, first + timedelta(days=days))


def key_usage(*wanted: str) -> x509.KeyUsage:
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{name: name in wanted for name in names})


@dataclass(frozen=True)
class Issuer:
    """Somebody who issues: its own certificate, and the key it signs with."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def demo_root() -> Issuer:
    return Issuer(root(), key_of("root"))


def made(
    name: str = WARD,
    *,
    by: Issuer | None = None,
    ca: bool = False,
    longest: int | None = None,
    usage: x509.KeyUsage | None = None,
    first: datetime = MONDAY - 30 * DAY,
    last: datetime = MONDAY + 700 * DAY,
) -> Issuer:
    """A certificate as it is told; without `by` it signs itself."""
    key = key_of("test", name)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(
        subject_name=subject, issuer_name=by.certificate.subject if by else subject, public_key=key.public_key(),
        serial_number=4711, not_valid_before=first, not_valid_after=last,
    ).add_extension(x509.BasicConstraints(ca, longest if ca else None), critical=True)  # fmt: skip
    if usage is not None:
        builder = builder.add_extension(usage, critical=True)
    return Issuer(builder.sign(by.key if by else key, hashes.SHA256()), key)


def der(issuer: Issuer) -> bytes:
    return issuer.certificate.public_bytes(Encoding.DER)


def pem(issuer: Issuer) -> bytes:
    return issuer.certificate.public_bytes(Encoding.PEM)


@cache
def plain_pdf() -> bytes:
    sheet, out = PdfWriter(), BytesIO()
    sheet.add_blank_page(595, 842)
    sheet.write(out)
    return out.getvalue()


def signed_pdf(
    subject: Subject = SEAL,
    *,
    own: bytes,
    content: bytes | None = None,
    name: str = "Signature1",
    key: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """A PDF (or one that is signed already) signed with the key of this subject, or another one."""
    key = key or key_of(subject.agency, subject.name)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(own), signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )  # fmt: skip
    writer = IncrementalPdfFileWriter(BytesIO(content or plain_pdf()))
    out: Any = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=name), signer=signer)
    return out.getvalue()


def with_a_page_more(content: bytes) -> bytes:
    """The signed part stays as it is; a page is added after it."""
    writer = PdfWriter(BytesIO(content), incremental=True)
    writer.add_blank_page(595, 842)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    writer, out = PdfWriter(PdfReader(BytesIO(plain_pdf()))), BytesIO()
    writer.encrypt("mat-khau", algorithm="AES-128")
    writer.write(out)
    return out.getvalue()
