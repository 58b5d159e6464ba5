"""The service index of an agency in a period: each indicator measured or said to be not, the groups, the total."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.reporting.indicators.by_receipt.days import WHAT, sums_of
from motcua.reporting.indicators.counts import Count
from motcua.reporting.indicators.measures import SETS, Scope, count_of
from motcua.reporting.indicators.publications import late_publications
from motcua.reporting.indicators.rules import ALL, Band, Score, Total, bands_between, score, total_of
from motcua.reporting.indicators.table import Group, Indicator, Table, table_on


@dataclass(frozen=True, slots=True)
class Measured:
    """One indicator: what was counted (None: nothing here counts it) and what it came to.

    `score` None: not measured, or it has no points. With a count but without a rate there was nothing to count.
    """

    indicator: Indicator
    count: Count | None
    score: Score | None


@dataclass(frozen=True, slots=True)
class GroupScore:
    """A group with its indicators and the sum of what is measured of it."""

    group: Group
    rows: tuple[Measured, ...]
    total: Total


@dataclass(frozen=True, slots=True)
class FiveGroups:
    """The five groups and their total; `worst` and `best` are the ranks that what is measured still allows."""

    scope: Scope
    groups: tuple[GroupScore, ...]
    total: Total
    worst: Band
    best: Band
    bands: tuple[Band, ...]


def five_groups(scope: Scope) -> FiveGroups | None:
    """Decision 766/QĐ-TTg as it stood on the last day of the period; None when it was not yet in force.

    Raises `CalendarGap` when an office day of a year that is not loaded is needed.
    """
    table = table_on(scope.last_day)
    if not table.groups:
        return None
    values = dict(values_of(scope, table))
    values[WHAT] = sums_of(values)  # read once for the three indicators of digitizing
    measured = [measure(indicator, values) for indicator in table.indicators]
    groups = tuple(_group(group, measured) for group in table.groups)
    total = total_of([one.score for one in measured if one.score is not None], ALL)
    worst, best = bands_between(total, table.bands)
    return FiveGroups(scope, groups, total, worst, best, table.bands)


def values_of(scope: Scope, table: Table) -> Mapping[str, Any]:
    """What the statements ask for, with what was published late."""
    return {**scope.values(), "late": late_publications(scope, table.days["publication_days"])}


def measure(indicator: Indicator, values: Mapping[str, Any]) -> Measured:
    """Count the indicator's set and score it, where something here counts it."""
    if not indicator.formula:
        return Measured(indicator, None, None)
    count = count_of(SETS[indicator.formula], values)
    if indicator.target is None:
        return Measured(indicator, count, None)
    came_to = score(count.numerator, count.denominator, target=indicator.target, most=indicator.points)
    return Measured(indicator, count, came_to)


def _group(group: Group, measured: list[Measured]) -> GroupScore:
    rows = tuple(one for one in measured if one.indicator.group == group.number)
    return GroupScore(group, rows, total_of([row.score for row in rows if row.score is not None], group.points))
