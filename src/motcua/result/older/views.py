"""The register of older results: the list with its figure, one of them, writing one down, a list sent in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.documents.papers.issuing import copies_of
from motcua.documents.papers.limits import paper_limits
from motcua.documents.papers.models import IssuedPaper
from motcua.documents.papers.sending import send_paper
from motcua.people.access import official_of
from motcua.result.older import actions
from motcua.result.older.access import KEEPERS, older_for, older_of
from motcua.result.older.forms import CorrectForm, ListForm, OlderForm
from motcua.result.older.listing import list_shape, take_list
from motcua.result.older.models import OlderResult
from motcua.result.older.queries import counted_in, find_older, of_state, older_count
from motcua.result.older.states import CHART, OlderState

PAGE = 50
ACTS = ("check", "refuse")
COUNTED = ("digitized", "listed")
"""What the figure above the register counts, each with its list."""
TOLD_LINES = 200


@officials(*KEEPERS)
def older_results(request: HttpRequest) -> HttpResponse:
    """The register with its figure; POST looks for a number or a name, so that no name stands in an address."""
    by, chosen, counted = official_of(request), request.GET.get("state", ""), request.GET.get("counted", "")
    if (chosen and chosen not in OlderState.values) or (counted and counted not in COUNTED):
        raise Http404
    rows, today = older_of(by), localdate()
    context: dict[str, Any] = {
        "count": older_count([by.agency_id], today), "states": OlderState.choices, "chosen": chosen, "sought": "",
        "counted": counted, "today": today,
    }  # fmt: skip
    if request.method == "POST":
        sought = request.POST.get("sought", "").strip()[:120]
        context |= {"sought": sought, "found": find_older(rows, sought, by=by)}
    else:
        listed = of_state(rows, OlderState(chosen) if chosen else None)
        if counted:
            listed = counted_in(rows, today, digitized=counted == "digitized")
        context["page"] = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    return render(request, "result/older/register.html", context)


@officials(*KEEPERS)
def new_older(request: HttpRequest) -> HttpResponse:
    """Write one older result down."""
    form = OlderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            older = actions.list_older(form.facts(), by=official_of(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, _("Đã ghi “%(older)s” vào sổ.") % {"older": older})
            return redirect("older-result", older.id)
    return render(request, "result/older/new.html", {"form": form}, status=422 if form.errors else 200)


@officials(*KEEPERS)
def correct_older(request: HttpRequest, older_id: UUID) -> HttpResponse:
    """Put right what stands in the register."""
    by = official_of(request)
    older = older_for(by, older_id)
    form, seen = CorrectForm(request.POST or None, older=older), request.POST.get("seen", "")
    if request.method == "POST" and form.is_valid():
        why, at, first = form.cleaned_data["why"], timezone.now(), list_shape().first
        try:
            actions.correct_older(older.id, form.facts(), seen=seen, why=why, by=by, at=at, first=first)
        except actions.StaleOlder:
            form.add_error(None, _("Người khác vừa sửa dòng này. Ông/bà xem lại sổ đang ghi gì rồi gửi lần nữa."))
            older, seen = older_for(by, older_id), ""
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã sửa trong sổ."))
            return redirect("older-result", older.id)
    context = {"form": form, "older": older, "seen": seen or actions.OlderFacts.of(older).mark}
    return render(request, "result/older/correct.html", context, status=422 if form.errors else 200)


@officials(*KEEPERS)
def older_list(request: HttpRequest) -> HttpResponse:
    """A list sent in; what is wrong in it is told line by line."""
    form, taken = ListForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_list(form.content(), by=official_of(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error("sheet", str(refusal))
        else:
            if not (taken.listed or taken.known or taken.bad):
                form.add_error("sheet", _("Danh sách này không có kết quả nào dưới hàng tiêu đề."))
                taken = None
            elif not taken.bad and not taken.known:
                said = ngettext("Đã ghi %(n)d kết quả vào sổ.", "Đã ghi %(n)d kết quả vào sổ.", taken.listed)
                messages.success(request, said % {"n": taken.listed})
                return redirect("older-results")
    shape = list_shape()
    context = {
        "form": form, "taken": taken, "bad": taken.bad[:TOLD_LINES] if taken else (), "shape": shape,
        "columns": [(words[0], name in shape.required) for name, words in shape.columns.items()],
    }  # fmt: skip
    faulty = form.errors or (taken and taken.bad)
    return render(request, "result/older/list.html", context, status=422 if faulty else 200)


@officials(*KEEPERS)
def older_result(request: HttpRequest, older_id: UUID) -> HttpResponse:
    """One of them with its copies; POST keeps a scan."""
    by = official_of(request)
    older, sentence = older_for(by, older_id), ""
    if request.method == "POST":
        try:
            actions.digitize(
                older.id, request.FILES.getlist("parts"), by=by, at=timezone.now(),
                replaces=_id(request.POST.get("replaces", "")),
            )  # fmt: skip
        except Refusal as refusal:
            sentence = str(refusal)
        else:
            messages.success(request, _("Đã giữ bản quét. Người khác kiểm tra rồi mới tính là đã kiểm tra."))
            return redirect("older-result", older.id)
    return _one(request, older, sentence=sentence)


@officials(*KEEPERS)
@require_POST
def decide_older(request: HttpRequest, older_id: UUID) -> HttpResponse:
    """A second official finds the scan right, or says why it is not."""
    by, at = official_of(request), timezone.now()
    older, why = older_for(by, older_id), request.POST.get("why", "")
    copy_id, act = _id(request.POST.get("copy", "")), request.POST.get("act", "")
    if copy_id is None or act not in ACTS:
        raise Http404
    try:
        if act == "check":
            actions.check(older.id, copy_id=copy_id, by=by, at=at)
        else:
            actions.refuse_scan(older.id, copy_id=copy_id, why=why, by=by, at=at)
    except actions.StaleOlder as stale:
        messages.error(request, str(stale))
    except Refusal as refusal:
        return _one(request, older, wrong=str(refusal), why=why)
    else:
        messages.success(request, _("Đã ghi kết quả kiểm tra."))
    return redirect("older-result", older.id)


@officials(*KEEPERS)
@require_safe
def older_paper(request: HttpRequest, older_id: UUID, copy_id: UUID) -> HttpResponseBase:
    """A copy of an older result, also one that was replaced."""
    older = older_for(official_of(request), older_id)
    copy = get_object_or_404(IssuedPaper.objects.select_related("stored"), pk=copy_id, older_id=older.id)
    return send_paper(copy.stored, copy.name)


def _one(
    request: HttpRequest, older: OlderResult, *, sentence: str = "", wrong: str = "", why: str = ""
) -> HttpResponse:
    copies = copies_of(older.id)
    standing = next((copy for copy in copies if copy.replaced_at is None), None)
    context = {
        "older": older, "copies": copies, "standing": standing, "limits": paper_limits(), "sentence": sentence,
        "wrong": wrong, "why": why, "to_check": older.state == OlderState.DIGITIZED,
        "own": older.copied_by_id == official_of(request).id, "today": localdate(),
        "may_copy": OlderState.DIGITIZED in CHART[OlderState(older.state)],
    }  # fmt: skip
    return render(request, "result/older/one.html", context, status=422 if sentence or wrong else 200)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
