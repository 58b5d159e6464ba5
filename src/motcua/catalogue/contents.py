"""Versions read as plain values, and plain values written as versions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from motcua.catalogue.models import Component, Fee, LegalBasis, ProcedureVersion, RouteStep, TimeLimit
from motcua.catalogue.rules import BasisLine, ComponentLine, FeeLine, LimitLine, StepLine, VersionContent

Line = TypeVar("Line")

PLAIN = ("name", "summary", "decision", "online_level", "cut_off", "supplement_rule", "supplement_days")
LISTS = ("applicant_kinds", "channels", "results", "conditions", "how_to", "remarks", "unverified")


def contents_of(versions: Sequence[ProcedureVersion]) -> dict[UUID, VersionContent]:
    """The content of each version by its id, in five queries however many there are."""
    ids = [version.id for version in versions]
    components = _grouped(
        (row[0], ComponentLine(*row[1:]))
        for row in Component.objects.filter(version__in=ids).order_by("version", "position").values_list(
            "version_id", "name", "use", "originals", "copies", "required", "when", "note", "id"
        )
    )  # fmt: skip
    limits = _grouped(
        (row[0], LimitLine(*row[1:]))
        for row in TimeLimit.objects.filter(version__in=ids).order_by("version", "position").values_list(
            "version_id", "number", "unit", "channel", "when", "id"
        )
    )  # fmt: skip
    fees = _grouped(
        (row[0], FeeLine(*row[1:]))
        for row in Fee.objects.filter(version__in=ids).order_by("version", "position").values_list(
            "version_id", "kind", "name", "amount", "set_by_province", "when", "note", "id"
        )
    )  # fmt: skip
    bases = _grouped(
        (row[0], BasisLine(*row[1:]))
        for row in LegalBasis.objects.filter(version__in=ids)
        .order_by("version", "position")
        .values_list("version_id", "number", "name")
    )
    route = _grouped(
        (row[0], StepLine(*row[1:]))
        for row in RouteStep.objects.filter(version__in=ids).order_by("version", "position").values_list(
            "version_id", "name", "role", "function", "share", "parallel", "id"
        )
    )  # fmt: skip
    return {
        version.id: VersionContent(
            name=version.name, summary=version.summary, decision=version.decision,
            applicant_kinds=tuple(version.applicant_kinds), channels=tuple(version.channels),
            online_level=version.online_level, cut_off=version.cut_off, results=tuple(version.results),
            supplement_rule=version.supplement_rule, supplement_days=version.supplement_days,
            conditions=tuple(version.conditions), how_to=tuple(version.how_to), remarks=tuple(version.remarks),
            unverified=tuple(version.unverified), components=components[version.id], limits=limits[version.id],
            fees=fees[version.id], legal_bases=bases[version.id], route=route[version.id],
        )
        for version in versions
    }  # fmt: skip


def content_of(version: ProcedureVersion) -> VersionContent:
    """The content of one version."""
    return contents_of([version])[version.id]


def version_values(content: VersionContent) -> dict[str, Any]:
    """The columns of `ProcedureVersion` that hold the content."""
    return {key: getattr(content, key) for key in PLAIN} | {key: [*getattr(content, key)] for key in LISTS}


def write_parts(contents: Mapping[UUID, VersionContent]) -> None:
    """Insert the papers, limits, fees, legal bases and steps of draft versions, five statements in all."""
    Component.objects.bulk_create(
        Component(
            version_id=version_id, position=position, name=line.name, use=line.use, originals=line.originals,
            copies=line.copies, required=line.required, when=line.when, note=line.note,
        )
        for version_id, content in contents.items() for position, line in enumerate(content.components, 1)
    )  # fmt: skip
    TimeLimit.objects.bulk_create(
        TimeLimit(
            version_id=version_id, position=position, number=line.number, unit=line.unit, channel=line.channel,
            when=line.when,
        )
        for version_id, content in contents.items() for position, line in enumerate(content.limits, 1)
    )  # fmt: skip
    Fee.objects.bulk_create(
        Fee(
            version_id=version_id, position=position, kind=line.kind, name=line.name, amount=line.amount,
            set_by_province=line.set_by_province, when=line.when, note=line.note,
        )
        for version_id, content in contents.items() for position, line in enumerate(content.fees, 1)
    )  # fmt: skip
    LegalBasis.objects.bulk_create(
        LegalBasis(version_id=version_id, position=position, number=line.number, name=line.name)
        for version_id, content in contents.items()
        for position, line in enumerate(content.legal_bases, 1)
    )
    RouteStep.objects.bulk_create(
        RouteStep(
            version_id=version_id, position=position, name=line.name, role=line.role, function=line.function,
            share=line.share, parallel=line.parallel,
        )
        for version_id, content in contents.items() for position, line in enumerate(content.route, 1)
    )  # fmt: skip


def replace_parts(version: ProcedureVersion, content: VersionContent) -> None:
    """Write the lists of a draft anew; the database refuses it for a published version."""
    for part in (Component, TimeLimit, Fee, LegalBasis, RouteStep):
        part._default_manager.filter(version=version).delete()
    write_parts({version.id: content})


def _grouped(pairs: Iterable[tuple[UUID, Line]]) -> defaultdict[UUID, tuple[Line, ...]]:
    lines: defaultdict[UUID, list[Line]] = defaultdict(list)
    for key, line in pairs:
        lines[key].append(line)
    return defaultdict(tuple, {key: tuple(found) for key, found in lines.items()})
