"""A plan or task under a row lock, so that nobody changes or issues it meanwhile."""

from uuid import UUID

from motcua.people.access import ActingOfficial
from motcua.reform.models import Plan, PlanTask
from motcua.reform.refusals import StalePlan, StaleTask


def locked_plan(plan_id: UUID, by: ActingOfficial) -> Plan:
    """The plan of his agency under a row lock. Raises `StalePlan` for what is not there."""
    plan = Plan.objects.select_for_update(of=("self",)).filter(pk=plan_id, agency_id=by.agency_id).first()
    if plan is None:
        raise StalePlan
    return plan


def locked_task(task_id: UUID, by: ActingOfficial) -> PlanTask:
    """The task, with its plan locked before it, so that nobody issues meanwhile. Raises `StaleTask`."""
    plan_id = PlanTask.objects.filter(pk=task_id, plan__agency_id=by.agency_id).values_list("plan_id", flat=True)
    plan = locked_plan(plan_id[0], by) if plan_id else None
    task = PlanTask.objects.filter(pk=task_id).first()
    if task is None or plan is None:
        raise StaleTask
    task.plan = plan
    return task
