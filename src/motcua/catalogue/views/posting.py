"""What this office posts, from which day, until when: the controller starts and ends it at his own agency."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.catalogue.actions import CatalogueFault, post_here, withdraw_here
from motcua.catalogue.forms import PostForm, WithdrawForm
from motcua.catalogue.models import Posting
from motcua.catalogue.queries.versions import own_postings
from motcua.core.access import officials
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import Role

PAGE = 40


@officials(Role.PROCEDURE_CONTROLLER)
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """The postings of the own agency; POST starts one, or ends the one chosen with `?end=`."""
    acting, day = official_of(request), timezone.localdate()
    ends = "posting" in request.POST
    start = PostForm(
        request.POST if request.method == "POST" and not ends else None,
        initial={"valid_from": day, "code": request.GET.get("code", "")},
    )
    end = WithdrawForm(request.POST if ends else None, initial={"posting": request.GET.get("end"), "last_day": day})
    if request.method == "POST" and (_ended(request, end, acting) if ends else _started(request, start, acting)):
        return redirect("catalogue-postings")
    name = request.GET.get("q", "").strip()[:200]
    rows = own_postings(acting.agency_id, day, name=name)
    context: dict[str, Any] = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "q": name, "day": day,
        "agency_name": acting.agency_name, "start": start, "end": end, "chosen": _chosen(end, acting),
    }  # fmt: skip
    return render(request, "catalogue/own_postings.html", context, status=422 if start.errors or end.errors else 200)


def _started(request: HttpRequest, form: PostForm, acting: ActingOfficial) -> bool:
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        posting = post_here(said["code"], by=acting, valid_from=said["valid_from"], at=timezone.now())
    except CatalogueFault as fault:
        return _refused(form, fault)
    messages.success(
        request,
        _("Niêm yết %(name)s từ %(day)s.") % {"name": posting.procedure.name, "day": f"{posting.valid_from:%d/%m/%Y}"},
    )
    return True


def _ended(request: HttpRequest, form: WithdrawForm, acting: ActingOfficial) -> bool:
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        posting = withdraw_here(said["posting"], by=acting, last_day=said["last_day"], at=timezone.now())
    except CatalogueFault as fault:
        return _refused(form, fault)
    messages.success(
        request,
        _("Gỡ niêm yết %(name)s sau ngày %(day)s.")
        % {"name": posting.procedure.name, "day": f"{said['last_day']:%d/%m/%Y}"},
    )
    return True


def _refused(form: forms.Form, fault: CatalogueFault) -> bool:
    for sentence in fault.sentences:
        form.add_error(None, sentence)
    return False


def _chosen(form: WithdrawForm, acting: ActingOfficial) -> Posting | None:
    """The posting about to be ended; one of another agency, or a wrong number, is none."""
    box = forms.UUIDField(required=False)
    try:
        wanted = box.clean(form["posting"].value())
    except forms.ValidationError:
        return None
    return Posting.objects.select_related("procedure").filter(pk=wanted, agency=acting.agency_id).first()
