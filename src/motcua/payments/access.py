"""Which sums an official may see and write down: those of his own agency's dossiers."""

from uuid import UUID

from django.http import Http404

from motcua.dossiers.looking import opened
from motcua.payments.models import FinancialDuty
from motcua.people.access import ActingOfficial


def duty_for(acting: ActingOfficial, duty_id: UUID) -> FinancialDuty:
    """The sum with this id, or `Http404` alike for a foreign and a missing one."""
    found = (
        FinancialDuty.objects.select_related("dossier__version", "asked_by")
        .filter(pk=duty_id, dossier__agency_id=acting.agency_id)
        .first()
    )
    if found is None:
        raise Http404
    opened(acting, found.dossier_id)
    return found
