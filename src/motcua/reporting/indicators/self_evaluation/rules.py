"""Pure formulas of the self-evaluation: averages of points, and the points of what is judged once for the agency."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from motcua.reporting.indicators.counts import Count
from motcua.reporting.rules.figures import share

BEST = 2
POINTS = {"2": 2, "1": 1, "0": 0}


@dataclass(frozen=True, slots=True)
class OnlineFigures:
    """From which shares on, in percent, online service earns its points (index 9)."""

    procedures: Decimal
    dossiers: Decimal
    some_dossiers: Decimal


def average(points: int, dossiers: int, *, places: int = 2) -> Decimal | None:
    """Points for each dossier, half up; None without dossiers. An official's is said to one place (art. 13)."""
    if dossiers == 0:
        return None
    return (Decimal(points) / dossiers).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def dossier_points(count: Count) -> Decimal | None:
    """The average of an index that is scored for each dossier; None when none ended."""
    return average(sum(POINTS[part.part] * part.count for part in count.parts), count.denominator)


def wholly_points(count: Count, threshold: Decimal) -> int | None:
    """Index 5: enough procedures go their whole way in the one-stop shop; else all begin and end there."""
    rate = share("", count.numerator, count.denominator).value
    if rate is None:
        return None
    if rate >= threshold:
        return 2
    there = sum(part.count for part in count.parts if part.part in ("whole", "ends"))
    return 1 if there == count.denominator else 0


def publicity_points(count: Count) -> int | None:
    """Index 6: every posted procedure is public in full; else what is posted is one of the two ways."""
    if count.denominator == 0:
        return None
    return 2 if count.numerator == count.denominator else 1


def online_points(procedures: Count, dossiers: Count, late: int, figures: OnlineFigures) -> int | None:
    """Index 9: enough procedures offered and dossiers filed online, none of those late; None without dossiers."""
    offered = share("", procedures.numerator, procedures.denominator).value
    filed = share("", dossiers.numerator, dossiers.denominator).value
    if offered is None or filed is None:
        return None
    if late or procedures.numerator == 0 or filed < figures.some_dossiers:
        return 0
    return 2 if offered >= figures.procedures and filed >= figures.dossiers else 1
