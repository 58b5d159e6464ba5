"""Results waiting to be fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.core.sql import fetch_all
from motcua.people.access import ActingOfficial


@dataclass(frozen=True, slots=True)
class WaitingResult:
    code: str
    applicant: str
    procedure: str
    result_code: str
    finished_at: datetime
    due_at: datetime
    return_method: str


def waiting_results(by: ActingOfficial, *, limit: int = 50, offset: int = 0) -> Sequence[WaitingResult]:
    """Finished dossiers of the agency whose result nobody has fetched, the earliest promise first."""
    rows = fetch_all(
        "SELECT d.code, d.applicant_name, v.name, "
        "COALESCE((SELECT r.code FROM result_result r WHERE r.dossier_id = d.id "
        "ORDER BY r.approved_at DESC LIMIT 1), ''), d.finished_at, d.due_at, d.return_method "
        "FROM dossiers_dossier d JOIN catalogue_procedureversion v ON v.id = d.version_id "
        "WHERE d.agency_id = %s AND d.state = 9 ORDER BY d.due_at, d.code LIMIT %s OFFSET %s",
        (by.agency_id, limit, offset),
    )
    return [WaitingResult(*row) for row in rows]
