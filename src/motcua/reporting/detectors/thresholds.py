"""The thresholds of `data/detectors.yaml`, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DETECTORS = Path(__file__).resolve().parents[4] / "data" / "detectors.yaml"
_OWN = ("sign", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Threshold:
    """The figures of one sign, from a day to a day (both included; None: still in force)."""

    sign: str
    figures: Mapping[str, int]
    valid_from: date
    valid_to: date | None

    def holds(self, day: date) -> bool:
        """Whether it is in force on this day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@cache
def thresholds(path: Path = DETECTORS) -> tuple[Threshold, ...]:
    """Every shipped row. Raises KeyError or ValueError for a faulty table."""
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_threshold(row) for row in table["thresholds"])


def _threshold(row: dict[str, Any]) -> Threshold:
    figures = {name: int(value) for name, value in row.items() if name not in _OWN}
    return Threshold(row["sign"], figures, row["valid_from"], row["valid_to"])


def figures_on(sign: str, day: date) -> Mapping[str, int] | None:
    """The figures of this sign in force on a day; None: the sign is not looked for."""
    return next((row.figures for row in thresholds() if row.sign == sign and row.holds(day)), None)
