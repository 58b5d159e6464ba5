"""Who is trusted to issue: the roots of the office's folder (`MOTCUA_TRUST`), dated, and the way from a certificate up.

The folder holds `roots.yaml` and the certificates it names. A root counts only when its bytes hash to what the table
says and the day lies within its time; `issuers` only help on the way, nobody is trusted for being among them.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import yaml
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from motcua.signing.reading import is_authority, shown_name
from motcua.signing.refusals import CertificateRefused

TABLE: Final = "roots.yaml"
DEMO: Final = "demo"
"""The state of a root that counts only in a demo office."""
DEEPEST: Final = 6
_BROKEN: Final = (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, x509.DuplicateExtension)


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom the office trusts on a day, and who stands between."""

    roots: tuple[x509.Certificate, ...] = ()
    issuers: tuple[x509.Certificate, ...] = ()


def trust_on(day: date) -> Trust:
    """The trust of that day; none where the folder has no table. Raises `CertificateRefused` for a faulty table."""
    folder = Path(settings.MOTCUA_TRUST)
    if not (folder / TABLE).is_file():
        return Trust()
    try:
        said: dict[str, Any] = yaml.safe_load((folder / TABLE).read_text(encoding="utf-8")) or {}
        return Trust(_read(folder, said.get("roots") or (), day), _read(folder, said.get("issuers") or (), day))
    except (OSError, KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as fault:
        if isinstance(fault, CertificateRefused):
            raise
        raise CertificateRefused("roots_faulty", TABLE) from fault


def _read(folder: Path, rows: Iterable[dict[str, Any]], day: date) -> tuple[x509.Certificate, ...]:
    found = []
    for row in rows:
        if row["from"] > day or (row["to"] is not None and row["to"] < day):
            continue
        if row.get("state") == DEMO and settings.MOTCUA_MODE != "demo":
            continue
        name = Path(row["certificate"]).name
        content = (folder / name).read_bytes()
        load = x509.load_pem_x509_certificate if b"-----BEGIN" in content else x509.load_der_x509_certificate
        one = load(content)
        if hashlib.sha256(one.public_bytes(Encoding.DER)).hexdigest() != str(row["sha256"]).replace(":", "").lower():
            raise CertificateRefused("roots_faulty", name)
        found.append(one)
    return tuple(found)


def require_trusted(own: x509.Certificate, beside: Iterable[x509.Certificate], trust: Trust, at: datetime) -> str:
    """The name of the root that a certificate leads to. Raises `CertificateRefused` when it leads to none."""
    if not trust.roots:
        raise CertificateRefused("no_roots")
    root = _root_above(own, (*trust.issuers, *beside), trust, at, below=0)
    if root is not None:
        return shown_name(root.subject)
    raise CertificateRefused("unknown_issuer", shown_name(own.issuer))


def _root_above(
    own: x509.Certificate, known: tuple[x509.Certificate, ...], trust: Trust, at: datetime, *, below: int
) -> x509.Certificate | None:
    """`below`: how many issuers lie between this one and the certificate that was asked about."""
    for root in trust.roots:
        if _issued(own, root, at, below):
            return root
    for issuer in known if below < DEEPEST else ():
        if _issued(own, issuer, at, below):
            rest = tuple(one for one in known if one != issuer)
            found = _root_above(issuer, rest, trust, at, below=below + 1)
            if found is not None:
                return found
    return None


def _issued(own: x509.Certificate, issuer: x509.Certificate, at: datetime, below: int) -> bool:
    """Whether this one signed that one, might do so with so many issuers below it, and was in force then."""
    if own.issuer != issuer.subject or not issuer.not_valid_before_utc <= at <= issuer.not_valid_after_utc:
        return False
    try:
        own.verify_directly_issued_by(issuer)
        return _may_issue(issuer, below)
    except _BROKEN:
        return False


def _may_issue(issuer: x509.Certificate, below: int) -> bool:
    if not is_authority(issuer):
        return False
    longest = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length
    return (longest is None or below <= longest) and _may_sign_certificates(issuer)


def _may_sign_certificates(issuer: x509.Certificate) -> bool:
    try:
        return issuer.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound:
        return True
