"""Opening the parts of a bundle at their agencies, each in a transaction of its own: one that fails loses no other."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.catalogue.queries import version_by_id, version_in_force
from motcua.core.events import Actor, record
from motcua.core.refusals import Refusal
from motcua.dossiers.states import StaleMove
from motcua.intake.actions import receive
from motcua.routing.bundles.agencies import NoDesk, agency_for, desk_actor
from motcua.routing.bundles.definitions import NoSuchBundle, read_definition
from motcua.routing.bundles.models import BundleMember, MemberState
from motcua.routing.bundles.packages import sealed, unpacked
from motcua.worktime.rules import CalendarGap, CalendarMistake


class PackageTampered(Refusal):
    """What arrived is not what was sent: nothing is opened on it."""

    def __str__(self) -> str:
        return _(
            "Gói dữ liệu đến không khớp mã băm lúc gửi nên không mở hồ sơ. "
            "Ông/bà đối chiếu giấy tờ gốc, báo quản trị, rồi từ chối phần này hoặc nhận lại như hồ sơ riêng."
        )


def open_member(member_id: UUID, *, at: datetime, by: Actor | None = None) -> bool:
    """Open the dossier of a waiting part at its agency; whether it is open now.

    What stands in the way (no agency, nobody at the desk, not posted there, a broken route, a calendar without the
    year, a package that was changed) is written down as the part's reason, and the receiving desk is told by the
    event `bundle.held_up`. Raises `StaleMove` when the part no longer waits.
    """
    with transaction.atomic():
        member = _locked(member_id)
        if member.state != MemberState.WAITING:
            raise StaleMove
        if _before(member) not in (None, MemberState.DONE):
            return False
        with override("vi"):  # what is written down has one language
            try:
                with transaction.atomic():
                    _open(member, at)
            except (Refusal, CalendarGap, CalendarMistake) as fault:
                _hold_up(member, str(fault), at, by)
                return False
    return True


def _locked(member_id: UUID) -> BundleMember:
    rows = BundleMember.objects.select_for_update(of=("self",)).select_related("bundle")
    return rows.get(pk=member_id)


def _before(member: BundleMember) -> str | None:
    """The state of the part that this one follows; None when it follows none."""
    if member.after is None:
        return None
    rows = BundleMember.objects.filter(bundle_id=member.bundle_id, position=member.after)
    return rows.values_list("state", flat=True).get()


def _open(member: BundleMember, at: datetime) -> None:
    bundle = member.bundle
    if member.agency_id is None:
        member.agency_id = _found_agency(member, at)
    member.arrived_at, member.received_hash = at, sealed(member.package)
    if member.received_hash != member.sent_hash:
        raise PackageTampered
    offered = version_by_id(member.version_id)
    version_in_force(offered.code, member.agency_id, localdate(at))
    desk = desk_actor(member.agency_id, at)
    opened, _new = receive(unpacked(member.package), offered=offered, by=desk, at=at)
    member.dossier_id, member.opened_at, member.state, member.reason = opened.id, at, MemberState.OPENED, ""
    member.save()
    tell(member, "opened", at=at, by=desk.actor,
         after={"bundle": bundle.code, "position": member.position, "dossier": opened.code,
                "package": member.received_hash})  # fmt: skip


def _found_agency(member: BundleMember, at: datetime) -> UUID:
    """The agency that handles the part, asked anew. Raises `NoDesk` when it is still not known."""
    bundle = member.bundle
    definition = read_definition(bundle.definition, bundle.definition_from)
    if definition is None:
        raise NoSuchBundle(bundle.definition)
    line = definition.members[member.position - 1]
    found = agency_for(line.handler, line.procedure, desk_agency=bundle.agency_id, day=localdate(at))
    if found is None:
        raise NoDesk(
            _("Chưa xác định được cơ quan giải quyết phần này. Quản trị khai cơ quan và niêm yết thủ tục, rồi gửi lại.")
        )
    return found


def _hold_up(member: BundleMember, reason: str, at: datetime, by: Actor | None) -> None:
    """Write why the part does not open, and tell the receiving desk; a changed package is told by its own name."""
    tampered = bool(member.received_hash) and member.received_hash != member.sent_hash
    BundleMember.objects.filter(pk=member.pk).update(
        reason=reason[:1000], agency_id=member.agency_id,
        arrived_at=member.arrived_at if tampered else None,
        received_hash=member.received_hash if tampered else "",
    )  # fmt: skip
    tell(member, "package_mismatch" if tampered else "held_up", at=at, by=by,
         after={"position": member.position, "reason": reason,
                **({"sent": member.sent_hash, "received": member.received_hash} if tampered else {})})  # fmt: skip


def tell(member: BundleMember, what: str, *, at: datetime, by: Actor | None, after: Mapping[str, Any]) -> None:
    """Record `bundle.<what>` about the bundle, in the name of whom it concerns: the receiving desk."""
    record(
        kind=f"bundle.{what}", subject=("bundle", member.bundle_id), by=by or system(), at=at,
        agency_id=member.bundle.agency_id, after=after,
    )  # fmt: skip


def system() -> Actor:
    """The system itself, as the log names it."""
    with override("vi"):
        return Actor(None, _("Hệ thống"))
