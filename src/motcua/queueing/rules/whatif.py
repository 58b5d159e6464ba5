"""What would have been: recorded days played again by the true order rule, as they were and with one counter changed.

Who came when, for what and how favoured, how long each took, and who sat where are those of the days; only the calls
are made anew. So what the play says of the unchanged days, beside what truly was, tells how far it can be believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from motcua.queueing.rules.simulating import Arrival, Manned, play, waits_of

ADDED: Final = 0
"""The number of a counter that was not there."""
STRETCHES: Final = 100
"""A counter is manned in fewer stretches than this on a day: `stretch` gives each a number of its own."""


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """A day as it was. Minutes of the day; `truth`: how long each one who was called waited."""

    arrivals: Sequence[Arrival]
    counters: Sequence[Manned]
    truth: Sequence[float]


@dataclass(frozen=True, slots=True)
class Change:
    """One counter more (`number` is `ADDED`, with its needs), or one that is there less, from a minute to another."""

    number: int
    opens: float
    closes: float
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How long people waited, in minutes. `called`: how many were; `never`: who found nobody to call them."""

    called: int
    never: int
    median: float
    ninetieth: float
    worst: float


def stretch(counter: int, place: int) -> int:
    """The number under which one stretch of a counter's day is played."""
    return counter * STRETCHES + place


def changed(counters: Sequence[Manned], change: Change) -> list[Manned]:
    """Who sits where after the change."""
    if change.number == ADDED:
        added = Manned(stretch(ADDED, 1), change.needs, change.opens, change.closes, leaves=change.closes)
        return [*counters, added]
    found: list[Manned] = []
    for one in counters:
        if one.number // STRETCHES != change.number:
            found.append(one)
            continue
        left = _without(one, change)
        found += [replace(part, number=one.number + place * STRETCHES // 2) for place, part in enumerate(left)]
    return found


def truth_of(days: Sequence[RecordedDay]) -> Outcome | None:
    """How it truly was; None when nobody was called."""
    waits = [wait for day in days for wait in day.truth]
    return _outcome(waits, sum(len(day.arrivals) for day in days) - len(waits))


def played(days: Sequence[RecordedDay], change: Change | None = None, *, cap: int) -> Outcome | None:
    """How it is when the days are played again; None when nobody is called."""
    waits: list[float] = []
    for day in days:
        counters = day.counters if change is None else changed(day.counters, change)
        waits += waits_of(play(day.arrivals, counters, cap=cap), day.arrivals).values()
    return _outcome(waits, sum(len(day.arrivals) for day in days) - len(waits))


def _without(one: Manned, change: Change) -> list[Manned]:
    """What is left of a stretch: before the change and after it."""
    if change.closes <= one.opens or change.opens >= one.closes:
        return [one]
    parts = []
    if one.opens < change.opens:
        parts.append(replace(one, closes=change.opens, leaves=change.opens))
    if change.closes < one.closes:
        parts.append(replace(one, opens=change.closes))
    return parts


def _outcome(waits: list[float], never: int) -> Outcome | None:
    if not waits:
        return None
    waits.sort()
    return Outcome(len(waits), max(never, 0), _at(waits, 0.5), _at(waits, 0.9), max(waits[-1], 0.0))


def _at(ordered: list[float], part: float) -> float:
    """A quantile, between the two it lies between."""
    place = part * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return max(ordered[low] + (ordered[high] - ordered[low]) * (place - low), 0.0)
