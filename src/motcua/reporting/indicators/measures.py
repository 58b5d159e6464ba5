"""Counting a set and listing it: the same statement, so that a figure and its list cannot differ."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils import timezone

from motcua.core.sql import fetch_parts, fetch_planned
from motcua.reporting.indicators import sets
from motcua.reporting.indicators.by_receipt import sets as by_receipt
from motcua.reporting.indicators.by_receipt.days import parts_of
from motcua.reporting.indicators.counting import filed_online, in_time
from motcua.reporting.indicators.counts import Count, PartCount
from motcua.reporting.rules.periods import Period
from motcua.worktime.rules import VIETNAM

DOSSIER, PROCEDURE = "dossier", "procedure"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose work, and in which period, as it stood at `now`."""

    agencies: tuple[UUID, ...]
    period: Period
    now: datetime

    @property
    def last_day(self) -> date:
        """The day by whose rules, and by whose postings, the period is measured."""
        return min(self.period.last, self.now.astimezone(VIETNAM).date())

    def values(self) -> dict[str, Any]:
        """What the statements of `sets` ask for; that nothing was published late, until somebody counts it."""
        first, after = _midnight(self.period.first), _midnight(self.period.until)
        return {
            "agencies": list(self.agencies), "first": first, "after": after, "until": min(after, self.now),
            "day": self.last_day, "late": list[UUID](), "first_day": self.period.first, "until_day": self.period.until,
        }  # fmt: skip


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


def scope_of(agencies: list[UUID], period: Period) -> Scope:
    """The scope as it stands now."""
    return Scope(tuple(agencies), period, timezone.now())


@dataclass(frozen=True, slots=True)
class CountedSet:
    """What a formula counts (`kind`: dossiers or procedures), and the statement of its set.

    `counter`: what tells its parts without reading every member, where there is such a thing.
    """

    kind: str
    sql: LiteralString
    counter: Callable[[Mapping[str, Any]], tuple[PartCount, ...]] | None = None


SETS: Final[Mapping[str, CountedSet]] = {
    "published_on_time": CountedSet(PROCEDURE, sets.PUBLISHED),
    "complete_parts": CountedSet(PROCEDURE, sets.COMPLETE),
    "in_time": CountedSet(DOSSIER, sets.IN_TIME, in_time),
    "offered_online": CountedSet(PROCEDURE, sets.ONLINE),
    "online_in_use": CountedSet(PROCEDURE, sets.ONLINE_USED),
    "filed_online": CountedSet(DOSSIER, sets.FILED_ONLINE, filed_online),
    "electronic_results": CountedSet(DOSSIER, by_receipt.COPIES, partial(parts_of, "copy")),
    "digitized_dossiers": CountedSet(DOSSIER, by_receipt.DIGITIZED, partial(parts_of, "digitized")),
    "reused_papers": CountedSet(DOSSIER, by_receipt.REUSED, partial(parts_of, "reused")),
    "paid_online": CountedSet(DOSSIER, by_receipt.PAID, partial(parts_of, "paid")),
    "online_payment_in_use": CountedSet(PROCEDURE, sets.PAYMENT_USED),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One dossier or procedure of a set."""

    id: UUID
    code: str
    name: str
    agency_id: UUID
    agency: str
    part: str
    counted: bool


_EVERY: Final[LiteralString] = (
    "SELECT id, code, name, agency_id, agency, part, counted FROM ({}) AS members "
    "WHERE counted = ANY(%(sides)s::bool[]) AND (%(part)s = '' OR part = %(part)s) ORDER BY code, id"
)
_COUNT: Final[LiteralString] = "SELECT part, counted, count(*) FROM ({}) AS members GROUP BY 1, 2 ORDER BY 2 DESC, 1"
_LIST: Final[LiteralString] = _EVERY + " LIMIT %(limit)s OFFSET %(offset)s"
SIDES: Final[Mapping[str, tuple[bool, ...]]] = {"counted": (True,), "rest": (False,), "all": (True, False)}
EVERY = 1_000_000


def count_of(one: CountedSet, values: Mapping[str, Any]) -> Count:
    """How many, by parts: what counting the members of `members_of` would give."""
    if one.counter is not None:
        return Count(one.kind, one.counter(values))
    rows = fetch_planned(_COUNT.replace("{}", one.sql), values)
    return Count(one.kind, tuple(PartCount(*row) for row in rows))


def members_of(
    one: CountedSet, values: Mapping[str, Any], *, side: str = "all", part: str = "", limit: int = EVERY,
    offset: int = 0,
) -> list[Member]:  # fmt: skip
    """The members by code: of one side (counted, rest, all), of one part if named. One statement."""
    asked = {**values, "sides": list(SIDES[side]), "part": part, "limit": limit, "offset": offset}
    return [Member(*row) for row in fetch_planned(_LIST.replace("{}", one.sql), asked)]


def every_member(one: CountedSet, values: Mapping[str, Any], *, side: str = "all", part: str = "") -> Iterator[Member]:
    """All the members, as `members_of` lists them, read while they are asked for."""
    asked = {**values, "sides": list(SIDES[side]), "part": part}
    for rows in fetch_parts(_EVERY.replace("{}", one.sql), asked):
        yield from (Member(*row) for row in rows)
