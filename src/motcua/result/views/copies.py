"""The electronic copy of a result: attached by the office, read by whoever may read the dossier."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.documents.papers.issuing import issued_of
from motcua.documents.papers.limits import paper_limits
from motcua.documents.papers.models import IssuedPaper
from motcua.documents.papers.sending import send_paper
from motcua.dossiers.access import dossier_for, dossier_read_by
from motcua.people.access import official_of
from motcua.people.models import WORKERS, Role
from motcua.result.collection import attach_copy


@officials(Role.RECORDS_CLERK, Role.RECEIVER)
def result_copy(request: HttpRequest, code: str) -> HttpResponse:
    """The result and its copy; POST attaches one."""
    by, sentence = official_of(request), ""
    dossier = dossier_for(by, code)
    if request.method == "POST":
        try:
            attach_copy(dossier.id, request.FILES.getlist("parts"), by=by, at=timezone.now())
        except Refusal as refusal:
            sentence = str(refusal)
        else:
            messages.success(request, _("Đã đính kèm bản điện tử của kết quả."))
            return redirect("result-copy", dossier.code)
    context = {
        "dossier": dossier, "results": dossier.results.filter(superseded_at=None), "copy": _copy_of(dossier.id),
        "limits": paper_limits(), "sentence": sentence,
    }  # fmt: skip
    return render(request, "result/copy.html", context, status=422 if sentence else 200)


@officials(*WORKERS)
@require_safe
def result_paper(request: HttpRequest, code: str) -> HttpResponseBase:
    """The copy itself."""
    dossier = dossier_read_by(official_of(request), code)
    copy = _copy_of(dossier.id)
    if copy is None:
        raise Http404
    return send_paper(copy.stored, copy.name)


def _copy_of(dossier_id: UUID) -> IssuedPaper | None:
    return issued_of([dossier_id]).get(dossier_id)
