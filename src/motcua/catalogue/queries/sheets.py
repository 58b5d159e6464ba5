"""One procedure as its public page shows it: the version asked for, its dates, where it is received."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.catalogue.models import Posting, Procedure, ProcedureVersion, VersionState
from motcua.catalogue.queries.offered import OfferedVersion, draft_snapshot, snapshot
from motcua.people.models import Agency


class Standing(StrEnum):
    """How the shown version stands on the day."""

    IN_FORCE = "in_force"
    COMING = "coming"
    PAST = "past"
    DRAFT_ONLY = "draft_only"
    NO_DETAILS = "no_details"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class PublishedPeriod:
    number: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ProcedureSheet:
    """What the page needs. `version` and `period` are None when nothing is published."""

    procedure: Procedure
    standing: Standing
    version: OfferedVersion | None
    period: PublishedPeriod | None
    periods: tuple[PublishedPeriod, ...]
    agencies: tuple[Agency, ...]


def procedure_sheet(code: str, day: date, *, number: int | None = None) -> ProcedureSheet | None:
    """The sheet of a procedure; None when no procedure has this code (or no published version that number).

    Without `number`: the version in force on `day`, else the next to come, else the last one.
    """
    procedure = Procedure.objects.select_related("sector").filter(national_code=code).first()
    if procedure is None:
        return None
    versions = list(procedure.versions.order_by("valid_from").only("id", "number", "state", "valid_from", "valid_to"))
    published = [version for version in versions if version.state == VersionState.PUBLISHED]
    agencies = tuple(posting.agency for posting in _postings(procedure, day))
    if not published:
        standing = Standing.DRAFT_ONLY if versions else Standing.NO_DETAILS
        return ProcedureSheet(procedure, standing, None, None, (), agencies) if number is None else None
    shown = _shown(published, day) if number is None else next((v for v in published if v.number == number), None)
    if shown is None:
        return None
    return ProcedureSheet(
        procedure=procedure,
        standing=_standing(shown, day),
        version=snapshot(shown.id, procedure.sector_id),
        period=_period(shown),
        periods=tuple(_period(version) for version in published),
        agencies=agencies,
    )


def draft_sheet(version: ProcedureVersion, day: date) -> ProcedureSheet:
    """The sheet of a draft as it would be once published."""
    return ProcedureSheet(
        procedure=version.procedure,
        standing=Standing.DRAFT,
        version=draft_snapshot(version.id),
        period=_period(version),
        periods=(),
        agencies=tuple(posting.agency for posting in _postings(version.procedure, day)),
    )


def _postings(procedure: Procedure, day: date) -> list[Posting]:
    rows = Posting.objects.select_related("agency").filter(procedure=procedure, valid_from__lte=day)
    return [row for row in rows.order_by("valid_from") if row.valid_to is None or row.valid_to >= day]


def _standing(version: ProcedureVersion, day: date) -> Standing:
    if version.valid_from > day:
        return Standing.COMING
    return Standing.PAST if version.valid_to is not None and version.valid_to < day else Standing.IN_FORCE


def _shown(published: list[ProcedureVersion], day: date) -> ProcedureVersion:
    rank = {Standing.IN_FORCE: 0, Standing.COMING: 1, Standing.PAST: 2}
    ranked = sorted(published, key=lambda version: rank[_standing(version, day)])
    best = [version for version in ranked if _standing(version, day) == _standing(ranked[0], day)]
    return best[-1] if _standing(best[0], day) == Standing.PAST else best[0]


def _period(version: ProcedureVersion) -> PublishedPeriod:
    return PublishedPeriod(version.number, version.valid_from, version.valid_to)
