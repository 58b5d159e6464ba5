"""Which procedures are filed together, who handles each, and in what order: dated facts of `data/bundles.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal


class NoSuchBundle(Refusal, LookupError):
    """No bundle of this code is in force on that day."""

    def __str__(self) -> str:
        return _("Nhóm thủ tục liên thông này không có hiệu lực hôm nay. Ông/bà chọn nhóm khác hoặc nhận từng thủ tục.")


@dataclass(frozen=True, slots=True)
class Handler:
    """The kind and level of agency that handles a part; `here_else`: the desk's own agency where none is known."""

    kind: str
    level: str
    here_else: bool


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One procedure of a bundle. `handler` None: the receiving desk's own agency.

    `after` is the place of the member that must be finished first; None: opened at once. `supplied`: names of
    papers which that member produces, so that nobody asks the citizen for them.
    """

    position: int
    procedure: str
    handler: Handler | None = None
    after: int | None = None
    supplied: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ProcedureBundle:
    """A group of procedures filed together, as stated from `valid_from` on. `same_papers`: names of one paper."""

    code: str
    name: str
    legal_basis: str
    valid_from: date
    valid_to: date | None
    members: tuple[MemberLine, ...]
    same_papers: tuple[frozenset[str], ...] = ()

    def in_force(self, day: date) -> bool:
        """Whether it may be filed on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def bundle_in_force(code: str, day: date) -> ProcedureBundle:
    """The bundle as stated on that day. Raises `NoSuchBundle`."""
    for bundle in bundles_in_force(day):
        if bundle.code == code:
            return bundle
    raise NoSuchBundle(code)


def bundles_in_force(day: date) -> list[ProcedureBundle]:
    """Every bundle that may be filed on that day, in the order of the table; of one code, the latest statement."""
    found: dict[str, ProcedureBundle] = {}
    for bundle in sorted(read_bundles(settings.MOTCUA_DATA / "bundles.yaml"), key=lambda one: one.valid_from):
        if bundle.in_force(day):
            found[bundle.code] = bundle
    return list(found.values())


def read_definition(code: str, valid_from: date) -> ProcedureBundle | None:
    """The bundle as it was stated from that day on, in force or not; None when the table has lost it."""
    table = read_bundles(settings.MOTCUA_DATA / "bundles.yaml")
    return next((one for one in table if (one.code, one.valid_from) == (code, valid_from)), None)


@cache
def read_bundles(path: Path) -> tuple[ProcedureBundle, ...]:
    """All bundles of the table, read once. Raises KeyError or ValueError for a faulty table."""
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_bundle(row) for row in table["bundles"])


def _bundle(row: dict[str, Any]) -> ProcedureBundle:
    places = {member["procedure"]: place for place, member in enumerate(row["members"], 1)}
    members = tuple(_member(member, places) for member in row["members"])
    if len(places) != len(members) or members[0].handler is not None or members[0].after is not None:
        raise ValueError(f"{row['code']}: the first member is the desk's own, and a procedure stands once")
    if any(line.after is not None and line.after >= line.position for line in members):
        raise ValueError(f"{row['code']}: a member follows one that stands before it")
    if any(line.supplied and line.after is None for line in members):
        raise ValueError(f"{row['code']}: papers are supplied only by the member that is followed")
    return ProcedureBundle(
        code=row["code"],
        name=row["name"],
        legal_basis=row["legal_basis"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        members=members,
        same_papers=tuple(frozenset(names) for names in row["same_papers"]),
    )


def _member(row: dict[str, Any], places: dict[str, int]) -> MemberLine:
    who = row["handled_by"]
    return MemberLine(
        position=places[row["procedure"]],
        procedure=row["procedure"],
        handler=None if who == "here" else Handler(who["kind"], who["level"], who["or_here"]),
        after=places[row["after"]] if row["after"] is not None else None,
        supplied=frozenset(row["supplied"]),
    )
