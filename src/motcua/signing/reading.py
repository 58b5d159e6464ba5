"""Reading what was uploaded as a certificate: X.509 in DER, PEM or PKCS #7; nothing with a private key in it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, load_der_private_key, pkcs7
from cryptography.x509.oid import NameOID

from motcua.signing.refusals import CertificateRefused

_KEY_WORDS: Final = (b"PRIVATE KEY", b"PuTTY-User-Key-File", b"Private-MAC:")
_KEY_STORES: Final = (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")  # Java's stores
_PKCS12: Final = re.compile(rb"\A\x30(?:[\x00-\x7f]|\x80|\x81.|\x82..|\x83...|\x84....)\x02\x01\x03\x30", re.DOTALL)
_PEM: Final = re.compile(rb"-----BEGIN (CERTIFICATE|PKCS7)-----.+?-----END \1-----", re.DOTALL)
_NAMING: Final = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME)
UNREADABLE: Final = (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension, x509.InvalidVersion,
                     x509.UnsupportedGeneralNameType)  # fmt: skip
"""What a certificate that cannot be read is told by."""
MOST_AT_ONCE: Final = 6
"""Certificates in one upload: the signer's and the way up. Each one more may be tried above every other."""
LAST_YEAR: Final = 2199
LONGEST_SERIAL: Final = 48  # hexadecimal signs; RFC 5280 allows 40
LONGEST_NAME: Final = 1000


@dataclass(frozen=True, slots=True)
class ReadCertificate:
    """What a certificate says of itself. `usages` is empty where it does not say what it may be used for."""

    der: bytes
    subject: str
    names: tuple[str, ...]
    issuer: str
    issuer_name: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_to: datetime
    usages: tuple[str, ...]
    is_authority: bool
    is_self_signed: bool


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The certificate of who signs, and those of its issuers that came with it."""

    own: ReadCertificate
    beside: tuple[x509.Certificate, ...]


def read_upload(content: bytes, *, most: int) -> Uploaded:
    """Raises `CertificateRefused`: empty, too large, a private key, no certificate, several people's, an issuer's."""
    if not content:
        raise CertificateRefused("empty")
    if len(content) > most:
        raise CertificateRefused("too_large", str(most // 1024))
    if holds_private_key(content):
        raise CertificateRefused("private_key")
    found = {one.fingerprint(hashes.SHA256()): one for one in _certificates(content)}
    if not found:
        raise CertificateRefused("not_certificate")
    if len(found) > MOST_AT_ONCE:
        raise CertificateRefused("several")
    try:
        own = _own([*found.values()])
        read = read_one(own)
    except UNREADABLE as fault:
        if isinstance(fault, CertificateRefused):
            raise
        raise CertificateRefused("not_certificate") from fault
    return Uploaded(read, tuple(one for one in found.values() if one != own))


def holds_private_key(content: bytes) -> bool:
    """Whether there is a private key in it: by the words of PEM, as PKCS #12, a Java store, or bare PKCS #8 / #1."""
    if any(word in content for word in _KEY_WORDS) or content.startswith(_KEY_STORES) or _PKCS12.match(content):
        return True
    try:
        load_der_private_key(content, None)
    except TypeError:
        return True  # one behind a password
    except (ValueError, UnsupportedAlgorithm):
        return False
    return True


def _certificates(content: bytes) -> list[x509.Certificate]:
    """Every certificate of a PEM, a bundle, or the one of a DER; none when nothing can be read."""
    found: list[x509.Certificate] = []
    for block in _PEM.finditer(content):
        ways = _PEM_WAYS[block[1]]
        found += ways(block[0])
    if found or b"-----BEGIN" in content:
        return found
    for way in (_one_der, _several_der):
        found = way(content)
        if found:
            return found
    return []


def _quietly(load: Callable[[bytes], Sequence[x509.Certificate]]) -> Callable[[bytes], list[x509.Certificate]]:
    """What cannot be read is no certificate."""

    def loaded(content: bytes) -> list[x509.Certificate]:
        try:
            return [*load(content)]
        except UNREADABLE:
            return []

    return loaded


_one_der = _quietly(lambda content: [x509.load_der_x509_certificate(content)])
_several_der = _quietly(pkcs7.load_der_pkcs7_certificates)
_PEM_WAYS: Final = {
    b"CERTIFICATE": _quietly(lambda block: [x509.load_pem_x509_certificate(block)]),
    b"PKCS7": _quietly(pkcs7.load_pem_pkcs7_certificates),
}


def _own(found: list[x509.Certificate]) -> x509.Certificate:
    """The one that issued none of the others. Raises `CertificateRefused` when several people's are there."""
    ends = [one for one in found if not is_authority(one)]
    if len(ends) > 1:
        raise CertificateRefused("several")
    if not ends:
        raise CertificateRefused("authority")
    return ends[0]


def is_authority(one: x509.Certificate) -> bool:
    """Whether it may issue others."""
    try:
        return one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def read_one(one: x509.Certificate) -> ReadCertificate:
    """What it says. Raises `CertificateRefused` for dates nobody can hold, ValueError for what is broken."""
    valid_from, valid_to = one.not_valid_before_utc, one.not_valid_after_utc
    if valid_from >= valid_to or not 1970 <= valid_from.year <= valid_to.year <= LAST_YEAR:
        raise CertificateRefused("strange_dates")
    serial = f"{one.serial_number:X}"
    if len(serial) > LONGEST_SERIAL:
        raise ValueError("serial")
    return ReadCertificate(
        der=one.public_bytes(Encoding.DER), subject=_worded(one.subject), names=_names(one.subject),
        issuer=_worded(one.issuer), issuer_name=shown_name(one.issuer), serial=serial,
        fingerprint=one.fingerprint(hashes.SHA256()).hex(), valid_from=valid_from, valid_to=valid_to,
        usages=_usages(one), is_authority=is_authority(one), is_self_signed=one.subject == one.issuer,
    )  # fmt: skip


def shown_name(name: x509.Name) -> str:
    """The most telling part of a name: who, else of what, else all of it."""
    named = _names(name)
    return named[0] if named else _worded(name)


def _names(name: x509.Name) -> tuple[str, ...]:
    found = [_seen(str(one.value)) for kind in _NAMING for one in name.get_attributes_for_oid(kind)]
    return tuple(text for text in found if text)


def _worded(name: x509.Name) -> str:
    return _seen(name.rfc4514_string())


def _seen(text: str) -> str:
    """Nothing unseen, nothing that turns the line around, not longer than the table holds."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST_NAME]


def _usages(one: x509.Certificate) -> tuple[str, ...]:
    try:
        usage = one.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return ()
    named = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign")  # fmt: skip
    return tuple(name for name in named if getattr(usage, name)) or ("none",)
