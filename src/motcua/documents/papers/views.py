"""The citizen's store of papers: add, open, remove; and one paper as a download."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.core.access import citizens, public
from motcua.documents.papers.access import Owner, owner_of, papers_of
from motcua.documents.papers.actions import append_pages, forget, take_in
from motcua.documents.papers.limits import paper_limits
from motcua.documents.papers.models import Paper
from motcua.documents.papers.refusals import PaperRefused
from motcua.documents.papers.sending import send_paper

PARTS, PAGE = "parts", 20


@citizens()
def store(request: HttpRequest) -> HttpResponse:
    """What lies in the store; POST puts one more paper into it."""
    owner = _owner(request)
    if request.method != "POST":
        return _shown(request, owner)
    name = request.POST.get("name", "").strip()
    if sent := request.POST.get("paper", ""):
        return _after_upload(request, owner, sent)
    try:
        paper = take_in(request.FILES.getlist(PARTS), name=name, owner=owner, at=timezone.now())
    except PaperRefused as no:
        return _shown(request, owner, name=name, sentence=str(no), status=422)
    messages.success(request, _("Đã đưa “%(name)s” vào kho giấy tờ.") % {"name": paper.name})
    return redirect("papers")


@citizens()
@require_POST
def remove(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Take one paper out of the store."""
    try:
        forget(paper_id, owner=_owner(request), at=timezone.now())
    except Paper.DoesNotExist as gone:
        raise Http404 from gone
    messages.success(request, _("Đã bỏ giấy tờ khỏi kho."))
    return redirect("papers")


@citizens()
@require_POST
def add_pages(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """More pages behind one paper."""
    owner = _owner(request)
    if sent := request.POST.get("paper", ""):
        return _after_upload(request, owner, sent)
    try:
        paper = append_pages(paper_id, request.FILES.getlist(PARTS), owner=owner, at=timezone.now())
    except Paper.DoesNotExist as gone:
        raise Http404 from gone
    except PaperRefused as no:
        return _shown(request, owner, sentence=str(no), status=422, wrong=paper_id)
    messages.success(request, _("Đã thêm trang vào “%(name)s”.") % {"name": paper.name})
    return redirect("papers")


@public
@require_GET
def paper(request: HttpRequest, paper_id: UUID) -> HttpResponseBase:
    """One's own paper, to look at again; for everybody else it is not there."""
    own = get_object_or_404(papers_of(_owner(request)), pk=paper_id)
    return send_paper(own.stored, own.name)


def _after_upload(request: HttpRequest, owner: Owner, sent: str) -> HttpResponse:
    """What came piece by piece lies in the store already; only to be said."""
    known = papers_of(owner).filter(pk=_id(sent)).first()
    if known is None:
        raise Http404
    messages.success(request, _("Đã đưa “%(name)s” vào kho giấy tờ.") % {"name": known.name})
    return redirect("papers")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong


def _owner(request: HttpRequest) -> Owner:
    owner = owner_of(request)
    if owner is None:
        raise Http404
    return owner


def _shown(
    request: HttpRequest, owner: Owner, *, name: str = "", sentence: str = "", status: int = 200,
    wrong: UUID | None = None,
) -> HttpResponse:  # fmt: skip
    """The store; `wrong`: the paper whose own field the sentence belongs to, on whatever page it lies."""
    papers = papers_of(owner).prefetch_related("uses")
    number: str | int | None = request.GET.get("page")
    if wrong is not None:
        number = [*papers.values_list("pk", flat=True)].index(wrong) // PAGE + 1
    context: dict[str, Any] = {
        "page": Paginator(papers, PAGE).get_page(number), "limits": paper_limits(), "name": name, "sentence": sentence,
        "wrong": wrong,
    }  # fmt: skip
    return render(request, "documents/papers/store.html", context, status=status)
