"""A plan of inspections or a visit under a row lock, and the event of what is done with it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.core.events import Actor, record
from motcua.people.access import ActingOfficial
from motcua.reform.models import Inspection, InspectionPlan
from motcua.reform.refusals import StaleInspection


def locked_inspection_plan(plan_id: UUID) -> InspectionPlan:
    """The plan under a row lock. Raises `StaleInspection` for what is not there."""
    plan = InspectionPlan.objects.select_for_update(of=("self",)).filter(pk=plan_id).first()
    if plan is None:
        raise StaleInspection
    return plan


def locked_inspection(inspection_id: UUID, by: ActingOfficial) -> Inspection:
    """An inspection of a plan that his agency keeps, its plan locked. Raises `StaleInspection`."""
    where = Inspection.objects.filter(pk=inspection_id, plan__kept_by_id=by.agency_id)
    plan_id = where.values_list("plan_id", flat=True).first()
    if plan_id is None:
        raise StaleInspection
    plan = locked_inspection_plan(plan_id)
    found = Inspection.objects.filter(pk=inspection_id).first()
    if found is None:
        raise StaleInspection
    found.plan = plan
    return found


def tell(plan: InspectionPlan, what: str, *, by: Actor, at: datetime, **changes: Any) -> None:
    """Record what happened to a plan of inspections or to anything in it."""
    record(
        kind=f"inspection_plan.{what}", subject=("inspection_plan", plan.pk), by=by, at=at,
        agency_id=plan.kept_by_id, **changes,
    )  # fmt: skip
