"""Asking a leader for a change of the calendar that begins at once; a leader makes it, or somebody drops it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.routing.confirmations.models import CalendarProposal
from motcua.routing.confirmations.proposals import Proposal, require_gone_hours
from motcua.routing.confirmations.queries import may_confirm, reread, waiting_proposals
from motcua.routing.faults.confirmers import leading_unit
from motcua.routing.outlook import Outlook
from motcua.routing.recalculation import apply
from motcua.worktime.models import Calendar


class ConfirmationRefused(Refusal):
    """The change cannot be asked for, confirmed or dropped so; the sentence says why."""


def propose(
    said: Mapping[str, Any], proposal: Proposal, decision: str, *, by: ActingOfficial, at: datetime
) -> CalendarProposal:
    """Keep a change for a leader, under the number of its decision. Records `calendar.change_asked`.

    Raises `ConfirmationRefused` without a decision or for who does not administer, `ProposalRefused` for hours gone.
    """
    if not by.holds(Role.ADMINISTRATOR):
        raise ConfirmationRefused(_("Quản trị hệ thống mới đề nghị đổi lịch."))
    if not decision.strip():
        raise ConfirmationRefused(_("Ông/bà ghi số văn bản: thay đổi này áp dụng khi chưa qua một ngày làm việc."))
    require_gone_hours(proposal, by.calendar_code, at)
    with transaction.atomic():
        asked = CalendarProposal.objects.create(
            agency_id=by.agency_id, said=dict(said), title=proposal.title[:300], decision=decision.strip()[:200],
            asked_by_id=by.id, asked_at=at,
        )  # fmt: skip
        calendar = Calendar.objects.get(code=by.calendar_code)
        record(
            kind="calendar.change_asked", subject=("calendar", calendar.pk), by=by.actor, at=at,
            agency_id=by.agency_id, after={"title": asked.title, "decision": asked.decision},
        )  # fmt: skip
        _tell("asked", asked, by=by.actor, at=at)
    return asked


def confirm(proposal_id: UUID, *, seen: int | None, by: ActingOfficial, at: datetime) -> tuple[Proposal, Outlook]:
    """A leader makes what another asked for; hours gone when it was asked stay, later ones follow it.

    Records `calendar.change_confirmed` beside the change. Raises `ConfirmationRefused`, `ProposalRefused`, and what
    `recalculation.apply` raises.
    """
    unit_id = leading_unit(by)
    with transaction.atomic():
        asked = _locked(proposal_id, by)
        if unit_id is None or not may_confirm(asked, by, unit_id, at):
            raise ConfirmationRefused(
                _("Cần một lãnh đạo cơ quan xác nhận, không phải người đề nghị hay người mới được người đề nghị giao "
                  "việc.")
            )  # fmt: skip
        proposal = reread(asked, by.calendar_code)
        require_gone_hours(proposal, by.calendar_code, asked.asked_at)
        outlook = apply(proposal.make, code=by.calendar_code, seen=seen)
        _settle(asked, by, at, is_made=True)
        record(
            kind="calendar.change_confirmed",
            subject=("calendar", Calendar.objects.get(code=by.calendar_code).pk),
            by=by.acting_as(unit_id, Role.APPROVER), at=at, agency_id=by.agency_id,
            after={
                "title": asked.title, "decision": asked.decision, "asked_by": asked.asked_by.full_name,
                "asked_at": asked.asked_at.isoformat(),
            },
        )  # fmt: skip
    return proposal, outlook


def drop(proposal_id: UUID, *, by: ActingOfficial, at: datetime) -> str:
    """Nothing comes of it; gives back its words. Records `calendar.change_dropped`. Raises `ConfirmationRefused`."""
    with transaction.atomic():
        asked = _locked(proposal_id, by)
        if leading_unit(by) is None and not by.holds(Role.ADMINISTRATOR):
            raise ConfirmationRefused(_("Quản trị hoặc lãnh đạo cơ quan mới bỏ được đề nghị này."))
        _settle(asked, by, at, is_made=False)
        record(
            kind="calendar.change_dropped", subject=("calendar", Calendar.objects.get(code=by.calendar_code).pk),
            by=by.actor, at=at, agency_id=by.agency_id, after={"title": asked.title, "decision": asked.decision},
        )  # fmt: skip
    return asked.title


def _locked(proposal_id: UUID, by: ActingOfficial) -> CalendarProposal:
    found = waiting_proposals(by.agency_id).select_for_update(of=("self",)).filter(pk=proposal_id).first()
    if found is None:
        raise ConfirmationRefused(_("Đề nghị này đã được quyết định trước đó."))
    return found


def _settle(asked: CalendarProposal, by: ActingOfficial, at: datetime, *, is_made: bool) -> None:
    asked.settled_by_id, asked.settled_at, asked.is_made = by.id, at, is_made
    asked.save(update_fields=["settled_by", "settled_at", "is_made"])
    _tell("settled", asked, by=by.actor, at=at)


def _tell(what: str, asked: CalendarProposal, *, by: Actor, at: datetime) -> None:
    """The proposal is a row of its agency, the change one of a calendar that several agencies may share."""
    record(
        kind=f"agency.calendar_change_{what}", subject=("agency", asked.agency_id), by=by, at=at,
        agency_id=asked.agency_id, after={"title": asked.title, "decision": asked.decision, "is_made": asked.is_made},
    )  # fmt: skip
