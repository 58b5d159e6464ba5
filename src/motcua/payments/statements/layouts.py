"""How banks write their statements: the dated rows of `data/payments/bank-layouts.yaml`, read once."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from motcua.payments.orders.rules import Term

LAYOUTS = Path(__file__).resolve().parents[4] / "data" / "payments" / "bank-layouts.yaml"
LONGEST_HEADING = 200
NEEDED = ("booked_at", "description")


@dataclass(frozen=True, slots=True)
class Layout:
    """One way of writing a statement: headings by what their column holds, how days and sums are written."""

    code: str
    name: str
    kinds: frozenset[str]
    columns: Mapping[str, frozenset[str]]
    days: tuple[str, ...]
    thousands: str
    decimal: str
    term: Term

    def columns_in(self, row: Sequence[object]) -> dict[str, int]:
        """Where each column stands when this row is the heading; empty when it is not."""
        here = {bare_words(cell): place for place, cell in reversed(list(enumerate(row)))}
        found = {
            what: here[word] for what, words in self.columns.items() for word in words if word in here
        }  # fmt: skip
        whole = all(what in found for what in NEEDED) and ("credit" in found or "amount" in found)
        return found if whole else {}


def layouts_on(day: date) -> list[Layout]:
    """The layouts in use on a day."""
    return [layout for layout in layouts() if layout.term.holds(day)]


@cache
def layouts(path: Path = LAYOUTS) -> tuple[Layout, ...]:
    """Every layout. Raises KeyError or ValueError for a faulty table."""
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_layout(row) for row in table["layouts"])


def _layout(row: dict[str, Any]) -> Layout:
    return Layout(
        code=row["code"], name=row["name"], kinds=frozenset(row["kinds"]),
        columns={what: frozenset(map(bare_words, words)) for what, words in row["columns"].items()},
        days=tuple(row["days"]), thousands=row["thousands"], decimal=row["decimal"],
        term=Term(row["valid_from"], row["valid_to"]),
    )  # fmt: skip


def bare_words(cell: object) -> str:
    """Letters and figures of a heading, without case, accents, blanks and line breaks."""
    plain = unicodedata.normalize("NFKD", str(cell if cell is not None else "")[:LONGEST_HEADING].casefold()).replace(
        "\u0111", "d"
    )
    return "".join(sign for sign in plain if sign.isalnum())
