"""Which dossiers an official may open: his own agency's, an overseer also those of the agencies it took over.

A stranger's code does not exist for him. What is written is written about dossiers of his own agency alone.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.timezone import now

from motcua.dossiers.looking import opened
from motcua.dossiers.models import Dossier
from motcua.people.access import ActingOfficial
from motcua.people.looking import APART
from motcua.people.models import Look
from motcua.people.overseeing import OVERSEERS, taken_over_by


def dossiers_for(acting: ActingOfficial) -> QuerySet[Dossier]:
    """The dossiers this official may see."""
    return Dossier.objects.filter(agency_id=acting.agency_id)


def dossiers_read_by(acting: ActingOfficial) -> QuerySet[Dossier]:
    """The dossiers this official may read: also those of the past that his agency answers for."""
    if not acting.holds(*OVERSEERS):
        return dossiers_for(acting)
    return Dossier.objects.filter(agency_id__in=[acting.agency_id, *taken_over_by(acting.agency_id)])


def dossier_for(acting: ActingOfficial, code: str, *related: str) -> Dossier:
    """The dossier with this code, for whoever works on it; `Http404` alike for a foreign and a missing one."""
    return _opened(acting, dossiers_for(acting), code, related)


def dossier_read_by(acting: ActingOfficial, code: str, *related: str) -> Dossier:
    """The dossier with this code, for whoever only reads it; `Http404` as `dossier_for`."""
    return _opened(acting, dossiers_read_by(acting), code, related)


def _opened(acting: ActingOfficial, among: QuerySet[Dossier], code: str, related: Sequence[str]) -> Dossier:
    """That he opened it is told to the log, at most once in a quarter of an hour; whether it was told is read along."""
    told = Look.objects.filter(subject_id=OuterRef("pk"), account_id=acting.account_id, looked_at__gt=now() - APART)
    found = (
        among.select_related("version__procedure__sector", "agency", "received_by", *related)
        .annotate(look_told=Exists(told))
        .filter(code=code)
        .first()
    )
    if found is None:
        raise Http404
    if not found.look_told:
        opened(acting, found.id)
    return found
