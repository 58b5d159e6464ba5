"""What a leader must know today, read in sets: an agency may have a hundred thousand open dossiers.

Counts come from the ends of partial indexes, lists are cut where they are read. While a dossier waits for the
applicant it is neither due nor late; one that was late before stays so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, LiteralString, NamedTuple
from uuid import UUID

from django.utils.timezone import localdate

from motcua.core.sql import fetch_all, fetch_one
from motcua.dossiers.states import State
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.routing.queries import FREE_OR_MINE, LATE, OPEN_STATES, mine_values

# Written out in the statements too: prepared for a limit it does not know, PostgreSQL plans for a tenth of all.
LIST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Day:
    """The edges of a leader's day: now, until when what is due counts as near, and the day's end."""

    at: datetime
    near: datetime
    end: datetime


class Tally(NamedTuple):
    """Open dossiers past their limit, near it (in the evening that is tomorrow morning), and due before midnight."""

    late: int = 0
    near: int = 0
    today: int = 0


@dataclass(frozen=True, slots=True)
class InHands:
    """How the dossiers in one pair of hands stand; `official` is empty for what nobody has taken yet."""

    unit_id: UUID
    unit: str
    official_id: UUID | None
    official: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class LeadRow:
    """An open step of a dossier as the leader's lists show it."""

    code: str
    applicant: str
    procedure: str
    step: str
    unit: str
    official_id: UUID | None
    official: str
    due_at: datetime
    state: State
    paused_at: datetime | None
    paused_until: date | None


COUNTED: Final[Mapping[str, LiteralString]] = {
    "late": LATE,
    "near": "d.paused_at IS NULL AND d.due_at BETWEEN %(at)s AND %(near)s",
    "today": "d.paused_at IS NULL AND d.due_at BETWEEN %(at)s AND %(day_end)s",
}
"""What each figure of a `Tally` counts, and so what its list holds (`held.py`)."""
_TALLY: Final[LiteralString] = ", ".join("count(*) FILTER (WHERE " + what + ")" for what in COUNTED.values()) + " "
OPEN_HERE: Final[LiteralString] = "WHERE d.agency_id = %(agency)s AND d.state IN " + OPEN_STATES
_SOON: Final[LiteralString] = OPEN_HERE + " AND d.due_at <= %(horizon)s "


def values_of(by: ActingOfficial, day: Day, **more: Any) -> dict[str, Any]:
    """What the statements of a leader's day ask for."""
    return {
        "agency": by.agency_id, "at": day.at, "near": day.near, "day_end": day.end,
        "horizon": max(day.near, day.end), "today": localdate(day.at), **more,
    }  # fmt: skip


def tally_of(by: ActingOfficial, day: Day) -> Tally:
    """The agency's dossiers, each counted once, in whatever hands."""
    row = fetch_one("SELECT " + _TALLY + "FROM dossiers_dossier d " + _SOON, values_of(by, day))
    return Tally(*(row or ()))


# `OFFSET 0` keeps the look-up of each dossier's open steps what it is: prepared, a join would read all steps.
_IN_HANDS: Final[LiteralString] = (
    """
WITH h (unit_id, official_id, late, near, today) AS (SELECT s.unit_id, s.official_id, """
    + _TALLY
    + """FROM dossiers_dossier d CROSS JOIN LATERAL (SELECT unit_id, official_id FROM routing_step
    WHERE dossier_id = d.id AND finished_at IS NULL OFFSET 0) s """
    + _SOON
    + """GROUP BY s.unit_id, s.official_id)
SELECT u.id, u.name, o.id, COALESCE(o.full_name, ''), h.late, h.near, h.today
FROM h JOIN people_unit u ON u.id = h.unit_id LEFT JOIN people_official o ON o.id = h.official_id
WHERE h.late + h.near + h.today > 0 ORDER BY h.late DESC, h.near DESC, h.today DESC, u.name, 2
"""
)


