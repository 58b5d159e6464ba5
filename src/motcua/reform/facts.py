"""The dated rows of `data/reform.yaml`: areas of reform, causes of findings. Read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from motcua.core.alphabet import unmarked

REFORM: Final = Path(__file__).resolve().parents[3] / "data" / "reform.yaml"


@dataclass(frozen=True, slots=True)
class Named:
    """An area or a cause, as it was called in the years `first`..`last` (None: still is)."""

    code: str
    name: str
    first: int
    last: int | None
    also: tuple[str, ...] = ()

    def holds(self, year: int) -> bool:
        """Whether it is in force in a year."""
        return self.first <= year and (self.last is None or year <= self.last)

    def is_called(self, text: str) -> bool:
        """Whether somebody's words mean this one: its code, its name or another way to write it."""
        return unmarked(text) in {unmarked(self.code), unmarked(self.name), *self.also}


@cache
def _table(path: Path = REFORM) -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table


@cache
def _rows(kind: str) -> tuple[Named, ...]:
    return tuple(
        Named(row["code"], row["name"], row["from"], row["to"], tuple(row.get("also", ()))) for row in _table()[kind]
    )


def areas_of(year: int) -> Sequence[Named]:
    """The areas that a plan of this year has, in their order."""
    return [row for row in _rows("areas") if row.holds(year)]


def causes_of(year: int) -> Sequence[Named]:
    """The causes that findings of this year may have."""
    return [row for row in _rows("causes") if row.holds(year)]


def area_called(text: str, year: int) -> Named | None:
    """The area that a sheet means; None when it is none of the year's."""
    bare = text.lstrip("0123456789.) \t")
    return next((row for row in areas_of(year) if row.is_called(bare)), None)


def name_of(rows: Sequence[Named], code: str) -> str:
    """What a code is called; the code itself when no row of the year has it."""
    return next((row.name for row in rows if row.code == code), code)


def column_called(heading: str) -> str | None:
    """Which column of a plan's sheet a heading means; None for any other column."""
    bare = unmarked(heading)
    return next((what for what, words in _table()["headings"].items() if bare in words), None)
