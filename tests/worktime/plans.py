"""Random calendars and moments for the property tests."""

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from motcua.worktime.rules import (
    Amount,
    CalendarPlan,
    CoveredYear,
    DatedDay,
    DayKind,
    Session,
    Unit,
    WeeklyHours,
)

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
MORNING, AFTERNOON = Session(time(7), time(11, 30)), Session(time(13, 30), time(17))
FULL = (MORNING, AFTERNOON)
OFF = (DayKind.HOLIDAY, DayKind.COMPENSATION_OFF, DayKind.CLOSED)


def _session(edges: tuple[int, int]) -> Session:
    return Session(*(time(minute // 60, minute % 60) for minute in edges))


@st.composite
def odd_sessions(draw: st.DrawFn, *, least: int = 0) -> tuple[Session, ...]:
    """Any one to three sessions, some touching, some one minute long."""
    count = draw(st.integers(least, 3))
    edges = sorted(draw(st.lists(st.integers(0, 1439), min_size=2 * count, max_size=2 * count, unique=True)))
    return tuple(_session((edges[2 * i], edges[2 * i + 1])) for i in range(count))


ordinary_sessions = st.sampled_from(
    [FULL, FULL, (MORNING,), (AFTERNOON,), (), (Session(time(8), time(16)),), (Session(time(7, 30), time(17)),)]
)
any_sessions = st.one_of(ordinary_sessions, odd_sessions())
some_sessions = st.one_of(ordinary_sessions.filter(bool), odd_sessions(least=1))


@st.composite
def weeks(draw: st.DrawFn, since: date | None, until: date | None) -> list[WeeklyHours]:
    """A week with a full Monday and anything on the other days."""
    hours = [WeeklyHours(1, session, since, until) for session in FULL]
    for weekday in range(2, 8):
        hours += [WeeklyHours(weekday, session, since, until) for session in draw(any_sessions)]
    return hours


@st.composite
def dated_days(draw: st.DrawFn) -> tuple[DatedDay, ...]:
    """Days that differ, many of them near the moments the tests start from."""
    dates = draw(st.lists(st.dates(date(2025, 5, 20), date(2025, 9, 30)), max_size=14, unique=True))
    found = []
    for day in dates:
        kind = draw(st.sampled_from(DayKind))
        sessions: tuple[Session, ...] = ()
        if kind is DayKind.SPECIAL:
            sessions = draw(some_sessions)
        elif kind is DayKind.MAKE_UP_DAY:
            sessions = draw(st.one_of(st.just(()), some_sessions))
        found.append(DatedDay(day, kind, f"{kind} {day}", f"{day.day}/TB", sessions))
    return tuple(found)


@st.composite
def plans(draw: st.DrawFn) -> CalendarPlan:
    """Any calendar of two years, sometimes with new hours from a date on."""
    changes = draw(st.none() | st.dates(date(2025, 6, 1), date(2025, 8, 1)))
    if changes is None:
        weekly = draw(weeks(None, None))
    else:
        weekly = draw(weeks(None, changes - timedelta(days=1))) + draw(weeks(changes, None))
    return CalendarPlan(
        code="TEST",
        name="Lịch thử",
        years=(CoveredYear(2025), CoveredYear(2026)),
        weekly=tuple(weekly),
        days=draw(dated_days()),
        half_day_counts=draw(st.booleans()),
    )


first_moment = datetime.combine(date(2025, 6, 1), time(0))
edges = (0, 420, 480, 630, 631, 690, 691, 810, 900, 901, 960, 1020, 1021, 1439)
moments = st.builds(
    lambda day, minute: first_moment + timedelta(days=day, minutes=minute),
    st.integers(0, 60),
    st.one_of(st.sampled_from(edges), st.integers(0, 1439)),
)
"""Wall-clock minutes of two summer months of 2025, many at an opening, a closing or a cut-off; no zone."""
cut_offs = st.sampled_from([None, time(15), time(10, 30), None, time(0), time(23, 59)])
numbers = {Unit.WORKING_HOUR: st.integers(0, 24), Unit.WORKING_DAY: st.integers(0, 6), Unit.DAY: st.integers(0, 20)}


@st.composite
def amounts(draw: st.DrawFn, unit: Unit | None = None) -> Amount:
    """A time limit short enough for the naive model."""
    unit = unit or draw(st.sampled_from(Unit))
    return Amount(draw(numbers[unit]), unit)


@st.composite
def questions(draw: st.DrawFn) -> list[tuple[datetime, Amount, time | None]]:
    """Several receipts to ask one calendar about: when, how long, which cut-off."""
    return draw(st.lists(st.tuples(moments, amounts(), cut_offs), min_size=4, max_size=10))
