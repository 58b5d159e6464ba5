"""Reads of inspections: how many of how many, what was found and why, how many people of which post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from motcua.reform.facts import causes_of, name_of
from motcua.reform.inspections.rules import remedied
from motcua.reform.inspections.words import REMEDIED
from motcua.reform.models import Admonition, Finding, Inspection, InspectionPlan, InspectionState, PlanState


@dataclass(frozen=True, slots=True)
class InspectionFigures:
    """What the inspections of a plan, or of several, came to."""

    planned: int
    held: int
    findings: int
    remedied: int
    people: int
    causes: Sequence[tuple[str, int]]
    posts: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its cause and how it stands."""

    finding: Finding
    cause: str
    kind: str
    words: str


def figures_of(plans: Sequence[InspectionPlan]) -> InspectionFigures:
    """Counted from the rows: agencies to be inspected, inspected, findings, people admonished."""
    inspections = Inspection.objects.filter(plan__in=plans)
    findings = Finding.objects.filter(inspection__in=inspections)
    admonitions = Admonition.objects.filter(inspection__in=inspections)
    year = max((plan.year for plan in plans), default=0)
    causes = findings.values_list("cause").annotate(n=Count("pk")).order_by("-n", "cause")
    posts = admonitions.values_list("post").annotate(n=Sum("people")).order_by("-n", "post")
    people = [(post, count) for post, count in posts]
    return InspectionFigures(
        planned=inspections.values("target_id").distinct().count(),
        held=inspections.exclude(state=InspectionState.PLANNED).values("target_id").distinct().count(),
        findings=findings.count(),
        remedied=findings.exclude(remedied_on=None).count(),
        people=sum(count for _post, count in people),
        causes=[(name_of(causes_of(year), code), count) for code, count in causes],
        posts=people,
    )


def findings_of(inspection: Inspection, today: date) -> list[FindingRow]:
    """The findings of a visit in their order."""
    return _told(inspection.findings.order_by("ordinal"), inspection.plan.year, today)


def findings_in(plan: InspectionPlan, today: date, *, only_remedied: bool = False) -> list[FindingRow]:
    """Every finding of a plan's visits, or those that `figures_of` counts as remedied."""
    found = Finding.objects.filter(inspection__plan=plan).select_related("inspection__target")
    if only_remedied:
        found = found.exclude(remedied_on=None)
    return _told(found.order_by("inspection__held_on", "inspection_id", "ordinal"), plan.year, today)


def _told(findings: QuerySet[Finding], year: int, today: date) -> list[FindingRow]:
    causes = causes_of(year)
    rows = []
    for finding in findings:
        kind, words = REMEDIED[remedied(finding.remedy_by, finding.remedied_on, today)]
        rows.append(FindingRow(finding, name_of(causes, finding.cause), kind, str(words)))
    return rows


def visits_of(plan: InspectionPlan) -> QuerySet[Inspection]:
    """The visits of a plan in the order of their days."""
    visits = plan.inspections.select_related("target").annotate(count=Count("findings"))
    return visits.order_by("planned_on", "target__short_name", "pk")


def issued_by(agency_id: UUID, first: int, last: int) -> list[InspectionPlan]:
    """The plans an agency issued for these years; of two records of one plan the agency's own."""
    plans = InspectionPlan.objects.filter(
        agency_id=agency_id, state=PlanState.ISSUED, year__gte=first, year__lte=last
    ).order_by("-year", "pk")
    return _one_of_each(list(plans))


def issued_inspection_plans() -> list[InspectionPlan]:
    """What anybody may read, the newest first."""
    plans = InspectionPlan.objects.filter(state=PlanState.ISSUED).select_related("agency", "kept_by")
    return _one_of_each(list(plans.order_by("-year", "agency__short_name", "pk")))


def _one_of_each(plans: list[InspectionPlan]) -> list[InspectionPlan]:
    """Where the agency keeps its plan here itself, what an inspected one wrote down of it is not told twice."""
    own = {(plan.agency_id, plan.year) for plan in plans if plan.agency_id == plan.kept_by_id}
    return [plan for plan in plans if plan.agency_id == plan.kept_by_id or (plan.agency_id, plan.year) not in own]
