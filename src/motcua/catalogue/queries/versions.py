"""Versions for the procedure controller: what waits to be published, what changed, what imports reported."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from motcua.catalogue.contents import contents_of
from motcua.catalogue.models import Posting, ProcedureVersion, VersionOrigin, VersionState
from motcua.catalogue.rules import VersionContent
from motcua.core.models import Event
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.people.queries import agencies_under


def readable_by(by: ActingOfficial) -> QuerySet[ProcedureVersion]:
    """What is published or imported, and the drafts that the controllers of an agency, or of the one above, write."""
    own = agencies_under(by.agency_id) if by.holds(Role.PROCEDURE_CONTROLLER) else []
    return ProcedureVersion.objects.filter(
        Q(state=VersionState.PUBLISHED) | Q(agency=None) | Q(agency__in=own)
    ).select_related("procedure__sector")


def versions(by: ActingOfficial, *, state: str = "", name: str = "") -> QuerySet[ProcedureVersion]:
    """Versions he may read with their procedure and sector, drafts first, the newest first."""
    rows = readable_by(by).defer("how_to", "conditions", "remarks", "unverified", "results")
    if state in VersionState.values:
        rows = rows.filter(state=state)
    if name:
        rows = rows.filter(procedure__national_code=name) if name[0].isdigit() else rows.filter(name__icontains=name)
    return rows.order_by("state", F("published_at").desc(nulls_first=True), "procedure__national_code", "-number")


def version_counts(by: ActingOfficial, *, name: str = "") -> dict[str, int]:
    """How many versions that he may read there are of each state."""
    rows = versions(by, name=name).order_by().values_list("state").annotate(count=Count("pk"))
    return dict(rows)


@dataclass(frozen=True, slots=True)
class ReviewedVersion:
    """A version beside the published one it would follow (or followed)."""

    version: ProcedureVersion
    content: VersionContent
    before: ProcedureVersion | None
    content_before: VersionContent | None


def reviewed(version_id: UUID, by: ActingOfficial) -> ReviewedVersion | None:
    """A version and the published version before it; None when there is none that he may read."""
    version = readable_by(by).filter(pk=version_id).first()
    if version is None:
        return None
    earlier = version.procedure.versions.filter(state=VersionState.PUBLISHED).exclude(pk=version.pk)
    if version.state == VersionState.PUBLISHED:
        earlier = earlier.filter(valid_from__lt=version.valid_from)
    before = earlier.order_by("-valid_from").first()
    contents = contents_of([version, before] if before else [version])
    return ReviewedVersion(version, contents[version.id], before, contents.get(before.id) if before else None)


def is_own_draft(version: ProcedureVersion) -> bool:
    """Whether the office may still write in it; an imported draft stays as its source had it."""
    return version.state == VersionState.DRAFT and version.origin == VersionOrigin.OFFICE


def own_postings(agency_id: UUID, day: date, *, name: str = "") -> QuerySet[Posting]:
    """What is or will be posted at the agency, by sector and name; `name` is a part of a name or a whole code."""
    rows = Posting.objects.select_related("procedure__sector").filter(
        Q(valid_to=None) | Q(valid_to__gte=day), agency=agency_id
    )
    if name:
        rows = rows.filter(Q(procedure__national_code=name) | Q(procedure__name__icontains=name))
    return rows.order_by("procedure__sector__name", "procedure__name", "valid_from")


@dataclass(frozen=True, slots=True)
class PastImport:
    """An import as its event kept it."""

    at: datetime
    by: str
    report: dict[str, Any]


def past_imports(limit: int = 10) -> list[PastImport]:
    """The last imports, newest first, each with its whole report."""
    rows = Event.objects.filter(kind="catalogue.imported").order_by("-sequence")[:limit]
    return [PastImport(row.at, row.actor_name, row.after or {}) for row in rows]
