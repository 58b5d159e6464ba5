"""How a mandate ends before its day: by him who holds it, by the one he acts for, or at the desk.

Whoever gave an authorisation may end it at any time (Civil Code 91/2015/QH13 arts. 140, 569). Whom the law makes
somebody's representative, the one represented does not dismiss: parents of a minor, a guardian.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.people.access import ActingOfficial
from motcua.people.citizens.access import ActingCitizen, MandateRefused
from motcua.people.citizens.mandates import ADULT_AT, birthday, mandates_before
from motcua.people.citizens.models import EndedBy, Mandate, MandateKind


def mandates_over(citizen: ActingCitizen) -> QuerySet[Mandate]:
    """The mandates by which others act for him, the newest first.

    Only to whom a provider vouches that the number is his: else anybody would read who acts for a stranger.
    """
    if not citizen.is_identified or not citizen.personal_id:
        return Mandate.objects.none()
    rows = Mandate.objects.filter(personal_id=citizen.personal_id).exclude(agent_id=citizen.id)
    return rows.order_by("-made_at")


def why_not_his(row: Mandate, citizen: ActingCitizen, day: date) -> str:
    """Why the one represented cannot end this one himself, in a sentence; "" when he can."""
    if row.kind == MandateKind.CHILD and not _is_adult(citizen.birth_date, day):
        return _("Cha mẹ đại diện cho con đến khi con đủ 18 tuổi. Người này không phải cha mẹ thì báo Bộ phận Một cửa.")
    if row.kind == MandateKind.WARD and row.confirmed_at is not None:
        return _("Cán bộ đã đối chiếu giấy tờ giám hộ. Việc giám hộ đã chấm dứt thì báo Bộ phận Một cửa.")
    return ""


def _is_adult(born: date | None, day: date) -> bool:
    return born is not None and birthday(born, ADULT_AT) <= day


@transaction.atomic
def revoke_mandate(citizen: ActingCitizen, mandate_id: UUID, *, at: datetime) -> None:
    """He acts for that one no longer; twice is once. Records `mandate.revoked`. Raises `MandateRefused`."""
    row = Mandate.objects.select_for_update(of=("self",)).filter(pk=mandate_id, agent_id=citizen.id).first()
    if row is None:
        raise MandateRefused(_("Ông/bà chưa khai việc làm thay này."))
    _end(row, by=citizen.actor, at=at)


@transaction.atomic
def end_over(citizen: ActingCitizen, mandate_id: UUID, *, at: datetime) -> None:
    """The one represented ends it; twice is once. Records `mandate.revoked`. Raises `MandateRefused`."""
    row = _over(citizen, mandate_id)
    if why := why_not_his(row, citizen, localdate(at)):
        raise MandateRefused(why)
    _end(row, by=citizen.actor, at=at, ended_by=EndedBy.PRINCIPAL)


@transaction.atomic
def allow_over(citizen: ActingCitizen, mandate_id: UUID, *, at: datetime) -> None:
    """The one represented takes back that he ended it. Records `mandate.restored`. Raises `MandateRefused`."""
    row = _over(citizen, mandate_id)
    if row.ended_by == EndedBy.AGENCY:
        raise MandateRefused(_("Cơ quan đã chấm dứt việc làm thay này. Ông/bà đến Bộ phận Một cửa để cho lại."))
    _restore(row, EndedBy.PRINCIPAL, by=citizen.actor, at=at)


@transaction.atomic
def end_at_desk(mandate_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> None:
    """The one represented asked the desk for it, or the paper was none; twice is once. Records `mandate.revoked`.

    Raises `MandateRefused` without a reason, and for one that was never shown at this agency.
    """
    row = _shown(mandate_id, by)
    if not reason:
        raise MandateRefused(_("Ông/bà ghi lý do chấm dứt: ai đề nghị, theo giấy tờ nào."))
    _end(
        row, by=by.actor, at=at, agency_id=by.agency_id, ended_by=EndedBy.AGENCY, ended_official_id=by.id,
        end_reason=reason,
    )  # fmt: skip


@transaction.atomic
def allow_at_desk(mandate_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """The desk that ended it takes that back. Records `mandate.restored`. Raises `MandateRefused`."""
    row = _shown(mandate_id, by)
    if row.ended_official is not None and row.ended_official.unit.agency_id != by.agency_id:
        raise MandateRefused(_("Cơ quan khác đã chấm dứt việc làm thay này; cơ quan đó mới cho làm thay lại được."))
    _restore(row, EndedBy.AGENCY, by=by.actor, at=at, agency_id=by.agency_id)


def _over(citizen: ActingCitizen, mandate_id: UUID) -> Mandate:
    row = mandates_over(citizen).select_for_update(of=("self",)).filter(pk=mandate_id).first()
    if row is None:
        raise MandateRefused(_("Không có việc làm thay này."))
    return row


def _shown(mandate_id: UUID, by: ActingOfficial) -> Mandate:
    row = mandates_before(by.agency_id).select_for_update(of=("self",)).filter(pk=mandate_id).first()
    if row is None:
        raise MandateRefused(_("Không có việc làm thay này."))
    return row


def _end(row: Mandate, *, by: Actor, at: datetime, agency_id: UUID | None = None, **how: str | UUID) -> None:
    if row.revoked_at is not None:
        return
    row.revoked_at = at
    for name, value in how.items():
        setattr(row, name, value)
    row.save(update_fields=["revoked_at", "ended_by", "ended_official", "end_reason"])
    record(
        kind="mandate.revoked", subject=("mandate", row.pk), by=by, at=at, agency_id=agency_id,
        after={"ended_by": row.ended_by, "reason": row.end_reason} if how else None,
    )  # fmt: skip


def _restore(row: Mandate, ended_by: EndedBy, *, by: Actor, at: datetime, agency_id: UUID | None = None) -> None:
    if row.ended_by != ended_by:
        return
    row.revoked_at, row.ended_by, row.ended_official, row.end_reason = None, "", None, ""
    row.save(update_fields=["revoked_at", "ended_by", "ended_official", "end_reason"])
    record(kind="mandate.restored", subject=("mandate", row.pk), by=by, at=at, agency_id=agency_id)
