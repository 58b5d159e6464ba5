"""Whether a number of a need is given now: working calendar, days of the counter, and whether anybody is there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, LiteralString
from uuid import UUID

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.core.sql import fetch_one
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar, CalendarGap


@dataclass(frozen=True, slots=True)
class Opening:
    """What a need's line is at a moment: open, or closed with the sentence that says why, and when it opens."""

    hall_id: UUID
    agency_id: UUID
    hall_code: str
    letter: str
    is_open: bool
    sentence: str = ""


# Staffed: somebody sits at a counter that takes the need; before the day's first sitting, somebody who usually sits
# there is in office and not away, or a counter without a usual official belongs to a unit with a receiver on duty.
_STAND: Final[LiteralString] = """
SELECT h.id, h.agency_id, h.code, n.letter, n.name, n.weekdays, h.early_minutes, g.calendar_code,
  h.is_open AND n.is_open, EXISTS (
    SELECT FROM queueing_counter c JOIN queueing_counter_needs cn ON cn.counter_id = c.id
    WHERE cn.need_id = n.id AND c.is_open AND (
      EXISTS (SELECT FROM queueing_sitting s WHERE s.counter_id = c.id AND s.ended_at IS NULL)
      OR NOT EXISTS (
        SELECT FROM queueing_sitting s JOIN queueing_counter k ON k.id = s.counter_id
        WHERE k.hall_id = h.id AND s.began_at >= %(midnight)s)
      AND EXISTS (
        SELECT FROM people_official o WHERE o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
        AND (o.id = c.usual_official_id OR c.usual_official_id IS NULL AND EXISTS (
          SELECT FROM people_rolegrant r WHERE r.official_id = o.id AND r.unit_id = h.unit_id AND r.role = 'receiver'
          AND r.valid_from <= %(day)s AND (r.valid_to IS NULL OR r.valid_to >= %(day)s)))
        AND NOT EXISTS (
          SELECT FROM people_absence b WHERE b.official_id = o.id AND b.first_at <= %(at)s AND b.last_at > %(at)s
          AND NOT EXISTS (
            SELECT FROM people_standin i
            WHERE i.absence_id = b.id AND i.unit_id = h.unit_id AND i.role = 'receiver')))))
FROM queueing_need n JOIN queueing_hall h ON h.id = n.hall_id JOIN people_agency g ON g.id = h.agency_id
WHERE n.id = %(need)s
"""
LOOK_AHEAD: Final = 14
"""Days after which no opening is named any more."""


class UnknownNeed(LookupError):
    """No need has this id."""


def opening_of(need_id: UUID, at: datetime) -> Opening:
    """How the line of a need stands at this moment: closed where the calendar does not reach.

    Raises `UnknownNeed`, and what `calendar_for` raises.
    """
    local = localtime(at)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    row = fetch_one(_STAND, {"need": need_id, "at": at, "day": local.date(), "midnight": midnight})
    if row is None:
        raise UnknownNeed(str(need_id))
    hall_id, agency_id, code, letter, name, weekdays, early, calendar_code, in_use, staffed = row
    calendar = calendar_for(calendar_code)
    said = _closed(calendar, name, weekdays, timedelta(minutes=early), in_use=in_use, staffed=staffed, at=local)
    return Opening(hall_id, agency_id, code, letter, not said, said)


def _closed(
    calendar: Calendar, name: str, weekdays: list[int], early: timedelta, *, in_use: bool, staffed: bool, at: datetime
) -> str:
    """Why no number of it is given now; nothing when it is."""
    if not in_use:
        return _("Phòng chờ hiện không nhận việc này tại quầy.")
    if at.isoweekday() not in weekdays:
        return _("Hôm nay việc “%(name)s” chỉ nhận trực tuyến. Quầy nhận trực tiếp vào %(days)s.") % {
            "name": name, "days": weekday_words(weekdays),
        }  # fmt: skip
    try:
        works = calendar.is_working(at) or calendar.is_working(at + early)
    except CalendarGap:
        return _("Lịch làm việc của những ngày này chưa được nạp nên chưa cấp số. Ông/bà hỏi bàn hướng dẫn.")
    if not works:
        opens = opens_next(calendar, at, weekdays)
        if opens is None:
            return _("Ngoài giờ làm việc. Ông/bà xem lịch làm việc của cơ quan để biết khi nào quầy mở.")
        return _("Ngoài giờ làm việc. Quầy mở lại lúc %(time)s ngày %(day)s.") % {
            "time": f"{opens:%H:%M}", "day": formats.date_format(opens, "d/m/Y"),
        }  # fmt: skip
    if not staffed:
        return _("Lúc này chưa có cán bộ trực quầy nhận việc “%(name)s”. Ông/bà hỏi bàn hướng dẫn.") % {"name": name}
    return ""


def opens_next(calendar: Calendar, at: datetime, weekdays: list[int]) -> datetime | None:
    """When the doors open next on one of these weekdays, within the days that are looked ahead.

    None also when that lies in a year which is not loaded: nothing is promised of it.
    """
    days = [at.date() + timedelta(days=ahead) for ahead in range(LOOK_AHEAD)]
    try:
        opened = (_first_minute(calendar, day, at) for day in days if day.isoweekday() in weekdays)
        return next((first for first in opened if first is not None), None)
    except CalendarGap:
        return None


def _first_minute(calendar: Calendar, day: date, at: datetime) -> datetime | None:
    """The first working moment of a day that is still to come."""
    first = at.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0)
    if not calendar.is_working_day(day):
        return None
    opened = calendar.after(max(first, at), 1) - timedelta(minutes=1)
    return opened if opened.date() == day else None


def weekday_words(weekdays: list[int]) -> str:
    """ "thứ Ba, thứ Năm" of ISO weekdays."""
    names = (
        _("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"),
    )  # fmt: skip
    return ", ".join(names[day - 1] for day in sorted(weekdays))
