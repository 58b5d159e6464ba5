"""Whose record an official may check: his own agency's, that of every agency below it, and of those they took over."""

from dataclasses import dataclass
from typing import Final, LiteralString
from uuid import UUID

from django.utils.timezone import localdate

from motcua.core.sql import fetch_all
from motcua.people.access import ActingOfficial
from motcua.people.models import WORKERS, Role
from motcua.people.phrases import agency_words

OVERSEERS = (Role.APPROVER, Role.PROCEDURE_CONTROLLER)


@dataclass(frozen=True, slots=True)
class Overseen:
    """An agency whose record may be checked. `is_former`: it ended and was taken over, and is only read."""

    id: UUID
    name: str
    calendar_code: str
    is_former: bool = False


# From an agency that was taken over only what ended with it is reached: what outlived it has a leader of its own.
_REACH: Final[LiteralString] = """
WITH RECURSIVE reach (id, depth, taken_over) AS (
  SELECT id, 0, NULL::date FROM people_agency WHERE id = %(agency)s
  UNION
  SELECT n.id, r.depth + 1, n.taken_over FROM reach r CROSS JOIN LATERAL (
    SELECT g.id, r.taken_over FROM people_agency g
    WHERE g.parent_id = r.id AND (r.taken_over IS NULL OR g.valid_to < r.taken_over)
    UNION ALL
    SELECT s.predecessor_id, s.from_date FROM people_succession s
    WHERE s.successor_id = r.id AND s.from_date <= %(day)s) n
  WHERE r.depth < 8
),
reached AS (SELECT id, min(depth) AS depth, bool_and(taken_over IS NOT NULL) AS is_former FROM reach GROUP BY id)
SELECT g.id, g.short_name, g.calendar_code, r.is_former, g.valid_to FROM reached r JOIN people_agency g ON g.id = r.id
ORDER BY r.is_former, r.depth, g.short_name, g.valid_to DESC NULLS FIRST, g.id
"""


def overseen_by(by: ActingOfficial) -> list[Overseen]:
    """His own agency first, those below, then those taken over; none for who neither leads nor controls procedures."""
    return overseen_from(by.agency_id) if by.holds(*OVERSEERS) else []


def overseen_from(agency_id: UUID) -> list[Overseen]:
    """This agency, every one below it, and whatever those succeeded; names told apart by their last day."""
    today = localdate()
    return [
        Overseen(row[0], agency_words(row[1], row[4], today), row[2], row[3])
        for row in fetch_all(_REACH, {"agency": agency_id, "day": today})
    ]


def taken_over_by(agency_id: UUID) -> list[UUID]:
    """The agencies that ended and whose past this one answers for, with what ended below them."""
    return [one.id for one in overseen_from(agency_id) if one.is_former]


def opened_by(by: ActingOfficial) -> frozenset[UUID]:
    """The agencies whose dossiers he may open, for a list that leads to them: `dossiers.access.dossiers_read_by`."""
    if not by.holds(*WORKERS):
        return frozenset()
    former = taken_over_by(by.agency_id) if by.holds(*OVERSEERS) else []
    return frozenset({by.agency_id, *former})
