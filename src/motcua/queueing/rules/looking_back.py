"""A played day looked back at: what somebody who took a number then could have been told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.queueing.rules.forecast import Desk, Minutes, called_before, left, waits
from motcua.queueing.rules.simulating import Arrival, Called, Manned


@dataclass(frozen=True, slots=True)
class Told:
    """What could be foreseen for one arrival: how many stood before it, how long it would wait, and how long it did."""

    arrival: int
    ahead: int
    foreseen: Minutes
    truth: float


def looked_back(
    arrivals: Sequence[Arrival], counters: Sequence[Manned], called: Sequence[Called],
    minutes: Mapping[tuple[int, str], Minutes], *, cap: int, passing: float = 0.0,
) -> list[Told]:  # fmt: skip
    """For each arrival that had no appointed time and was called: what its hall looked like when it came.

    `minutes`: of a need at a counter, by the counter's number.
    """
    by_arrival = {one.arrival: one for one in called}
    by_counter: dict[int, list[Called]] = {one.number: [] for one in counters}
    for one in called:
        by_counter[one.counter].append(one)
    found, waiting = [], list[int]()
    for index, arrival in enumerate(arrivals):
        waiting = [other for other in waiting if other in by_arrival and by_arrival[other].at > arrival.at]
        mine = by_arrival.get(index)
        if mine is not None and arrival.turn_at is None:
            before = _before(arrivals, waiting, arrival, cap)
            manned = _manned(counters, arrival.at)
            desks = [_desk(one, by_counter[one.number], arrivals, arrival.at, minutes) for one in manned]
            reckoned = {
                (place, need): minutes[one.number, need] for place, one in enumerate(manned) for need in one.needs
            }
            foreseen = waits(arrival.need, before, desks, reckoned, passing=passing)
            ahead = _competing(arrivals, waiting, arrival, counters)
            found += [Told(index, ahead, wait, mine.at - arrival.at) for wait in foreseen]
        waiting.append(index)
    return found


def _before(arrivals: Sequence[Arrival], waiting: Sequence[int], mine: Arrival, cap: int) -> list[str]:
    due = [one for one in waiting if arrivals[one].is_favoured and (arrivals[one].turn_at or 0.0) <= mine.at]
    favoured = [arrivals[one].need for one in due]
    ordinary = [arrivals[one].need for one in waiting if not arrivals[one].is_favoured]
    return called_before(ordinary, favoured, is_favoured=mine.is_favoured, cap=cap)


def _manned(counters: Sequence[Manned], at: float) -> list[Manned]:
    """The counters at work; when there is none, those that open next."""
    now = [one for one in counters if one.opens <= at < one.closes]
    next_opening = min((one.opens for one in counters if one.opens > at), default=None)
    return now or [one for one in counters if one.opens == next_opening] or list(counters)


def _competing(arrivals: Sequence[Arrival], waiting: Sequence[int], mine: Arrival, counters: Sequence[Manned]) -> int:
    """How many wait whom a counter could call that could call this one: what is told with the number."""
    needs = frozenset[str]().union(*(one.needs for one in counters if mine.need in one.needs))
    return sum(arrivals[one].need in needs for one in waiting)


def _desk(
    counter: Manned, its: Sequence[Called], arrivals: Sequence[Arrival], at: float,
    minutes: Mapping[tuple[int, str], Minutes],
) -> Desk[str]:  # fmt: skip
    """A counter as it was: free (not open yet: minutes of work count), or with somebody who has been there a while."""
    for one in reversed(its):
        if one.at < at:  # who is called the moment he comes is not before himself
            arrival = arrivals[one.arrival]
            if one.at + arrival.minutes > at:
                return Desk(counter.needs, left(minutes[counter.number, arrival.need], at - one.at))
            break
    return Desk(counter.needs)
