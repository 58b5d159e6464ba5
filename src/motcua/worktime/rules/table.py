"""Compiling a plan into integer tables, so that a due date is one bisection or one look-up.

Time is counted in wall-clock minutes (see moments). `before[k]` is the number of working
minutes before session k, a prefix sum, so minutes worked up to any moment and the moment
at which a number of minutes has been worked are both one bisection.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from motcua.worktime.rules.moments import DAY, FIRST_POSSIBLE_YEAR, first_minute_of
from motcua.worktime.rules.plan import (
    OFF_KINDS,
    WHOLE_DAY_MINUTES,
    CalendarMistake,
    CalendarPlan,
    DatedDay,
    DayKind,
    Session,
    in_order,
    sessions_on,
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One day's shape, with an answer for each of its 1,440 minutes.

    `received[m]`: when something received at minute m starts counting in days on this day, or -1
    when it starts on the next whole day. `placed[m]`: where a due time of minute m lands on this
    day. `worked[m]`: working minutes before minute m.
    """

    spans: tuple[tuple[int, int], ...]
    whole: bool
    minutes: int
    received: tuple[int, ...]
    placed: tuple[int, ...]
    worked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """Years missing between the first and the last covered one, as minutes [start, end)."""

    start: int
    end: int
    year: int


@dataclass(frozen=True, slots=True)
class Table:
    """A compiled calendar. Lists are indexed by session (k) or by day since `first_day`."""

    first_day: date
    last_day: date
    start: int
    end: int
    opens: list[int]
    closes: list[int]
    before: list[int]
    patterns: tuple[Pattern, ...]
    pattern_of: list[int]
    day_before: list[int]
    whole_days: list[int]
    whole_before: list[int]
    holes: tuple[Hole, ...]
    dated: Mapping[int, DatedDay]
    provisional_years: frozenset[int]


@lru_cache(maxsize=4096)
def shape(spans: tuple[tuple[int, int], ...], whole: bool) -> Pattern:
    """The pattern of a day with these sessions (minutes of the day); shared by all calendars."""
    ahead: list[int] = []
    worked: list[int] = []
    done = 0
    for opens, closes in spans:
        ahead += [opens] * (opens - len(ahead))
        ahead += range(len(ahead), closes + 1)
        worked += [done] * (opens - len(worked))
        worked += range(done, done + closes - opens)
        done = worked[-1] + 1
    left, last = DAY - len(ahead), spans[-1][1] if spans else -1
    received = ahead + [-1] * left if whole else [-1] * DAY
    worked += [done] * (DAY - len(worked))
    return Pattern(spans, whole, done, tuple(received), tuple(ahead + [last] * left), tuple(worked))


def _pattern(plan: CalendarPlan, day: date, dated: DatedDay | None) -> Pattern:
    ordinary = sessions_on(plan, day.isoweekday(), day)
    if dated is None:
        return _shape_of(plan, ordinary, always_whole=False)
    if dated.kind in OFF_KINDS:
        return shape((), False)
    sessions = in_order(dated.sessions, day)
    if dated.kind is DayKind.MAKE_UP_DAY:
        sessions = sessions or sessions_on(plan, 1, day)
    if not sessions:
        raise CalendarMistake(f"Ngày {day:%d/%m/%Y} ({dated.name}) là ngày làm việc nhưng không có buổi nào.")
    return _shape_of(plan, sessions, always_whole=dated.kind is DayKind.MAKE_UP_DAY)


def _shape_of(plan: CalendarPlan, sessions: tuple[Session, ...], *, always_whole: bool) -> Pattern:
    spans = tuple((s.opens.hour * 60 + s.opens.minute, s.closes.hour * 60 + s.closes.minute) for s in sessions)
    minutes = sum(closes - opens for opens, closes in spans)
    whole = minutes > 0 and (always_whole or plan.half_day_counts or minutes >= WHOLE_DAY_MINUTES)
    return shape(spans, whole)


def _dated_by_date(plan: CalendarPlan) -> dict[date, DatedDay]:
    found: dict[date, DatedDay] = {}
    for dated in plan.days:
        if dated.day in found:
            raise CalendarMistake(f"Ngày {dated.day:%d/%m/%Y} được ghi hai lần trong “{plan.name}”.")
        found[dated.day] = dated
    return found


def _covered_years(plan: CalendarPlan) -> list[int]:
    years = sorted(covered.year for covered in plan.years)
    if not years:
        raise CalendarMistake(f"“{plan.name}” chưa có năm nào; hãy nạp lịch nghỉ của ít nhất một năm.")
    if len(set(years)) != len(years):
        raise CalendarMistake(f"“{plan.name}” có một năm ghi hai lần.")
    if years[0] < FIRST_POSSIBLE_YEAR or years[-1] >= date.max.year:
        raise CalendarMistake(f"“{plan.name}”: năm {years[0]} nằm ngoài khoảng tính được.")
    return years


def _holes(years: list[int]) -> tuple[Hole, ...]:
    return tuple(
        Hole(first_minute_of(date(earlier + 1, 1, 1)), first_minute_of(date(later, 1, 1)), earlier + 1)
        for earlier, later in pairwise(years)
        if later > earlier + 1
    )


def compile_table(plan: CalendarPlan) -> Table:
    """Compile a plan. Raises CalendarMistake when the plan contradicts itself."""
    years = _covered_years(plan)
    covered = set(years)
    by_date = _dated_by_date(plan)
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    start = first_minute_of(first)
    patterns: dict[Pattern, int] = {}
    known: dict[int, int] = {}
    opens: list[int] = []
    closes: list[int] = []
    before, day_before, whole_before = [0], [0], [0]
    pattern_of: list[int] = []
    whole_days: list[int] = []
    for index in range((last - first).days + 1):
        day = first + timedelta(days=index)
        pattern = _pattern(plan, day, by_date.get(day)) if day.year in covered else shape((), False)
        number = known.get(id(pattern))
        if number is None:
            number = known[id(pattern)] = patterns.setdefault(pattern, len(patterns))
        pattern_of.append(number)
        for opening, closing in pattern.spans:
            opens.append(start + index * DAY + opening)
            closes.append(start + index * DAY + closing)
            before.append(before[-1] + closing - opening)
        if pattern.whole:
            whole_days.append(index)
        day_before.append(before[-1])
        whole_before.append(len(whole_days))
    return Table(
        first_day=first,
        last_day=last,
        start=start,
        end=start + len(pattern_of) * DAY,
        opens=opens,
        closes=closes,
        before=before,
        patterns=tuple(patterns),
        pattern_of=pattern_of,
        day_before=day_before,
        whole_days=whole_days,
        whole_before=whole_before,
        holes=_holes(years),
        dated={(day - first).days: dated for day, dated in by_date.items() if first <= day <= last},
        provisional_years=frozenset(c.year for c in plan.years if c.provisional),
    )
