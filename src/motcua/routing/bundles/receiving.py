"""Receiving a bundle: its first part at the desk, all or nothing; then the parts that may be opened at once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from motcua.catalogue.queries import OfferedVersion, version_by_id, version_in_force
from motcua.core.events import record
from motcua.core.numbering import next_number
from motcua.core.sql import fetch_one
from motcua.dossiers.rules import new_tracking_token
from motcua.intake.actions import AnotherFiling, Filing, PapersMissing, receive
from motcua.intake.rules import missing_papers
from motcua.people.access import ActingOfficial
from motcua.routing.bundles.agencies import agency_for
from motcua.routing.bundles.definitions import ProcedureBundle
from motcua.routing.bundles.models import Bundle, BundleMember, MemberState
from motcua.routing.bundles.opening import open_member
from motcua.routing.bundles.packages import packed, sealed
from motcua.routing.bundles.papers import parts_of


def offers_of(definition: ProcedureBundle, *, desk_agency: UUID, at: datetime) -> list[OfferedVersion]:
    """The version of each member in force today, in order. Raises `NotOffered` when one is not in force, or the
    first is not posted at the desk; whether the others are posted at their agencies is asked when they are opened.
    """
    day = localdate(at)
    first, *others = definition.members
    offers = [version_in_force(first.procedure, desk_agency, day)]
    for line in others:
        row = fetch_one(
            "SELECT v.id FROM catalogue_procedureversion v JOIN catalogue_procedure p ON p.id = v.procedure_id "
            "WHERE p.national_code = %s AND v.state = 'published' AND v.valid_from <= %s "
            "AND (v.valid_to IS NULL OR v.valid_to >= %s)",
            (line.procedure, day, day),
        )
        # Not in force anywhere: the catalogue's own sentence says why.
        offers.append(version_by_id(row[0]) if row else version_in_force(line.procedure, desk_agency, day))
    return offers


def receive_bundle(
    filing: Filing, *, definition: ProcedureBundle, by: ActingOfficial, at: datetime
) -> tuple[Bundle, bool]:
    """Take a bundle in and open every part whose turn it is; the bundle, and whether it is new.

    `filing` counts papers of the merged list (`papers.merged`). A second submit of the same page finds the first
    bundle. Raises `PapersMissing` for all parts together, `NotOffered`, `NoAgencyCode`, `RouteBroken` and
    `CalendarGap` of the first part, `AnotherFiling`. What stops a later part stops only that part (`open_member`).
    Decree 61/2018/NĐ-CP art. 19.6: electronic filings go to all participants at once, each with its own deadline.
    """
    offers = offers_of(definition, desk_agency=by.agency_id, at=at)
    parts = parts_of(filing, definition, offers)
    missing = [
        name
        for part, offer in zip(parts, offers, strict=True)
        for name in missing_papers(offer.components, part.whens, {paper.component_id for paper in part.papers})
    ]
    if missing:
        raise PapersMissing(list(dict.fromkeys(missing)))
    try:
        with transaction.atomic():
            bundle = _write(filing, definition, offers, parts, by=by, at=at)
    except IntegrityError:
        earlier = bundle_received_before(filing, definition, by=by)
        if earlier is None:
            raise
        return earlier, False
    waiting = bundle.members.filter(state=MemberState.WAITING, after=None).order_by("position")
    for member_id in waiting.values_list("pk", flat=True):
        open_member(member_id, at=at)
    return bundle, True


def bundle_received_before(filing: Filing, definition: ProcedureBundle, *, by: ActingOfficial) -> Bundle | None:
    """The bundle this very page opened before. Raises `AnotherFiling` when the page was used for something else."""
    earlier = Bundle.objects.filter(submission_id=filing.submission_id).first()
    if earlier is None:
        return None
    first = earlier.members.select_related("dossier").get(position=1)
    named = first.dossier.applicant_name if first.dossier else ""
    seen = (earlier.agency_id, earlier.definition, named)
    if seen != (by.agency_id, definition.code, filing.applicant.full_name):
        raise AnotherFiling
    return earlier


def _write(
    filing: Filing, definition: ProcedureBundle, offers: Sequence[OfferedVersion], parts: Sequence[Filing],
    *, by: ActingOfficial, at: datetime,
) -> Bundle:  # fmt: skip
    """The first dossier, the bundle with its number, and every part with its sealed package."""
    day = localdate(at)
    opened, is_new = receive(parts[0], offered=offers[0], by=by, at=at)
    if not is_new:
        raise IntegrityError("this filing was written before")
    ordinal = next_number(agency_id=by.agency_id, series="bundle", day=day)
    bundle = Bundle.objects.create(
        code=f"{by.agency_code}-LT-{day:%y%m%d}-{ordinal:04d}", submission_id=filing.submission_id,
        tracking_token=new_tracking_token(), agency_id=by.agency_id, definition=definition.code,
        definition_from=definition.valid_from, name=definition.name, received_at=at, received_by_id=by.id,
    )  # fmt: skip
    hashes: dict[str, str] = {}
    for line, part, offer in zip(definition.members, parts, offers, strict=True):
        package = packed(part, bundle=bundle.code, procedure=offer.code, papers=offer.components)
        seal = hashes[str(line.position)] = sealed(package)
        here = line.position == 1
        agency_id = agency_for(line.handler, line.procedure, desk_agency=by.agency_id, day=day)
        BundleMember.objects.create(
            bundle=bundle, position=line.position, after=line.after, version_id=offer.version_id,
            agency_id=agency_id, package=package, sent_hash=seal,
            state=MemberState.OPENED if here else MemberState.WAITING, dossier_id=opened.id if here else None,
            opened_at=at if here else None, arrived_at=at if here else None, received_hash=seal if here else "",
        )  # fmt: skip
    record(
        kind="bundle.received", subject=("bundle", bundle.id), by=by.actor, at=at, agency_id=by.agency_id,
        after={"code": bundle.code, "definition": definition.code, "dossier": opened.code, "packages": hashes},
    )  # fmt: skip
    return bundle
