"""Reads about agencies and officials: who serves at a moment, who is away, which duty nobody does."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.timezone import get_default_timezone, localdate

from motcua.core.sql import fetch_all, fetch_one
from motcua.people.models import Agency
from motcua.people.phrases import agency_words

Duty = tuple[UUID, str]
Stretch = tuple[datetime, datetime]


_AGENCY_COLUMNS: Final = (
    "id", "name", "short_name", "kind", "level", "parent_id", "calendar_code", "address", "phone", "email",
    "valid_from", "valid_to",
)  # fmt: skip
_HOME: Final[LiteralString] = """
SELECT a.id, a.name, a.short_name, a.kind, a.level, a.parent_id, a.calendar_code, a.address, a.phone, a.email,
       a.valid_from, a.valid_to
FROM people_agency a
WHERE a.valid_from <= %(day)s AND (a.valid_to IS NULL OR a.valid_to >= %(day)s)
  AND EXISTS (SELECT FROM people_unit u JOIN people_official o ON o.unit_id = u.id WHERE u.agency_id = a.id)
ORDER BY a.valid_from, a.id LIMIT 1
"""


def home_agency(day: date) -> Agency | None:
    """The agency this installation serves: the one in force that has officials, the first if there are several.

    Every page asks for it, so it is asked for with a prepared statement.
    """
    row = fetch_one(_HOME, {"day": day})
    return None if row is None else Agency.from_db("default", _AGENCY_COLUMNS, row)


def agencies_under(agency_id: UUID) -> list[UUID]:
    """This agency and every one below it in the tree, whenever it existed."""
    rows = fetch_all(
        "WITH RECURSIVE below (id) AS (SELECT %s::uuid UNION "
        "SELECT a.id FROM people_agency a JOIN below ON a.parent_id = below.id) SELECT id FROM below",
        (agency_id,),
    )
    return [row[0] for row in rows]


@dataclass(frozen=True, slots=True)
class Kin:
    """An agency before or after another: `from_date` is the day from which the later one answers for the earlier."""

    id: UUID
    name: str
    from_date: date
    is_successor: bool


_KIN: Final[LiteralString] = """
SELECT g.id, g.short_name, g.valid_to, s.from_date, s.predecessor_id = %(agency)s
FROM people_succession s
JOIN people_agency g ON g.id = CASE WHEN s.predecessor_id = %(agency)s THEN s.successor_id ELSE s.predecessor_id END
WHERE %(agency)s IN (s.predecessor_id, s.successor_id) AND s.from_date <= %(day)s
ORDER BY 5, g.short_name, g.id
"""


def kin_of(agency_id: UUID, day: date) -> list[Kin]:
    """Whom the agency took over and who took it over, one step each way; those that ended with their last day."""
    rows = fetch_all(_KIN, {"agency": agency_id, "day": day})
    return [Kin(row[0], agency_words(row[1], row[2], day), row[3], row[4]) for row in rows]


NAMED: Final[LiteralString] = (
    "SELECT (e.after ->> 'successor')::uuid AS id FROM core_event e "
    "WHERE e.subject_kind = 'unit' AND e.subject_id = u.id AND e.kind = 'unit.closed' ORDER BY e.sequence DESC LIMIT 1"
)
"""The unit that `people_unit u` named for its work when it was closed."""
HEIRS: Final[LiteralString] = (
    """
WITH RECURSIVE heirs (unit_id, heir_id) AS (
  SELECT u.id, c.id FROM people_unit u CROSS JOIN LATERAL ("""
    + NAMED
    + """) c WHERE u.valid_to < %(day)s AND c.id IS NOT NULL
  UNION
  SELECT h.unit_id, c.id FROM heirs h JOIN people_unit u ON u.id = h.heir_id AND u.valid_to < %(day)s
  CROSS JOIN LATERAL ("""
    + NAMED
    + """) c WHERE c.id IS NOT NULL
)"""
)
"""Which units took over from which that closed before `day`: at once, or after others that closed since."""

_ON_DUTY: Final[LiteralString] = """
FROM people_rolegrant g
JOIN people_official o ON o.id = g.official_id
  AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
