"""Which dossiers go into a pack: those open at some time of the period, or a sample of them that anybody can check."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_planned
from motcua.people.overseeing import Overseen
from motcua.reporting.detectors.signs import look_for, sign_named
from motcua.reporting.pack.contents import rank
from motcua.routing.apologies.balance import STOPPED
from motcua.worktime.rules import VIETNAM


class SampleKind(StrEnum):
    """How the dossiers of a pack are chosen."""

    ALL = "all"
    RANDOM = "random"
    LATE = "late"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class PackOrder:
    """Whose dossiers, of which days (both included), and which of them. `number` and `seed`: of a random sample."""

    agencies: Sequence[Overseen]
    first: date
    last: date
    kind: SampleKind
    number: int = 0
    seed: str = ""
    sign: str = ""

    def told(self) -> dict[str, Any]:
        """As the event and the manifest say it."""
        sample: dict[str, Any] = {"kind": self.kind.value}
        if self.kind is SampleKind.RANDOM:
            sample |= {"number": self.number, "seed": self.seed}
        if self.kind is SampleKind.SIGN:
            sample |= {"sign": self.sign}
        return {
            "agencies": [str(one.id) for one in self.agencies], "first": self.first.isoformat(),
            "last": self.last.isoformat(), "sample": sample,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """A dossier of the sample, with the filing it may have been before."""

    id: UUID
    code: str
    submission_id: UUID


_OPEN_THEN: Final[LiteralString] = (
    "SELECT d.id, d.code, d.submission_id, " + STOPPED + " > d.due_at FROM dossiers_dossier d "
    "WHERE d.agency_id = ANY(%(agencies)s::uuid[]) AND d.received_at < %(after)s "
    "AND (d.finished_at IS NULL OR d.finished_at >= %(first)s) ORDER BY d.code"
)


def new_seed() -> str:
    """A seed for a random sample, when the inspector brings none."""
    return secrets.token_hex(8)


def choose(order: PackOrder, at: datetime) -> tuple[list[str], list[Chosen]]:
    """The codes of all dossiers open at some time of the period, and those chosen of them, both in order of code.

    A random sample are the `number` lowest by the hash of seed and code, so that nobody chooses. Raises
    `CalendarGap` when a sign needs a year that is not loaded.
    """
    ids = [one.id for one in order.agencies]
    values = {
        "agencies": ids, "at": at, "first": datetime.combine(order.first, time(), VIETNAM),
        "after": datetime.combine(order.last + timedelta(days=1), time(), VIETNAM),
    }  # fmt: skip
    rows = fetch_planned(_OPEN_THEN, values)
    population = [(Chosen(*row[:3]), bool(row[3])) for row in rows]
    codes = [one.code for one, _late in population]
    if order.kind is SampleKind.ALL:
        return codes, [one for one, _late in population]
    if order.kind is SampleKind.LATE:
        return codes, [one for one, late in population if late]
    if order.kind is SampleKind.RANDOM:
        drawn = set(sorted(codes, key=lambda code: rank(order.seed, code))[: order.number])
        return codes, [one for one, _late in population if one.code in drawn]
    sign = sign_named(order.sign)
    found = look_for(sign, ids, order.first, order.last).rows if sign else []
    pointed = {row.dossier_id for row in found}
    return codes, [one for one, _late in population if one.id in pointed]
