"""How long somebody waits, as a range that holds eight times out of ten: sums of means and spreads, no lots drawn.

Method. (1) Minutes of a need at a counter in an hour: the mean of what was seen, drawn towards the need's mean at that
counter, that towards the need's, that towards its usual minutes, the less was seen the more (Efron and Morris,
Journal of the American Statistical Association 70, 1975). (2) Who stands before is laid, one after another, on the
counter that is free first (Kiefer and Wolfowitz, Transactions of the AMS 78, 1955, with means for the times); means
and variances of what lies before add up. (3) The range is that of a gamma distribution of this mean and variance, by
the cube root of Wilson and Hilferty (PNAS 17, 1931). (4) Each side is widened by how far past truths lay outside what
was told (conformal prediction: Gibbs and Candès, NeurIPS 2021), and rounded outward to five minutes.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Final, Generic, TypeVar

Need = TypeVar("Need", bound=Hashable)

STEP: Final = 5
"""Minutes to which a range is rounded."""
ONE_IN_TEN: Final = 1.2816
"""Nine in ten of a normal distribution lie below so many spreads over its mean."""
TRUST: Final = 8
"""So many tickets of its own weigh as much as what stands above them."""
USUAL_SPREAD: Final = 0.7
"""The spread of a need nobody has seen yet, in parts of its usual minutes."""
LEAST_LEFT: Final = 0.3
"""Who has been served longer than usual still takes this part of the usual minutes."""
LEAST_MEAN: Final = 0.01
"""A shorter wait is none."""
WILDEST: Final = 0.5
"""Of a ninth of the squared relative spread: beyond it the cube root no longer follows the gamma distribution."""
FEW: Final = 30
"""Fewer truths teach no widening."""
NARROWEST, WIDEST = 0.5, 4.0
LONGEST: Final = 600
"""Minutes; nothing longer is told."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen: how many, the sum of their minutes, and of the squares of these."""

    count: int = 0
    total: float = 0.0
    squares: float = 0.0

    def __add__(self, other: "Seen") -> "Seen":
        return Seen(self.count + other.count, self.total + other.total, self.squares + other.squares)


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long something takes: mean, variance, and the variance of not knowing the mean itself."""

    mean: float
    variance: float
    doubt: float = 0.0


@dataclass(frozen=True, slots=True)
class Desk(Generic[Need]):
    """A counter that could call: what it takes, and how long until it is free."""

    needs: frozenset[Need]
    busy: Minutes = Minutes(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Widening:
    """How many times wider than reckoned each side must be, so that the truth is missed there one time in ten.

    `passing`: minutes of work per minute that come later and are called first (the favoured).
    """

    below: float = 1.0
    above: float = 1.0
    passing: float = 0.0


@dataclass(frozen=True, slots=True)
class Range:
    """From so many to so many minutes."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Truth:
    """A range that was told, the widening in force that day, and how many minutes it truly was."""

    told: Range
    used: Widening
    minutes: float


AS_RECKONED: Final = Widening()


def usual(minutes: float) -> Minutes:
    """How long a need takes that nobody has seen yet."""
    return Minutes(minutes, (USUAL_SPREAD * minutes) ** 2, (minutes * USUAL_SPREAD) ** 2 / TRUST)


def learnt(seen: Sequence[Seen], start: Minutes) -> Minutes:
    """From the widest group seen to the narrowest, each drawn towards the one before it."""
    known = start
    for one in seen:
        if one.count:
            weight = one.count + TRUST
            mean = (one.total + TRUST * known.mean) / weight
            spread = one.squares - 2 * mean * one.total + one.count * mean * mean
            off = TRUST * (known.variance + (known.mean - mean) ** 2)
            variance = (max(spread, 0.0) + off) / weight
            known = Minutes(mean, variance, variance / weight)
    return known


def left(whole: Minutes, since: float) -> Minutes:
    """What is left for somebody who has been served so many minutes."""
    mean = max(whole.mean - since, whole.mean * LEAST_LEFT)
    return Minutes(mean, whole.variance * (mean / whole.mean) if whole.mean else 0.0, whole.doubt)


def called_before(ordinary: Sequence[Need], favoured: Sequence[Need], *, is_favoured: bool, cap: int) -> list[Need]:
    """Who is called before somebody, by the order rule: the needs of those who wait before him, each group in order.

    `ordinary`: who took an ordinary number before him (for a favoured one: all of them). `favoured`: whose time has
    come (for a favoured one: those before him).
    """
    line: list[Need] = []
    rounds = len(favoured) // cap if is_favoured else len(ordinary) + 1
    for turn in range(rounds + is_favoured):
        line += favoured[turn * cap : (turn + 1) * cap]
        if turn < len(ordinary) and turn < rounds:
            line.append(ordinary[turn])
    return line


