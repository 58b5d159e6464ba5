"""From the tables to a compiled calendar, kept per process as long as its revision stands."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal
from motcua.core.sql import fetch_all, fetch_one
from motcua.worktime.models import Calendar as CalendarRow
from motcua.worktime.models import CalendarDay, CalendarYear, DayState, WeeklyHours
from motcua.worktime.rules import Calendar, CalendarPlan, CoveredYear, DatedDay, DayKind, Session
from motcua.worktime.rules import WeeklyHours as PlainHours
from motcua.worktime.rules.parse import session_of

Stamp = tuple[UUID, int, str]
_compiled: dict[str, tuple[Stamp, Calendar]] = {}


class UnknownCalendar(Refusal, LookupError):
    """No calendar has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("Chưa có lịch làm việc “%(code)s”. Ông/bà báo quản trị nạp lịch này rồi làm lại.") % {"code": code}
        )


def calendar_for(code: str) -> Calendar:
    """The compiled calendar of this code ("VN" is the national one); one tiny query when it is known.

    Raises UnknownCalendar, and CalendarMistake when what is loaded contradicts itself.
    """
    stamp = _stamp(code)
    known = _compiled.get(code)
    if known is not None and known[0] == stamp:
        return known[1]
    while True:
        calendar = Calendar(plan_of(code))
        seen, stamp = stamp, _stamp(code)
        if seen == stamp:  # nobody changed it between the queries of plan_of
            _compiled[code] = (stamp, calendar)
            return calendar


def _stamp(code: str) -> Stamp:
    """Identity, revision and writing transaction: a rolled-back change can never be mistaken for a kept one."""
    row = fetch_one("SELECT id, revision, xmin::text FROM worktime_calendar WHERE code = %s", (code,))
    if row is None:
        raise UnknownCalendar(code)
    return row[0], row[1], row[2]


def plan_of(code: str) -> CalendarPlan:
    """The plan of a calendar together with what it takes over from its parents. Raises UnknownCalendar."""
    chain = _chain(code)
    own = chain[0]
    order = {row.pk: depth for depth, row in enumerate(chain)}
    years: dict[int, CoveredYear] = {}
    days: dict[date, DatedDay] = {}
    hours: dict[int, list[PlainHours]] = {}
    farthest_first = sorted(order, key=lambda pk: -order[pk])
    for year in CalendarYear.objects.filter(calendar__in=order).order_by("year"):
        years.setdefault(year.year, _plain_year(year))
        if order[year.calendar_id] == 0:
            years[year.year] = _plain_year(year)
    found = list(CalendarDay.objects.filter(calendar__in=order))
    for pk in farthest_first:
        days.update({day.date: _plain_day(day) for day in found if day.calendar_id == pk})
    for row in WeeklyHours.objects.filter(calendar__in=order):
        session = Session(row.opens, row.closes)
        hours.setdefault(order[row.calendar_id], []).append(
            PlainHours(row.weekday, session, row.valid_from, row.valid_to)
        )
    return CalendarPlan(
        code=own.code,
        name=own.name,
        revision=own.revision,
        years=tuple(years[year] for year in sorted(years)),
        weekly=tuple(hours[min(hours)]) if hours else (),
        days=tuple(days[day] for day in sorted(days)),
        half_day_counts=own.half_day_counts,
        cut_off=next((row.cut_off for row in chain if row.cut_off is not None), None),
    )


def _chain(code: str) -> list[CalendarRow]:
    """The calendar, its parent, the parent's parent."""
    ids = fetch_all(
        "WITH RECURSIVE chain (id, parent_id, depth) AS ("
        " SELECT id, parent_id, 0 FROM worktime_calendar WHERE code = %s"
        " UNION ALL SELECT c.id, c.parent_id, chain.depth + 1 FROM worktime_calendar c"
        " JOIN chain ON c.id = chain.parent_id"
        ") CYCLE id SET looped USING path SELECT id FROM chain WHERE NOT looped ORDER BY depth",
        (code,),
    )
    if not ids:
        raise UnknownCalendar(code)
    rows = CalendarRow.objects.in_bulk([row[0] for row in ids])
    return [rows[row[0]] for row in ids]


def _plain_year(row: CalendarYear) -> CoveredYear:
    return CoveredYear(row.year, row.status == DayState.PROVISIONAL, row.decision)


def _plain_day(row: CalendarDay) -> DatedDay:
    sessions = tuple(session_of(written) for written in row.sessions)
    provisional = row.status == DayState.PROVISIONAL
    return DatedDay(row.date, DayKind(row.kind), row.name, row.decision, sessions, provisional)
