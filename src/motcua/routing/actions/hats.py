"""Who may decide: nobody on his own work, and a leader only over what he leads."""

from typing import Final, LiteralString
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.core.sql import fetch_all, fetch_one
from motcua.people.access import ActingOfficial
from motcua.people.models import Role, UnitFunction
from motcua.routing.actions.steps import NotYours, OpenStep

# A step put back or given to another names nobody of before: what stopped or moved the clock tells who worked on it.
_WORKED: Final[LiteralString] = """
SELECT 1 FROM routing_step s
WHERE s.dossier_id = %(dossier)s AND s.role <> 'approver' AND s.official_id = ANY(%(hats)s)
UNION ALL
SELECT 1 FROM core_event e
WHERE e.subject_kind = 'dossier' AND e.subject_id = %(dossier)s AND e.actor_id = %(account)s
  AND e.kind IN ('dossier.paused', 'dossier.resumed', 'dossier.restarted', 'dossier.pause_voided',
                 'duty.demanded', 'duty.settled', 'duty.cancelled')
LIMIT 1
"""


def own_work(dossier_id: UUID, unit_id: UUID, role: str, by: ActingOfficial) -> bool:
    """Whether he, or the absent leader in whose place he decides, did an earlier step of this dossier."""
    absent = by.on_behalf_of(unit_id, role)
    values = {"dossier": dossier_id, "account": by.account_id, "hats": [by.id, *([absent] if absent else [])]}
    return fetch_one(_WORKED, values) is not None


def require_approver(step: OpenStep, by: ActingOfficial) -> None:
    """Raises `NotYours` when the step is not the leader's, or when he would decide on his own work."""
    if step.role != Role.APPROVER:
        raise NotYours(_("Chỉ bước của lãnh đạo mới được duyệt."))
    if own_work(step.dossier_id, step.unit_id, step.role, by):
        raise NotYours(_("Ông/bà đã tự xử lý một bước của hồ sơ này nên không được duyệt. Cần lãnh đạo khác duyệt."))


def leading(by: ActingOfficial, unit_id: UUID | None) -> list[tuple[UUID, str]]:
    """The duties by which he leads this unit: approver in it, or among the leaders of the whole office."""
    duties = [duty for duty in by.duties if duty[1] == Role.APPROVER]
    here = [duty for duty in duties if duty[0] == unit_id]
    if not duties or any(duty not in by.stands_in for duty in here):
        return here
    rows = fetch_all(
        "SELECT id FROM people_unit WHERE id = ANY(%s) AND agency_id = %s AND function = %s",
        ([unit for unit, _role in duties], by.agency_id, UnitFunction.LEADERS.value),
    )
    return here + [duty for duty in duties if (duty[0],) in rows]


def last_unit(dossier_id: UUID) -> UUID | None:
    """The unit that did the last working step of a dossier."""
    row = fetch_one(
        "SELECT unit_id FROM routing_step WHERE dossier_id = %s AND role <> 'approver' "
        "ORDER BY (role = 'case_officer') DESC, started_at DESC LIMIT 1",
        (dossier_id,),
    )
    return row[0] if row else None
