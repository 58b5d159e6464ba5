"""How the calendar of receptions is put into words, for pages, the board and the calendar of a phone alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.core.templatetags.moments import weekday
from motcua.feedback.receptions.forms import WEEK_NAMES
from motcua.feedback.receptions.models import ReceptionPlan
from motcua.feedback.receptions.queries import PlannedDay
from motcua.feedback.receptions.rules import DayStanding, ReceptionDay
from motcua.worktime.calendar_forms import WEEKDAYS
from motcua.worktime.rules import Session


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A planned day with its words. `kind`: that of a `<c-state>`."""

    one: PlannedDay
    hours: str
    label: str
    kind: str
    note: str


def shown(days: Iterable[PlannedDay]) -> list[ShownDay]:
    """These days as a page shows them."""
    return [ShownDay(one, hours_words(one.told.hours), *_standing(one.told), _note(one.told)) for one in days]


def hours_words(hours: Iterable[Session]) -> str:
    """ "07:30–11:30, 13:30–17:00"."""
    return ", ".join(str(one).replace("-", "–") for one in hours)


def day_words(day: date) -> str:
    """ "Thứ Năm 26/11/2026"."""
    return f"{weekday(day)} {day:%d/%m/%Y}"


def rhythm_words(plan: ReceptionPlan) -> str:
    """ "Thứ Ba, Thứ Năm; Tuần thứ nhất, Tuần cuối tháng; Buổi sáng"."""
    weekdays = ", ".join(str(WEEKDAYS[one - 1]) for one in sorted(plan.weekdays))
    order = [week for week in WEEK_NAMES if week in plan.weeks]
    weeks = ", ".join(str(WEEK_NAMES[week]) for week in order) or _("mọi tuần")
    hours = f"{plan.starts:%H:%M}–{plan.ends:%H:%M}" if plan.starts and plan.ends else plan.get_part_display()
    return f"{weekdays}; {weeks}; {hours}"


def _standing(told: ReceptionDay) -> tuple[str, str]:
    return {
        DayStanding.PLANNED: ("", "plain"),
        DayStanding.MOVED: (_("Ngày chuyển đến"), "near"),
        DayStanding.ADDED: (_("Thêm ngoài lịch"), "near"),
        DayStanding.SHIFTED: (_("Thay ngày nghỉ"), "near"),
        DayStanding.MOVED_AWAY: (_("Đã chuyển ngày"), "paused"),
        DayStanding.CANCELLED: (_("Đã hủy"), "late"),
        DayStanding.CLOSED: (_("Cơ quan nghỉ"), "paused"),
        DayStanding.UNKNOWN: (_("Chưa biết"), "paused"),
    }[told.standing]


def _note(told: ReceptionDay) -> str:
    parts = [told.reason]
    if told.standing is DayStanding.UNKNOWN:
        parts.append(_("chưa nạp lịch làm việc năm %(year)d") % {"year": told.day.year})
    if told.to_day is not None:
        parts.append(_("tiếp vào %(day)s") % {"day": day_words(told.to_day)})
    if told.instead_of is not None:
        parts.append(_("thay cho %(day)s") % {"day": day_words(told.instead_of)})
    if told.is_provisional:
        parts.append(_("lịch nghỉ năm này mới là dự kiến"))
    return "; ".join(part for part in parts if part)
