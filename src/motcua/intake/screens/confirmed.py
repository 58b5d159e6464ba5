"""Whether a filing was found right by the citizen on the second screen."""

from datetime import datetime
from uuid import UUID

from motcua.core.models import Event


def confirmed_at(submission_id: UUID) -> datetime | None:
    """When he said so of the answers just as they were sent; None when he signed the printed sheet instead."""
    told = Event.objects.filter(subject_kind="submission", subject_id=submission_id, kind="submission.confirmed")
    found = told.values_list("after__confirmed_at", flat=True).first()
    return datetime.fromisoformat(found) if found else None
