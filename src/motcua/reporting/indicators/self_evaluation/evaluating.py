"""The self-evaluation of one agency in a period: the nine indices, the agency's class, its officials."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Final
from uuid import UUID

from motcua.core.sql import fetch_one, fetch_parts, fetch_planned
from motcua.reporting.indicators import sets as shared
from motcua.reporting.indicators.counting import filed_online, in_time
from motcua.reporting.indicators.counts import Count
from motcua.reporting.indicators.measures import DOSSIER, PROCEDURE, CountedSet, Scope, count_of
from motcua.reporting.indicators.rules import Band, Total, bands_between
from motcua.reporting.indicators.self_evaluation import sets
from motcua.reporting.indicators.self_evaluation.days import parts_of, scores_of_officials, sums_of
from motcua.reporting.indicators.self_evaluation.rules import (
    BEST,
    average,
    dossier_points,
    online_points,
    publicity_points,
    wholly_points,
)
from motcua.reporting.indicators.self_evaluation.table import Index, Nine, Scale, nine_on

# Each index is counted by one set or more; the first is the one that is listed when no other is asked for.
INDEX_SETS: Final[Mapping[str, Mapping[str, CountedSet]]] = {
    "total_time": {"dossiers": CountedSet(DOSSIER, sets.TOTAL_TIME, partial(parts_of, "total_time"))},
    "each_units_time": {"dossiers": CountedSet(DOSSIER, sets.UNITS_TIME, partial(parts_of, "each_units_time"))},
    "contacts": {"dossiers": CountedSet(DOSSIER, sets.CONTACTS, partial(parts_of, "contacts"))},
    "agencies_to_contact": {"dossiers": CountedSet(DOSSIER, sets.AGENCIES, partial(parts_of, "agencies_to_contact"))},
    "wholly_at_one_stop": {"procedures": CountedSet(PROCEDURE, sets.WHOLLY)},
    "publicity": {"procedures": CountedSet(PROCEDURE, shared.COMPLETE)},
    "online_service": {
        "procedures": CountedSet(PROCEDURE, shared.ONLINE),
        "dossiers": CountedSet(DOSSIER, shared.FILED_ONLINE, filed_online),
        "in_time": CountedSet(DOSSIER, shared.ONLINE_IN_TIME, partial(in_time, online=True)),
    },
}


@dataclass(frozen=True, slots=True)
class IndexScore:
    """One index: what was counted, and its points of 2; None without data."""

    index: Index
    counts: Mapping[str, Count]
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class OfficialScore:
    """One official: dossiers he had a hand in, the their average, the classes it still allows."""

    id: UUID
    name: str
    title: str
    dossiers: int
    average: Decimal
    worst: Band
    best: Band


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The nine indices of an agency with their sum, and its officials."""

    scope: Scope
    scale: Scale
    rows: tuple[IndexScore, ...]
    total: Total
    worst: Band
    best: Band
    officials: tuple[OfficialScore, ...]
    official_most: int
    official_measured: int


def evaluate(scope: Scope) -> Evaluation | None:
    """Circular 01/2018/TT-VPCP art. 13 as it stood on the period's last day; None before it was in force."""
    found = nine_on(scope.last_day)
    if found is None:
        return None
    nine, scale = found
    values = scope.values()
    values["sums"] = sums_of(values)  # read once for four indices and the officials
    rows = tuple(_index_score(index, nine, values) for index in nine.indices)
    told = [row.points for row in rows if row.points is not None]
    total = Total(sum(told, Decimal(0)), Decimal(BEST * len(told)), Decimal(BEST * len(rows)))
    worst, best = bands_between(total, nine.agencies)
    of_officials = [index for index in nine.indices if index.official]
    most, measured = BEST * len(of_officials), BEST * sum(bool(index.formula) for index in of_officials)
    officials = tuple(
        _official_score(row, nine, Decimal(most), Decimal(measured)) for row in scores_of_officials(values)
    )
    return Evaluation(scope, scale, rows, total, worst, best, officials, most, measured)


@dataclass(frozen=True, slots=True)
class OfficialDossier:
    """The points of one dossier for one official."""

    code: str
    name: str
    total_time: int
    own_time: int
    contacts: int
    agencies: int

    @property
    def points(self) -> int:
        return self.total_time + self.own_time + self.contacts + self.agencies


def official_dossiers(scope: Scope, official: UUID, *, limit: int, offset: int = 0) -> list[OfficialDossier]:
    """The dossiers behind an official's average, by code."""
    asked = {**scope.values(), "official": official, "limit": limit, "offset": offset}
    rows = fetch_planned(sets.ONE_OFFICIAL + " LIMIT %(limit)s OFFSET %(offset)s", asked)
    return [OfficialDossier(*row) for row in rows]


def every_official_dossier(scope: Scope, official: UUID) -> Iterator[OfficialDossier]:
    """All of them, as `official_dossiers` lists them, read while they are asked for."""
    for rows in fetch_parts(sets.ONE_OFFICIAL, {**scope.values(), "official": official}):
        yield from (OfficialDossier(*row) for row in rows)


def dossiers_of(scope: Scope, official: UUID) -> int:
    """How many they are."""
    rows = scores_of_officials(scope.values())
    return next((int(row[3]) for row in rows if row[0] == official), 0)


def _index_score(index: Index, nine: Nine, values: Mapping[str, Any]) -> IndexScore:
    if not index.formula:
        return IndexScore(index, {}, None)
    counts = {name: count_of(one, values) for name, one in INDEX_SETS[index.formula].items()}
    if index.scope == DOSSIER:
        return IndexScore(index, counts, dossier_points(counts["dossiers"]))
    points = _unit_points(index.formula, counts, nine, values)
    return IndexScore(index, counts, None if points is None else Decimal(points))


def _unit_points(formula: str, counts: Mapping[str, Count], nine: Nine, values: Mapping[str, Any]) -> int | None:
    if formula == "publicity":
        return publicity_points(counts["procedures"])
    if formula == "wholly_at_one_stop":
        return wholly_points(counts["procedures"], nine.wholly[_level(values["agencies"])])
    judged = counts["in_time"]
    return online_points(counts["procedures"], counts["dossiers"], judged.denominator - judged.numerator, nine.online)


def _level(agencies: list[UUID]) -> str:
    """The level of the agency; of several, that of the first."""
    row = fetch_one("SELECT level FROM people_agency WHERE id = %s", (agencies[0],))
    if row is None:
        raise LookupError(agencies[0])
    return str(row[0])


def _official_score(row: tuple[Any, ...], nine: Nine, most: Decimal, measured: Decimal) -> OfficialScore:
    official_id, name, title, dossiers, points = row
    mean = average(points, dossiers, places=1)
    if mean is None:
        raise ValueError(f"{name} is judged without a dossier")
    worst, best = bands_between(Total(mean, measured, most), nine.officials)
    return OfficialScore(official_id, name, title, dossiers, mean, worst, best)
