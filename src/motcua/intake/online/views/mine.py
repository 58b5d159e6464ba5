"""My filings: drafts that wait for me, what I sent, what became of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from motcua.catalogue.eforms.rules import summary
from motcua.core.access import citizens, public
from motcua.documents.papers.issuing import issued_of
from motcua.dossiers.states import State
from motcua.intake.models import Draft, Submission
from motcua.intake.online.access import Filer, drafts_of, filer_of
from motcua.intake.online.actions import MOST_OPEN
from motcua.intake.online.keys import key_of
from motcua.intake.online.offering import eform_of
from motcua.people.citizens.access import citizen_of

SHOWN = 50


@citizens()
@require_safe
def my_filings(request: HttpRequest) -> HttpResponse:
    """A citizen's drafts, the last touched first, and what he sent."""
    context = _filings(Filer(citizen_of(request)))
    return render(request, "intake/online/mine.html", context)


@public
@require_safe
def guest_filings(request: HttpRequest) -> HttpResponse:
    """The same for whoever holds a guest's key, with the private link to keep."""
    filer = Filer(guest_hash=filer_of(request).guest_hash)
    context = _filings(filer) | {"guest": True, "key": key_of(request)}
    return render(request, "intake/online/mine.html", context)


def _filings(filer: Filer) -> dict[str, Any]:
    rows = list(drafts_of(filer)[: MOST_OPEN + SHOWN]) if filer.is_anybody else []
    sent = [row.submission_id for row in rows if row.submitted_at is not None]
    found = Submission.objects.filter(pk__in=sent).select_related("agency", "version", "dossier")
    shown, at = list(found.order_by("-submitted_at")), timezone.now()
    returned = [one.dossier.id for one in shown if one.dossier is not None and one.dossier.state == State.RETURNED]
    drafts = [row for row in rows if row.submitted_at is None and row.expires_at >= at]
    return {
        "drafts": [(row, about_draft(row)) for row in drafts],
        "sent": shown, "copies": issued_of(returned), "most": MOST_OPEN,
    }  # fmt: skip


def about_draft(draft: Draft) -> str:
    """What a draft is about, as far as it was answered: what tells it from another of the same procedure."""
    said = summary(eform_of(draft), draft.answers, on=localdate())
    return str(said.get("request") or "") if draft.answers.keys() - {*draft.known} else ""
