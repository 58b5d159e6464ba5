"""Who keeps the calendar of receptions, a plan under a lock, and the event of what is done with it.

Each act is an event of the plan (`reception_plan`). Writers of one plan's days wait for each other: whoever comes
second reads what the first wrote, and is told so.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from motcua.core.events import record
from motcua.feedback.receptions.models import ReceptionPlan
from motcua.feedback.receptions.queries import days_of
from motcua.feedback.receptions.refusals import ReceptionRefused
from motcua.feedback.receptions.rules import DayStanding, ReceptionDay
from motcua.people.access import ActingOfficial
from motcua.people.models import Role

KEEPERS: Final = (Role.RECORDS_CLERK, Role.APPROVER)
"""Who keeps the calendar: the records clerk, and the leaders themselves."""
SUBJECT: Final = "reception_plan"


def locked_plan(plan_id: UUID, by: ActingOfficial) -> ReceptionPlan:
    """The plan of his agency under a row lock. Raises `ReceptionRefused` for what is not there."""
    rows = ReceptionPlan.objects.select_for_update(of=("self",)).select_related("agency")
    plan = rows.filter(pk=plan_id, agency_id=by.agency_id).first()
    if plan is None:
        raise ReceptionRefused(_("Lịch tiếp này không còn. Ông/bà mở lại trang lịch tiếp công dân."))
    return plan


def known_days(plan: ReceptionPlan, day: date) -> list[ReceptionDay]:
    """What the plan says of a day. Raises `ReceptionRefused` where no calendar is loaded."""
    found = days_of(plan, day, day)
    if any(one.standing is DayStanding.UNKNOWN for one in found):
        raise ReceptionRefused(_("Chưa nạp lịch làm việc của ngày này nên chưa biết có buổi tiếp hay không."))
    return found


def require_clean(row: Model) -> None:
    """Raises `ReceptionRefused` with what the row's own rules say against it."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise ReceptionRefused(" ".join(error.messages)) from error


def tell(
    plan_id: UUID, what: str, *, by: ActingOfficial, at: datetime, before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Record what happened to a plan or to any of its days."""
    record(
        kind=f"{SUBJECT}.{what}", subject=(SUBJECT, plan_id), by=by.acting_for(*KEEPERS), at=at,
        agency_id=by.agency_id, before=before, after=after,
    )  # fmt: skip
