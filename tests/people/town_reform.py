"""The rows of reform that an address of the ward may name."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from motcua.reform.models import Admonition, Finding, Inspection, InspectionPlan, Plan, PlanTask
from tests.cast import Cast

REFORM_POSTED = {"remove-reform-task", "remove-inspection", "remove-admonition"}
REFORM_OF_ONE_AGENCY = {
    "reform-plan", "correct-reform-plan", "issue-reform-plan", "import-reform-tasks", "export-reform-plan",
    "new-reform-task", "reform-task", "correct-reform-task", "reform-task-report", "reform-task-done",
    "reform-task-drop", "reform-task-reopen", "inspection-plan", "issue-inspection-plan", "inspection",
    "hold-inspection", "new-finding", "new-admonition", "conclude-inspection", "correct-finding",
    "remedy-finding",
}  # fmt: skip


def reform_rows(cast: Cast) -> dict[str, str]:
    """An issued plan with a task, an inspection that was held with a finding and two people admonished."""
    at, today, by = timezone.now(), localdate(), cast.leader
    signed = date(today.year - 1, 12, 20)
    plan = Plan.objects.create(
        agency_id=by.agency_id, year=today.year, title="Kế hoạch", state="issued", number="1/KH-UBND",
        signed_on=signed, drafted_by_id=by.id, drafted_at=at, issued_by_id=by.id, issued_at=at,
    )  # fmt: skip
    task = PlanTask.objects.create(
        plan=plan, ordinal=1, area="direction", content="Giao chỉ tiêu", lead_unit_id=by.unit_id,
        deadline=date(today.year, 12, 31), product="Văn bản",
    )  # fmt: skip
    inspections = InspectionPlan.objects.create(
        agency_id=by.agency_id, kept_by_id=by.agency_id, year=today.year, state="issued", number="2/KH-UBND",
        signed_on=signed, drafted_by_id=by.id, drafted_at=at,
    )  # fmt: skip
    held = today - timedelta(days=1)
    inspection = Inspection.objects.create(
        plan=inspections, target_id=by.agency_id, planned_on=held, state="held", held_on=held
    )
    finding = Finding.objects.create(
        inspection=inspection, ordinal=1, cause="late-report", words="Báo cáo trễ", remedy="Gửi đúng hạn",
        remedy_by=today,
    )  # fmt: skip
    admonition = Admonition.objects.create(inspection=inspection, finding=finding, post="Công chức", people=2)
    return {
        "<uuid:reform_plan_id>": str(plan.pk),
        "<uuid:task_id>": str(task.pk),
        "<uuid:inspection_plan_id>": str(inspections.pk),
        "<uuid:inspection_id>": str(inspection.pk),
        "<uuid:finding_id>": str(finding.pk),
        "<uuid:admonition_id>": str(admonition.pk),
    }
