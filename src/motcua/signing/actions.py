"""To register a certificate for an agency or an official, and to withdraw it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography import x509
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, localtime

from motcua.core.events import Actor, record
from motcua.core.holding import hold
from motcua.people.access import ActingOfficial
from motcua.people.models import Agency, Official
from motcua.signing.limits import limits
from motcua.signing.models import DigitalCertificate, WithdrawalReason
from motcua.signing.reading import ReadCertificate, Uploaded, read_upload
from motcua.signing.refusals import CertificateRefused
from motcua.signing.rules import seems_of
from motcua.signing.trust import Trust, require_trusted, trust_on

SIGNING = frozenset({"digital_signature", "content_commitment"})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who signs with it: an agency (its seal), or an official of it."""

    agency_id: UUID
    official_id: UUID | None = None


def register(content: bytes, holder: Holder, *, by: ActingOfficial, at: datetime) -> DigitalCertificate:
    """Register what was uploaded for the keeper's own agency or one of its officials. Raises `CertificateRefused`."""
    if holder.agency_id != by.agency_id:
        raise CertificateRefused("not_ours")
    return enter(content, holder, trust=trust_on(localdate(at)), by=by.actor, at=at, registered_by=by.id)


def enter(
    content: bytes, holder: Holder, *, trust: Trust, by: Actor, at: datetime, registered_by: UUID | None = None
) -> DigitalCertificate:
    """As `register`, by whoever sets an office up, under this trust. Raises `CertificateRefused`."""
    uploaded = read_upload(content, most=limits().certificate_bytes)
    root_name = _require_usable(uploaded, trust, at)
    agency, official = _serving(holder, at)
    own = uploaded.own
    with transaction.atomic():
        hold("certificate", own.fingerprint)
        _require_new(own)
        row = DigitalCertificate.objects.create(
            agency=agency, official=official, position=official.title if official else "", subject=own.subject,
            issuer=own.issuer, issuer_name=own.issuer_name, root_name=root_name, serial=own.serial,
            fingerprint=own.fingerprint, usages=" ".join(own.usages), valid_from=own.valid_from,
            valid_to=own.valid_to, der=own.der, subject_fits=_fits(own, agency, official), registered_at=at,
            registered_by_id=registered_by,
        )  # fmt: skip
        _tell(row, "registered", by=by, at=at, valid_to=own.valid_to.isoformat())
    return row


def withdraw(certificate_id: UUID, reason: WithdrawalReason, *, note: str, by: ActingOfficial, at: datetime) -> None:
    """From this moment nothing signed with it counts. Raises `CertificateRefused` where it was withdrawn before."""
    with transaction.atomic():
        row = DigitalCertificate.objects.filter(pk=certificate_id, agency_id=by.agency_id).first()
        if row is None:
            raise CertificateRefused("not_ours")
        changed = DigitalCertificate.objects.filter(pk=row.pk, withdrawn_at=None).update(
            withdrawn_at=at, withdrawn_by_id=by.id, withdrawal_reason=reason, withdrawal_note=note.strip()
        )
        if not changed:
            raise CertificateRefused("gone")
        _tell(row, "withdrawn", by=by.actor, at=at, reason=str(reason))


def _require_usable(uploaded: Uploaded, trust: Trust, at: datetime) -> str:
    """The name of the root it leads to. Raises `CertificateRefused`."""
    own = uploaded.own
    if own.valid_to < at:
        raise CertificateRefused("expired", f"{localtime(own.valid_to):%H:%M %d/%m/%Y}")
    if own.usages and SIGNING.isdisjoint(own.usages):
        raise CertificateRefused("no_signing")
    if own.is_self_signed:
        raise CertificateRefused("self_signed")
    return require_trusted(x509.load_der_x509_certificate(own.der), uploaded.beside, trust, at)


def _serving(holder: Holder, at: datetime) -> tuple[Agency, Official | None]:
    """The holder's rows, when he serves there on that day. Raises `CertificateRefused`."""
    agency = Agency.objects.get(pk=holder.agency_id)
    if holder.official_id is None:
        return agency, None
    day = localdate(at)
    found = Official.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), pk=holder.official_id, unit__agency=agency, valid_from__lte=day
    ).first()
    if found is None:
        raise CertificateRefused("not_serving")
    return agency, found


def _require_new(own: ReadCertificate) -> None:
    rows = DigitalCertificate.objects.exclude(withdrawal_reason=WithdrawalReason.WRONG_ENTRY)
    found = rows.filter(fingerprint=own.fingerprint).select_related("agency", "official").first()
    if found is None:
        return
    if found.withdrawn_at is not None:
        raise CertificateRefused("withdrawn_before", f"{localtime(found.withdrawn_at):%H:%M %d/%m/%Y}")
    raise CertificateRefused("registered", str(found.official or found.agency))


def _fits(own: ReadCertificate, agency: Agency, official: Official | None) -> bool:
    """By the name it is issued to; of what somebody belongs to, his agency is the same as the agency's own."""
    return seems_of(own.names[:1], [official.full_name] if official else [agency.name, agency.short_name])


def _tell(row: DigitalCertificate, what: str, *, by: Actor, at: datetime, **more: str) -> None:
    holder = {"official": str(row.official_id)} if row.official_id else {}
    record(
        kind=f"certificate.{what}", subject=("certificate", row.id), by=by, at=at, agency_id=row.agency_id,
        after={"fingerprint": row.fingerprint, "serial": row.serial, **holder, **more},
    )  # fmt: skip
