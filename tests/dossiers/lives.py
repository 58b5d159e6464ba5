"""Random ledgers: lines that may follow one another, many of them close to the date they lead to."""

from datetime import datetime, time, timedelta
from typing import overload

from hypothesis import strategies as st

from motcua.dossiers.rules import Cause, Entry, Mark, Terms, as_counted, read_clock
from motcua.worktime.rules import VIETNAM, Amount, Calendar, Unit
from tests.dossiers.slow_clock import Line
from tests.worktime.plans import amounts, cut_offs, moments

RUNNING = (Mark.PAUSED, Mark.PAUSED, Mark.EXTENDED, Mark.REAPPOINTED, Mark.SETTLED)
STOPPED = (Mark.RESUMED, Mark.RESUMED, Mark.RESTARTED, Mark.VOIDED, Mark.VOIDED, Mark.SETTLED)
SETTLED = (Mark.REOPENED, Mark.RETURNED)
waits = st.one_of(st.sampled_from([0, 1, 10, 59, 480, 1440]), st.integers(0, 3000))
hours = st.sampled_from([time(7), time(11, 30), time(12), time(13, 30), time(16, 10), time(17), time(18), time(23)])
seconds = st.sampled_from([0, 0, 1, 30, 59])
beside = st.sampled_from([timedelta(minutes=-1), timedelta(), timedelta(seconds=1), timedelta(minutes=1)])
mores = st.builds(Amount, st.integers(0, 3), st.sampled_from(Unit))


def local(at: datetime) -> datetime:
    return at.replace(tzinfo=VIETNAM)


def follows(lines: list[Entry]) -> tuple[Mark, ...]:
    """What the last lines leave possible."""
    after = [line for line in lines if line.mark not in (Mark.EXTENDED, Mark.REAPPOINTED, Mark.RETURNED)][-1]
    if after.mark is Mark.SETTLED:
        return SETTLED
    return STOPPED if after.stands_from is not None else RUNNING


@st.composite
def voids(draw: st.DrawFn, lines: list[Entry], at: datetime) -> Entry:
    """The pause that lasts turns out void: all of it, from some moment on, or up to one."""
    since = as_counted(lines)[-1].at
    within = st.builds(lambda wait: min(since + timedelta(minutes=wait), at), waits)
    start = draw(st.one_of(st.just(since), within))
    end = draw(st.one_of(st.none(), st.none(), within))
    return Entry(Mark.VOIDED, at, Cause.MONEY, None, start, max(start, end) if end else None)


@st.composite
def entries(draw: st.DrawFn, mark: Mark, lines: list[Entry], at: datetime) -> Entry:
    if mark is Mark.VOIDED:
        return draw(voids(lines, at))
    cause = draw(st.sampled_from(Cause)) if mark is Mark.PAUSED else None
    amount = draw(mores) if mark in (Mark.EXTENDED, Mark.REAPPOINTED) else None
    return Entry(mark, at, cause, amount)


@st.composite
def lives(draw: st.DrawFn, calendar: Calendar) -> tuple[Terms, list[Entry], datetime]:
    """Terms, a ledger of up to nine lines, and a moment not before the last of them."""
    terms = Terms(draw(amounts()), draw(cut_offs))
    at = local(draw(moments)) + timedelta(seconds=draw(seconds))
    lines = [Entry(Mark.RECEIVED, at)]
    for _ in range(draw(st.integers(0, 8))):
        at = draw(_next_moment(lines, terms, calendar))
        lines.append(draw(entries(draw(st.sampled_from(follows(lines))), lines, at)))
    return terms, lines, draw(_next_moment(lines, terms, calendar))


@st.composite
def _next_moment(draw: st.DrawFn, lines: list[Entry], terms: Terms, calendar: Calendar) -> datetime:
    last = lines[-1].at
    kind = draw(st.sampled_from(["due", "hour", "hour", "wait", "wait"]))
    if kind == "due":
        return max(last, read_clock(lines, terms, calendar).due_at + draw(beside))
    if kind == "hour":
        return max(last, datetime.combine(last.date() + timedelta(days=draw(st.integers(0, 2))), draw(hours), VIETNAM))
    return last + timedelta(minutes=draw(waits), seconds=draw(seconds))


def plain(entry: Entry) -> Line:
    """A line as the slow model reads it: words, and wall-clock time without a zone."""
    cause = entry.cause.value if entry.cause else ""
    return entry.mark.value, _wall(entry.at), cause, entry.amount, _wall(entry.void_from), _wall(entry.void_to)


@overload
def _wall(at: datetime) -> datetime: ...
@overload
def _wall(at: None) -> None: ...
def _wall(at: datetime | None) -> datetime | None:
    return at.astimezone(VIETNAM).replace(tzinfo=None) if at else None