def waits(
    need: Need, before: Sequence[Need], desks: Sequence[Desk[Need]], minutes: Mapping[tuple[int, Need], Minutes],
    *, passing: float = 0.0, reached: Sequence[int] = (),
) -> list[Minutes]:  # fmt: skip
    """How long a ticket of `need` waits when so many of `before`, in the order of their calls, stand before it.

    `minutes`: of a need at a desk, by the desk's place in the list. `reached`: for which numbers of them it is asked,
    ascending; none said means for all of them. Empty when no desk takes it.
    """
    own = [place for place, desk in enumerate(desks) if need in desk.needs]
    if not own:
        return []
    takers = {other: [place for place, desk in enumerate(desks) if other in desk.needs] for other in {*before}}
    means = {other: [minutes[place, other].mean if place in able else 0.0 for place in range(len(desks))]
             for other, able in takers.items()}  # fmt: skip
    free = [desk.busy.mean for desk in desks]
    variance = [desk.busy.variance for desk in desks]
    doubt = [0.0] * len(desks)
    speed = _speed(own, passing)
    found: list[Minutes] = []
    laid = 0
    for number in reached or [len(before)]:
        for pair, times in Counter(_lay(before[laid:number], takers, means, free)).items():
            variance[pair[0]] += times * minutes[pair].variance
            doubt[pair[0]] += times * sqrt(minutes[pair].doubt)
        laid = max(laid, number)
        found.append(_at_once(own, free, variance, doubt, speed))
    return found


def _lay(
    line: Sequence[Need], takers: Mapping[Need, list[int]], means: Mapping[Need, list[float]], free: list[float]
) -> list[tuple[int, Need]]:  # fmt: skip
    """Lay each one on the desk that is free first; which one that was."""
    pairs, soonest = [], free.__getitem__
    for need in line:
        able = takers[need]
        if able:
            place = min(able, key=soonest)
            free[place] += means[need][place]
            pairs.append((place, need))
    return pairs


def bounds(wait: Minutes, widening: Widening = AS_RECKONED) -> tuple[float, float]:
    """Between which minutes the wait lies eight times out of ten."""
    spread = wait.variance + wait.doubt
    least = _quantile(wait.mean, spread, -ONE_IN_TEN * widening.below)
    return least, max(least, _quantile(wait.mean, spread, ONE_IN_TEN * widening.above))


def rounded(least: float, most: float) -> Range:
    """A range rounded outward, never of no width."""
    first = min(max(floor(least / STEP) * STEP, 0), LONGEST - STEP)
    return Range(first, min(max(ceil(most / STEP) * STEP, first + STEP), LONGEST))


def range_of(wait: Minutes, widening: Widening = AS_RECKONED) -> Range:
    """The range in which the wait lies eight times out of ten, rounded outward."""
    return rounded(*bounds(wait, widening))


def widened(past: Sequence[Truth], now: Widening) -> Widening:
    """How wide each side must be so that it is missed one time in ten, after these truths; `passing` stays.

    Fewer than `FEW` truths change nothing. The narrowest range of all says nothing about width and is left out.
    """
    low, high = [], []
    for one in past:
        if one.told.most > STEP:
            unit = (one.told.most - one.told.least) / (one.used.below + one.used.above)
            off = (one.minutes - one.told.least) / unit - one.used.below
            high.append(off)
            low.append(-off)
    if len(low) < FEW:
        return now
    return Widening(_nine_in_ten(low), _nine_in_ten(high), now.passing)


def _nine_in_ten(several: list[float]) -> float:
    """The nine-in-ten quantile with the finite-sample place of split conformal prediction, within reason."""
    place = ceil(0.9 * (len(several) + 1)) - 1
    return min(max(sorted(several)[min(place, len(several) - 1)], NARROWEST), WIDEST)


def _speed(own: Sequence[int], passing: float) -> float:
    """By how much the wait is drawn out by those who come later and are called first; at most threefold (the cap)."""
    return 1 / max(1 - passing / len(own), 1 / 3)


def _at_once(
    own: Sequence[int], free: Sequence[float], variance: Sequence[float], doubt: Sequence[float], speed: float
) -> Minutes:
    """When the first of the own desks is free. Their work is one pool: its spread is shared by those still at work."""
    mean = min(free[place] for place in own)
    shared = len(own) ** 2
    spread = sum(variance[place] for place in own) / shared
    unsure = (sum(doubt[place] for place in own) / len(own)) ** 2
    return Minutes(mean * speed, spread * speed, unsure * speed * speed)


def _quantile(mean: float, variance: float, spreads: float) -> float:
    """Of a gamma distribution, so many spreads of a normal one from its middle."""
    if mean < LEAST_MEAN:
        return 0.0
    ninth = min(variance / (9 * mean * mean), WILDEST)
    return float(mean * max(1 - ninth + spreads * sqrt(ninth), 0.0) ** 3)
