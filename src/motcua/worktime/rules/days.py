"""One date as the compiled calendar has it: its office hours, and the name of what makes it differ."""

from datetime import date, time

from motcua.worktime.rules.calendar import Calendar
from motcua.worktime.rules.plan import Session


def hours_on(calendar: Calendar, day: date) -> tuple[Session, ...]:
    """The office hours of a date, none on a day off. Raises CalendarGap."""
    calendar.is_working_day(day)
    table = calendar.table
    spans = table.patterns[table.pattern_of[(day - table.first_day).days]].spans
    return tuple(Session(_clock(opens), _clock(closes)) for opens, closes in spans)


def name_of_day(calendar: Calendar, day: date) -> str:
    """Why this date differs from its weekday, in the words of its decision; empty for an ordinary one."""
    dated = calendar.table.dated.get((day - calendar.table.first_day).days)
    return dated.name if dated is not None else ""


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
