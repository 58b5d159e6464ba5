"""Who may see and answer a question: who was asked, and the office that asks."""

from typing import Any, Final, LiteralString
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from motcua.core.sql import fetch_all
from motcua.dossiers.looking import opened
from motcua.people.access import ActingOfficial
from motcua.people.models import WORKERS
from motcua.routing.consultations.models import Consultation

# How many questions wait for an official: the values are those of `asked_values`.
ASKED_COUNT: Final[LiteralString] = (
    "(SELECT count(*) FROM routing_consultation c WHERE c.closed_at IS NULL "
    "AND (c.unit_id = ANY(%(asked_units)s) OR c.agency_id = %(asked_agency)s))"
)


def worked_units(by: ActingOfficial) -> list[UUID]:
    """The units in which he works on dossiers now, for himself or for somebody absent."""
    return sorted({unit for unit, role in by.duties if role in WORKERS})


def asked_of(by: ActingOfficial) -> Q:
    """Questions put to one of his units, or to his agency as a whole."""
    if not by.holds(*WORKERS):
        return Q(pk__in=())
    return Q(unit_id__in=worked_units(by)) | Q(agency_id=by.agency_id)


def asked_values(by: ActingOfficial) -> dict[str, Any]:
    """The same as `asked_of`, for statements: his units, and his agency when he works on dossiers."""
    return {"asked_units": worked_units(by), "asked_agency": by.agency_id if by.holds(*WORKERS) else None}


def is_asked(by: ActingOfficial, found: Consultation) -> bool:
    """Whether the question was put to him, by unit or by agency."""
    if not by.holds(*WORKERS):
        return False
    return found.unit_id in worked_units(by) if found.unit_id else found.agency_id == by.agency_id


def may_close(by: ActingOfficial, asked: Consultation) -> bool:
    """Whether he asked himself, or an open step of the dossier is his to work on."""
    if asked.dossier.agency_id != by.agency_id or not by.holds(*WORKERS):
        return False
    if by.id == asked.asked_by_id or asked.asked_by_id in by.stands_in_for:
        return True
    rows = fetch_all(
        "SELECT unit_id, role FROM routing_step WHERE dossier_id = %s AND finished_at IS NULL", (asked.dossier_id,)
    )
    return any(by.serves(unit_id, role) for unit_id, role in rows)


def consultation_for(by: ActingOfficial, consultation_id: UUID) -> Consultation:
    """A question that was put to him, or that his own agency asks. Raises `Http404` alike for others' and none."""
    found = _related().filter(Q(dossier__agency_id=by.agency_id) | asked_of(by), pk=consultation_id).first()
    if found is None:
        raise Http404
    opened(by, found.dossier_id)
    return found


def own_consultation(by: ActingOfficial, consultation_id: UUID) -> Consultation:
    """A question that his own agency asks. Raises `Http404`."""
    found = _related().filter(dossier__agency_id=by.agency_id, pk=consultation_id).first()
    if found is None:
        raise Http404
    opened(by, found.dossier_id)
    return found


def _related() -> QuerySet[Consultation]:
    return Consultation.objects.select_related(
        "dossier__agency", "dossier__version", "unit", "agency", "step__unit", "asked_by", "answered_by"
    )
