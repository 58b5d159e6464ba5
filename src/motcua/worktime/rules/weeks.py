"""New weekly hours from a date on, while everything before that date stays as it was."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from motcua.worktime.rules.plan import WHOLE_DAY_MINUTES, CalendarMistake, Session, WeeklyHours, in_order

Week = Mapping[int, Sequence[Session]]
"""Sessions by weekday, 1 (Monday) to 7 (Sunday); a weekday without any is a day of rest."""


def change_week(old: Iterable[WeeklyHours], week: Week, valid_from: date) -> list[WeeklyHours]:
    """The old hours ended the day before, and the new ones without an end.

    A session that simply goes on stays one row. Hours that were to begin later are replaced too.
    Raises CalendarMistake when a weekday is none or its sessions overlap.
    """
    eve = valid_from - timedelta(days=1)
    hours = [
        hours if hours.valid_to is not None and hours.valid_to <= eve else replace(hours, valid_to=eve)
        for hours in old
        if hours.valid_from is None or hours.valid_from <= eve
    ]
    for weekday in sorted(week):
        if not 1 <= weekday <= 7:
            raise CalendarMistake("Thứ trong tuần ghi từ 1 (thứ Hai) đến 7 (Chủ nhật).")
        for session in in_order(tuple(week[weekday]), valid_from):
            going_on = next((one for one in hours if _ends_with(one, weekday, session, eve)), None)
            if going_on is None:
                hours.append(WeeklyHours(weekday, session, valid_from, None))
            else:
                hours[hours.index(going_on)] = replace(going_on, valid_to=None)
    return hours


def has_whole_day(week: Week, half_day_counts: bool) -> bool:
    """Whether at least one weekday counts as a working day: without one no limit in days can be computed."""
    least = 1 if half_day_counts else WHOLE_DAY_MINUTES
    return any(sum(map(_minutes, sessions)) >= least for sessions in week.values())


def _ends_with(hours: WeeklyHours, weekday: int, session: Session, eve: date) -> bool:
    return (hours.weekday, hours.session, hours.valid_to) == (weekday, session, eve)


def _minutes(session: Session) -> int:
    opens, closes = session.opens, session.closes
    return (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
