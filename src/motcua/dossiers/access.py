"""Which dossiers an official may open: those of his own agency. A stranger's code does not exist for him."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from motcua.dossiers.models import Dossier
from motcua.people.access import ActingOfficial


def dossiers_for(acting: ActingOfficial) -> QuerySet[Dossier]:
    """The dossiers this official may see."""
    return Dossier.objects.filter(agency_id=acting.agency_id)


def dossier_for(acting: ActingOfficial, code: str) -> Dossier:
    """The dossier with this code, or `Http404` alike for a foreign and a missing one."""
    found = (
        dossiers_for(acting)
        .select_related("version__procedure__sector", "agency", "received_by")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise Http404
    return found


def dossier_by_id(acting: ActingOfficial, dossier_id: UUID) -> Dossier:
    """As `dossier_for`, by id."""
    found = dossiers_for(acting).filter(pk=dossier_id).first()
    if found is None:
        raise Http404
    return found
