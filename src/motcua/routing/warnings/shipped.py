"""The warning rules of `data/warning-rules.yaml`, read once."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from motcua.routing.warnings.rules import Addressee, Kind, WarningRule

WARNING_RULES = Path(__file__).resolve().parents[4] / "data" / "warning-rules.yaml"
EVE = "eve"


def rules_on(day: date, *kinds: Kind) -> list[WarningRule]:
    """The rules of these kinds in force on a day."""
    return [rule for rule in warning_rules() if rule.kind in kinds and rule.holds(day)]


@cache
def warning_rules(path: Path = WARNING_RULES) -> tuple[WarningRule, ...]:
    """Every shipped rule. Raises KeyError or ValueError for a faulty table."""
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_rule(row) for row in table["rules"])


def _rule(row: dict[str, Any]) -> WarningRule:
    opens = row.get("opens")
    minutes = int(row["minutes"]) if opens is None else 0 if opens == EVE else -int(opens)
    return WarningRule(
        code=row["code"], kind=Kind(row["kind"]), minutes=minutes, eve=opens == EVE, to=Addressee(row["to"]),
        text=row["text"], valid_from=row["valid_from"], valid_to=row["valid_to"],
    )  # fmt: skip
