"""Who may confirm a fault that another declared."""

from datetime import datetime
from uuid import UUID

from motcua.people.access import ActingOfficial
from motcua.people.models import Role, Unit, UnitFunction
from motcua.people.second_person import is_made_by
from motcua.routing.faults.models import SystemFault


def may_confirm(fault: SystemFault, by: ActingOfficial, leaders: UUID | None, at: datetime) -> bool:
    """Whether the fault waits for a confirmation that this official may give; `leaders`: `leading_unit`."""
    return (
        leaders is not None
        and fault.confirmed_at is None
        and fault.withdrawn_at is None
        and fault.declared_by_id not in {by.id, by.on_behalf_of(leaders, Role.APPROVER)}
        and not is_made_by(fault.declared_by_id, by, at)
    )


def leading_unit(by: ActingOfficial) -> UUID | None:
    """The unit of the agency's leaders in which he decides now; None when he decides in none."""
    units = [unit_id for unit_id, role in by.duties if role == Role.APPROVER]
    found = Unit.objects.filter(pk__in=units, agency_id=by.agency_id, function=UnitFunction.LEADERS)
    return found.values_list("pk", flat=True).first() if units else None
