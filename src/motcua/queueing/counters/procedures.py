"""What may be taken in for a need: the procedures of its sectors that the office offers at the desk."""

from dataclasses import dataclass
from datetime import date
from typing import Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_all

MOST: Final = 6
"""So many are offered at once; the others are found by name at the intake."""

_OFTEN: Final[LiteralString] = """
SELECT p.national_code, v.name
FROM catalogue_procedure p
JOIN catalogue_procedureversion v ON v.procedure_id = p.id AND v.state = 'published'
  AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s) AND 'counter' = ANY (v.channels)
LEFT JOIN (SELECT version_id, received_at FROM dossiers_dossier WHERE agency_id = %(agency)s
  ORDER BY received_at DESC LIMIT 500) d ON d.version_id = v.id
WHERE p.sector_id = ANY (%(sectors)s) AND EXISTS (
  SELECT FROM catalogue_posting o WHERE o.procedure_id = p.id AND o.agency_id = %(agency)s
  AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s))
GROUP BY p.national_code, v.name ORDER BY count(d.version_id) DESC, p.national_code LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class OftenTaken:
    """A procedure that the desk may take in for a need."""

    code: str
    name: str


def often_taken(sectors: tuple[str, ...], agency_id: UUID, day: date) -> list[OftenTaken]:
    """The procedures of these sectors posted here that day, what the office received most of late first."""
    if not sectors:
        return []
    rows = fetch_all(_OFTEN, {"sectors": [*sectors], "agency": agency_id, "day": day, "most": MOST})
    return [OftenTaken(*row) for row in rows]
