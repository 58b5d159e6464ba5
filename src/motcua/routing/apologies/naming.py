"""What strangers may read of an applicant: dated rules from `data/unpublished-names.yaml`."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from motcua.people.models import PartyKind
from motcua.routing.apologies.rules import masked

_BETWEEN = re.compile(r"[\s:;,./()\"“”‘’'–—-]+")
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
class Opening:
    """How the name of a business begins that carries a person's name, from `valid_from` to `valid_to` inclusive.

    `always`: what follows is masked whatever it is; else only from a word on that marks a person.
    """

    words: tuple[str, ...]
    always: bool
    valid_from: date
    valid_to: date | None

    def holds(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class NamingRules:
    """Who is not named at all, how names begin that carry a person's, longest first, and what words mark a person."""

    unpublished: tuple[Unpublished, ...]
    openings: tuple[Opening, ...]
    person_words: frozenset[str]


def is_unpublished(sector: str, procedure: str, day: date) -> bool:
    """Whether on this day nobody who filed this procedure is named, nor the procedure beside his dossier."""
    return any(
        (row.sector == sector or row.procedure == procedure)
        and row.valid_from <= day
        and (row.valid_to is None or day <= row.valid_to)
        for row in naming_rules().unpublished
    )


def public_name(name: str, kind: str, day: date) -> str:
    """A person's name as initials; an organisation's in full, unless a person's stands in it behind an opening.

    However it was typed: accents composed or not, in whatever letter case, with or without punctuation.
    """
    written = unicodedata.normalize("NFC", name)
    if kind != PartyKind.ORGANISATION:
        return masked(written)
    words = _BETWEEN.sub(" ", written).split()
    plain = [word.casefold() for word in words]
    for opening in naming_rules().openings:
        length = len(opening.words)
        if opening.holds(day) and tuple(plain[:length]) == opening.words:
            begins = length if opening.always else _person_in(plain, length)
            if begins is not None:
                return " ".join([*words[:begins], masked(" ".join(words[begins:]))]).strip()
    return " ".join(written.split())


def _person_in(plain: list[str], since: int) -> int | None:
    """Where a person's name begins: at a word that marks one, with more behind it; None when there is none."""
    known = naming_rules().person_words
    return next((place for place in range(since, len(plain) - 1) if plain[place] in known), None)


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
    openings = (
        Opening(tuple(_plain(row["words"]).split()), row["always"], row["valid_from"], row["valid_to"])
        for row in table["openings"]
    )
    longest_first = sorted(openings, key=lambda opening: -len(opening.words))
    return NamingRules(tuple(rows), tuple(longest_first), frozenset(map(_plain, table["person_words"])))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
