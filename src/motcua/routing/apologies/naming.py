"""What strangers may read of an applicant: dated rules from `data/unpublished-names.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from motcua.people.models import PartyKind
from motcua.routing.apologies.rules import masked

UNPUBLISHED_NAMES = Path(__file__).resolve().parents[4] / "data" / "unpublished-names.yaml"


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A sector (its code) or a procedure whose applicants are not named from `valid_from` to `valid_to` inclusive."""

    sector: str
    procedure: str
    legal_basis: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class NamingRules:
    """Who is not named at all, and the words by which the name of a household business begins."""

    unpublished: tuple[Unpublished, ...]
    households: tuple[str, ...]


def is_unpublished(sector: str, procedure: str, day: date) -> bool:
    """Whether on this day nobody who filed this procedure is named, nor the procedure beside his dossier."""
    return any(
        (row.sector == sector or row.procedure == procedure)
        and row.valid_from <= day
        and (row.valid_to is None or day <= row.valid_to)
        for row in naming_rules().unpublished
    )


def public_name(name: str, kind: str) -> str:
    """A person's name as initials; an organisation's in full, unless it is a person's under a household business."""
    if kind != PartyKind.ORGANISATION:
        return masked(name)
    words = " ".join(name.split())
    for opening in naming_rules().households:
        if words.casefold().startswith(f"{opening.casefold()} "):
            return f"{words[: len(opening)]} {masked(words[len(opening) :])}"
    return name


@cache
def naming_rules(path: Path = UNPUBLISHED_NAMES) -> NamingRules:
    """The shipped table, read once. Raises KeyError for a faulty table."""
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows = (
        Unpublished(
            row.get("sector", ""), row.get("procedure", ""), row["legal_basis"], row["valid_from"], row["valid_to"]
        )
        for row in table["unpublished"]
    )
    return NamingRules(tuple(rows), tuple(table["households"]))
