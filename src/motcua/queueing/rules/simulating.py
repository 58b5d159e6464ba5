"""A hall played through by the true order rule: for the proof that nobody starves, and for "what if" on a real day.

Times are minutes of a day as floats. Randomness comes from the caller's `Random`, so the same seed gives the same day.
"""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from motcua.queueing.rules.order import Waiting, bound, choose

MIDNIGHT: Final = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who takes a number at `at`. `turn_at`: his appointed time, when he has one."""

    at: float
    need: str
    minutes: float
    is_favoured: bool = False
    turn_at: float | None = None


@dataclass(frozen=True, slots=True)
class Manned:
    """A counter manned from `opens` until nobody who came before `closes` waits for it any more.

    `leaves`: from when on it calls nobody, whoever waits; a number for each stretch in which a counter is manned.
    """

    number: int
    needs: frozenset[str]
    opens: float
    closes: float
    leaves: float | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """How it went for one arrival (by its place in the list): which counter called it when.

    `before` and `calls`: for an ordinary ticket, how many ordinary ones that this counter could call stood before it
    when it came, and how many calls this counter made from then on, this one counted.
    """

    arrival: int
    counter: int
    at: float
    before: int
    calls: int


@dataclass(slots=True)
class _Line:
    """The state of a day in play."""

    waiting: dict[int, Waiting[int]] = field(default_factory=dict)
    streaks: dict[int, int] = field(default_factory=dict)
    calls: dict[int, int] = field(default_factory=dict)
    seen: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


def play(arrivals: Sequence[Arrival], counters: Sequence[Manned], *, cap: int) -> list[Called]:
    """Everybody who was called, in the order of the calls. `arrivals` are sorted by `at`.

    Whoever came before the doors closed is served after it; who finds no counter for his need is never called.
    """
    line = _Line({}, {one.number: 0 for one in counters}, {one.number: 0 for one in counters})
    free = [(one.opens, one.number) for one in counters]
    heapq.heapify(free)
    by_number = {one.number: one for one in counters}
    called: list[Called] = []
    come = 0
    while free:
        now, number = heapq.heappop(free)
        counter = by_number[number]
        while come < len(arrivals) and arrivals[come].at <= now:
            _join(line, come, arrivals[come])
            come += 1
        if counter.leaves is not None and now >= counter.leaves:
            continue
        took = _call(line, counter, arrivals, cap=cap, now=now)
        if took is not None:
            called.append(took)
            heapq.heappush(free, (now + arrivals[took.arrival].minutes, number))
            continue
        again = _wakes(line, counter, arrivals, come, now)
        if again is not None:
            heapq.heappush(free, (again, number))
    return called


def worst(called: Sequence[Called], cap: int) -> tuple[Called, int] | None:
    """The ordinary ticket that came nearest to its bound, or broke it, and that bound; None when none was called."""
    ordinary = [one for one in called if one.calls]
    if not ordinary:
        return None
    nearest = max(ordinary, key=lambda one: one.calls / bound(one.before, cap))
    return nearest, bound(nearest.before, cap)


def random_day(random: Random, *, people: int, needs: str = "ABC", favoured: float = 0.4) -> list[Arrival]:
    """A day of so many people, too many favoured ones among them, some with an appointed time."""
    made = []
    for at in sorted(random.uniform(0, 480) for _one in range(people)):
        is_favoured = random.random() < favoured
        appointed = at + random.uniform(-10, 40) if is_favoured and random.random() < 0.3 else None
        made.append(Arrival(at, random.choice(needs), random.lognormvariate(1.6, 0.6), is_favoured, appointed))
    return made


def random_counters(random: Random, needs: str = "ABC") -> list[Manned]:
    """Two to five counters; between them they take every need."""
    several = random.randint(2, 5)
    taken = [frozenset(random.sample(needs, random.randint(1, len(needs)))) for _one in range(several - 1)]
    return [
        Manned(number, taken_here, random.choice((0.0, 0.0, 30.0, 90.0)), 480)
        for number, taken_here in enumerate([*taken, frozenset(needs)], start=1)
    ]


def _join(line: _Line, index: int, arrival: Arrival) -> None:
    since = arrival.at if arrival.turn_at is None else max(arrival.at, arrival.turn_at)
    line.waiting[index] = Waiting(index, index, arrival.is_favoured, _moment(since))


def _call(line: _Line, counter: Manned, arrivals: Sequence[Arrival], *, cap: int, now: float) -> Called | None:
    """One call of a counter; how many calls an ordinary ticket has seen of it is counted at each."""
    its = [one for one in line.waiting.values() if arrivals[one.key].need in counter.needs]
    choice = choose(its, streak=line.streaks[counter.number], cap=cap, at=_moment(now))
    if choice is None:
        return None
    line.streaks[counter.number] = choice.streak
    ordinary = [one.key for one in its if not one.is_favoured]
    for before, key in enumerate(sorted(ordinary)):
        seen, stood = line.seen.get((counter.number, key), (0, before))
        line.seen[counter.number, key] = (seen + 1, stood)
    del line.waiting[choice.key]
    calls, before = line.seen.get((counter.number, choice.key), (0, 0))
    return Called(choice.key, counter.number, now, before, calls)


def _wakes(line: _Line, counter: Manned, arrivals: Sequence[Arrival], come: int, now: float) -> float | None:
    """When a counter that found nobody looks again: at the next arrival for it; None when nobody comes any more."""
    for arrival in arrivals[come:]:
        if arrival.need in counter.needs and arrival.at < counter.closes:
            return max(arrival.at, now)
    return None


def _moment(minute: float) -> datetime:
    return MIDNIGHT + timedelta(minutes=minute)


def waits_of(called: Sequence[Called], arrivals: Sequence[Arrival]) -> Mapping[int, float]:
    """How long each one waited, in minutes, from the number (or the appointed time, when later) to the call."""
    return {one.arrival: one.at - max(arrivals[one.arrival].at, arrivals[one.arrival].turn_at or 0.0) for one in called}
