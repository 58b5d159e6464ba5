"""The dossiers behind each figure of a leader's page: whose hands they are in, and how they stand to their date."""

from dataclasses import dataclass
from typing import Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_one, fetch_planned
from motcua.people.access import ActingOfficial
from motcua.routing.leading import COUNTED, DRESSED, OPEN_HERE, Day, LeadRow, lead_rows, values_of

ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class Hands:
    """Whose: of a unit, and there of one official; None is whichever there are."""

    unit_id: UUID | None = None
    official_id: UUID | None = None


_FROM: Final[LiteralString] = (
    "FROM dossiers_dossier d JOIN routing_step s ON s.dossier_id = d.id AND s.finished_at IS NULL "
    + OPEN_HERE
    + " AND d.due_at <= %(horizon)s AND (%(unit)s::uuid IS NULL OR s.unit_id = %(unit)s) "
    "AND (%(official)s::uuid IS NULL OR s.official_id = %(official)s) "
    "AND "
)
_PICKED: Final[LiteralString] = "WITH picked AS (SELECT s.dossier_id, s.id AS step_id, d.due_at AS place "


def held(by: ActingOfficial, day: Day, what: str, hands: Hands, *, offset: int = 0) -> tuple[int, list[LeadRow]]:
    """How many open steps the figure `what` of `COUNTED` counts in these hands, and a page of them, by their date.

    A dossier worked on side by side stands in each of the hands, and has a row for each of its steps.
    """
    values = values_of(by, day, unit=hands.unit_id, official=hands.official_id, rows=ROWS, offset=offset)
    counted = _FROM + COUNTED[what]
    row = fetch_one("SELECT count(*) " + counted, values)
    page = " ORDER BY d.due_at, d.code, s.position LIMIT %(rows)s OFFSET %(offset)s)"
    return (row[0] if row else 0), lead_rows(fetch_planned(_PICKED + counted + page + DRESSED, values))
