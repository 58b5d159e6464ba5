"""Reads of the counter."""

from dataclasses import dataclass
from uuid import UUID

from motcua.core.sql import fetch_all


@dataclass(frozen=True, slots=True)
class RecentProcedure:
    code: str
    name: str
    sector: str


def recent_procedures(agency_id: UUID, limit: int = 8) -> list[RecentProcedure]:
    """What this office received most among its last 500 dossiers: the counter's shortlist."""
    rows = fetch_all(
        "SELECT p.national_code, v.name, s.name FROM (SELECT version_id, received_at FROM dossiers_dossier "
        "WHERE agency_id = %s ORDER BY received_at DESC LIMIT 500) d "
        "JOIN catalogue_procedureversion v ON v.id = d.version_id JOIN catalogue_procedure p ON p.id = v.procedure_id "
        "JOIN catalogue_sector s ON s.code = p.sector_id "
        "GROUP BY 1, 2, 3 ORDER BY count(*) DESC, max(d.received_at) DESC LIMIT %s",
        (agency_id, limit),
    )
    return [RecentProcedure(*row) for row in rows]
