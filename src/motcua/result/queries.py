"""Results waiting to be fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.core.sql import fetch_all
from motcua.dossiers.states import State
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
        "COALESCE((SELECT r.code FROM result_result r WHERE r.dossier_id = d.id AND r.superseded_at IS NULL), ''), "
        "d.finished_at, d.due_at, d.return_method "
        "FROM dossiers_dossier d JOIN catalogue_procedureversion v ON v.id = d.version_id "
        "WHERE d.agency_id = %s AND d.state = %s ORDER BY d.due_at, d.code LIMIT %s OFFSET %s",
        (by.agency_id, int(State.FINISHED), limit, offset),
    )
    return [WaitingResult(*row) for row in rows]
