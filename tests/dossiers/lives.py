"""Random ledgers: lines that may follow one another, many of them close to the date they lead to."""

from datetime import datetime, time, timedelta

from hypothesis import strategies as st

from motcua.dossiers.rules import Cause, Entry, Mark, Terms, read_clock
from motcua.worktime.rules import VIETNAM, Amount, Calendar, Unit
from tests.dossiers.slow_clock import Line
from tests.worktime.plans import amounts, cut_offs, moments

RUNNING = (Mark.PAUSED, Mark.PAUSED, Mark.EXTENDED, Mark.REAPPOINTED, Mark.SETTLED)
STOPPED = (Mark.RESUMED, Mark.RESUMED, Mark.RESTARTED, Mark.SETTLED)
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
    after = [line.mark for line in lines if line.mark not in (Mark.EXTENDED, Mark.REAPPOINTED, Mark.RETURNED)][-1]
    if after is Mark.SETTLED:
        return SETTLED
    return STOPPED if after is Mark.PAUSED else RUNNING


@st.composite
def entries(draw: st.DrawFn, mark: Mark, at: datetime) -> Entry:
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
        lines.append(draw(entries(draw(st.sampled_from(follows(lines))), at)))
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
    return entry.mark.value, entry.at.astimezone(VIETNAM).replace(tzinfo=None), cause, entry.amount
