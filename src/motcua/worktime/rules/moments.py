"""Moments as whole minutes of Vietnamese wall-clock time.

Vietnam has kept UTC+7 without summer time since 13 June 1975 (IANA tz database,
Asia/Ho_Chi_Minh), and no calendar here may start before 1976. So a wall-clock
minute is a plain integer: minutes since 1970-01-01 00:00 in Vietnam. A datetime
whose tzinfo is the cached ZoneInfo object needs no offset look-up at all; any
other aware datetime goes through its own utcoffset(). The same integer is
`numpy.datetime64(local_wall_time, "m").astype("int64")`.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_POSSIBLE_YEAR = 1976
DAY = 1440

_ORIGIN = datetime(1970, 1, 1, tzinfo=VIETNAM)
_ORIGIN_DAY = date(1970, 1, 1).toordinal()
_ORIGIN_MINUTE = _ORIGIN_DAY * DAY
_UTC_TO_VIETNAM = 7 * 60


class NaiveMoment(ValueError):
    """A datetime without a time zone: nobody can say which minute it means."""


def minute_of(moment: datetime) -> int:
    """Whole Vietnamese wall-clock minute of an aware moment; seconds are dropped.

    Raises NaiveMoment for a datetime without a time zone.
    """
    if moment.tzinfo is VIETNAM:
        return moment.toordinal() * DAY + moment.hour * 60 + moment.minute - _ORIGIN_MINUTE
    return _minute_elsewhere(moment)


def _minute_elsewhere(moment: datetime) -> int:
    wall = moment.toordinal() * DAY + moment.hour * 60 + moment.minute - _ORIGIN_MINUTE
    if moment.tzinfo is UTC:
        return wall + _UTC_TO_VIETNAM
    offset = moment.utcoffset()
    if offset is None:
        raise NaiveMoment(f"Thời điểm {moment:%d/%m/%Y %H:%M} thiếu múi giờ; hãy ghi rõ, ví dụ +07:00.")
    seconds = wall * 60 + moment.second - (offset.days * 86_400 + offset.seconds)
    return seconds // 60 + _UTC_TO_VIETNAM


def moment_of(minute: int) -> datetime:
    """Aware datetime (Asia/Ho_Chi_Minh) of a wall-clock minute."""
    return _ORIGIN + timedelta(0, minute * 60)


def first_minute_of(day: date) -> int:
    """The minute at which a date begins."""
    return (day.toordinal() - _ORIGIN_DAY) * DAY


def year_of(minute: int) -> int:
    """Calendar year of a wall-clock minute."""
    ordinal = min(max(minute // DAY + _ORIGIN_DAY, 1), date.max.toordinal())
    return date.fromordinal(ordinal).year
