"""Declaring that the system stood still, a leader confirming it, and taking it back."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.events import record
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.routing.faults.confirmers import leading_unit, may_confirm
from motcua.routing.faults.models import SystemFault
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Unit as ClockUnit

LONGEST_DAYS: Final = 5
OLDEST_DAYS: Final = 30
_WORKING_DAY: Final = 8 * 60


class FaultRefused(Refusal):
    """The fault cannot be declared or withdrawn; the sentence says why."""


def declare_fault(
    *, first_at: datetime, last_at: datetime, evidence: str, by: ActingOfficial, at: datetime
) -> SystemFault:
    """The agency's system could not be worked with from `first_at` until just before `last_at`.

    Declared after it is over, with what proves it: at most five working days, begun in the last thirty days. It counts
    once a leader confirmed it. Raises `FaultRefused`, `CalendarGap`.
    """
    evidence = evidence.strip()
    _require_administrator(by)
    if last_at <= first_at:
        raise FaultRefused(_("Sự cố phải kết thúc sau lúc bắt đầu. Ông/bà kiểm tra lại giờ."))
    if last_at > at:
        raise FaultRefused(_("Chỉ khai sự cố đã qua. Khi hệ thống chạy lại, ông/bà khai đến lúc đó."))
    _require_short(first_at, last_at, by, at)
    if not evidence:
        raise FaultRefused(_("Ông/bà ghi bằng chứng: số biên bản, nhật ký máy chủ, thông báo của nhà mạng."))
    with transaction.atomic():
        fault = SystemFault.objects.create(
            agency_id=by.agency_id, first_at=first_at, last_at=last_at, evidence=evidence, declared_by_id=by.id,
            declared_at=at,
        )  # fmt: skip
        record(
            kind="fault.declared", subject=("fault", fault.id), by=by.actor, at=at, agency_id=by.agency_id,
            after={"first_at": first_at.isoformat(), "last_at": last_at.isoformat(), "evidence": evidence},
        )  # fmt: skip
    return fault


def _require_short(first_at: datetime, last_at: datetime, by: ActingOfficial, at: datetime) -> None:
    if first_at < at - timedelta(days=OLDEST_DAYS):
        raise FaultRefused(
            _("Chỉ khai sự cố bắt đầu trong %(days)d ngày gần đây. Ông/bà kiểm tra lại ngày.") % {"days": OLDEST_DAYS}
        )
    span = calendar_for(by.calendar_code).measure(first_at, last_at, ClockUnit.WORKING_DAY)
    if span > LONGEST_DAYS * _WORKING_DAY:
        raise FaultRefused(
            _("Một sự cố dài nhất %(days)d ngày làm việc. Ông/bà kiểm tra lại ngày.") % {"days": LONGEST_DAYS}
        )


def confirm_fault(fault_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """A leader confirms what another declared: from now on its minutes are nobody's.

    Raises `FaultRefused` for who is no approver of the leaders, for who declared it himself or stands in for who
    did, and when it is confirmed or withdrawn already.
    """
    unit_id = _leading_unit(by)
    with transaction.atomic():
        waiting = SystemFault.objects.select_for_update(of=("self",)).filter(
            pk=fault_id, agency_id=by.agency_id, withdrawn_at=None, confirmed_at=None
        )
        fault = waiting.first()
        if fault is None:
            raise FaultRefused(_("Lời khai này đã được xác nhận hoặc rút trước đó."))
        if not may_confirm(fault, by, unit_id, at):
            raise FaultRefused(_("Ông/bà không tự xác nhận sự cố mình khai. Cần lãnh đạo khác xác nhận."))
        fault.confirmed_at, fault.confirmed_by_id = at, by.id
        fault.save(update_fields=("confirmed_at", "confirmed_by"))
        record(
            kind="fault.confirmed", subject=("fault", fault.id), by=by.acting_as(unit_id, Role.APPROVER), at=at,
            agency_id=by.agency_id,
            after={"first_at": fault.first_at.isoformat(), "last_at": fault.last_at.isoformat()},
        )  # fmt: skip


def _leading_unit(by: ActingOfficial) -> UUID:
    unit_id = leading_unit(by)
    if unit_id is None:
        raise FaultRefused(_("Lãnh đạo cơ quan mới xác nhận sự cố."))
    return unit_id


def withdraw_fault(fault_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> None:
    """What was declared does not hold; its minutes belong again to whoever had the dossiers. Raises `FaultRefused`."""
    reason = reason.strip()
    _require_administrator(by)
    if not reason:
        raise FaultRefused(_("Ông/bà ghi vì sao rút lời khai."))
    with transaction.atomic():
        touched = SystemFault.objects.filter(pk=fault_id, agency_id=by.agency_id, withdrawn_at=None).update(
            withdrawn_at=at, withdrawn_by_id=by.id, withdrawn_reason=reason
        )
        if touched != 1:
            raise FaultRefused(_("Lời khai này đã được rút trước đó."))
        record(
            kind="fault.withdrawn", subject=("fault", fault_id), by=by.actor, at=at, agency_id=by.agency_id,
            after={"reason": reason},
        )  # fmt: skip


def _require_administrator(by: ActingOfficial) -> None:
    if not by.holds(Role.ADMINISTRATOR):
        raise FaultRefused(_("Quản trị hệ thống mới khai hoặc rút sự cố."))
