"""The dated rows of `data/indicators/766.yaml`, read once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml
from django.conf import settings

from motcua.reporting.indicators.rules import Band


class Dated(Protocol):
    """A row in force from a day to a day, both included."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


Row = TypeVar("Row", bound=Dated)


@dataclass(frozen=True, slots=True)
class Group:
    """One of the five groups, with its points."""

    number: int
    name: str
    points: Decimal
    mark: str
    source: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator as it stood in a time.

    `formula` names what counts it here, "" when nothing does: then `absent` (outside, later, unscored) and `reason`
    say why. `target` in percent; None and no points for one that only informs. `differs`: in what our count is
    not the national one. Marks: verified, remembered, inferred.
    """

    code: str
    group: int
    name: str
    formula: str
    absent: str
    reason: str
    numerator: str
    denominator: str
    target: Decimal | None
    points: Decimal
    points_mark: str
    mark: str
    source: str
    differs: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class DatedBand:
    """A rank, from a day to a day."""

    band: Band
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Days:
    """How many working days lie between an announcing decision and the day it takes effect."""

    name: str
    ministry: int
    others: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Table:
    """The index as it stood on a day; no groups when it was not yet in force."""

    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...]
    bands: tuple[Band, ...]
    days: Mapping[str, Days]

    def indicator(self, code: str) -> Indicator | None:
        """The indicator with this code."""
        return next((one for one in self.indicators if one.code == code), None)


def table_on(day: date) -> Table:
    """The rows in force on the day. Raises KeyError or ValueError for a faulty table."""
    told = _read(settings.MOTCUA_DATA / "indicators" / "766.yaml")
    return Table(
        in_force(told.groups, day),
        in_force(told.indicators, day),
        tuple(row.band for row in in_force(told.bands, day)),
        {row.name: row for row in in_force(told.days, day)},
    )


def in_force(rows: Iterable[Row], day: date) -> tuple[Row, ...]:
    """The rows that hold on the day."""
    return tuple(row for row in rows if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to))


@dataclass(frozen=True, slots=True)
class _Told:
    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...]
    bands: tuple[DatedBand, ...]
    days: tuple[Days, ...]


@cache
def _read(path: Path) -> _Told:
    told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    sources: dict[str, str] = told["sources"]
    return _Told(
        tuple(_group(row, sources) for row in told["groups"]),
        tuple(_indicator(row, sources) for row in told["indicators"]),
        tuple(DatedBand(band(row), row["valid_from"], row["valid_to"]) for row in told["bands"]),
        tuple(
            Days(row["name"], row["ministry"], row["others"], row["valid_from"], row["valid_to"])
            for row in told["figures"]
        ),
    )


def band(row: Mapping[str, Any]) -> Band:
    """A rank as a row of a table tells it."""
    return Band(row["name"], Decimal(str(row["at_least"])), row["state"], row.get("mark", "verified"))


def _group(row: Mapping[str, Any], sources: Mapping[str, str]) -> Group:
    return Group(
        row["number"], row["name"], Decimal(row["points"]), row["mark"], sources[row["source"]],
        row["valid_from"], row["valid_to"],
    )  # fmt: skip


def _indicator(row: Mapping[str, Any], sources: Mapping[str, str]) -> Indicator:
    formula = row["formula"] or ""
    if not formula and not (row["absent"] and row["reason"]):
        raise ValueError(f"indicator {row['code']} is counted by nothing and does not say why")
    return Indicator(
        code=row["code"],
        group=row["group"],
        name=row["name"],
        formula=formula,
        absent=row.get("absent", ""),
        reason=row.get("reason", ""),
        numerator=row["numerator"],
        denominator=row["denominator"],
        target=None if row["target"] is None else Decimal(row["target"]),
        points=Decimal(row["points"]),
        points_mark=row["points_mark"],
        mark=row["mark"],
        source=sources[row["source"]],
        differs=row.get("differs", ""),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )
