"""The electronic copy of a result: attached by the office, read by whoever may read the dossier."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.documents.papers.issuing import issued_of
from motcua.documents.papers.limits import paper_limits
from motcua.documents.papers.models import IssuedPaper
from motcua.documents.papers.sending import send_paper
from motcua.dossiers.access import dossier_for, dossier_read_by
from motcua.dossiers.models import Dossier
from motcua.people.access import official_of
from motcua.people.models import WORKERS, Role
from motcua.result.collection import attach_copy
from motcua.result.digitizing import except_copy, exception_of, reason_words, reasons_on
from motcua.result.forms import CopyForm

ATTACHING = (Role.RECORDS_CLERK, Role.RECEIVER)


@officials(*ATTACHING)
def result_copy(request: HttpRequest, code: str) -> HttpResponse:
    """The result and its copy; POST attaches one."""
    by, sentence = official_of(request), ""
    dossier = dossier_for(by, code)
    standing = dossier.results.filter(superseded_at=None).first()
    usual = {"issued_on": localdate(standing.approved_at)} if standing else {}
    form = CopyForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            attach_copy(
                dossier.id, request.FILES.getlist("parts"), shows=form.shows(), by=by, at=timezone.now(),
                replaces=_id(request.POST.get("replaces", "")),
            )  # fmt: skip
        except Refusal as refusal:
            sentence = str(refusal)
        else:
            messages.success(request, _("Đã đính kèm bản điện tử của kết quả."))
            return redirect("result-copy", dossier.code)
    elif request.FILES:
        sentence = _("Trình duyệt không giữ tệp đã chọn. Ông/bà chọn lại tệp rồi gửi.")
    return _shown(request, dossier, form, sentence=sentence)


@officials(*ATTACHING)
@require_POST
def except_result(request: HttpRequest, code: str) -> HttpResponse:
    """Why this result has no copy."""
    by = official_of(request)
    dossier = dossier_for(by, code)
    said = {"reason": request.POST.get("reason", ""), "evidence": request.POST.get("evidence", "")}
    try:
        except_copy(dossier.id, **said, by=by, at=timezone.now())
    except Refusal as refusal:
        return _shown(request, dossier, CopyForm(), wrong=str(refusal), said=said)
    messages.success(request, _("Đã ghi lý do không số hóa. Kết quả này vẫn tính là chưa số hóa."))
    return redirect("result-copy", dossier.code)


def _shown(
    request: HttpRequest, dossier: Dossier, form: CopyForm, *, sentence: str = "", wrong: str = "", said: Any = None
) -> HttpResponse:
    excepted = exception_of(dossier.id)
    copies = IssuedPaper.objects.filter(dossier_id=dossier.id).select_related("stored", "kept_by")
    context = {
        "dossier": dossier, "results": dossier.results.filter(superseded_at=None), "copy": _copy_of(dossier.id),
        "before": copies.exclude(replaced_at=None).order_by("-kept_at"), "limits": paper_limits(), "form": form,
        "sentence": sentence, "wrong": wrong, "said": said or {}, "reasons": reasons_on(localdate()),
        "excepted": excepted, "excepted_words": reason_words(excepted.reason) if excepted else "",
    }  # fmt: skip
    return render(request, "result/copy.html", context, status=422 if sentence or wrong or form.errors else 200)


@officials(*WORKERS)
@require_safe
def result_paper(request: HttpRequest, code: str) -> HttpResponseBase:
    """The copy itself."""
    dossier = dossier_read_by(official_of(request), code)
    copy = _copy_of(dossier.id)
    if copy is None:
        raise Http404
    return send_paper(copy.stored, copy.name)


@officials(*WORKERS)
@require_safe
def replaced_paper(request: HttpRequest, code: str, copy_id: UUID) -> HttpResponseBase:
    """A copy that was replaced, or whose result no longer stands."""
    dossier = dossier_read_by(official_of(request), code)
    copy = get_object_or_404(IssuedPaper.objects.select_related("stored"), pk=copy_id, dossier_id=dossier.id)
    return send_paper(copy.stored, copy.name)


def _copy_of(dossier_id: UUID) -> IssuedPaper | None:
    return issued_of([dossier_id]).get(dossier_id)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
