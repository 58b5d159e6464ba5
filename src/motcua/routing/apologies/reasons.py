"""The short list of reasons for lateness, dated, from `data/apology-reasons.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

APOLOGY_REASONS = Path(__file__).resolve().parents[4] / "data" / "apology-reasons.yaml"
# Stands for every reason the list does not know: then only the leader's own words are printed.
UNLISTED = "other"


@dataclass(frozen=True, slots=True)
class ListedReason:
    """One reason as it may be chosen from `valid_from` to `valid_to` inclusive (None: still)."""

    code: str
    text: str
    valid_from: date
    valid_to: date | None


def reasons_on(day: date) -> tuple[ListedReason, ...]:
    """The reasons that a letter signed on this day may give."""
    return tuple(
        reason
        for reason in listed_reasons()
        if reason.valid_from <= day and (reason.valid_to is None or day <= reason.valid_to)
    )


def reason_words(code: str, words: str) -> str:
    """The reason as the letter and the public read it: the listed sentence, then what happened."""
    listed = next((reason.text for reason in listed_reasons() if reason.code == code), "")
    return words if code == UNLISTED or not listed else f"{listed} {words}".strip()


@cache
def listed_reasons(path: Path = APOLOGY_REASONS) -> tuple[ListedReason, ...]:
    """All reasons of the shipped table, read once. Raises KeyError for a faulty table."""
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(ListedReason(row["code"], row["text"], row["valid_from"], row["valid_to"]) for row in table["reasons"])
