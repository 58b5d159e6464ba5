"""How often the law has a head receive citizens, how early the calendar is public: `data/receptions.yaml`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from motcua.feedback.receptions.rules import Rhythm

RECEPTIONS: Final = Path(__file__).resolve().parents[4] / "data" / "receptions.yaml"


class Per(StrEnum):
    """In which time so many days."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Minimum:
    """At least so many days a week or month. `is_verified`: read in the law as it is in force that day."""

    least: int
    per: Per
    legal_basis: str
    is_verified: bool

    def reached_by(self, rhythms: list[Rhythm]) -> int:
        """How many days of such a time these plans of one head are sure of."""
        return sum(one.least_a_week if self.per is Per.WEEK else one.least_a_month for one in rhythms)


def minimum_on(day: date, *, level: str, kind: str, path: Path = RECEPTIONS) -> Minimum | None:
    """What holds for the head of such an agency on a day; None where no row speaks of it."""
    for row in _rows(path, "minimums", day):
        if row.get("level", level) == level and row.get("kind", kind) == kind:
            is_verified = row["basis"]["least"] == "verified"
            return Minimum(row["least"], Per(row["per"]), row["legal_basis"], is_verified)
    return None


def days_ahead(day: date, path: Path = RECEPTIONS) -> int:
    """So many working days before it the calendar is public; 0 where no row speaks of it."""
    return int(next((row["working_days"] for row in _rows(path, "publishing", day)), 0))


def _rows(path: Path, what: str, day: date) -> list[dict[str, Any]]:
    return [
        row
        for row in _table(path)[what]
        if row["valid_from"] <= day and (row["valid_to"] is None or day <= row["valid_to"])
    ]


@cache
def _table(path: Path) -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table
