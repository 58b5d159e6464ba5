"""The rows of receptions that an address of the ward may name."""

from datetime import datetime
from zoneinfo import ZoneInfo

from motcua.feedback.models import Reception, ReceptionChange, ReceptionPlan
from motcua.people.models import Agency
from tests.cast import Cast

RECEPTIONS_OF_ONE_AGENCY = {"end-reception-plan", "add-reception-day", "enter-reception", "change-reception-day"}
POSTED_RECEPTIONS = {"undo-reception-change", "undo-reception"}


def reception_rows(ward: Agency, cast: Cast, at: datetime) -> dict[str, str]:
    """A plan of the ward's head, one day of it called off, one held."""
    day, by = at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date(), cast.records_clerk.id
    plan = ReceptionPlan.objects.create(
        agency=ward, receiver="Chủ tịch", is_head=True, weekdays=[day.isoweekday()], part="whole_day", place="Phòng 1",
        valid_from=day,
    )  # fmt: skip
    change = ReceptionChange.objects.create(
        plan=plan, kind="cancelled", day=day, reason="Họp", made_by_id=by, made_at=at
    )
    held = Reception.objects.create(
        plan=plan, day=day, outcome="in_person", received_by="Chủ tịch", entered_by_id=by, entered_at=at
    )
    return {
        "<uuid:reception_plan_id>": str(plan.pk), "<uuid:reception_change_id>": str(change.pk),
        "<uuid:reception_id>": str(held.pk), "<str:reception_day>": f"{day:%Y-%m-%d}",
    }  # fmt: skip
