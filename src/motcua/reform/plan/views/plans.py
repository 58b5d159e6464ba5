"""The plans of an agency for who keeps and who reads them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.core.sheets import BIGGEST
from motcua.people.access import official_of
from motcua.people.overseeing import OVERSEERS
from motcua.reform.access import READERS, keeps, leads, plans_read_by
from motcua.reform.models import Plan
from motcua.reform.plan import actions
from motcua.reform.plan.exporting import report_of
from motcua.reform.plan.forms import IssueForm, PlanForm, SheetForm
from motcua.reform.plan.importing import COLUMNS, NEEDED, Imported, import_tasks
from motcua.reform.plan.queries import Wanted, by_area, rows_of, tallies_of, tally_of
from motcua.reform.plan.rules import Standing
from motcua.reform.plan.words import STANDINGS, tally_words
from motcua.reporting.exports.sending import sent
from motcua.reporting.exports.views import site_of

SHAPES = ("xlsx", "csv", "pdf")
SHOWN = 20
TOLD_LINES = 200


@officials(*READERS)
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the agency, the newest year first."""
    by = official_of(request)
    known = list(plans_read_by(by).order_by("-year")[:SHOWN])
    told = zip(known, map(tally_words, tallies_of(known, timezone.localdate())), strict=True)
    return render(request, "reform/plans.html", {"plans": list(told), "keeps": keeps(by)})


@officials(*READERS)
def plan(request: HttpRequest, reform_plan_id: UUID) -> HttpResponse:
    """The tasks by area, all of them or of one unit or standing."""
    by = official_of(request)
    found = _found(request, reform_plan_id)
    rows, wanted = rows_of(found, timezone.localdate()), Wanted.read(request.GET)
    units = {str(row.task.lead_unit_id): row.task.lead_unit.name for row in rows}
    asked = request.GET.copy()
    context: dict[str, Any] = {
        "plan": found, "areas": by_area(found, rows, wanted), "tally": tally_words(tally_of(rows)), "wanted": wanted,
        "heads": _heads(found, tally_of(rows).counts), "units": sorted(units.items(), key=lambda one: one[1]),
        "standings": [(one.value, words) for one, words in STANDINGS.items()], "some": bool(rows),
        "keeps": keeps(by), "leads": leads(by), "query": asked.urlencode(), "public": found.is_issued,
    }  # fmt: skip
    return render(request, "reform/plan.html", context)


def _heads(found: Plan, counts: Any) -> list[dict[str, Any]]:
    """The figures above the tasks, each leading to its tasks; a draft has none: nobody works on it yet."""
    if not found.is_issued:
        return []
    tones = {Standing.OVERDUE: "vermilion"}
    return [
        {"label": words, "number": counts[one], "url": f"?state={one.value}" if counts[one] else "",
         "tone": tones.get(one, "plain") if counts[one] else "plain"}
        for one, words in STANDINGS.items() if counts[one] or one in (Standing.OVERDUE, Standing.DONE_IN_TIME)
    ]  # fmt: skip


@officials(*READERS)
@require_safe
def export_plan(request: HttpRequest, reform_plan_id: UUID, shape: str) -> HttpResponseBase:
    """The tasks asked for, to be kept or printed."""
    if shape not in SHAPES:
        raise Http404
    found, wanted = _found(request, reform_plan_id), Wanted.read(request.GET)
    rows = [row for row in rows_of(found, timezone.localdate()) if wanted.takes(row)]
    return sent(report_of(found, rows), shape, agency_id=found.agency_id, site=site_of(request), at=timezone.now())


@officials(*OVERSEERS)
def new_plan(request: HttpRequest) -> HttpResponse:
    """Begin a plan."""
    by = official_of(request)
    this_year = timezone.localdate().year
    title = _("Kế hoạch cải cách hành chính năm %(year)d") % {"year": this_year}
    form = PlanForm(request.POST or None, initial={"year": this_year, "title": title})

    def write(typed: dict[str, Any]) -> HttpResponse:
        written = actions.write_plan(year=typed["year"], title=typed["title"], by=by, at=timezone.now())
        messages.success(request, _("Đã mở dự thảo. Ông/bà thêm nhiệm vụ hoặc nhập từ bảng."))
        return redirect("reform-plan", written.pk)

    if not keeps(by):
        return _not_his(request)
    return _filled_in(request, form, write, "reform/plan_form.html", {"heading": _("Lập kế hoạch mới")})


