"""To make the calendar of receptions and to end it, to change a day of it once.

Writers of one agency's plans wait for each other; of one plan's days see `keeping`.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.feedback.receptions.keeping import known_days, locked_plan, require_clean, tell
from motcua.feedback.receptions.models import ReceptionChange, ReceptionPlan
from motcua.feedback.receptions.queries import days_of, rhythm_of
from motcua.feedback.receptions.refusals import ReceptionRefused
from motcua.feedback.receptions.rules import LONGEST_SHIFT, LOST, ChangeKind
from motcua.feedback.receptions.telling import of_change, of_plan
from motcua.people.access import ActingOfficial
from motcua.people.actions.guards import one_at_a_time
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import CalendarGap
from motcua.worktime.rules.days import hours_on


def plan_receptions(plan: ReceptionPlan, *, by: ActingOfficial, at: datetime) -> ReceptionPlan:
    """Begin a plan. Records `reception_plan.begun`.

    Raises `ReceptionRefused`: it began before today, contradicts itself, or its receiver has another one then.
    """
    if plan.valid_from < localdate(at):
        raise ReceptionRefused(_("Lịch mới bắt đầu từ hôm nay trở đi."), "valid_from")
    if plan.valid_to is not None and plan.valid_to < plan.valid_from:
        raise ReceptionRefused(_("Ngày cuối không được trước ngày đầu."), "valid_to")
    with transaction.atomic():
        one_at_a_time(by.agency_id)
        plan.agency_id = by.agency_id
        require_clean(plan)
        plan.save(force_insert=True)
        tell(plan.pk, "begun", by=by, at=at, after=of_plan(plan))
    return plan


def end_receptions(plan_id: UUID, last_day: date, *, by: ActingOfficial, at: datetime) -> None:
    """No receptions by this plan after `last_day`; one that never began is taken out. Records `reception_plan.ended`.

    Raises `ReceptionRefused` for a day gone by, a later end than it has, a day entered or moved to after it,
    a foreign plan.
    """
    with transaction.atomic():
        plan = locked_plan(plan_id, by)
        if last_day < localdate(at) - timedelta(days=1):
            raise ReceptionRefused(_("Ngày cuối của lịch là hôm qua hoặc muộn hơn. Ông/bà chọn lại."), "last_day")
        if plan.valid_to is not None and plan.valid_to <= last_day:
            raise ReceptionRefused(_("Lịch này đã kết thúc ngày %s.") % f"{plan.valid_to:%d/%m/%Y}", "last_day")
        if plan.receptions.filter(day__gt=last_day).exists():
            raise ReceptionRefused(_("Sau ngày ấy đã ghi một buổi tiếp. Ông/bà chọn ngày muộn hơn."), "last_day")
        if plan.changes.filter(day__lte=last_day, to_day__gt=last_day).exists():
            raise ReceptionRefused(
                _("Có buổi đã chuyển sang sau ngày ấy. Ông/bà bỏ thay đổi hoặc hủy buổi đó trước."), "last_day"
            )
        before = {"valid_to": plan.valid_to.isoformat() if plan.valid_to else None}
        if last_day < plan.valid_from:
            plan.changes.all().delete()
            plan.delete()
        else:
            plan.valid_to = last_day
            plan.save(update_fields=["valid_to"])
        tell(plan_id, "ended", by=by, at=at, before=before, after={"valid_to": last_day.isoformat()})


def change_day(
    plan_id: UUID, day: date, *, to_day: date | None, reason: str, by: ActingOfficial, at: datetime
) -> ReceptionChange:
    """Move one day of the plan, or cancel it (`to_day` None). Records `reception_plan.day_moved` or `day_cancelled`.

    Raises `ReceptionRefused`: not a day on which somebody was to receive, gone by, entered, no such day to go to.
    """
    with transaction.atomic():
        plan = locked_plan(plan_id, by)
        _need_changeable(plan, day, at, moves=to_day is not None)
        if to_day is not None:
            _need_free(plan, to_day, at)
        kind = ChangeKind.CANCELLED if to_day is None else ChangeKind.MOVED
        return _changed(plan, kind, day, to_day, reason, by=by, at=at)


def add_day(plan_id: UUID, day: date, *, reason: str, by: ActingOfficial, at: datetime) -> ReceptionChange:
    """Receive on one more day. Records `reception_plan.day_added`. Raises as `change_day`."""
    with transaction.atomic():
        plan = locked_plan(plan_id, by)
        _need_free(plan, day, at)
        return _changed(plan, ChangeKind.ADDED, None, day, reason, by=by, at=at)


def cancel_moved(change_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> None:
    """Call off a day that was moved, where it was moved to. Records `reception_plan.day_cancelled`.

    Raises `ReceptionRefused` when it was undone or called off before, went by, or was entered.
    """
    with transaction.atomic():
        plan, row = _change(change_id, by)
        if row.kind != ChangeKind.MOVED or row.to_day is None:
            raise ReceptionRefused(_("Buổi tiếp này vừa được người khác hủy. Ông/bà mở lại trang."))
        _need_to_come(plan, row.to_day, at)
        before = of_change(row)
        row.kind, row.to_day, row.reason = ChangeKind.CANCELLED.value, None, reason.strip()
        row.made_by_id, row.made_at = by.id, at
        require_clean(row)
        row.save(update_fields=["kind", "to_day", "reason", "made_by", "made_at"])
        tell(plan.pk, "day_cancelled", by=by, at=at, before=before, after=of_change(row))


def undo_change(change_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """The day is again as the plan says. Records `reception_plan.change_undone`.

    Raises `ReceptionRefused` when it was undone before, one of its days has come, or another was moved to its day.
    """
    with transaction.atomic():
        plan, row = _change(change_id, by)
        back = _back_on(plan, row)
        days = [one for one in (back, row.to_day) if one is not None]
        if min(days) < localdate(at) or plan.receptions.filter(day__in=days).exists():
            raise ReceptionRefused(_("Ngày trong thay đổi này đã đến nên không bỏ được nữa."))
        if back is not None and plan.changes.filter(to_day=back).exclude(pk=row.pk).exists():
            raise ReceptionRefused(
                _("Ngày %(day)s đã có buổi tiếp khác chuyển đến. Ông/bà bỏ hoặc hủy buổi đó trước.")
                % {"day": f"{back:%d/%m/%Y}"}
            )
        before = of_change(row)
        row.delete()
        tell(plan.pk, "change_undone", by=by, at=at, before=before)


def _change(change_id: UUID, by: ActingOfficial) -> tuple[ReceptionPlan, ReceptionChange]:
    asked = ReceptionChange.objects.filter(pk=change_id).first()
    plan = locked_plan(asked.plan_id, by) if asked else None
    row = plan.changes.filter(pk=change_id).first() if plan else None
    if plan is None or row is None:
        raise ReceptionRefused(_("Thay đổi này vừa được người khác bỏ. Trang đã tải lại."))
    return plan, row


def _back_on(plan: ReceptionPlan, row: ReceptionChange) -> date | None:
    """The date on which somebody would receive again without this change; none when it only added one."""
    if row.day is None:
        return None
    told = days_of(plan, row.day, row.day + LONGEST_SHIFT)
    return next((one.day for one in told if one.change_id == row.pk and one.standing in LOST), row.day)


def _need_changeable(plan: ReceptionPlan, day: date, at: datetime, *, moves: bool) -> None:
    """A day of the plan itself, still to come, not changed and not entered; to call off, somebody was to receive."""
    found = [one for one in known_days(plan, day) if one.may_change and one.of_plan == day]
    _need_to_come(plan, next((one.to_day for one in found if one.to_day), day), at)
    if found and not moves and not any(one.is_kept or one.to_day for one in found):
        raise ReceptionRefused(_("Ngày này cơ quan nghỉ, vốn không có buổi tiếp nên không cần hủy."), "kind")
    if not found:
        raise ReceptionRefused(_("Ngày này không phải ngày tiếp theo lịch, hoặc vừa được đổi. Ông/bà mở lại trang."))


def _need_to_come(plan: ReceptionPlan, day: date, at: datetime) -> None:
    """Not gone by and not entered: of a day that moves on, the date on which somebody really receives."""
    if day < localdate(at):
        raise ReceptionRefused(_("Ngày này đã qua. Ông/bà ghi kết quả buổi tiếp thay vì đổi lịch."))
    if plan.receptions.filter(day=day).exists():
        raise ReceptionRefused(_("Buổi tiếp ngày này đã ghi kết quả nên không đổi được nữa."))


def _need_free(plan: ReceptionPlan, day: date, at: datetime) -> None:
    """The office is open then at the plan's hours, and nobody receives by this plan yet."""
    if day < localdate(at):
        raise ReceptionRefused(_("Ngày tiếp mới không thể là ngày đã qua."), "to_day")
    if day < plan.valid_from or (plan.valid_to is not None and day > plan.valid_to):
        raise ReceptionRefused(_("Ngày này nằm ngoài thời gian của lịch. Ông/bà chọn ngày khác."), "to_day")
    try:
        hours = rhythm_of(plan).within(hours_on(calendar_for(plan.agency.calendar_code), day))
    except CalendarGap as gap:
        raise ReceptionRefused(
            _("Chưa nạp lịch làm việc năm %(year)d nên chưa hẹn được ngày này.") % {"year": gap.year}, "to_day"
        ) from gap
    if not hours:
        raise ReceptionRefused(_("Ngày này cơ quan không làm việc vào giờ tiếp. Ông/bà chọn ngày khác."), "to_day")
    if any(one.is_kept for one in days_of(plan, day, day)):
        raise ReceptionRefused(_("Ngày này đã có buổi tiếp. Ông/bà chọn ngày khác."), "to_day")


def _changed(
    plan: ReceptionPlan, kind: ChangeKind, day: date | None, to_day: date | None, reason: str,
    *, by: ActingOfficial, at: datetime,
) -> ReceptionChange:  # fmt: skip
    row = ReceptionChange(
        plan=plan, kind=kind.value, day=day, to_day=to_day, reason=reason.strip(), made_by_id=by.id, made_at=at
    )
    require_clean(row)
    row.save(force_insert=True)
    tell(plan.pk, f"day_{kind.value}", by=by, at=at, after=of_change(row))
    return row
