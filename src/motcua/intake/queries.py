"""Reads of the counter."""

from dataclasses import dataclass
from uuid import UUID

from motcua.core.sql import fetch_all, fetch_one
from motcua.people.id_card import IdCard


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


def known_contact(agency_id: UUID, card: IdCard) -> tuple[str, str]:
    """Phone and e-mail from the last dossier this office itself received from the holder of this card.

    Only when name and birth date are those of that dossier: the string on a card is no proof of who shows it.
    """
    row = fetch_one(
        "SELECT applicant_phone, applicant_email FROM dossiers_dossier "
        "WHERE agency_id = %s AND applicant_personal_id = %s "
        "AND lower(applicant_name) = lower(%s) AND applicant_birth_date = %s ORDER BY received_at DESC LIMIT 1",
        (agency_id, card.personal_id, card.full_name, card.birth_date),
    )
    return (row[0], row[1]) if row else ("", "")