@officials(*OVERSEERS)
def correct_plan(request: HttpRequest, reform_plan_id: UUID) -> HttpResponse:
    """Change year or title of a draft."""
    by = official_of(request)
    found = _found(request, reform_plan_id)
    if found.is_issued or not keeps(by):
        messages.error(request, _("Kế hoạch đã ban hành hoặc không do ông/bà theo dõi, nên không sửa được ở đây."))
        return redirect("reform-plan", found.pk)
    form = PlanForm(request.POST or None, initial={"year": found.year, "title": found.title})

    def write(typed: dict[str, Any]) -> HttpResponse:
        actions.correct_plan(found.pk, year=typed["year"], title=typed["title"], by=by, at=timezone.now())
        messages.success(request, _("Đã sửa kế hoạch."))
        return redirect("reform-plan", found.pk)

    context = {"heading": _("Sửa dự thảo kế hoạch"), "plan": found}
    return _filled_in(request, form, write, "reform/plan_form.html", context)


@officials(*OVERSEERS)
def issue_plan(request: HttpRequest, reform_plan_id: UUID) -> HttpResponse:
    """The leader issues the plan."""
    by = official_of(request)
    found = _found(request, reform_plan_id)
    if found.is_issued or not leads(by):
        messages.error(request, _("Kế hoạch đã ban hành, hoặc ông/bà không phải lãnh đạo cơ quan."))
        return redirect("reform-plan", found.pk)

    def write(typed: dict[str, Any]) -> HttpResponse:
        actions.issue_plan(found.pk, **typed, by=by, at=timezone.now())
        messages.success(request, _("Đã ban hành. Ai cũng xem được kế hoạch ở trang công khai."))
        return redirect("reform-plan", found.pk)

    context = {"plan": found, "count": found.tasks.count()}
    return _filled_in(request, IssueForm(request.POST or None), write, "reform/plan_issue.html", context)


@officials(*OVERSEERS)
def import_sheet(request: HttpRequest, reform_plan_id: UUID) -> HttpResponse:
    """Take tasks in from a sheet; what cannot be read is told line by line and stays on the page to be mended."""
    by = official_of(request)
    found = _found(request, reform_plan_id)
    if found.is_issued or not keeps(by):
        messages.error(request, _("Chỉ người theo dõi kế hoạch nhập được từ bảng, khi kế hoạch còn là dự thảo."))
        return redirect("reform-plan", found.pk)
    form = SheetForm(request.POST or None, request.FILES or None)
    came: Imported | None = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["sheet"]
        content = upload.read(BIGGEST + 1) if upload else form.cleaned_data["pasted"].encode()
        try:
            came = import_tasks(found, content, by=by, at=timezone.now())
        except Refusal as refusal:
            form.add_error("sheet" if upload else "pasted", str(refusal))
        else:
            if not came.read.faulty:
                messages.success(request, _came_words(came))
                return redirect("reform-plan", found.pk)
            form = SheetForm.handing_back(came.read.handed_back)
            messages.info(request, _came_words(came))
    context = {
        "form": form, "plan": found, "came": came,
        "columns": [(head, what in NEEDED) for what, head in COLUMNS.items()],
        "faulty": came.read.faulty[:TOLD_LINES] if came else (),
    }  # fmt: skip
    return render(request, "reform/plan_import.html", context, status=422 if form.errors or came else 200)


def _came_words(came: Imported) -> str:
    """What a sheet brought, in one sentence."""
    if came.added:
        said = ngettext("Đã nhập %(n)d nhiệm vụ", "Đã nhập %(n)d nhiệm vụ", came.added) % {"n": came.added}
    else:
        said = _("Không có nhiệm vụ nào mới")
    if came.known:
        said += _("; %(n)d dòng đã có trong kế hoạch") % {"n": came.known}
    return f"{said}."


def _filled_in(
    request: HttpRequest, form: forms.Form, write: Callable[[dict[str, Any]], HttpResponse], template: str,
    context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """The form, or what comes of it; a refusal stands above it and nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            return write(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


def _found(request: HttpRequest, reform_plan_id: UUID) -> Plan:
    """The plan, for who may read it. Raises `Http404`."""
    return get_object_or_404(
        plans_read_by(official_of(request)).select_related("agency", "issued_by"), pk=reform_plan_id
    )


def _not_his(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Người kiểm soát thủ tục hành chính hoặc lãnh đạo cơ quan mới lập kế hoạch."))
    return redirect("reform-plans")
