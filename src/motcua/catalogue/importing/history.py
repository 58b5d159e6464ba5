"""What was in force in years gone by: versions and postings of the past, in bulk.

`actions.publish` and `actions.post` look forward, as an office does. Here a past is told that has ended: every
period has its last day, and none may touch a period that is published already.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from motcua.catalogue.contents import version_values, write_parts
from motcua.catalogue.models import Posting, Procedure, ProcedureVersion, Sector, VersionOrigin, VersionState
from motcua.catalogue.rules import VersionContent, fingerprint
from motcua.catalogue.rules.names import slug
from motcua.catalogue.search import index_procedures
from motcua.core.events import Actor, record
from motcua.core.ids import uuid7
from motcua.people.models import Agency


@dataclass(frozen=True, slots=True)
class PastVersion:
    """What a procedure said from `first` to `last`, both included, and where it belongs if it is not known yet."""

    code: str
    sector: str
    levels: tuple[str, ...]
    first: date
    last: date
    content: VersionContent
    source: str = ""


@transaction.atomic
def publish_past(told: Sequence[PastVersion], *, by: Actor, at: datetime) -> dict[str, UUID]:
    """The version of each code in its period, by code: the one that is there already, else a new one.

    Records `procedure.published` for each new one. Raises IntegrityError when a period overlaps a published one.
    """
    procedures = _procedures(told)
    ids = {code: procedure.pk for code, procedure in procedures.items()}
    there = {
        (row[0], row[1]): row[2]
        for row in ProcedureVersion.objects.filter(
            procedure__in=ids.values(), state=VersionState.PUBLISHED
        ).values_list("procedure_id", "valid_from", "id")
    }
    found = {one.code: there[ids[one.code], one.first] for one in told if (ids[one.code], one.first) in there}
    new = [one for one in told if one.code not in found]
    rows = _drafts(new, ids)
    ProcedureVersion.objects.bulk_create(rows)
    write_parts({row.id: one.content for row, one in zip(rows, new, strict=True)})
    ProcedureVersion.objects.filter(pk__in=[row.id for row in rows]).update(
        state=VersionState.PUBLISHED, published_at=at
    )
    for row, one in zip(rows, new, strict=True):
        record(
            kind="procedure.published", subject=("procedure", row.procedure_id), by=by, at=at,
            after={"code": one.code, "version": row.number, "valid_from": one.first.isoformat(),
                   "valid_to": one.last.isoformat()},
        )  # fmt: skip
    return found | {one.code: row.id for row, one in zip(rows, new, strict=True)}


@transaction.atomic
def post_past(codes: Iterable[str], agency: Agency, *, first: date, last: date, by: Actor, at: datetime) -> int:
    """Say that the agency posted these procedures from `first` to `last`; how many were not said before."""
    said = Posting.objects.filter(agency=agency, valid_from=first).values_list("procedure__national_code", flat=True)
    wanted = {*codes} - {*said}
    new = [
        Posting(id=uuid7(), procedure=procedure, agency=agency, valid_from=first, valid_to=last)
        for procedure in Procedure.objects.filter(national_code__in=wanted).order_by("national_code")
    ]
    Posting.objects.bulk_create(new)
    for posting in new:
        record(
            kind="procedure.posted", subject=("procedure", posting.procedure_id), by=by, at=at, agency_id=agency.id,
            after={"code": posting.procedure.national_code, "valid_from": first.isoformat(),
                   "valid_to": last.isoformat()},
        )  # fmt: skip
    return len(new)


def _procedures(told: Sequence[PastVersion]) -> dict[str, Procedure]:
    codes = [one.code for one in told]
    known = {one.national_code: one for one in Procedure.objects.filter(national_code__in=codes)}
    unknown = {one.code: one for one in told if one.code not in known}
    sectors = {slug(name): code for code, name in Sector.objects.values_list("code", "name")}
    for one in unknown.values():
        if slug(one.sector) not in sectors:
            sectors[slug(one.sector)] = Sector.objects.create(code=slug(one.sector), name=one.sector).code
    new = [
        Procedure(
            id=uuid7(), national_code=one.code, name=one.content.name, sector_id=sectors[slug(one.sector)],
            levels=[*one.levels], source=one.source[:200],
        )
        for one in unknown.values()
    ]  # fmt: skip
    Procedure.objects.bulk_create(new)
    index_procedures([one.pk for one in new])
    return known | {one.national_code: one for one in new}


def _drafts(new: Sequence[PastVersion], ids: dict[str, UUID]) -> list[ProcedureVersion]:
    last = dict(
        ProcedureVersion.objects.filter(procedure__in=ids.values())
        .values_list("procedure_id")
        .annotate(last=Max("number"))
    )
    return [
        ProcedureVersion(
            id=uuid7(), procedure_id=ids[one.code], number=last.get(ids[one.code], 0) + 1, state=VersionState.DRAFT,
            origin=VersionOrigin.OFFICE, valid_from=one.first, valid_to=one.last,
            fingerprint=fingerprint(one.content), **version_values(one.content),
        )
        for one in new
    ]  # fmt: skip
