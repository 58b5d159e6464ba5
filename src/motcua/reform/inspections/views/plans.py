"""The plans of inspections: whom, when, under which number; and the figures anybody may read."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import officials, public
from motcua.core.refusals import Refusal
from motcua.people.access import official_of
from motcua.people.overseeing import OVERSEERS
from motcua.people.queries import agencies_under
from motcua.reform.access import READERS, inspection_plans_read_by, inspections_read_by, keeps, leads
from motcua.reform.inspections import actions
from motcua.reform.inspections.forms import InspectionPlanForm, IssueInspectionsForm, TargetsForm
from motcua.reform.inspections.queries import (
    figures_each,
    figures_of,
    findings_in,
    issued_inspection_plans,
    visits_of,
)
from motcua.reform.models import InspectionPlan

SHOWN = 40


@officials(*READERS)
def inspections(request: HttpRequest) -> HttpResponse:
    """The plans that the agency keeps, and those by which it is inspected."""
    by = official_of(request)
    plans = inspection_plans_read_by(by).select_related("agency", "kept_by").order_by("-year", "pk")[:SHOWN]
    return render(request, "reform/inspections.html", {"plans": figures_each(plans), "keeps": keeps(by)})


@officials(*READERS)
def inspection_plan(request: HttpRequest, inspection_plan_id: UUID) -> HttpResponse:
    """Whom the plan names and how each visit stands; while it is a draft, agencies are added here."""
    by = official_of(request)
    found = _found(request, inspection_plan_id)
    drafting = not found.is_issued and keeps(by) and found.kept_by_id == by.agency_id
    visits = list(visits_of(found))
    there = {visit.target_id for visit in visits}
    left = [agency for agency in actions.may_be_inspected(found) if agency.pk not in there] if drafting else []
    form, show = TargetsForm(left, request.POST or None) if left else None, request.GET.get("show", "")
    if request.method == "POST" and form is not None and form.is_valid():
        targets = [(UUID(one), form.cleaned_data["planned_on"]) for one in form.cleaned_data["targets"]]
        try:
            actions.add_targets(found.pk, targets, by=by, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm vào kế hoạch kiểm tra."))
            return redirect("inspection-plan", found.pk)
    rows = findings_in(found, timezone.localdate(), only_remedied=show == "remedied") if found.is_issued else []
    context = {
        "plan": found, "figures": figures_of([found]), "form": form, "drafting": drafting, "show": show,
        "visits": [one for one in visits if show != "held" or one.held_on is not None], "findings": rows,
        "issues": drafting and leads(by) and bool(visits), "leads": leads(by),
    }  # fmt: skip
    return render(request, "reform/inspection_plan.html", context, status=422 if form and form.errors else 200)


@officials(*OVERSEERS)
def new_inspection_plan(request: HttpRequest) -> HttpResponse:
    """Begin the plan of a year."""
    by = official_of(request)
    if not keeps(by):
        messages.error(request, _("Người kiểm soát thủ tục hành chính hoặc lãnh đạo cơ quan mới lập kế hoạch."))
        return redirect("inspections")
    inspectors = actions.inspectors_of(by.agency_id)
    # A commune inspects nobody below it: what it writes down is the plan of the agency above.
    inspector = by.agency_id if len(agencies_under(by.agency_id)) > 1 else inspectors[-1].pk
    first = {"year": timezone.localdate().year, "inspector": str(inspector)}
    form = InspectionPlanForm(inspectors, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            written = actions.write_inspection_plan(
                year=typed["year"], inspector_id=UUID(typed["inspector"]), by=by, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã mở dự thảo. Ông/bà thêm cơ quan được kiểm tra."))
            return redirect("inspection-plan", written.pk)
    context = {"form": form, "heading": _("Lập kế hoạch kiểm tra"), "button": _("Lưu")}
    return render(request, "reform/inspection_form.html", context, status=422 if form.errors else 200)


@officials(*OVERSEERS)
def issue_inspection_plan(request: HttpRequest, inspection_plan_id: UUID) -> HttpResponse:
    """The leader issues it, or notes under which number the agency above did."""
    by = official_of(request)
    found = _found(request, inspection_plan_id)
    if found.is_issued or not leads(by):
        messages.error(request, _("Kế hoạch đã ban hành, hoặc ông/bà không phải lãnh đạo cơ quan."))
        return redirect("inspection-plan", found.pk)
    form = IssueInspectionsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.issue_inspection_plan(found.pk, **form.cleaned_data, by=by, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ban hành kế hoạch kiểm tra."))
            return redirect("inspection-plan", found.pk)
    context = {"form": form, "heading": _("Ban hành kế hoạch kiểm tra"), "button": _("Ban hành"), "plan": found}
    return render(request, "reform/inspection_form.html", context, status=422 if form.errors else 200)


@require_POST
@officials(*OVERSEERS)
def remove_target(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Take an agency out of a draft."""
    by = official_of(request)
    found = get_object_or_404(inspections_read_by(by), pk=inspection_id)
    try:
        actions.remove_target(found.pk, by=by, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã bỏ khỏi kế hoạch kiểm tra."))
    return redirect("inspection-plan", found.plan_id)


@public
def open_inspections(request: HttpRequest) -> HttpResponse:
    """What came of the inspections: how many of how many, why, how many people; nobody's name."""
    plans = issued_inspection_plans()[:SHOWN]
    return render(request, "reform/open_inspections.html", {"plans": figures_each(plans)})


def _found(request: HttpRequest, inspection_plan_id: UUID) -> InspectionPlan:
    """The plan, for who may read it. Raises `Http404`."""
    plans = inspection_plans_read_by(official_of(request)).select_related("agency", "kept_by")
    return get_object_or_404(plans, pk=inspection_plan_id)
