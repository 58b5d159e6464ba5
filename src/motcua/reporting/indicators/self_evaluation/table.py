"""The nine indices of `data/indicators/self-evaluation.yaml`, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from motcua.reporting.indicators.rules import Band
from motcua.reporting.indicators.self_evaluation.rules import OnlineFigures
from motcua.reporting.indicators.table import band, in_force


@dataclass(frozen=True, slots=True)
class Index:
    """One of the nine; `official`: it is part of an official's average. No formula: no data yet, for this `reason`."""

    number: int
    name: str
    scope: str
    official: bool
    formula: str
    reason: str
    two: str
    one: str
    none: str
    differs: str


@dataclass(frozen=True, slots=True)
class Scale:
    """From when to when the points hold, and how sure that is."""

    name: str
    mark: str
    source: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Nine:
    """The indices with their ranks and thresholds; `wholly` by the level of the agency, in percent."""

    scales: tuple[Scale, ...]
    indices: tuple[Index, ...]
    officials: tuple[Band, ...]
    agencies: tuple[Band, ...]
    wholly: Mapping[str, Decimal]
    online: OnlineFigures

    def index(self, number: int) -> Index | None:
        """The index with this number."""
        return next((one for one in self.indices if one.number == number), None)


def nine_on(day: date) -> tuple[Nine, Scale] | None:
    """The indices and the scale in force on the day; None before there was one."""
    nine = _read(settings.MOTCUA_DATA / "indicators" / "self-evaluation.yaml")
    scales = in_force(nine.scales, day)
    return (nine, scales[0]) if scales else None


@cache
def _read(path: Path) -> Nine:
    told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    online: dict[str, int] = told["figures"]["online"]
    return Nine(
        tuple(
            Scale(row["name"], row["mark"], told["sources"][row["source"]], row["valid_from"], row["valid_to"])
            for row in told["scales"]
        ),
        tuple(_index(row) for row in told["indices"]),
        tuple(band(row) for row in told["officials"]),
        tuple(band(row) for row in told["agencies"]),
        {level: Decimal(rate) for level, rate in told["figures"]["wholly"].items()},
        OnlineFigures(**{name: Decimal(rate) for name, rate in online.items()}),
    )


def _index(row: Mapping[str, Any]) -> Index:
    if not (row["formula"] or row["reason"]):
        raise ValueError(f"index {row['number']} is counted by nothing and does not say why")
    return Index(
        row["number"], row["name"], row["scope"], row["official"], row["formula"] or "", row.get("reason", ""),
        row["two"], row["one"], row["none"], row.get("differs", ""),
    )  # fmt: skip
