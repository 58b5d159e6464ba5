"""The certificate of the town, for the addresses of its register."""

from datetime import timedelta

from django.utils import timezone

from motcua.people.models import Agency
from motcua.signing.models import DigitalCertificate

CERTIFICATES_OF_ONE_AGENCY = {"certificate", "withdraw-certificate"}


def certificate_rows(ward: Agency) -> dict[str, str]:
    """The ward's seal."""
    at = timezone.now()
    row = DigitalCertificate.objects.create(
        agency=ward, subject="CN=UBND", issuer="CN=CA", issuer_name="CA", root_name="CA", serial="1A",
        fingerprint="a" * 64, usages="digital_signature", valid_from=at - timedelta(days=9),
        valid_to=at + timedelta(days=300), der=b"0", subject_fits=True, registered_at=at,
    )  # fmt: skip
    return {"<uuid:certificate_id>": str(row.pk), "<slug:fingerprint>": row.fingerprint}
