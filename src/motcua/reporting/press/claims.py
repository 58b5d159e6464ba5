"""A printed figure and whether a computed one agrees with it. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

ALMOST: Final = Fraction(5, 100)
"""How far below the printed number "nearly" may reach."""


class Reading(StrEnum):
    """How a printed figure is to be read."""

    EXACT = "exact"
    ROUNDED = "rounded"
    """To as many decimals as are printed, half up."""
    ALMOST = "almost"
    """A little less: nearly so many."""
    AT_LEAST = "at_least"
    """So many, or more."""
    MOST = "most"
    """More than half, in percent."""


class Verdict(StrEnum):
    """What comes of putting the two side by side."""

    AGREES = "agrees"
    AGREES_ROUNDED = "agrees_rounded"
    DIFFERS = "differs"
    WITHOUT = "without"
    """The place is not in this database, or nothing was counted there in the period."""
    NOT_YET = "not_yet"
    """The figure needs what this product does not count yet."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure as printed. `query` says what computes it; where it is empty, `why_not` says what is missing."""

    seed: str
    place: str
    agency: str
    first: date
    last: date
    words: str
    printed: str
    query: str = ""
    reading: Reading = Reading.EXACT
    value: Decimal = Decimal(0)
    decimals: int = 0
    note: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was computed: a number, or a share in percent with its two numbers."""

    value: Fraction
    numerator: int | None = None
    denominator: int | None = None


def share_of(numerator: int, denominator: int) -> Answer | None:
    """So many of so many, in percent; nothing to divide by: no answer."""
    return Answer(Fraction(100 * numerator, denominator), numerator, denominator) if denominator else None


def judged(claim: Claim, answer: Answer | None) -> Verdict:
    """Whether the computed figure is the printed one."""
    if not claim.query:
        return Verdict.NOT_YET
    if answer is None:
        return Verdict.WITHOUT
    printed = Fraction(claim.value)
    if claim.reading is Reading.MOST:
        return Verdict.AGREES_ROUNDED if answer.value > 50 else Verdict.DIFFERS
    if answer.value == printed:
        return Verdict.AGREES
    if claim.reading is Reading.ALMOST and printed * (1 - ALMOST) <= answer.value < printed:
        return Verdict.AGREES_ROUNDED
    if claim.reading is Reading.AT_LEAST and answer.value > printed:
        return Verdict.AGREES_ROUNDED
    if claim.reading is Reading.ROUNDED and rounded(answer.value, claim.decimals) == claim.value:
        return Verdict.AGREES_ROUNDED
    return Verdict.DIFFERS


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Half up, to so many decimals."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def claims_of(table: dict[str, Any]) -> list[Claim]:
    """The claims of a table as `data/press.yaml` writes it. Raises `ValueError` for one that cannot be read."""
    found = []
    for place in table["places"]:
        for row in place["claims"]:
            told = {"agency": place["agency"], "first": place["first"], "last": place["last"], **row}
            value = Decimal(str(told.pop("value", 0)))
            claim = Claim(
                seed=place["seed"], place=place["place"], value=value,
                decimals=max(0, -int(value.as_tuple().exponent)),
                reading=Reading(told.pop("reading", "exact")), **told,
            )  # fmt: skip
            if bool(claim.query) == bool(claim.why_not):
                raise ValueError(f"{claim.place}: {claim.words}: query or why_not, one of them")
            if claim.first > claim.last:
                raise ValueError(f"{claim.place}: {claim.words}: {claim.first} > {claim.last}")
            found.append(claim)
    return found
