"""What an event keeps of a plan, of a day changed once, of what came of a day: as JSON values."""

from typing import Any

from motcua.feedback.receptions.models import Reception, ReceptionChange, ReceptionPlan


def of_plan(plan: ReceptionPlan) -> dict[str, Any]:
    """A plan as its event keeps it."""
    return {
        "receiver": plan.receiver, "is_head": plan.is_head, "weekdays": sorted(plan.weekdays),
        "weeks": sorted(plan.weeks), "part": str(plan.part),
        "hours": f"{plan.starts:%H:%M}-{plan.ends:%H:%M}" if plan.starts and plan.ends else "",
        "next_when_closed": plan.next_when_closed, "valid_from": plan.valid_from.isoformat(),
        "valid_to": plan.valid_to.isoformat() if plan.valid_to else None,
    }  # fmt: skip


def of_reception(row: Reception) -> dict[str, Any]:
    """What came of a day as its event keeps it."""
    return {
        "day": row.day.isoformat(), "outcome": str(row.outcome), "received_by": row.received_by, "people": row.people,
        "complaints": row.complaints, "denunciations": row.denunciations, "recommendations": row.recommendations,
        "remarks": row.remarks, "reason": row.reason,
    }  # fmt: skip


def of_change(row: ReceptionChange) -> dict[str, Any]:
    """A day changed once as its event keeps it."""
    return {
        "kind": str(row.kind), "day": row.day.isoformat() if row.day else None,
        "to_day": row.to_day.isoformat() if row.to_day else None, "reason": row.reason,
    }  # fmt: skip
