"""Pages of procedure control: versions, what changed, publishing. Officials read; the controller publishes."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue.actions import CatalogueFault, publish
from motcua.catalogue.forms import PublishForm
from motcua.catalogue.models import ProcedureVersion, VersionState
from motcua.catalogue.queries.versions import (
    ReviewedVersion,
    is_own_draft,
    past_imports,
    reviewed,
    version_counts,
    versions,
)
from motcua.catalogue.review import described
from motcua.catalogue.rules import Difference, differences, faults
from motcua.core.access import officials
from motcua.people.access import ActingOfficial, acting_official
from motcua.people.models import Role

PAGE = 40


@officials()
@require_safe
def version_list(request: HttpRequest) -> HttpResponse:
    """Every version that he may read, drafts first."""
    acting = _acting(request)
    state, name = request.GET.get("state", ""), request.GET.get("q", "").strip()[:200]
    page = Paginator(versions(acting, state=state, name=name), PAGE).get_page(request.GET.get("page"))
    counts = version_counts(acting, name=name)
    tabs = [
        ("", _("Tất cả"), sum(counts.values())),
        *((value, str(label), counts.get(value, 0)) for value, label in VersionState.choices),
    ]
    controller = acting.holds(Role.PROCEDURE_CONTROLLER)
    context = {"page": page, "state": state, "q": name, "tabs": tabs, "controller": controller}
    return render(request, "catalogue/versions.html", context)


@officials()
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """What the last imports did, record by record where something was refused or kept back."""
    return render(request, "catalogue/imports.html", {"imports": past_imports()})


@officials()
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One version beside the one before it; POST publishes it (procedure controller only)."""
    acting = _acting(request)
    found = reviewed(version_id, acting)
    if found is None:
        raise Http404
    controller = acting.holds(Role.PROCEDURE_CONTROLLER)
    form = PublishForm(request.POST or None, initial={"valid_from": _suggested_day(found)})
    if request.method == "POST":
        if not controller:
            return render(request, "403.html", {"reason": "role", "needed": [Role.PROCEDURE_CONTROLLER]}, status=403)
        if form.is_valid() and _published(form, found.version, acting):
            messages.success(request, _("Đã công khai %(name)s.") % {"name": found.version.name})
            return redirect("catalogue-version", version_id=version_id)
    changed = differences(found.content_before, found.content)
    context: dict[str, Any] = {
        "version": found.version, "before": found.before, "form": form, "controller": controller,
        "draft": found.version.state == VersionState.DRAFT, "own_draft": is_own_draft(found.version),
        "faults": faults(found.content),
        "changes": [(described(change)) for change in changed if _worth(change, found)],
    }  # fmt: skip
    return render(request, "catalogue/version.html", context, status=422 if form.errors else 200)


def _published(form: PublishForm, draft: ProcedureVersion, acting: ActingOfficial) -> bool:
    """Publish; a refusal becomes errors of the form."""
    try:
        publish(draft, by=acting, at=timezone.now(), valid_from=form.cleaned_data["valid_from"])
    except CatalogueFault as fault:
        for sentence in fault.sentences:
            form.add_error(None, sentence)
        return False
    return True


def _suggested_day(found: ReviewedVersion) -> Any:
    """The draft's own day; one that follows another begins after that one did, and never in the past."""
    day = found.version.valid_from
    if found.before is None:
        return day
    return max(timezone.localdate(), day, found.before.valid_from + timedelta(days=1))


def _worth(change: Difference, found: ReviewedVersion) -> bool:
    """A first version shows what it says; a later one only what changed."""
    return bool(change.lost or change.gained) or found.before is None


def _acting(request: HttpRequest) -> ActingOfficial:
    acting = acting_official(request)
    if acting is None:
        raise Http404
    return acting
