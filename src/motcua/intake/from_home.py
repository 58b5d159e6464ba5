"""What was sent from home after papers were asked for, as the acts that take papers know it."""

from datetime import datetime
from uuid import UUID

from motcua.core.sql import fetch_all
from motcua.intake.models import HomeSupplement
from motcua.people.access import ActingOfficial


def sent_for(*, submission_id: UUID | None = None, dossier_id: UUID | None = None) -> HomeSupplement | None:
    """What was sent from home for this filing, or dossier, and waits for an official."""
    about = {"submission_id": submission_id} if dossier_id is None else {"dossier_id": dossier_id}
    return HomeSupplement.objects.filter(**about, sent_at__isnull=False, taken_at=None).first()


def take_sent(
    *, by: ActingOfficial, at: datetime, submission_id: UUID | None = None, dossier_id: UUID | None = None
) -> None:
    """What was sent from home was taken with the act whose transaction and event this is."""
    about = {"submission_id": submission_id} if dossier_id is None else {"dossier_id": dossier_id}
    HomeSupplement.objects.filter(**about, sent_at__isnull=False, taken_at=None).update(
        taken_at=at, looked_at_by_id=by.id
    )


def sent_from_home(agency_id: UUID) -> list[tuple[str, str, str, str, datetime]]:
    """What an office was sent and nobody looked at, the longest first: kind, code, applicant, procedure, when."""
    return [
        (row[0], row[1], row[2], row[3], row[4])
        for row in fetch_all(
            "SELECT CASE WHEN d.id IS NULL THEN 'submission' ELSE 'dossier' END, COALESCE(d.code, s.number), "
            "COALESCE(d.applicant_name, s.applicant_name), v.name, h.sent_at FROM intake_homesupplement h "
            "LEFT JOIN dossiers_dossier d ON d.id = h.dossier_id "
            "LEFT JOIN intake_submission s ON s.id = h.submission_id "
            "JOIN catalogue_procedureversion v ON v.id = COALESCE(d.version_id, s.version_id) "
            "WHERE h.sent_at IS NOT NULL AND h.taken_at IS NULL AND COALESCE(d.agency_id, s.agency_id) = %s "
            "AND COALESCE(d.state = 5, s.state = 1) ORDER BY h.sent_at LIMIT 200",
            (agency_id,),
        )
    ]
