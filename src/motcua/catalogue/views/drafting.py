"""Writing a draft: started from a version, corrected row by row without scripts, looked at as citizens would see it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.catalogue.actions import CatalogueFault, DraftMoved, correct_draft, draft_from, draft_stamp
from motcua.catalogue.contents import content_of
from motcua.catalogue.forms import DraftSheet
from motcua.catalogue.forms.rows import Row
from motcua.catalogue.models import ProcedureVersion, VersionState
from motcua.catalogue.queries import draft_sheet
from motcua.catalogue.queries.versions import is_own_draft, readable_by
from motcua.catalogue.rules import faults, faults_by_element
from motcua.catalogue.sheet import public_address, sheet_context
from motcua.core.access import officials
from motcua.documents.qr import qr_svg
from motcua.people.access import official_of
from motcua.people.models import Role
from motcua.people.queries import home_agency


@officials(Role.PROCEDURE_CONTROLLER)
@require_POST
def start_draft(request: HttpRequest, version_id: UUID) -> HttpResponseRedirect:
    """A new draft of the office with the content of this version."""
    draft = draft_from(_found(request, version_id), by=official_of(request), at=timezone.now())
    messages.success(
        request, _("Đã lập bản dự thảo số %(number)d, giống hệt bản ông/bà vừa xem.") % {"number": draft.number}
    )
    return redirect("catalogue-edit", version_id=draft.pk)


@officials(Role.PROCEDURE_CONTROLLER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The draft as boxes. `add_…`, `remove_…-n` and `up_…-n` re-draw the page; anything else stores it."""
    draft = _found(request, version_id)
    if not is_own_draft(draft):
        messages.info(request, _("Bản này không sửa được nữa. Ông/bà lập bản dự thảo mới từ bản này."))
        return redirect("catalogue-version", version_id=version_id)
    if request.method != "POST":
        content = content_of(draft)
        sheet = DraftSheet.of(content, valid_from=draft.valid_from, valid_to=draft.valid_to, seen=draft_stamp(draft))
        return _page(request, draft, sheet, lacking=faults_by_element(content))
    rearranged = DraftSheet.rearranged(request.POST)
    if rearranged is not None:
        return _page(request, draft, rearranged)
    sheet = DraftSheet.checked(request.POST)
    if sheet.is_valid() and _stored(request, draft, sheet):
        wanted = "catalogue-preview" if "preview" in request.POST else "catalogue-edit"
        return redirect(wanted, version_id=version_id)
    return _page(request, draft, sheet, status=422)


def _stored(request: HttpRequest, draft: ProcedureVersion, sheet: DraftSheet) -> bool:
    """Store what was typed and say what is still missing; a refusal becomes an error of the page."""
    content, said = sheet.content(content_of(draft)), sheet.texts.cleaned_data
    try:
        correct_draft(
            draft, content, valid_from=said["valid_from"], valid_to=said["valid_to"], seen=said["seen"],
            by=official_of(request), at=timezone.now(),
        )  # fmt: skip
    except CatalogueFault as fault:
        if isinstance(fault, DraftMoved):
            sheet.show_again(request.POST, draft_stamp(_found(request, draft.pk)))
        for sentence in fault.sentences:
            sheet.texts.add_error(None, sentence)
        return False
    missing = len(faults(content))
    if missing:
        messages.info(
            request,
            ngettext(
                "Đã lưu bản dự thảo. Còn %(n)d điều cần bổ sung trước khi công khai.",
                "Đã lưu bản dự thảo. Còn %(n)d điều cần bổ sung trước khi công khai.",
                missing,
            )
            % {"n": missing},
        )
    else:
        messages.success(request, _("Đã lưu bản dự thảo. Nội dung đủ để công khai."))
    return True


def _page(
    request: HttpRequest,
    draft: ProcedureVersion,
    sheet: DraftSheet,
    *,
    lacking: dict[str, list[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    missing = lacking or {}
    context: dict[str, Any] = {
        "draft": draft,
        "texts": sheet.texts,
        "short_texts": [(box, missing.get(box.name, [])) for box in sheet.short_texts],
        "long_texts": [(box, missing.get(box.name, [])) for box in sheet.long_texts],
        "groups": [(group, missing.get(group.element, [])) for group in sheet.groups],
        "lacking": [(f"at-{element}", sentence) for element, said in missing.items() for sentence in said],
        "wrong": [one for form in sheet.forms if form.is_bound for one in _errors(form)],
    }
    return render(request, "catalogue/draft.html", context, status=status)


def _errors(form: forms.Form) -> list[tuple[str, str]]:
    """Each error of a form with the box it stands at; of a row, the row is named."""
    place = f"{form.row_name} {int(str(form.prefix).rpartition('-')[2]) + 1}, " if isinstance(form, Row) else ""
    general = [("", str(sentence)) for sentence in form.non_field_errors()]
    return general + [
        (box.auto_id, f"{place}{str(box.label).lower()}: {sentence}" if place else str(sentence))
        for box in form
        for sentence in box.errors
    ]


@officials(Role.PROCEDURE_CONTROLLER)
@require_safe
def preview(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The draft on the page that citizens will see."""
    draft = _found(request, version_id)
    if draft.state == VersionState.PUBLISHED:
        return redirect("procedure", code=draft.procedure.national_code)
    day = timezone.localdate()
    sheet, office = draft_sheet(draft, day), home_agency(day)
    if sheet.version is None:
        raise Http404
    address = public_address(draft.procedure.national_code)
    context: dict[str, Any] = {
        "sheet": sheet, "procedure": sheet.procedure, "version": sheet.version, "draft_id": draft.pk,
        "address": address, "qr": qr_svg(address, title=_("Mã QR của trang này")),
        "here": office is not None and any(agency.pk == office.pk for agency in sheet.agencies),
    }  # fmt: skip
    return render(request, "catalogue/procedure.html", context | sheet_context(sheet.version))


def _found(request: HttpRequest, version_id: UUID) -> ProcedureVersion:
    """A version that he may read, or 404 alike for another agency's draft and none."""
    return get_object_or_404(readable_by(official_of(request)), pk=version_id)
