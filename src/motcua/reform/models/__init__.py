from motcua.reform.models.inspections import Admonition, Finding, Inspection, InspectionPlan, InspectionState
from motcua.reform.models.plans import Plan, PlanState, PlanTask, TaskState

__all__ = [
    "Admonition",
    "Finding",
    "Inspection",
    "InspectionPlan",
    "InspectionState",
    "Plan",
    "PlanState",
    "PlanTask",
    "TaskState",
]