def in_hands(by: ActingOfficial, day: Day) -> list[InHands]:
    """The same by unit and person, most late first; a dossier worked on side by side stands in each of the hands."""
    rows = fetch_all(_IN_HANDS, values_of(by, day))
    return [
        InHands(unit_id, unit, official_id, official, Tally(*counts))
        for unit_id, unit, official_id, official, *counts in rows
    ]


def by_unit(hands: Iterable[InHands]) -> list[InHands]:
    """The sums of the units, most late first."""
    sums: dict[tuple[UUID, str], Tally] = {}
    for held in hands:
        unit = held.unit_id, held.unit
        sums[unit] = Tally(*map(sum, zip(sums.get(unit, Tally()), held.tally, strict=True)))
    ranked = sorted(sums.items(), key=lambda item: (*(-count for count in item[1]), item[0][1]))
    return [InHands(*unit, None, "", tally) for unit, tally in ranked]


# The dossiers of a list are picked from their index first, cut, and only then dressed with names.
DRESSED: Final[LiteralString] = """
SELECT d.code, d.applicant_name, v.name, s.name, u.name, s.official_id, COALESCE(o.full_name, ''), d.due_at, d.state,
       d.paused_at, d.paused_until
FROM picked
JOIN dossiers_dossier d ON d.id = picked.dossier_id
JOIN routing_step s ON s.dossier_id = d.id AND s.finished_at IS NULL
  AND (picked.step_id IS NULL OR s.id = picked.step_id)
JOIN catalogue_procedureversion v ON v.id = d.version_id
JOIN people_unit u ON u.id = s.unit_id
LEFT JOIN people_official o ON o.id = s.official_id
ORDER BY picked.place, d.code, s.position
"""
_DOSSIERS: Final[LiteralString] = "WITH picked AS (SELECT d.id AS dossier_id, NULL::uuid AS step_id, "


def late(by: ActingOfficial, day: Day) -> list[LeadRow]:
    """The longest late first."""
    return _listed(
        _DOSSIERS + "d.due_at AS place FROM dossiers_dossier d " + OPEN_HERE + " AND d.due_at < %(at)s AND " + LATE
        + " ORDER BY d.due_at LIMIT 20)" + DRESSED,
        values_of(by, day),
    )  # fmt: skip


def soon(by: ActingOfficial, day: Day) -> list[LeadRow]:
    """What is near its limit or due before the day is over, the nearest first."""
    return _listed(
        _DOSSIERS + "d.due_at AS place FROM dossiers_dossier d " + _SOON
        + "AND d.due_at >= %(at)s AND d.paused_at IS NULL ORDER BY d.due_at LIMIT 20)" + DRESSED,
        values_of(by, day),
    )  # fmt: skip


def overstayed(by: ActingOfficial, day: Day) -> tuple[int, list[LeadRow]]:
    """How many wait for an applicant whose last day has passed, and those that waited longest."""
    waiting: LiteralString = (
        "FROM dossiers_dossier d WHERE d.agency_id = %(agency)s AND d.state IN (5, 6) AND d.paused_until < %(today)s "
    )
    values = values_of(by, day)
    row = fetch_one("SELECT count(*) " + waiting, values)
    if row is None or row[0] == 0:
        return 0, []
    return row[0], _listed(
        _DOSSIERS + "d.paused_until AS place " + waiting + "ORDER BY d.paused_until LIMIT 20)" + DRESSED, values
    )


_SIGNING: Final[LiteralString] = (
    """
FROM unnest(%(units)s::uuid[]) AS duty (unit_id) CROSS JOIN LATERAL (
  SELECT {what} FROM routing_step s WHERE s.finished_at IS NULL AND s.unit_id = duty.unit_id AND s.role = 'approver'
    AND """
    + FREE_OR_MINE
)


def to_sign(by: ActingOfficial, day: Day) -> tuple[int, list[LeadRow]]:
    """How many wait for this leader's signature, his own and those he signs for, and the most urgent."""
    values = values_of(by, day) | mine_values(by, day.at)
    values["units"] = sorted(unit for unit, role in by.duties if role == Role.APPROVER)
    row = fetch_one("SELECT COALESCE(sum(held.steps), 0)::int" + _COUNTED, values)
    if row is None or row[0] == 0:
        return 0, []
    return row[0], _listed("WITH picked AS (SELECT held.*" + _FIRST + ")" + DRESSED, values)