JOIN people_account a ON a.id = o.account_id AND a.is_active
WHERE g.unit_id = %(unit)s AND g.role = %(role)s
  AND g.valid_from <= %(day)s AND (g.valid_to IS NULL OR g.valid_to >= %(day)s)
  AND NOT EXISTS (SELECT 1 FROM people_absence b
                  WHERE b.official_id = o.id AND b.first_at <= %(at)s AND b.last_at > %(at)s)
"""
_SERVES: Final[LiteralString] = "SELECT 1 " + _ON_DUTY + " AND g.official_id = %(official)s LIMIT 1"
_SERVING_THERE: Final[LiteralString] = "SELECT DISTINCT o.id, o.full_name " + _ON_DUTY + " ORDER BY o.full_name, o.id"


def serves_now(official_id: UUID | None, unit_id: UUID, role: str, at: datetime) -> bool:
    """Whether this official does this duty himself at that moment.

    He holds the role in the unit that day, his account is open, he still serves, and he is not absent.
    Nobody (None) serves nowhere. A duty stood in for is not his own: ask `ActingOfficial.serves`.
    """
    values = {"official": official_id, "unit": unit_id, "role": role, "day": localdate(at), "at": at}
    return fetch_one(_SERVES, values) is not None


def serving(unit_id: UUID, role: str, at: datetime) -> list[tuple[UUID, str]]:
    """Who does this duty himself at that moment, as `serves_now`: id and name, by name. One query."""
    rows = fetch_all(_SERVING_THERE, {"unit": unit_id, "role": role, "day": localdate(at), "at": at})
    return [(row[0], row[1]) for row in rows]


# Who does not serve at the moment `at` of the day `day` in `agency`; also a part of larger statements.
AWAY_OFFICIALS: Final[LiteralString] = """
SELECT o.id FROM people_official o
JOIN people_unit u ON u.id = o.unit_id AND u.agency_id = %(agency)s
JOIN people_account a ON a.id = o.account_id
WHERE NOT a.is_active OR o.valid_from > %(day)s OR o.valid_to < %(day)s
   OR EXISTS (SELECT 1 FROM people_absence b
              WHERE b.official_id = o.id AND b.first_at <= %(at)s AND b.last_at > %(at)s)
"""


def away_officials(agency_id: UUID, at: datetime) -> frozenset[UUID]:
    """Officials of the agency who do not serve at that moment: absent, left, not yet come, or shut out."""
    rows = fetch_all(AWAY_OFFICIALS, {"agency": agency_id, "day": localdate(at), "at": at})
    return frozenset(row[0] for row in rows)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A duty of a unit that nobody does from `first` until just before `last`."""

    unit_id: UUID
    unit: str
    role: str
    first: datetime
    last: datetime


# Days in force become moments: from the first midnight to the midnight after the last day.
_HOLDERS = """
SELECT g.unit_id, g.role, g.official_id,
       GREATEST(g.valid_from, u.valid_from), LEAST(g.valid_to, u.valid_to),
       GREATEST(g.valid_from, u.valid_from, o.valid_from), LEAST(g.valid_to, u.valid_to, o.valid_to),
       a.is_active, u.name
FROM people_rolegrant g
JOIN people_unit u ON u.id = g.unit_id AND u.agency_id = %(agency)s
JOIN people_official o ON o.id = g.official_id
JOIN people_account a ON a.id = o.account_id
WHERE g.valid_from <= %(last_day)s AND (g.valid_to IS NULL OR g.valid_to >= %(first_day)s)
"""
_AWAY_STRETCHES = """
SELECT b.official_id, b.first_at, b.last_at, s.unit_id, s.role, s.substitute_id
FROM people_absence b
JOIN people_official o ON o.id = b.official_id
JOIN people_unit u ON u.id = o.unit_id AND u.agency_id = %(agency)s
LEFT JOIN people_standin s ON s.absence_id = b.id
WHERE b.first_at < %(last)s AND b.last_at > %(first)s
"""
_SERVING = """
SELECT o.id, o.valid_from, o.valid_to FROM people_official o
JOIN people_unit u ON u.id = o.unit_id AND u.agency_id = %(agency)s
JOIN people_account a ON a.id = o.account_id AND a.is_active
"""


