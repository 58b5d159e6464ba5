"""What the law asks of the calendar and the calendar does not give, in sentences for whoever keeps it."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.feedback.receptions.minimums import Minimum, Per, days_ahead, minimum_on
from motcua.feedback.receptions.models import ReceptionPlan
from motcua.feedback.receptions.queries import rhythm_of
from motcua.people.models import Agency
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Amount, CalendarGap, Unit


def too_rarely(agency: Agency, plans: Iterable[ReceptionPlan], day: date) -> list[str]:
    """Why the head's plans of that day are less than the law's minimum; nothing when they are enough."""
    minimum = minimum_on(day, level=agency.level, kind=agency.kind)
    if minimum is None:
        return []
    heads = [plan for plan in plans if plan.is_head and plan.valid_from <= day and (
        plan.valid_to is None or plan.valid_to >= day)]  # fmt: skip
    reached = minimum.reached_by([rhythm_of(plan) for plan in heads])
    if reached >= minimum.least:
        return []
    said = [_asked(minimum)]
    said.append(
        _("Lịch đang có hiệu lực chỉ chắc chắn %(n)d ngày.") % {"n": reached} if heads
        else _("Hôm nay chưa có lịch nào của người đứng đầu.")
    )  # fmt: skip
    if not minimum.is_verified:
        said.append(_("Luật sửa đổi có hiệu lực từ 01/7/2026 chưa được đối chiếu; ông/bà kiểm tra lại số này."))
    return [" ".join(said)]


def too_short_notice(calendar_code: str, day: date, at: datetime) -> str:
    """That the day comes sooner than the calendar is to be public beforehand; nothing when it does not."""
    least = days_ahead(localdate(at))
    begins = datetime.combine(day, time(), get_default_timezone())
    try:
        early = least and calendar_for(calendar_code).due(at, Amount(least, Unit.WORKING_DAY)) > begins
    except CalendarGap:
        return ""
    if not early:
        return ""
    return _("Luật yêu cầu công bố lịch trước %(n)d ngày làm việc; ngày %(day)s đến sớm hơn thế.") % {
        "n": least, "day": f"{day:%d/%m/%Y}",
    }  # fmt: skip


def _asked(minimum: Minimum) -> str:
    values = {"n": minimum.least, "law": minimum.legal_basis}
    if minimum.per is Per.WEEK:
        return ngettext(
            "%(law)s: người đứng đầu tiếp công dân ít nhất %(n)d ngày mỗi tuần.",
            "%(law)s: người đứng đầu tiếp công dân ít nhất %(n)d ngày mỗi tuần.", minimum.least,
        ) % values  # fmt: skip
    return ngettext(
        "%(law)s: người đứng đầu tiếp công dân ít nhất %(n)d ngày mỗi tháng.",
        "%(law)s: người đứng đầu tiếp công dân ít nhất %(n)d ngày mỗi tháng.", minimum.least,
    ) % values  # fmt: skip