_COUNTED: Final[LiteralString] = _SIGNING.replace("{what}", "count(*) AS steps") + ") AS held"
_FIRST: Final[LiteralString] = (
    _SIGNING.replace("{what}", "s.dossier_id, s.id AS step_id, s.due_at AS place")
    + " ORDER BY s.due_at LIMIT 20) AS held ORDER BY held.place LIMIT 20"
)


class Unattended(NamedTuple):
    """A duty with work waiting and nobody who does it now: not a holder, not a stand-in."""

    unit_id: UUID
    unit: str
    role: str
    steps: int


_UNATTENDED: Final[LiteralString] = """
SELECT w.unit_id, w.unit, w.role, (SELECT count(*) FROM routing_step s
   WHERE s.unit_id = w.unit_id AND s.role = w.role AND s.finished_at IS NULL)
FROM (
  SELECT u.id, u.name, r.role FROM people_unit u CROSS JOIN unnest(%(roles)s::text[]) AS r (role)
  WHERE u.agency_id = %(agency)s AND EXISTS (SELECT FROM routing_step s
    WHERE s.unit_id = u.id AND s.role = r.role AND s.finished_at IS NULL)
) AS w (unit_id, unit, role)
WHERE NOT EXISTS (
  SELECT FROM people_rolegrant g
  LEFT JOIN people_standin i ON i.official_id = g.official_id AND i.unit_id = g.unit_id AND i.role = g.role
    AND EXISTS (SELECT FROM people_absence b WHERE b.id = i.absence_id AND b.first_at <= %(at)s AND b.last_at > %(at)s)
  JOIN people_official o ON o.id IN (g.official_id, i.substitute_id)
    AND o.valid_from <= %(today)s AND (o.valid_to IS NULL OR o.valid_to >= %(today)s)
  JOIN people_account a ON a.id = o.account_id AND a.is_active
  WHERE g.unit_id = w.unit_id AND g.role = w.role
    AND g.valid_from <= %(today)s AND (g.valid_to IS NULL OR g.valid_to >= %(today)s)
    AND NOT EXISTS (SELECT FROM people_absence b
      WHERE b.official_id = o.id AND b.first_at <= %(at)s AND b.last_at > %(at)s))
ORDER BY w.unit, w.role
"""


def unattended(by: ActingOfficial, day: Day) -> tuple[list[Unattended], list[LeadRow]]:
    """Duties of this moment with work waiting and nobody there, and the most urgent of that work."""
    values = values_of(by, day, roles=list(Role.values))
    duties = [Unattended(*row) for row in fetch_all(_UNATTENDED, values)]
    if not duties:
        return [], []
    values |= {"units": [duty.unit_id for duty in duties], "roles": [duty.role for duty in duties]}
    return duties, _listed(
        "WITH picked AS (SELECT held.* FROM unnest(%(units)s::uuid[], %(roles)s::text[]) AS duty (unit_id, role) "
        "CROSS JOIN LATERAL (SELECT s.dossier_id, s.id AS step_id, s.due_at AS place FROM routing_step s "
        "WHERE s.unit_id = duty.unit_id AND s.role = duty.role AND s.finished_at IS NULL "
        "ORDER BY s.due_at LIMIT 20) AS held ORDER BY held.place LIMIT 20)" + DRESSED,
        values,
    )


def _listed(statement: LiteralString, values: dict[str, Any]) -> list[LeadRow]:
    return lead_rows(fetch_all(statement, values))


def lead_rows(rows: Iterable[Sequence[Any]]) -> list[LeadRow]:
    """The dressed rows; a dossier worked on side by side has one for each of its steps."""
    read = ([*row[:8], State(row[8]), *row[9:]] for row in rows)
    return [LeadRow(*row) for row in read]
