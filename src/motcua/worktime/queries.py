"""From the tables to a compiled calendar, kept per process as long as its revision stands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal
from motcua.core.sql import fetch_all, fetch_one
from motcua.worktime.models import Calendar as CalendarRow
from motcua.worktime.models import CalendarDay, CalendarYear, DayState, WeeklyHours
from motcua.worktime.rules import Calendar, CalendarMistake, CalendarPlan, CoveredYear, DatedDay, DayKind, Session
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
    stamp, calendar = _compile(code, lambda: plan_of(code))
    _compiled[code] = (stamp, calendar)
    return calendar


def calendar_if(
    code: str, days: Sequence[DatedDay], without: Iterable[date] = (), *, on: str | None = None
) -> Calendar:
    """The calendar as it would be with these days marked and those unmarked; nothing is written or kept.

    `on`: the calendar the change is proposed for, this one or one it follows; the same calendar when None.
    Its revision is that of the calendar as it stands. Raises UnknownCalendar and CalendarMistake.
    """
    proposal = _Proposal(code if on is None else on, {dated.day: dated for dated in days}, frozenset(without))
    if len(proposal.days) < len(days):
        raise CalendarMistake(_("Một ngày được ghi hai lần trong thay đổi này. Ông/bà bỏ bớt rồi làm lại."))
    if proposal.on != code:
        _stamp(proposal.on)
    return _compile(code, lambda: _plan(code, proposal))[1]


def calendars_touched(code: str, days: Sequence[date] | None = None, *, hours: bool = False) -> list[str]:
    """This calendar and those that follow it, nearest first: every one that a change of it can reach.

    With `days` or `hours`: only those reached by a change of these dates, or of the weekly hours. One with
    its own word on all of that is left out, with what follows it. Raises UnknownCalendar.
    """
    everything = days is None and not hours
    rows = fetch_all(
        "WITH RECURSIVE heir (id, code, depth, days, hours) AS ("
        " SELECT id, code, 0, %s::date[], %s::boolean FROM worktime_calendar WHERE code = %s"
        " UNION ALL SELECT c.id, c.code, depth + 1,"
        " ARRAY(SELECT day FROM unnest(days) AS day WHERE NOT EXISTS ("
        "  SELECT FROM worktime_calendarday own WHERE own.calendar_id = c.id AND own.date = day)),"
        " hours AND NOT EXISTS (SELECT FROM worktime_weeklyhours own WHERE own.calendar_id = c.id)"
        " FROM worktime_calendar c JOIN heir ON c.parent_id = heir.id"
        ") CYCLE id SET looped USING path"
        " SELECT code, %s::boolean OR hours OR days <> '{}' FROM heir WHERE NOT looped ORDER BY depth, code",
        ([*(days or ())], hours, code, everything),
    )
    if not rows:
        raise UnknownCalendar(code)
    return [found for found, reached in rows if reached]


@dataclass(frozen=True, slots=True)
class _Proposal:
    """Days of one calendar that somebody thinks of marking or unmarking."""

    on: str
    days: dict[date, DatedDay]
    without: frozenset[date]


def _compile(code: str, plan: Callable[[], CalendarPlan]) -> tuple[Stamp, Calendar]:
    stamp = _stamp(code)
    while True:
        calendar = Calendar(plan())
        seen, stamp = stamp, _stamp(code)
        if seen == stamp:  # nobody changed it between the queries of the plan
            return stamp, calendar


def _stamp(code: str) -> Stamp:
    """Identity, revision and writing transaction: a rolled-back change can never be mistaken for a kept one."""
    row = fetch_one("SELECT id, revision, xmin::text FROM worktime_calendar WHERE code = %s", (code,))
    if row is None:
        raise UnknownCalendar(code)
    return row[0], row[1], row[2]


def plan_of(code: str) -> CalendarPlan:
    """The plan of a calendar together with what it takes over from its parents. Raises UnknownCalendar."""
    return _plan(code, None)


def _plan(code: str, proposal: _Proposal | None) -> CalendarPlan:
    chain = _chain(code)
    own = chain[0]
    order = {row.pk: depth for depth, row in enumerate(chain)}
    years: dict[int, CoveredYear] = {}
    days: dict[date, DatedDay] = {}
    hours: dict[int, list[PlainHours]] = {}
    said_years = list(CalendarYear.objects.filter(calendar__in=order))
    said_days = list(CalendarDay.objects.filter(calendar__in=order))
    for row in reversed(chain):  # the nearest has the last word
        years.update({said.year: _plain_year(said) for said in said_years if said.calendar_id == row.pk})
        here = {said.date: _plain_day(said) for said in said_days if said.calendar_id == row.pk}
        if proposal is not None and proposal.on == row.code:
            here = {day: dated for day, dated in here.items() if day not in proposal.without} | proposal.days
        days.update(here)
    for said in WeeklyHours.objects.filter(calendar__in=order):
        session = Session(said.opens, said.closes)
        hours.setdefault(order[said.calendar_id], []).append(
            PlainHours(said.weekday, session, said.valid_from, said.valid_to)
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