def uncovered_duties(agency_id: UUID, first: datetime, last: datetime) -> list[Uncovered]:
    """Stretches of [first, last) in which a role granted in an open unit has nobody on duty.

    On duty is a holder who serves and is not absent, or whoever stands in for an absent holder while he is
    not absent himself. A grant left open by an official who is gone still asks for somebody; a grant that
    ended does not. Sorted by moment, then unit. Three queries. Whether the office is open then is for the
    caller to ask of the calendar.
    """
    values = {"agency": agency_id, "first": first, "last": last,
              "first_day": localdate(first), "last_day": localdate(last)}  # fmt: skip
    wanted: dict[Duty, list[Stretch]] = defaultdict(list)
    held: list[tuple[Duty, UUID, Stretch, bool]] = []
    names: dict[UUID, str] = {}
    for unit, role, official, asked_from, asked_to, served_from, served_to, active, name in fetch_all(_HOLDERS, values):
        names[unit] = name
        wanted[unit, role].append(_moments(asked_from, asked_to))
        held.append(((unit, role), official, _moments(served_from, served_to), active))
    on_duty = _on_duty(held, values)
    gaps = [
        Uncovered(unit, names[unit], role, *gap)
        for (unit, role), asked in wanted.items()
        for gap in _joined(_without(_within(asked, (first, last)), on_duty[unit, role]))
    ]
    return sorted(gaps, key=lambda gap: (gap.first, gap.unit, gap.role))


def _on_duty(held: list[tuple[Duty, UUID, Stretch, bool]], values: dict[str, Any]) -> dict[Duty, list[Stretch]]:
    """When each duty is done: by its holders while they are there, by who stands in while they are not."""
    serving = {row[0]: _moments(row[1], row[2]) for row in fetch_all(_SERVING, values)}
    away: dict[UUID, set[Stretch]] = defaultdict(set)
    replaced: dict[tuple[UUID, Duty], list[tuple[Stretch, UUID]]] = defaultdict(list)
    for official, begins, ends, unit, role, substitute in fetch_all(_AWAY_STRETCHES, values):
        away[official].add((begins, ends))
        if substitute is not None:
            replaced[official, (unit, role)].append(((begins, ends), substitute))
    on_duty: dict[Duty, list[Stretch]] = defaultdict(list)
    for duty, official, stretch, active in held:
        if active:
            on_duty[duty] += _without([stretch], away[official])
        for absence, substitute in replaced[official, duty]:
            if substitute in serving:
                there = _within(_within([stretch], absence), serving[substitute])
                on_duty[duty] += _without(there, away[substitute])
    return on_duty


def _moments(first_day: date, last_day: date | None) -> Stretch:
    zone = get_default_timezone()
    after = last_day + timedelta(days=1) if last_day is not None else date.max
    return datetime.combine(first_day, time(), zone), datetime.combine(after, time(), zone)


def _within(stretches: Iterable[Stretch], bounds: Stretch) -> list[Stretch]:
    """What of the stretches lies within the bounds."""
    cut = ((max(first, bounds[0]), min(last, bounds[1])) for first, last in stretches)
    return [(first, last) for first, last in cut if first < last]


def _without(stretches: Iterable[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    """What of the stretches is left when others are taken out."""
    left = [stretch for stretch in stretches if stretch[0] < stretch[1]]
    for begins, ends in taken:
        left = [
            part
            for first, last in left
            for part in ((first, min(last, begins)), (max(first, ends), last))
            if part[0] < part[1]
        ]
    return left


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The stretches in order, those that touch made one."""
    joined: list[Stretch] = []
    for first, last in sorted(stretches):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
