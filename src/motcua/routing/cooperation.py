"""Who works on a dossier beside the agency that settles it, for its control sheet: other parts, and the consulted."""

from django.utils.translation import gettext as _

from motcua.documents.prints import PrintedCooperation
from motcua.dossiers.models import Dossier
from motcua.routing.bundles.models import BundleMember, MemberState
from motcua.routing.consultations.models import ClosedHow, Consultation, Opinion
from motcua.routing.consultations.queries import consultations_of


def cooperation_of(dossier: Dossier) -> tuple[PrintedCooperation, ...]:
    """The agencies of the other parts of its filing, by their order, then who was consulted, by when. Two queries."""
    parts = (
        BundleMember.objects.filter(bundle__members__dossier_id=dossier.id)
        .exclude(dossier_id=dossier.id)
        .select_related("agency", "version")
        .order_by("position")
    )
    return (*(_part(part) for part in parts), *(_consulted(asked) for asked in consultations_of(dossier.id)))


def _part(part: BundleMember) -> PrintedCooperation:
    return PrintedCooperation(
        name=part.agency.short_name if part.agency is not None else part.version.name,
        consulted=False,
        asked_at=part.arrived_at,
        answered_at=part.ended_at,
        outcome=str(MemberState(part.state).label).lower(),
    )


def _consulted(asked: Consultation) -> PrintedCooperation:
    if asked.closed_how == ClosedHow.ANSWERED:
        words = [str(Opinion(asked.opinion).label).lower(), asked.letter]
        outcome = ", ".join(word for word in words if word)
    elif asked.closed_how:
        outcome = str(ClosedHow(asked.closed_how).label).lower()
    else:
        outcome = _("chưa trả lời")
    return PrintedCooperation(
        name=asked.asked, consulted=True, asked_at=asked.asked_at, answered_at=asked.answered_at, outcome=outcome
    )
