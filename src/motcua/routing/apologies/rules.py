"""Pure rules of apologising: when lateness is foreseen, how much longer it takes, how a name is shown to the public.

No Django, no clock, no database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from motcua.routing.rules import Clock, RouteLeg, Running
from motcua.worktime.rules import Amount, Calendar, Unit

HOUR = 60
WORKING_DAY = 8 * HOUR
# One new date at most; a second needs a higher signer (Decree 61/2018/NĐ-CP art. 19.9), a third is never given.
MOST_LETTERS = 2
LONGEST_DELAY = 60
# Working days: a new date is never further away than the limit itself, nor than six weeks; two are always there.
FEWEST_DAYS, MOST_DAYS = 2, 30


@dataclass(frozen=True, slots=True)
class OpenLeg:
    """A step in somebody's hands: its place in the route, and since when."""

    position: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is still to be done against what is left, in working minutes; `left` is negative once the date passed."""

    needed: int
    left: int

    @property
    def is_late(self) -> bool:
        """Whether the remaining steps cannot be done in the time left, or the date has passed."""
        return self.left < 0 or self.needed > self.left


def outlook(
    route: Sequence[RouteLeg], open_legs: Iterable[OpenLeg], *, running: Running, goal_at: datetime, at: datetime,
    clock: Clock,
) -> Outlook:  # fmt: skip
    """The planned minutes of the open stage not yet worked and of all that follow, against the minutes to the goal.

    A step's planned minutes are its share of the working time between receipt and goal in which the clock ran.
    Steps that run side by side need as long as the one they run beside.
    """
    total = sum(max(clock.elapsed(start, end or goal_at), 0) for start, end in running)
    shares, stage_at = _stages(route)
    here, open_now = len(shares), []
    for leg in open_legs:
        here = min(here, stage_at.get(leg.position, len(shares)))
        open_now.append(leg)
    if here == len(shares):
        return Outlook(0, _left(goal_at, at, clock))
    worked = min((_worked(leg, running, at, clock) for leg in open_now if stage_at[leg.position] == here), default=0)
    rest = max(total * shares[here] // 100 - worked, 0)
    return Outlook(rest + total * sum(shares[here + 1 :]) // 100, _left(goal_at, at, clock))


def _stages(route: Sequence[RouteLeg]) -> tuple[list[int], dict[int, int]]:
    """The share of each stage in order, and which stage each position of the route belongs to."""
    shares: list[int] = []
    stage_at: dict[int, int] = {}
    for position, leg in enumerate(route, start=1):
        if not leg.parallel or not shares:
            shares.append(leg.share)
        stage_at[position] = len(shares) - 1
    return shares, stage_at


def _worked(leg: OpenLeg, running: Running, at: datetime, clock: Clock) -> int:
    """Working minutes since the step came, without the time in which the dossier's clock stood still."""
    spans = ((max(start, leg.started_at), min(end or at, at)) for start, end in running)
    return sum(clock.elapsed(start, end) for start, end in spans if start < end)


def _left(goal_at: datetime, at: datetime, clock: Clock) -> int:
    """Minutes to the goal; one that has passed by less than a working minute has passed all the same."""
    if at > goal_at:
        return min(clock.elapsed(at, goal_at), -1)
    return clock.elapsed(at, goal_at)


def is_time_to_draft(view: Outlook, *, whole_left: int, whole_limit: int) -> bool:
    """Whether a letter is due now: lateness is foreseen, and two working days or half the limit are left at most.

    `whole_left` and `whole_limit` are minutes of whole working days: a Saturday morning brings no letter forward.

    So the letter is there at the latest one working day before the date wherever the limit has two days, and a
    dossier that is behind its plan with weeks to go is not apologised for yet.
    """
    return view.is_late and whole_left <= min(2 * WORKING_DAY, whole_limit // 2)


def is_halfway(received_at: datetime, goal_at: datetime, at: datetime) -> bool:
    """Whether half of the time to the date has gone, or all of it: before that nobody knows that it will be missed."""
    return at - received_at > goal_at - at


def longest_delay(limit: Amount) -> Amount:
    """The most that a letter may ask for, in working days: the limit once more, at least two and at most thirty."""
    if limit.unit is Unit.WORKING_HOUR:
        days = -(-limit.number * HOUR // WORKING_DAY)
    else:
        days = limit.number if limit.unit is Unit.WORKING_DAY else -(-limit.number * 5 // 7)
    return Amount(min(max(days, FEWEST_DAYS), MOST_DAYS), Unit.WORKING_DAY)


def minutes_of(delay: Amount) -> int:
    """A delay of working hours or days, in working minutes."""
    return delay.number * (HOUR if delay.unit is Unit.WORKING_HOUR else WORKING_DAY)


def proposed_delay(view: Outlook, limit: Amount) -> Amount:
    """How much longer it takes by the plan, in whole working hours for limits of hours, else in working days.

    Never more than `longest_delay`.
    """
    short = min(max(view.needed - max(view.left, 0), 1), minutes_of(longest_delay(limit)))
    size, unit = (HOUR, Unit.WORKING_HOUR) if limit.unit is Unit.WORKING_HOUR else (WORKING_DAY, Unit.WORKING_DAY)
    return Amount(-(-short // size), unit)


def appointed_from(goal_at: datetime, at: datetime) -> datetime:
    """The moment the delay is counted from: the date that is not kept, or now when it has passed."""
    return max(goal_at, at)


# The cut-off hour is about receiving papers; a new date is counted to the minute.
NO_CUT_OFF = time(23, 59)


def new_date(goal_at: datetime, at: datetime, delay: Amount, calendar: Calendar) -> datetime:
    """The new date: never typed, always counted. Raises `CalendarGap`."""
    return calendar.due(appointed_from(goal_at, at), delay, cut_off=NO_CUT_OFF)


def masked(name: str) -> str:
    """A person's name as strangers may read it: the family name, then initials ("Nguyễn Thị Lan": "Nguyễn T. L.")."""
    family, *given = name.split() or [""]
    return " ".join([family, *(f"{word[0]}." for word in given)]) if given else f"{family[:1]}."
