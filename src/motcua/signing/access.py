"""Whose certificates a keeper sees (his agency's and those below it) and writes (his agency's alone)."""

from typing import Final
from uuid import UUID

from django.http import Http404

from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.people.overseeing import Overseen, overseen_from
from motcua.signing.models import DigitalCertificate

KEEPERS: Final = (Role.ADMINISTRATOR, Role.RECORDS_CLERK)


def agencies_seen_by(by: ActingOfficial) -> list[Overseen]:
    """His own agency first, then every one below it; those that ended are left out."""
    return [one for one in overseen_from(by.agency_id) if not one.is_former] if by.holds(*KEEPERS) else []


def certificate_for(by: ActingOfficial, certificate_id: UUID) -> DigitalCertificate:
    """The certificate with this id, or `Http404` alike for a foreign and a missing one."""
    seen = [one.id for one in agencies_seen_by(by)]
    rows = DigitalCertificate.objects.select_related("agency", "official", "registered_by", "withdrawn_by")
    found = rows.filter(pk=certificate_id, agency_id__in=seen).first()
    if found is None:
        raise Http404
    return found
