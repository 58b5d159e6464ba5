"""The citizen downloads his result: by his account or his guest's key, or by the receipt's key and a proof."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import public
from motcua.core.events import Actor
from motcua.core.keyed import keep_key_here
from motcua.core.throttle import address_of, allow
from motcua.documents.papers.access import GUEST
from motcua.documents.papers.issuing import issued_of
from motcua.documents.papers.sending import send_paper
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import tracked_dossier
from motcua.dossiers.states import State
from motcua.intake.online.access import drafts_of, filer_of
from motcua.result.collection import copy_ready, note_download
from motcua.routing.looks import tracked_by
from motcua.routing.views.proving import WINDOW as AN_HOUR
from motcua.routing.views.proving import ProofForm, proved

OPENINGS, WINDOW = 120, timedelta(minutes=10)


@public
@require_POST
def own_download(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """The result of what he filed himself, to whoever is logged in as its filer.

    Who holds a guest's key is led to the proof: the key lies in a browser for a month, and goes round with its link.
    """
    filer = filer_of(request)
    mine = drafts_of(filer).filter(submission_id=submission_id)
    if filer.official is not None or not mine.exists():
        raise Http404
    dossier = get_object_or_404(Dossier, submission_id=submission_id)
    if filer.citizen is None or not mine.filter(citizen_id=filer.citizen.id).exists():
        return redirect("download-result", dossier.code, dossier.tracking_token)
    return _sent(dossier, filer.actor)


@public
def download(request: HttpRequest, code: str, token: str) -> HttpResponseBase:
    """Behind the receipt's key: asks for a proof, and the answer is the paper itself. Nothing stands in an address."""
    if not allow(what="result-download", who=address_of(request), limit=OPENINGS, window=WINDOW):
        fault = _("Trang này được mở quá nhiều lần trong ít phút. Xin thử lại sau 10 phút.")
        return keep_key_here(render(request, "routing/track.html", {"fault": fault}, status=429))
    dossier, subject = tracked_dossier(code, token), tracked_by(code, token)
    if dossier is None or subject is None or dossier.state != State.RETURNED or not copy_ready(dossier.id):
        raise Http404
    form = ProofForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = proved(request, form, subject)
        if status == 200:
            return _sent(dossier, GUEST)
    context = {"dossier": dossier, "subject": subject, "form": form}
    response = render(request, "result/download.html", context, status=status)
    if status == 429:
        response.headers["Retry-After"] = str(int(AN_HOUR.total_seconds()))
    return keep_key_here(response)


def _sent(dossier: Dossier, by: Actor) -> HttpResponseBase:
    """The copy that stands, once the result was handed over; the first time he has collected it."""
    copy = issued_of([dossier.id]).get(dossier.id) if dossier.state == State.RETURNED else None
    if copy is None:
        raise Http404
    paper = send_paper(copy.stored, copy.name)  # opened before it is said that he has it
    note_download(dossier.id, by=by, at=timezone.now())
    return paper
