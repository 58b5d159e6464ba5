"""What happens to one dossier, instant by instant: pure, with the clock and the plan of the real rules."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise
from random import Random
from typing import Final, NamedTuple

from motcua.catalogue.rules import StepLine
from motcua.dossiers.rules import Entry, Mark, Terms, Timeliness, read_clock, timeliness
from motcua.dossiers.states import State, may_move
from motcua.routing.rules import PlannedLeg, plan
from motcua.worktime.rules import Calendar

SLOWEST: Final = 0.92
"""Of the time up to the date: nobody in a stream that is settled in time takes more."""
LEAST: Final = 2
RETURNS: Final = {"counter": 240, "post": 480, "online": 30}
"""Working minutes after which a result lies with the applicant at the latest."""


class LifeBroken(AssertionError):
    """A life that the rules do not allow: the generator is wrong."""


class Life(NamedTuple):
    """The legs of the way and when each was done; the last one is the hand-over of the result.

    Without `done` for the later legs the dossier still lies there.
    """

    received_at: datetime
    due_at: datetime
    legs: tuple[PlannedLeg, ...]
    done: tuple[datetime, ...]
    timing: Timeliness | None

    @property
    def is_whole(self) -> bool:
        """Whether the result is in the applicant's hands."""
        return len(self.done) == len(self.legs)

    @property
    def finished_at(self) -> datetime:
        """When the last counted step was done."""
        return self.done[len(self.legs) - 2]


def live(
    route: Sequence[StepLine], *, received_at: datetime, due_at: datetime, settled_by: datetime, way_back: str,
    calendar: Calendar, random: Random,
) -> Life:  # fmt: skip
    """A life from receipt to hand-over, in time. Raises `LifeBroken`, `CalendarGap`."""
    legs = tuple(plan(route, running=((received_at, None),), due_at=due_at, clock=calendar))
    counted = len(legs) - 1
    budget = min(calendar.elapsed(received_at, due_at), calendar.elapsed(received_at, settled_by))
    whole = max(budget * random.uniform(0.15, SLOWEST), 0.0)
    shares = [max(leg.share, 5) * random.uniform(0.6, 1.4) for leg in route[:counted]]
    scale, done, spent = whole / sum(shares), list[datetime](), 0.0
    for share in shares:
        spent += max(share * scale, LEAST)
        at = calendar.after(received_at, int(spent))
        done.append(at.replace(second=random.randrange(60)))
    back = calendar.after(done[-1], random.randrange(LEAST, RETURNS[way_back]))
    done.append(max(min(back, settled_by), done[-1]))
    return _checked(Life(received_at, due_at, legs, tuple(done), timeliness(due_at=due_at, ended_at=done[-2])))


def only_received(
    route: Sequence[StepLine], *, received_at: datetime, due_at: datetime, calendar: Calendar, random: Random
) -> Life:
    """A life that has come no further than to the second pair of hands."""
    legs = tuple(plan(route, running=((received_at, None),), due_at=due_at, clock=calendar))
    first = calendar.after(received_at, random.randrange(5, 20))
    return Life(received_at, due_at, legs, (first,), None)


def _checked(life: Life) -> Life:
    moments = [life.received_at, *life.done]
    if any(later < earlier for earlier, later in pairwise(moments)):
        raise LifeBroken(f"{life.received_at}: a step ends before it begins")
    if life.timing is Timeliness.LATE:
        raise LifeBroken(f"{life.received_at}: late, due {life.due_at}, ended {life.finished_at}")
    return life


def check_clock(life: Life, terms: Terms, calendar: Calendar) -> None:
    """The date that was counted for many at once is the one that the clock reads. Raises `LifeBroken`."""
    lines = [Entry(Mark.RECEIVED, life.received_at)]
    if life.is_whole:
        lines += [Entry(Mark.SETTLED, life.finished_at), Entry(Mark.RETURNED, life.done[-1])]
    reading = read_clock(lines, terms, calendar)
    if reading.due_at != life.due_at:
        raise LifeBroken(f"{life.received_at}: due {life.due_at}, the clock says {reading.due_at}")


def states_of(life: Life) -> tuple[State, ...]:
    """The states the dossier was in after each step. Raises `LifeBroken` when the chart has no such way."""
    return _states(len(life.legs))


@cache
def _states(legs: int) -> tuple[State, ...]:
    states = (State.PROCESSING,) * (legs - 2) + (State.FINISHED, State.RETURNED)
    way = [State.RECEIVED, *states]
    for seen, to in pairwise(way):
        if seen != to and not may_move(seen, to):
            raise LifeBroken(f"{seen.name} -> {to.name}")
    return states
