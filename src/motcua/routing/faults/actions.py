"""Declaring that the system stood still, and taking that back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.events import record
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.routing.faults.models import SystemFault


class FaultRefused(Refusal):
    """The fault cannot be declared or withdrawn; the sentence says why."""


def declare_fault(
    *, first_at: datetime, last_at: datetime, evidence: str, by: ActingOfficial, at: datetime
) -> SystemFault:
    """The agency's system could not be worked with from `first_at` until just before `last_at`.

    Declared after it is over, with what proves it. Raises `FaultRefused`.
    """
    evidence = evidence.strip()
    _require_administrator(by)
    if last_at <= first_at:
        raise FaultRefused(_("Sự cố phải kết thúc sau lúc bắt đầu. Ông/bà kiểm tra lại giờ."))
    if last_at > at:
        raise FaultRefused(_("Chỉ khai sự cố đã qua. Khi hệ thống chạy lại, ông/bà khai đến lúc đó."))
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
