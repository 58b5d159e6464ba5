"""The rows of the demo ward that an address of its office may name, and whose pages they are."""

from datetime import timedelta

from django.utils import timezone

from motcua.people.models import Absence, Agency, Official

# Changed by a form on another page only.
ONLY_POSTED = {"back", "read-reminders"}
# Pages about one row of an agency: for another agency's officials they do not exist.
OF_ONE_AGENCY = {
    "official", "new-role", "end-official", "new-password", "end-role", "end-unit", "end-code", "away",
}  # fmt: skip


def rows_of(ward: Agency) -> dict[str, str]:
    """One row of each kind that an address may name: the leader with his role and an absence, a unit, a code."""
    leader = Official.objects.get(unit__agency=ward, account__username="lanhdao")
    first_at = timezone.now() + timedelta(days=30)
    absence = Absence.objects.create(
        official=leader, first_at=first_at, last_at=first_at + timedelta(days=1), reason="leave",
        recorded_by=leader, recorded_at=timezone.now(),
    )  # fmt: skip
    return {
        "<uuid:official_id>": str(leader.pk),
        "<uuid:grant_id>": str(leader.grants.get().pk),
        "<uuid:unit_id>": str(leader.unit_id),
        "<uuid:code_id>": str(ward.codes.get().pk),
        "<uuid:absence_id>": str(absence.pk),
    }
