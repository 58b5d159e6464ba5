"""When a need can be booked: a plan begun, and ended. Each is an event of the hall."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from motcua.core.events import Actor, record
from motcua.queueing.models.bookings import SlotPlan


def begin_plan(plan: SlotPlan, *, by: Actor, at: datetime) -> None:
    """Open these times. Records `hall.slots_opened`. Raises `ValidationError` when the plan contradicts itself."""
    with transaction.atomic():
        plan.full_clean()
        plan.save()
        _tell(plan, "slots_opened", by=by, at=at)


def end_plan(plan: SlotPlan, *, by: Actor, at: datetime) -> None:
    """No times after today; one that begins later never begins. Records `hall.slots_ended`, unless it was over."""
    today = localdate(at)
    if plan.valid_to is not None and plan.valid_to <= today:
        return
    with transaction.atomic():
        if plan.valid_from > today:
            plan.delete()
        else:
            plan.valid_to = today
            plan.save(update_fields=["valid_to"])
        _tell(plan, "slots_ended", by=by, at=at)


def _tell(plan: SlotPlan, what: str, *, by: Actor, at: datetime) -> None:
    hall = plan.need.hall
    after = {
        "need": plan.need.letter, "weekdays": sorted(plan.weekdays), "from": f"{plan.starts:%H:%M}",
        "to": f"{plan.ends:%H:%M}", "every": plan.every_minutes, "capacity": plan.capacity,
        "valid_from": plan.valid_from.isoformat(),
        "valid_to": plan.valid_to.isoformat() if plan.valid_to else None,
    }  # fmt: skip
    record(kind=f"hall.{what}", subject=("hall", hall.id), by=by, at=at, agency_id=hall.agency_id, after=after)
