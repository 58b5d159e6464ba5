"""What the stories of reform share: a plan of the demo ward, drafted and issued, with two tasks."""

from datetime import date, datetime, timedelta
from typing import Any

from motcua.people.models import Unit, UnitFunction
from motcua.reform.models import Plan, PlanTask
from motcua.reform.plan.actions import add_tasks, issue_plan, write_plan
from motcua.reform.plan.saying import TaskSaid
from tests.cast import HANOI_TIME, Cast

YEAR = 2026
DRAFTED = datetime(2026, 1, 5, 9, tzinfo=HANOI_TIME)
SIGNED = date(2026, 1, 12)
ISSUED = datetime(2026, 1, 12, 10, tzinfo=HANOI_TIME)
JUNE = date(2026, 6, 30)


def unit_of(cast: Cast, function: UnitFunction) -> Unit:
    return Unit.objects.get(agency_id=cast.leader.agency_id, function=function)


def said(cast: Cast, **changes: Any) -> TaskSaid:
    """A task of the case officer's unit, due at the end of June."""
    values: dict[str, Any] = {
        "area": "institutions", "content": "Rà soát văn bản của phường",
        "lead_unit_id": unit_of(cast, UnitFunction.JUSTICE).pk, "deadline": JUNE, "product": "Danh mục văn bản",
    }  # fmt: skip
    return TaskSaid(**(values | changes))


def drafted(cast: Cast) -> Plan:
    """A draft with two tasks."""
    plan = write_plan(year=YEAR, title="Kế hoạch cải cách hành chính năm 2026", by=cast.controller, at=DRAFTED)
    records = unit_of(cast, UnitFunction.RECORDS)
    second = said(cast, area="digital", content="Ký số văn bản đi", lead_unit_id=records.pk)
    add_tasks(plan.pk, [said(cast), second], by=cast.controller, at=DRAFTED)
    return plan


def issued(cast: Cast) -> tuple[Plan, PlanTask]:
    """The plan issued, and its first task."""
    plan = drafted(cast)
    issue_plan(plan.pk, number="12/KH-UBND", signed_on=SIGNED, by=cast.leader, at=ISSUED)
    plan.refresh_from_db()
    return plan, plan.tasks.get(ordinal=1)


def on(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, datetime.min.time(), HANOI_TIME) + timedelta(hours=hour)
