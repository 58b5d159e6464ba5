"""What `data/places/` says of a place, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.conf import settings

PLACES: Final = ("tan-thanh", "lien-chieu", "kim-bang", "ia-pa", "vinh-yen")
STAFF: Final = ("from", "to", "receivers", "approvers", "leaves")
RECEIVED: Final = ("agency", "receiver", "weekday", "part", "where", "from", "to")
OLDER: Final = ("agency", "from", "to", "listed", "digitized", "issued_from", "issued_to")
EVERY_DAY: Final = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works in an agency: so many receivers and approvers, one case officer for each kind of work,
    each of them away for some days of the year `leaves`."""

    first: date
    last: date
    receivers: int
    approvers: int
    leaves: int


@dataclass(frozen=True, slots=True)
class Posted:
    """What an agency posted in a period: a column of the catalogue, this product's own one, or a few codes."""

    first: date
    last: date
    where: str = ""
    level: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyTold:
    """An agency as it was. `codes`: scheme, code, first and last day."""

    key: str
    name: str
    short: str
    kind: str
    level: str
    parent: str
    first: date
    last: date | None
    codes: tuple[tuple[str, str, date, date], ...]
    staff: Staff | None
    posts: tuple[Posted, ...]


@dataclass(frozen=True, slots=True)
class Stream:
    """So many dossiers (or filings of a bundle) received by an agency in a time, by one way.

    `helped`: percent of what came online that somebody helped with. `levels`: only procedures of these online levels.
    `bundle`: the definition they are filed by, each later part at the agency that `handlers` name for its procedure.
    """

    agency: str
    first: date
    last: date
    dossiers: int
    channel: str
    source: str
    mix: Mapping[str, int]
    weekdays: tuple[int, ...]
    helped: int
    levels: tuple[str, ...]
    late: bool
    settled_by: date
    bundle: str = ""
    handlers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """So many results of an agency were rated in a time, so many of them by people who were not content."""

    agency: str
    first: date
    last: date
    given: int
    bad: int


@dataclass(frozen=True, slots=True)
class Certified:
    """These agencies, and of the leaders of each so many, had certificates registered from a day on."""

    agencies: tuple[str, ...]
    first: date
    last: date
    leaders: int


@dataclass(frozen=True, slots=True)
class Received:
    """From a day to a day the head of an agency receives citizens every week on this weekday, and does on each."""

    agency: str
    receiver: str
    weekday: int
    part: str
    where: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Older:
    """So many older results written into the register of an agency in a time, every so many-th of them digitized.

    They were issued from a day to a day, long before.
    """

    agency: str
    first: date
    last: date
    listed: int
    digitized: int
    issued_from: date
    issued_to: date

    @property
    def every(self) -> int:
        """Each how many-th is digitized."""
        return self.listed // self.digitized


@dataclass(frozen=True, slots=True)
class Place:
    """A place with everything that is simulated of it."""

    key: str
    name: str
    agencies: tuple[AgencyTold, ...]
    streams: tuple[Stream, ...]
    season: tuple[int, ...]
    streets: tuple[str, ...]
    tail: str
    has_house_numbers: bool
    people: str
    ordinal: int
    ratings: tuple[Rated, ...] = ()
    certificates: tuple[Certified, ...] = ()
    receptions: tuple[Received, ...] = ()
    digitized: bool = False
    """Whether every result gets its electronic copy when it is handed over."""
    older: tuple[Older, ...] = ()

    @property
    def filings(self) -> int:
        """Dossiers and bundles received, a bundle once."""
        return sum(stream.dossiers for stream in self.streams)


@cache
def read_place(key: str) -> Place:
    """The place of this key. Raises KeyError or ValueError for a faulty table."""
    said: dict[str, Any] = yaml.safe_load((folder() / f"{key}.yaml").read_text("utf-8"))
    where = said["address"]
    streams = [_stream(row, said["mixes"]) for row in said["streams"]]
    streams += [_bundles(row) for row in said.get("bundles", ())]
    return Place(
        key=said["place"], name=said["name"], agencies=tuple(_agency(row) for row in said["agencies"]),
        streams=tuple(streams), season=tuple(said["season"]), streets=tuple(where["streets"]), tail=where["tail"],
        has_house_numbers=where.get("house", True), people=said.get("names", ""), ordinal=PLACES.index(key),
        ratings=tuple(Rated(one["agency"], one["from"], one["to"], one["given"], one["bad"])
                      for one in said.get("ratings", ())),
        certificates=tuple(Certified(tuple(one["agencies"]), one["from"], one["to"], one["leaders"])
                           for one in said.get("certificates", ())),
        receptions=tuple(Received(*(one[name] for name in RECEIVED)) for one in said.get("receptions", ())),
        digitized=said.get("digitized", False),
        older=tuple(Older(*(one[name] for name in OLDER)) for one in said.get("older", ())),
    )  # fmt: skip


def folder() -> Path:
    """Where the tables of the places are."""
    return Path(settings.MOTCUA_DATA) / "places"


def _agency(row: Mapping[str, Any]) -> AgencyTold:
    staff = row.get("staff")
    return AgencyTold(
        key=row["key"], name=row["name"], short=row["short"], kind=row.get("kind", "peoples_committee"),
        level=row["level"], parent=row.get("parent", ""), first=row["from"], last=row["to"],
        codes=tuple(
            (one.get("scheme", "qcvn102"), one["code"], one["from"], one["to"]) for one in row.get("codes", ())
        ),
        staff=Staff(*(staff[name] for name in STAFF)) if staff else None,
        posts=tuple(
            Posted(one["from"], one["to"], one.get("where", ""), one.get("level", ""), tuple(one.get("codes", ())))
            for one in row.get("posts", ())
        ),
    )  # fmt: skip


def _stream(row: Mapping[str, Any], mixes: Mapping[str, Mapping[str, int]]) -> Stream:
    return Stream(
        agency=row["agency"], first=row["from"], last=row["to"], dossiers=row["dossiers"], channel=row["channel"],
        source=row.get("source", "office"), mix=mixes[row["mix"]], weekdays=tuple(row.get("weekdays", EVERY_DAY)),
        helped=row.get("helped", 0), levels=tuple(row.get("levels", ())), late=row.get("late", False),
        settled_by=row.get("settled_by", row["to"] if not row.get("late") else date(row["to"].year, 12, 31)),
    )  # fmt: skip


def _bundles(row: Mapping[str, Any]) -> Stream:
    return Stream(
        agency=row["agency"], first=row["from"], last=row["to"], dossiers=row["filings"], channel="counter",
        source="office", mix={}, weekdays=tuple(row["weekdays"]), helped=0, levels=(), late=False,
        settled_by=row["to"], bundle=row["definition"], handlers=row["handlers"],
    )  # fmt: skip
