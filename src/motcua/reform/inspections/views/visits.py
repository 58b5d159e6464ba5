"""One visit: what was found, what became of it, and the acts on it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial, official_of
from motcua.people.overseeing import OVERSEERS
from motcua.reform.access import READERS, inspections_read_by, keeps, leads
from motcua.reform.inspections import visiting
from motcua.reform.inspections.forms import (
    AdmonitionForm,
    ConcludeForm,
    CorrectFindingForm,
    FindingForm,
    HoldForm,
    RemedyForm,
)
from motcua.reform.inspections.queries import findings_of
from motcua.reform.models import Admonition, Finding, Inspection, InspectionState
from motcua.reform.revisions import revision_seen

Write = Callable[[dict[str, Any]], object]


@officials(*READERS)
def inspection(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """The visit with its findings and the people admonished, by post."""
    by = official_of(request)
    found = _found(request, inspection_id)
    is_keeper = keeps(by)
    context = {
        "inspection": found, "plan": found.plan, "findings": findings_of(found, timezone.localdate()),
        "admonitions": found.admonitions.select_related("finding").order_by("post", "pk"),
        "keeps": is_keeper and found.plan.kept_by_id == by.agency_id and found.plan.is_issued,
        "corrects": leads(by) if found.state == InspectionState.CONCLUDED else is_keeper,
        "remedies": is_keeper and found.plan.is_issued, "state": found.state,
    }  # fmt: skip
    return render(request, "reform/inspection.html", context)


@officials(*OVERSEERS)
def hold(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """The visit took place."""
    by, found = _kept(request, inspection_id)

    def write(typed: dict[str, Any]) -> None:
        visiting.hold_inspection(found.pk, on=typed["on"], by=by, at=timezone.now())

    words = {"heading": _("Ghi đã kiểm tra"), "button": _("Ghi đã kiểm tra"), "done": _("Đã ghi cuộc kiểm tra.")}
    return _act(request, found, HoldForm(request.POST or None), write, words, InspectionState.PLANNED)


@officials(*OVERSEERS)
def new_finding(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Something was found wanting."""
    by, found = _kept(request, inspection_id)

    def write(typed: dict[str, Any]) -> None:
        visiting.find(found.pk, **typed, by=by, at=timezone.now())

    words = {"heading": _("Ghi tồn tại"), "button": _("Ghi tồn tại"), "done": _("Đã ghi tồn tại.")}
    form = FindingForm(found.plan.year, request.POST or None)
    return _act(request, found, form, write, words, InspectionState.HELD)


@officials(*OVERSEERS)
def correct_finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """A finding was written down wrongly. Who was slower reads so, with what he typed, and may send it again."""
    by, finding = official_of(request), _finding(request, finding_id)
    found = finding.inspection
    if finding.remedied_on is not None or (found.state == InspectionState.CONCLUDED and not leads(by)):
        messages.error(request, _("Tồn tại đã khắc phục thì không sửa nữa; sau kết luận chỉ lãnh đạo cơ quan sửa."))
        return redirect("inspection", found.pk)

    def write(typed: dict[str, Any]) -> None:
        visiting.correct_finding(finding.pk, **typed, seen=revision_seen(request), by=by, at=timezone.now())

    words = {"heading": _("Sửa tồn tại"), "button": _("Lưu"), "done": _("Đã sửa tồn tại; nhật ký giữ lời cũ.")}
    form = CorrectFindingForm(finding, request.POST or None)
    return _act(request, found, form, write, words, *visiting.VISITED, seen=finding.revision)


