"""Who reads and keeps what: the controller of procedures and the leaders keep, lead units report, the rest read."""

from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.core.events import Actor
from motcua.people.access import ActingOfficial
from motcua.people.models import WORKERS, Role
from motcua.reform.models import Inspection, InspectionPlan, Plan, PlanState, PlanTask
from motcua.reform.refusals import NotYours
from motcua.routing.faults.confirmers import leading_unit

READERS: Final = (*WORKERS, Role.PROCEDURE_CONTROLLER)


def leads(by: ActingOfficial) -> bool:
    """Whether he is one of the agency's leaders now."""
    return leading_unit(by) is not None


def keeps(by: ActingOfficial) -> bool:
    """Whether he keeps plans and inspections of his agency: the controller of procedures, or a leader."""
    return by.holds(Role.PROCEDURE_CONTROLLER) or leads(by)


def require_keeper(by: ActingOfficial) -> Actor:
    """How the log names who keeps. Raises `NotYours`."""
    if by.holds(Role.PROCEDURE_CONTROLLER):
        return by.acting_for(Role.PROCEDURE_CONTROLLER)
    unit_id = leading_unit(by)
    if unit_id is None:
        raise NotYours(_("Người kiểm soát thủ tục hành chính hoặc lãnh đạo cơ quan mới làm việc này."))
    return by.acting_as(unit_id, Role.APPROVER)


def require_leader(by: ActingOfficial) -> Actor:
    """How the log names the leader. Raises `NotYours`."""
    unit_id = leading_unit(by)
    if unit_id is None:
        raise NotYours(_("Lãnh đạo cơ quan mới làm việc này."))
    return by.acting_as(unit_id, Role.APPROVER)


def reports(by: ActingOfficial, task: PlanTask, *, is_keeper: bool | None = None) -> bool:
    """Whether he may report of this task: who keeps the plan, who is in charge of it, who works in its lead unit."""
    kept = keeps(by) if is_keeper is None else is_keeper
    return kept or by.id == task.owner_id or any(by.serves(task.lead_unit_id, role) for role in WORKERS)


def require_reporter(by: ActingOfficial, task: PlanTask) -> Actor:
    """How the log names who reports. Raises `NotYours`."""
    if by.id == task.owner_id:
        return by.actor
    if any(by.serves(task.lead_unit_id, role) for role in WORKERS):
        return by.acting_in((task.lead_unit_id, role) for role in WORKERS)
    if not reports(by, task):
        raise NotYours(_("Đơn vị chủ trì, người phụ trách hoặc người theo dõi kế hoạch mới báo cáo nhiệm vụ này."))
    return require_keeper(by)


def plans_read_by(by: ActingOfficial) -> QuerySet[Plan]:
    """The plans of his agency; drafts only for who keeps them."""
    plans = Plan.objects.filter(agency_id=by.agency_id)
    return plans if keeps(by) else plans.filter(state=PlanState.ISSUED)


def tasks_read_by(by: ActingOfficial) -> QuerySet[PlanTask]:
    """The tasks of those plans."""
    return PlanTask.objects.filter(plan__in=plans_read_by(by))


def inspection_plans_read_by(by: ActingOfficial) -> QuerySet[InspectionPlan]:
    """Those his agency keeps, drafts only for who keeps them; and issued ones that name his agency."""
    own = Q(kept_by_id=by.agency_id)
    if not keeps(by):
        own &= Q(state=PlanState.ISSUED)
    naming = Inspection.objects.filter(target_id=by.agency_id).values("plan_id")
    named = Q(state=PlanState.ISSUED, pk__in=naming)
    return InspectionPlan.objects.filter(own | named)


def inspections_read_by(by: ActingOfficial) -> QuerySet[Inspection]:
    """Those of plans that his agency keeps, and those of his own agency."""
    own = Q(plan__kept_by_id=by.agency_id)
    if not keeps(by):
        own &= Q(plan__state=PlanState.ISSUED)
    return Inspection.objects.filter(own | Q(target_id=by.agency_id, plan__state=PlanState.ISSUED))
