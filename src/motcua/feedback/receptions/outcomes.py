"""What came of a day of receptions: written down once it has come, corrected, taken back."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.feedback.receptions.keeping import known_days, locked_plan, require_clean, tell
from motcua.feedback.receptions.models import Reception, ReceptionOutcome, ReceptionPlan
from motcua.feedback.receptions.refusals import ReceptionRefused
from motcua.feedback.receptions.telling import of_reception
from motcua.people.access import ActingOfficial


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of a day, in numbers."""

    outcome: str
    received_by: str = ""
    people: int = 0
    complaints: int = 0
    denunciations: int = 0
    recommendations: int = 0
    remarks: int = 0
    reason: str = ""


def enter_reception(plan_id: UUID, day: date, said: Entered, *, by: ActingOfficial, at: datetime) -> Reception:
    """Write what came of a day. Records `reception_plan.reception_entered`.

    Raises `ReceptionRefused`: still to come, not a day of the plan, entered before, or numbers that contradict.
    """
    with transaction.atomic():
        plan = locked_plan(plan_id, by)
        _need_kept(plan, day, at)
        if plan.receptions.filter(day=day).exists():
            raise ReceptionRefused(_("Buổi tiếp ngày này vừa có người ghi. Ông/bà mở lại trang để xem."))
        row = Reception(plan=plan, day=day, entered_by_id=by.id, entered_at=at, **asdict(said))
        _require_sound(row)
        row.save(force_insert=True)
        tell(plan.pk, "reception_entered", by=by, at=at, after=of_reception(row))
    return row


def correct_reception(reception_id: UUID, said: Entered, *, by: ActingOfficial, at: datetime) -> None:
    """Write it anew; the first words stay in the event. Records `reception_plan.reception_corrected`.

    Raises `ReceptionRefused` when it was taken back meanwhile, or for numbers that contradict.
    """
    with transaction.atomic():
        row = _entered(reception_id, by)
        before = of_reception(row)
        for name, value in asdict(said).items():
            setattr(row, name, value)
        _require_sound(row)
        row.save(update_fields=[*asdict(said)])
        tell(row.plan_id, "reception_corrected", by=by, at=at, before=before, after=of_reception(row))


def undo_reception(reception_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """It was entered by mistake: the day waits again. Records `reception_plan.reception_undone`.

    Raises `ReceptionRefused` when it was taken back before.
    """
    with transaction.atomic():
        row = _entered(reception_id, by)
        before, plan_id = of_reception(row), row.plan_id
        row.delete()
        tell(plan_id, "reception_undone", by=by, at=at, before=before)


def _entered(reception_id: UUID, by: ActingOfficial) -> Reception:
    rows = Reception.objects.select_for_update(of=("self",))
    row = rows.filter(pk=reception_id, plan__agency_id=by.agency_id).first()
    if row is None:
        raise ReceptionRefused(_("Buổi tiếp này vừa được người khác bỏ ghi. Trang đã tải lại."))
    return row


def _need_kept(plan: ReceptionPlan, day: date, at: datetime) -> None:
    """Somebody was to receive that day, and it has come."""
    if day > localdate(at):
        raise ReceptionRefused(_("Ngày này chưa đến. Ông/bà ghi từ chính ngày tiếp trở đi."))
    if not any(one.is_kept for one in known_days(plan, day)):
        raise ReceptionRefused(_("Ngày này không có buổi tiếp theo lịch: đã đổi, hoặc cơ quan nghỉ."))


def _require_sound(row: Reception) -> None:
    """Nobody received on a day on which none was held. Raises `ReceptionRefused`."""
    if row.outcome == ReceptionOutcome.NOT_HELD:
        row.received_by = ""
    require_clean(row)
