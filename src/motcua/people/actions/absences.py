"""The duty roster: who is away and who acts for him. Duties move over and back by the clock alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from motcua.core.events import record
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial
from motcua.people.actions.guards import one_at_a_time
from motcua.people.actions.telling import told
from motcua.people.models import Absence, AbsenceReason, Official, Role, RoleGrant, StandIn


class AbsenceRefused(Refusal):
    """The absence cannot be written so; the sentence says why."""


class SubstituteRefused(Refusal):
    """Nobody can stand in that way; `duty` says for which unit and role."""

    def __init__(self, sentence: str, duty: tuple[UUID, str]) -> None:
        super().__init__(sentence)
        self.duty = duty


@dataclass(frozen=True, slots=True)
class Substitution:
    """One duty of the absent official and who takes it over."""

    unit_id: UUID
    role: str
    substitute_id: UUID

    @property
    def duty(self) -> tuple[UUID, str]:
        return self.unit_id, self.role


@transaction.atomic
def record_absence(
    official_id: UUID, *, first_at: datetime, last_at: datetime, reason: str, by: ActingOfficial, at: datetime,
    stand_ins: Iterable[Substitution] = (),
) -> Absence:  # fmt: skip
    """Write that an official is away from `first_at` until just before `last_at`. Records `official.absent`.

    A duty nobody takes over is allowed: the roster shows the gap. Raises `AbsenceRefused` (no such official
    here, dates turned round, in the past, away then already) and `SubstituteRefused` (not a duty of his,
    himself, of another agency, not serving all the time, away himself).
    """
    one_at_a_time(by.agency_id)
    official = _colleague(official_id, by)
    if official is None:
        raise AbsenceRefused(_("Cơ quan không có cán bộ này."))
    _check_period(official, first_at, last_at, at)
    if reason not in AbsenceReason.values:
        raise AbsenceRefused(_("Ông/bà chọn lý do vắng mặt trong danh sách."))
    chosen = list(stand_ins)
    for one in chosen:
        _check_substitute(one, official, first_at, last_at, by)
    if len({one.duty for one in chosen}) < len(chosen):
        raise AbsenceRefused(_("Mỗi việc chỉ giao cho một người làm thay."))
    absence = Absence.objects.create(
        official=official, first_at=first_at, last_at=last_at, reason=reason, recorded_by_id=by.id, recorded_at=at
    )
    StandIn.objects.bulk_create(
        StandIn(absence=absence, official=official, role=one.role, unit_id=one.unit_id, substitute_id=one.substitute_id)
        for one in chosen
    )
    record(
        kind="official.absent", subject=("official", official.id), by=by.actor, at=at, agency_id=by.agency_id,
        after={
            "absence": told(absence.id), "first_at": told(first_at), "last_at": told(last_at), "reason": reason,
            "stand_ins": [[told(one.unit_id), one.role, told(one.substitute_id)] for one in chosen],
        },
    )  # fmt: skip
    return absence


@transaction.atomic
def end_absence(absence_id: UUID, *, by: ActingOfficial, at: datetime) -> Absence:
    """He is back before the time, or does not go after all. Records `official.back`.

    An absence that has not begun becomes empty. Raises `AbsenceRefused` when it is over, or not of this agency.
    """
    one_at_a_time(by.agency_id)
    absence = (
        Absence.objects.select_related("official").filter(pk=absence_id, official__unit__agency_id=by.agency_id).first()
    )
    if absence is None:
        raise AbsenceRefused(_("Cơ quan không có kỳ vắng mặt này."))
    if absence.last_at <= at:
        raise AbsenceRefused(_("Kỳ vắng mặt này đã kết thúc."))
    before = absence.last_at
    absence.last_at = max(absence.first_at, at)
    absence.ended_early_at = at
    absence.save(update_fields=["last_at", "ended_early_at"])
    record(
        kind="official.back", subject=("official", absence.official_id), by=by.actor, at=at, agency_id=by.agency_id,
        before={"absence": told(absence.id), "last_at": told(before)}, after={"last_at": told(absence.last_at)},
    )  # fmt: skip
    return absence


def _colleague(official_id: UUID, by: ActingOfficial) -> Official | None:
    found = Official.objects.select_related("account").filter(pk=official_id, unit__agency_id=by.agency_id)
    return found.first()


def _check_period(official: Official, first_at: datetime, last_at: datetime, at: datetime) -> None:
    if last_at <= first_at:
        raise AbsenceRefused(_("Lúc trở lại phải sau lúc bắt đầu vắng mặt."))
    if last_at <= at or localdate(first_at) < localdate(at):
        raise AbsenceRefused(_("Không ghi vắng mặt cho ngày đã qua. Ông/bà ghi từ hôm nay trở đi."))
    if not _serves_on(official, first_at, first_at + timedelta(microseconds=1)):
        raise AbsenceRefused(
            _("%(name)s không còn hoặc chưa làm việc tại cơ quan vào ngày này.") % {"name": official.full_name}
        )
    other = _absence_within(official.id, first_at, last_at)
    if other is not None:
        raise AbsenceRefused(
            _("%(name)s đã được ghi vắng mặt từ %(first)s đến %(last)s. Ông/bà cho kỳ đó kết thúc trước.")
            % {"name": official.full_name, "first": clock(other.first_at), "last": clock(other.last_at)}
        )


def _check_substitute(
    one: Substitution, official: Official, first_at: datetime, last_at: datetime, by: ActingOfficial
) -> None:
    first_day, last_day = localdate(first_at), localdate(last_at - timedelta(microseconds=1))
    grants = RoleGrant.objects.filter(
        official=official, unit_id=one.unit_id, role=one.role, unit__agency_id=by.agency_id, valid_from__lte=last_day
    )
    if not grants.exclude(valid_to__lt=first_day).exists():
        raise SubstituteRefused(
            _("%(name)s không giữ việc này trong thời gian vắng mặt.") % {"name": official.full_name}, one.duty
        )
    if one.substitute_id == by.id and one.role in (Role.APPROVER, Role.ADMINISTRATOR):
        raise SubstituteRefused(
            _("Không tự nhận làm thay lãnh đạo hoặc quản trị. Ông/bà nhờ người khác ghi."), one.duty
        )
    if one.role == Role.ADMINISTRATOR and not _holds(by, Role.ADMINISTRATOR):
        raise SubstituteRefused(_("Việc của quản trị do quản trị giao người làm thay."), one.duty)
    if one.substitute_id == official.id:
        raise SubstituteRefused(_("Người làm thay phải là người khác."), one.duty)
    substitute = _colleague(one.substitute_id, by)
    if substitute is None:
        raise SubstituteRefused(_("Người làm thay phải là cán bộ của cơ quan. Ông/bà chọn lại."), one.duty)
    if not substitute.account.is_active or not _serves_on(substitute, first_at, last_at):
        raise SubstituteRefused(
            _("%(name)s không làm việc tại cơ quan suốt thời gian này. Ông/bà chọn người khác.")
            % {"name": substitute.full_name},
            one.duty,
        )
    away = _absence_within(substitute.id, first_at, last_at)
    if away is not None:
        raise SubstituteRefused(
            _("%(name)s cũng vắng mặt từ %(first)s đến %(last)s. Ông/bà chọn người khác.")
            % {"name": substitute.full_name, "first": clock(away.first_at), "last": clock(away.last_at)},
            one.duty,
        )


def _holds(by: ActingOfficial, role: str) -> bool:
    """Whether this role is his own, not one he stands in for."""
    return any(held == role and (unit, held) not in by.stands_in for unit, held in by.duties)


def _serves_on(official: Official, first_at: datetime, last_at: datetime) -> bool:
    """Whether he serves from the first to the last of these moments."""
    first_day, last_day = localdate(first_at), localdate(last_at - timedelta(microseconds=1))
    return official.valid_from <= first_day and (official.valid_to is None or official.valid_to >= last_day)


def _absence_within(official_id: UUID, first_at: datetime, last_at: datetime) -> Absence | None:
    overlapping = Absence.objects.filter(official_id=official_id, first_at__lt=last_at, last_at__gt=first_at)
    return overlapping.order_by("first_at").first()


def clock(at: datetime) -> str:
    """A moment as people read it here."""
    return f"{localtime(at):%H:%M %d/%m/%Y}"
