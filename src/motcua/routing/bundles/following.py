"""What happens to a part's dossier decides about the parts that follow it. Listeners of the dossier's events."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.catalogue.queries import version_by_id
from motcua.core.events import Actor, Happened
from motcua.core.refusals import Refusal
from motcua.dossiers.states import StaleMove
from motcua.intake.submissions import refuse_at_counter
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.routing.bundles.models import BundleMember, MemberState
from motcua.routing.bundles.opening import open_member, tell
from motcua.routing.bundles.packages import unpacked


class MemberRefused(Refusal):
    """This part cannot be refused here; the sentence says why."""


def member_finished(happened: Happened) -> None:
    """A part is settled: what waited for it is opened. Listens to `dossier.finished`; never undoes the settling."""
    member = _part_of(happened.subject_id)
    if member is None or member.state != MemberState.OPENED:
        return
    _end(member, MemberState.DONE, "", happened.at)
    tell(member, "member_done", at=happened.at, by=happened.by, after={"position": member.position})
    for following in _following(member):
        if following.state == MemberState.WAITING:
            open_member(following.pk, at=happened.at)


def member_refused(happened: Happened) -> None:
    """A part was refused on the merits: so is what waited for it; the others go on. Listens to `dossier.rejected`."""
    member = _part_of(happened.subject_id)
    if member is not None and member.state == MemberState.OPENED:
        close_member(member, MemberState.REFUSED, happened.after["reason"], by=happened.by, at=happened.at)


def member_stopped(happened: Happened) -> None:
    """The applicant withdrew a part, or let it be stopped. Listens to `dossier.withdrawn` and `.discontinued`."""
    member = _part_of(happened.subject_id)
    if member is not None and member.state == MemberState.OPENED:
        reason = str(happened.after.get("reason", ""))
        close_member(member, MemberState.STOPPED, reason, by=happened.by, at=happened.at)


def member_reopened(happened: Happened) -> None:
    """A leader takes a part up again; what ended because of it waits again. Listens to `dossier.reopened`."""
    member = _part_of(happened.subject_id)
    if member is None or member.state == MemberState.OPENED:
        return
    _put(member, state=MemberState.OPENED, reason="", ended_at=None)
    tell(member, "member_reopened", at=happened.at, by=happened.by, after={"position": member.position})
    _wake(member)


def _wake(member: BundleMember) -> None:
    for following in _following(member):
        if following.because == member.position and following.dossier_id is None:
            _put(following, state=MemberState.WAITING, reason="", ended_at=None, because=None)
            _wake(following)


def close_member(
    member: BundleMember, state: MemberState, reason: str, *, by: Actor, at: datetime, because: int | None = None
) -> None:
    """End a part without a result, and every waiting part that follows it, each with its reason."""
    with override("vi"):
        said = reason.strip() or _("Không ghi lý do.")
        follows = _("Vì phần %(position)d (%(name)s) không có kết quả: %(reason)s") % {
            "position": member.position, "name": version_by_id(member.version_id).name, "reason": said,
        }  # fmt: skip
    _end(member, state, said, at, because)
    tell(member, f"member_{state.value}", at=at, by=by, after={"position": member.position, "reason": said})
    for following in _following(member):
        if following.state == MemberState.WAITING:
            close_member(following, state, follows, by=by, at=at, because=member.position)


def refuse_member(member_id: UUID, *, reason: str, legal_basis: str, by: ActingOfficial, at: datetime) -> BundleMember:
    """Refuse a part before its dossier is opened, with form 03: by the desk of its agency, or the receiving desk.

    A part already opened is refused by its leader on its own page. Raises `MemberRefused` for somebody else,
    `StaleMove` when it no longer waits, `GroundsMissing`, `NoAgencyCode`. Decree 61/2018/NĐ-CP art. 17.
    """
    with transaction.atomic():
        member = BundleMember.objects.select_for_update(of=("self",)).select_related("bundle").get(pk=member_id)
        if not by.holds(Role.RECEIVER) or by.agency_id not in (member.agency_id, member.bundle.agency_id):
            raise MemberRefused(_("Chỉ bộ phận tiếp nhận của nơi nhận hoặc nơi giải quyết mới từ chối phần này."))
        if member.state != MemberState.WAITING:
            raise StaleMove
        refused = refuse_at_counter(
            unpacked(member.package), offered=version_by_id(member.version_id), reason=reason, legal_basis=legal_basis,
            by=by, at=at,
        )  # fmt: skip
        member.refusal = refused
        close_member(member, MemberState.REFUSED, refused.reason, by=by.actor, at=at)
    return member


def _part_of(dossier_id: UUID) -> BundleMember | None:
    rows = BundleMember.objects.select_for_update(of=("self",)).select_related("bundle")
    return rows.filter(dossier_id=dossier_id).first()


def _following(member: BundleMember) -> list[BundleMember]:
    rows = BundleMember.objects.select_for_update(of=("self",)).select_related("bundle")
    return list(rows.filter(bundle_id=member.bundle_id, after=member.position).order_by("position"))


def _end(member: BundleMember, state: MemberState, reason: str, at: datetime, because: int | None = None) -> None:
    _put(member, state=state, reason=reason[:1000], ended_at=at, because=because, refusal=member.refusal)


def _put(member: BundleMember, **values: Any) -> None:
    for name, value in values.items():
        setattr(member, name, value)
    member.save(update_fields=list(values))