@officials(*OVERSEERS)
def new_admonition(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """People were admonished: how many of which post."""
    by, found = _kept(request, inspection_id)

    def write(typed: dict[str, Any]) -> None:
        finding_id = UUID(typed["finding"]) if typed["finding"] else None
        visiting.admonish(
            found.pk, post=typed["post"], people=typed["people"], finding_id=finding_id, by=by, at=timezone.now()
        )

    words = {"heading": _("Ghi người bị nhắc nhở"), "button": _("Ghi"), "done": _("Đã ghi số người bị nhắc nhở.")}
    findings = [(str(one.pk), f"{one.ordinal}. {one.words[:80]}") for one in found.findings.order_by("ordinal")]
    form = AdmonitionForm(findings, request.POST or None)
    return _act(request, found, form, write, words, *visiting.VISITED)


@officials(*OVERSEERS)
def conclude(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """The conclusion was signed."""
    by, found = _kept(request, inspection_id)

    def write(typed: dict[str, Any]) -> None:
        visiting.conclude(found.pk, **typed, by=by, at=timezone.now())

    words = {"heading": _("Ghi kết luận"), "button": _("Ghi kết luận"), "done": _("Đã ghi kết luận kiểm tra.")}
    return _act(request, found, ConcludeForm(request.POST or None), write, words, InspectionState.HELD)


@officials(*OVERSEERS)
def remedy(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """A finding is remedied."""
    by, finding = official_of(request), _finding(request, finding_id)
    found = finding.inspection

    def write(typed: dict[str, Any]) -> None:
        visiting.remedy_finding(finding.pk, **typed, by=by, at=timezone.now())

    if finding.remedied_on is not None:
        messages.info(request, _("Tồn tại này đã được ghi là khắc phục xong."))
        return redirect("inspection", found.pk)
    words = {"heading": _("Ghi đã khắc phục"), "button": _("Ghi đã khắc phục"), "done": _("Đã ghi khắc phục.")}
    form = RemedyForm(request.POST or None)
    return _act(request, found, form, write, words, *visiting.VISITED, about=finding.words, by_target=True)


@require_POST
@officials(*OVERSEERS)
def take_back_admonition(request: HttpRequest, admonition_id: UUID) -> HttpResponse:
    """It was written down wrongly."""
    by = official_of(request)
    said = get_object_or_404(Admonition.objects.filter(inspection__in=inspections_read_by(by)), pk=admonition_id)
    try:
        visiting.take_back_admonition(said.pk, by=by, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã bỏ dòng ghi nhầm; nhật ký vẫn giữ."))
    return redirect("inspection", said.inspection_id)


def _act(
    request: HttpRequest, found: Inspection, form: forms.Form, write: Write, words: dict[str, str],
    *states: InspectionState, about: str = "", by_target: bool = False, seen: int | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of one act on a visit in one of these states; a refusal stands above what was typed.

    `by_target`: the agency that was inspected may do it too. `seen`: the revision of what is shown.
    """
    by = official_of(request)
    kept = keeps(by) and (by_target or by.agency_id == found.plan.kept_by_id)
    if not kept or found.state not in states or not found.plan.is_issued:
        messages.error(request, _("Cuộc kiểm tra không ở tình trạng làm việc ấy được, hoặc do nơi khác theo dõi."))
        return redirect("inspection", found.pk)
    if request.method == "POST" and form.is_valid():
        try:
            write(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, words["done"])
            return redirect("inspection", found.pk)
    context = {"form": form, "inspection": found, "plan": found.plan, "about": about, "seen": seen, **words}
    return render(request, "reform/inspection_form.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, inspection_id: UUID) -> tuple[ActingOfficial, Inspection]:
    return official_of(request), _found(request, inspection_id)


def _finding(request: HttpRequest, finding_id: UUID) -> Finding:
    """A finding of a visit that he may read. Raises `Http404`."""
    told = Finding.objects.select_related("inspection__plan__agency", "inspection__target")
    return get_object_or_404(told.filter(inspection__in=inspections_read_by(official_of(request))), pk=finding_id)


def _found(request: HttpRequest, inspection_id: UUID) -> Inspection:
    """The visit, for who may read it. Raises `Http404`."""
    visits = inspections_read_by(official_of(request)).select_related("plan__agency", "plan__kept_by", "target")
    return get_object_or_404(visits, pk=inspection_id)
