"""Pure formulas of the service index: rate and points, the sum of what is measured, and the ranks it allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from motcua.reporting.rules.figures import share

_CENT = Decimal("0.01")
ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Score:
    """What an indicator came to: its rate in percent to two decimals, its points, and the most it could bring.

    Without a denominator there is no rate and there are no points: no data is neither nothing nor everything.
    """

    rate: Decimal | None
    points: Decimal | None
    most: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """A rank from so many points on; `state` is the look of its label."""

    name: str
    at_least: Decimal
    state: str
    mark: str = "verified"


@dataclass(frozen=True, slots=True)
class Total:
    """The points of what has data, the most those could have brought, and the most that all could have."""

    points: Decimal
    measured: Decimal
    most: Decimal

    @property
    def at_most(self) -> Decimal:
        """The points if everything not measured came out best."""
        return self.points + self.most - self.measured


def score(numerator: int, denominator: int, *, target: Decimal, most: Decimal) -> Score:
    """Full points from the target on, otherwise in proportion: rate x most / target, to two decimals, half up.

    Raises `ValueError` for counts or a target that make no share. Decision 766/QĐ-TTg, the national computation.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator}")
    if not 0 < target <= ALL:
        raise ValueError(f"a target of {target} %")
    rate = share("", numerator, denominator).value
    if rate is None:
        return Score(None, None, most)
    reached = min(Decimal(rate), target)
    return Score(Decimal(rate), (reached * most / target).quantize(_CENT, ROUND_HALF_UP), most)


def total_of(scores: Iterable[Score], most: Decimal = ALL) -> Total:
    """The sum of the indicators that have data; the others are left out of it, on both sides."""
    told = [one for one in scores if one.points is not None]
    points = sum((one.points for one in told if one.points is not None), Decimal(0))
    return Total(points, sum((one.most for one in told), Decimal(0)), most)


def band_of(points: Decimal, bands: Sequence[Band]) -> Band:
    """The rank these points earn. Raises `ValueError` when the bands have no floor."""
    reached = [band for band in bands if points >= band.at_least]
    if not reached:
        raise ValueError(f"no rank for {points} points")
    return max(reached, key=lambda band: band.at_least)


def bands_between(total: Total, bands: Sequence[Band]) -> tuple[Band, Band]:
    """The worst and the best rank that what is measured still allows; the same one twice when it is settled."""
    return band_of(total.points, bands), band_of(total.at_most, bands)
