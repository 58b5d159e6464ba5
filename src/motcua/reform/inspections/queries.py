"""Reads of inspections: how many of how many, what was found and why, how many people of which post."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

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
    """Of all these plans together: agencies to be inspected, inspected, findings, people admonished."""
    return _figures(plans, _counted(plans))


def figures_each(plans: Iterable[InspectionPlan]) -> list[tuple[InspectionPlan, InspectionFigures]]:
    """Of each plan its own, in as many queries as for one."""
    several = list(plans)
    counted = _counted(several)
    return [(plan, _figures([plan], counted)) for plan in several]


@dataclass(frozen=True, slots=True)
class _Counted:
    """The rows behind the figures, each with its plan: visits and whom, causes with how many, posts with how many."""

    visits: Sequence[tuple[UUID, UUID, str]]
    causes: Sequence[tuple[UUID, str, int, int]]
    posts: Sequence[tuple[UUID, str, int]]


def _counted(plans: Sequence[InspectionPlan]) -> _Counted:
    ids = [plan.pk for plan in plans]
    of_visit = {"inspection__plan_id__in": ids}
    causes = Finding.objects.filter(**of_visit).values_list("inspection__plan_id", "cause")
    posts = Admonition.objects.filter(**of_visit).values_list("inspection__plan_id", "post")
    return _Counted(
        list(Inspection.objects.filter(plan_id__in=ids).values_list("plan_id", "target_id", "state")),
        list(causes.annotate(n=Count("pk"), remedied=Count("remedied_on"))),
        list(posts.annotate(n=Sum("people"))),
    )


def _figures(plans: Sequence[InspectionPlan], counted: _Counted) -> InspectionFigures:
    ids, year = {plan.pk for plan in plans}, max((plan.year for plan in plans), default=0)
    causes, posts, remedied_in_all = Counter[str](), Counter[str](), 0
    for plan_id, cause, count, remedied_here in counted.causes:
        if plan_id in ids:
            causes[cause] += count
            remedied_in_all += remedied_here
    for plan_id, post, people in counted.posts:
        if plan_id in ids:
            posts[post] += people
    visits = [(target, state) for plan_id, target, state in counted.visits if plan_id in ids]
    return InspectionFigures(
        planned=len({target for target, _state in visits}),
        held=len({target for target, state in visits if state != InspectionState.PLANNED}),
        findings=causes.total(),
        remedied=remedied_in_all,
        people=posts.total(),
        causes=[(name_of(causes_of(year), code), count) for code, count in _most_first(causes)],
        posts=_most_first(posts),
    )


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


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
    plans = InspectionPlan.objects.filter(agency_id=agency_id, state=PlanState.ISSUED, year__gte=first, year__lte=last)
    return list(_told_once(plans).order_by("-year", "pk"))


def issued_inspection_plans() -> QuerySet[InspectionPlan]:
    """What anybody may read, the newest first."""
    plans = InspectionPlan.objects.filter(state=PlanState.ISSUED).select_related("agency", "kept_by")
    return _told_once(plans).order_by("-year", "agency__short_name", "pk")


def _told_once(plans: QuerySet[InspectionPlan]) -> QuerySet[InspectionPlan]:
    """Where the agency keeps its plan here itself, what an inspected one wrote down of it is not told twice."""
    own = InspectionPlan.objects.filter(
        agency_id=OuterRef("agency_id"), kept_by_id=OuterRef("agency_id"), year=OuterRef("year"),
        state=PlanState.ISSUED,
    )  # fmt: skip
    return plans.filter(Q(kept_by_id=F("agency_id")) | ~Exists(own))
