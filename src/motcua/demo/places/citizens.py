"""Invented people: names as a place has them, ids of the right shape whose province does not exist."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, Final

import yaml

from motcua.demo.cast import NO_SUCH_PROVINCE
from motcua.demo.places.told import Place, folder
from motcua.people.actions import PartyFacts

SERIALS: Final = 100_000
"""Citizens that a place may have: the serial number in the personal id tells them and the places apart."""
_BORN: Final = date(1950, 1, 1)


@dataclass(frozen=True, slots=True)
class Names:
    """What people are called."""

    family: tuple[str, ...]
    middle: dict[str, tuple[str, ...]]
    given: dict[str, tuple[str, ...]]
    organisation: tuple[str, ...]
    organisation_of: tuple[str, ...]
    other: "Names | None" = None

    def person(self, random: Random) -> tuple[str, str]:
        """A full name and its gender; where two peoples live together, of one of them."""
        gender = "male" if random.random() < 0.5 else "female"
        if self.other is not None and random.random() < 0.6:
            return f"{random.choice(self.other.family)} {random.choice(self.other.given[gender])}", gender
        middle, given = random.choice(self.middle[gender]), random.choice(self.given[gender])
        return f"{random.choice(self.family)} {middle} {given}", gender


@cache
def names_of(people: str) -> Names:
    """The names of the table, with those of this people beside the usual ones."""
    said: dict[str, Any] = yaml.safe_load((folder() / "names.yaml").read_text("utf-8"))
    other = said.get(people)
    return Names(
        tuple(said["family"]), _by_gender(said["middle"]), _by_gender(said["given"]), tuple(said["organisation"]),
        tuple(said["organisation_of"]),
        Names(tuple(other["family"]), {}, _by_gender(other["given"]), (), ()) if other else None,
    )  # fmt: skip


def _by_gender(said: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {gender: tuple(words) for gender, words in said.items()}


def citizen(place: Place, names: Names, random: Random, serial: int) -> PartyFacts:
    """The citizen of this serial number (below `SERIALS`): a grown-up of the place."""
    full_name, gender = names.person(random)
    birth = _BORN + timedelta(days=random.randrange(365 * 50))
    century = (0 if birth.year < 2000 else 2) + (gender == "female")
    number = place.ordinal * SERIALS + serial
    return PartyFacts(
        kind="person", full_name=full_name, birth_date=birth, gender=gender, address=_address(place, random),
        personal_id=f"{NO_SUCH_PROVINCE}{century}{birth.year % 100:02d}{number:06d}",
        phone=f"09{random.randrange(10**8):08d}",
    )  # fmt: skip


def organisation(place: Place, names: Names, random: Random, serial: int) -> PartyFacts:
    """The organisation of this serial number, with a tax code that begins as none does."""
    name = random.choice(names.organisation).format(random.choice(names.organisation_of))
    return PartyFacts(
        kind="organisation", full_name=name, address=_address(place, random),
        personal_id=f"00{place.ordinal * SERIALS + serial:08d}", phone=f"02{random.randrange(10**8):08d}",
    )  # fmt: skip


def _address(place: Place, random: Random) -> str:
    street = random.choice(place.streets)
    house = f"{random.randrange(1, 400)} " if place.has_house_numbers else ""
    return f"{house}{street}, {place.tail}"
