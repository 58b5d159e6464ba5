"""Which dossiers an official may open: those of his own agency. A stranger's code does not exist for him."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.timezone import now

from motcua.dossiers.looking import opened
from motcua.dossiers.models import Dossier
from motcua.people.access import ActingOfficial
from motcua.people.looking import APART
from motcua.people.models import Look


def dossiers_for(acting: ActingOfficial) -> QuerySet[Dossier]:
    """The dossiers this official may see."""
    return Dossier.objects.filter(agency_id=acting.agency_id)


def dossier_for(acting: ActingOfficial, code: str, *related: str) -> Dossier:
    """The dossier with this code, or `Http404` alike for a foreign and a missing one.

    That he opened it is told to the log, at most once in a quarter of an hour; whether it was told is read along.
    """
    told = Look.objects.filter(subject_id=OuterRef("pk"), account_id=acting.account_id, looked_at__gt=now() - APART)
    found = (
        dossiers_for(acting)
        .select_related("version__procedure__sector", "agency", "received_by", *related)
        .annotate(look_told=Exists(told))
        .filter(code=code)
        .first()
    )
    if found is None:
        raise Http404
    if not found.look_told:
        opened(acting, found.id)
    return found
