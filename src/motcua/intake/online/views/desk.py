"""What the desk and those after it see of a filing from home: the answers, and the papers as they were sent."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from motcua.core.access import officials
from motcua.documents.papers.access import handed_in
from motcua.documents.papers.sending import send_paper
from motcua.dossiers.access import dossier_read_by
from motcua.intake.queries import submission_for
from motcua.people.access import official_of
from motcua.people.models import Role


@officials(Role.RECEIVER)
@require_safe
def submission_paper(request: HttpRequest, number: str, use_id: UUID) -> HttpResponseBase:
    """One paper of a filing that waits for the desk."""
    found = submission_for(official_of(request), number)
    use = get_object_or_404(handed_in(submission_id=found.id), pk=use_id)
    return send_paper(use.stored, use.name)


@officials(Role.RECEIVER, Role.CASE_OFFICER, Role.APPROVER, Role.RECORDS_CLERK)
@require_safe
def dossier_paper(request: HttpRequest, code: str, use_id: UUID) -> HttpResponseBase:
    """One paper that came with a dossier's filing, to whoever may read the dossier."""
    dossier = dossier_read_by(official_of(request), code)
    use = get_object_or_404(handed_in(dossier_id=dossier.pk), pk=use_id)
    return send_paper(use.stored, use.name)
