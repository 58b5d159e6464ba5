"""Which task an official has with a dossier he opens: the step in his hands, his duty's step, a question to him."""

from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_all
from motcua.people.access import ActingOfficial
from motcua.people.looking import Purpose, Task
from motcua.people.models import WORKERS
from motcua.routing.consultations.access import worked_units

_OPEN: Final[LiteralString] = """
SELECT 'step', s.name, s.role, s.unit_id, u.name, s.official_id FROM routing_step s
JOIN people_unit u ON u.id = s.unit_id WHERE s.dossier_id = %(dossier)s AND s.finished_at IS NULL
UNION ALL
SELECT 'consultation', '', '', c.unit_id, COALESCE(u.name, g.short_name), NULL FROM routing_consultation c
LEFT JOIN people_unit u ON u.id = c.unit_id LEFT JOIN people_agency g ON g.id = c.agency_id
WHERE c.dossier_id = %(dossier)s AND c.closed_at IS NULL
  AND (c.unit_id = ANY(%(units)s::uuid[]) OR c.agency_id = %(agency)s)
"""


def task_in_hand(by: ActingOfficial, dossier_id: UUID, at: datetime) -> Task | None:
    """The nearest reason he has to open it now, his own step before one he may take; None when he only looks it up."""
    agency = by.agency_id if by.holds(*WORKERS) else None
    rows = fetch_all(_OPEN, {"dossier": dossier_id, "units": worked_units(by), "agency": agency})
    found: list[tuple[int, Task]] = []
    for kind, step, role, unit_id, unit, official_id in rows:
        duty = (unit_id, role)
        if kind == "consultation":
            found.append((2, Task(Purpose.CONSULTATION, unit=unit)))
        elif official_id == by.id:
            found.append((0, Task(Purpose.STEP, step, role, unit, duty=duty if by.serves(*duty) else None)))
        elif by.serves(*duty):
            found.append((1, Task(Purpose.DUTY, step, role, unit, duty=duty)))
    return min(found, key=lambda one: one[0])[1] if found else None
