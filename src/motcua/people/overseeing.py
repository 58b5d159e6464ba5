"""Whose record an official may check: his own agency's, and that of every agency below it."""

from dataclasses import dataclass
from typing import Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_all
from motcua.people.access import ActingOfficial
from motcua.people.models import Role

OVERSEERS = (Role.APPROVER, Role.PROCEDURE_CONTROLLER)


@dataclass(frozen=True, slots=True)
class Overseen:
    """An agency whose record may be checked."""

    id: UUID
    name: str
    calendar_code: str


_BELOW: Final[LiteralString] = """
WITH RECURSIVE below AS (
  SELECT id, 0 AS depth FROM people_agency WHERE id = %s
  UNION
  SELECT g.id, b.depth + 1 FROM people_agency g JOIN below b ON g.parent_id = b.id WHERE b.depth < 8
)
SELECT g.id, g.short_name, g.calendar_code FROM below b JOIN people_agency g ON g.id = b.id
ORDER BY b.depth, g.short_name, g.id
"""


def overseen_by(by: ActingOfficial) -> list[Overseen]:
    """His own agency first, then those below; none for who neither leads nor controls procedures."""
    return overseen_from(by.agency_id) if by.holds(*OVERSEERS) else []


def overseen_from(agency_id: UUID) -> list[Overseen]:
    """This agency and every one below it."""
    return [Overseen(*row) for row in fetch_all(_BELOW, (agency_id,))]
