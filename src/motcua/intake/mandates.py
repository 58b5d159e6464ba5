"""Which mandates came to an agency with a filing."""

from uuid import UUID

from django.db.models import QuerySet

from motcua.intake.models import Draft


def mandates_sent_to(agency_id: UUID) -> QuerySet[Draft, UUID | None]:
    """Ids of the mandates that came to this agency with what was sent: its officials may hold the paper against them.

    Registered with `people.citizens.mandates.mandates_sent_by`.
    """
    sent = Draft.objects.filter(agency_id=agency_id, submitted_at__isnull=False, mandate_id__isnull=False)
    return sent.values_list("mandate_id", flat=True)
