"""Reads of questions put to others: for the dossier's page, the asked, the reminders and the bar of hands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from motcua.core.sql import fetch_all
from motcua.people.access import ActingOfficial
from motcua.people.models import WORKERS, Agency, Unit
from motcua.routing.consultations.access import asked_of
from motcua.routing.consultations.closing import ASKED_NAME
from motcua.routing.consultations.models import OPEN, Consultation
from motcua.routing.stories import StoryRow


def consultations_in(dossier_id: UUID, story: Sequence[StoryRow]) -> list[Consultation]:
    """As `consultations_of`, asked for only when the dossier's story tells of one."""
    return consultations_of(dossier_id) if any("consulted" in row.after for row in story) else []


def consultations_of(dossier_id: UUID) -> list[Consultation]:
    """Everything asked about a dossier, in order. One query."""
    found = Consultation.objects.filter(dossier_id=dossier_id)
    return list(found.select_related("unit", "agency", "asked_by", "answered_by").order_by("asked_at", "id"))


def open_consultations(dossier_id: UUID) -> list[Consultation]:
    """What a dossier waits for somebody's opinion on, by deadline: name and date only are for the public."""
    found = Consultation.objects.filter(OPEN, dossier_id=dossier_id)
    return list(found.select_related("unit", "agency").order_by("due_at", "id"))


def waiting_for(by: ActingOfficial) -> QuerySet[Consultation]:
    """Questions that wait for his units' or his agency's answer, by deadline."""
    return _listed(asked_of(by) & OPEN).order_by("due_at", "id")


def closed_for(by: ActingOfficial) -> QuerySet[Consultation]:
    """Questions to them that are closed, the newest first."""
    return _listed(asked_of(by) & ~OPEN).order_by("-closed_at", "-id")


def _listed(which: Q) -> QuerySet[Consultation]:
    return Consultation.objects.filter(which).select_related("dossier__version", "dossier__agency", "unit", "agency")


def units_to_ask(agency_id: UUID, *, but: UUID, at: datetime) -> QuerySet[Unit]:
    """Units of the agency, apart from one's own, in which somebody works on dossiers."""
    day = localdate(at)
    return (
        Unit.objects.filter(
            _in_force("", day), _in_force("grants__", day), _in_force("grants__official__", day),
            agency_id=agency_id, grants__role__in=WORKERS, grants__official__account__is_active=True,
        )
        .exclude(pk=but).distinct().order_by("name")
    )  # fmt: skip


def agencies_to_ask(agency_id: UUID, *, at: datetime) -> QuerySet[Agency]:
    """Other agencies of the system in which somebody works on dossiers."""
    day = localdate(at)
    return (
        Agency.objects.filter(
            _in_force("", day), _in_force("units__", day), _in_force("units__grants__", day),
            _in_force("units__grants__official__", day), units__grants__role__in=WORKERS,
            units__grants__official__account__is_active=True,
        )
        .exclude(pk=agency_id).distinct().order_by("short_name")
    )  # fmt: skip


def _in_force(path: str, day: object) -> Q:
    begun = Q(**{f"{path}valid_from__lte": day})
    return begun & (Q(**{f"{path}valid_to__isnull": True}) | Q(**{f"{path}valid_to__gte": day}))


# Until when the time is theirs: the answer, or the deadline where silence ends it.
THEIRS_UNTIL: Final[LiteralString] = (
    "CASE WHEN c.closed_how = 'silent' THEN c.due_at WHEN c.closed_at IS NOT NULL THEN c.closed_at "
    "WHEN c.silence = 'remind' THEN NULL ELSE c.due_at END"
)
_SPANS: Final[LiteralString] = (
    "SELECT " + ASKED_NAME + ", c.asked_at, " + THEIRS_UNTIL + " "
    "FROM routing_consultation c WHERE c.dossier_id = %s ORDER BY c.asked_at, c.id"
)


def consulted_spans(dossier_id: UUID) -> list[tuple[str, datetime, datetime | None]]:
    """Who was asked, from when, until when the time is theirs: the answer, or the deadline where silence ends it.

    `None` while a question that goes on waiting is open. For `routing.shares`.
    """
    return [(row[0], row[1], row[2]) for row in fetch_all(_SPANS, (dossier_id,))]
