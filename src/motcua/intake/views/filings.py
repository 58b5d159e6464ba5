"""A filing written down that is not received now: a letter from the post, or a refusal at the counter."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue.queries import NotOffered, OfferedVersion, version_in_force
from motcua.catalogue.search import search
from motcua.core.access import officials
from motcua.core.ids import uuid7
from motcua.core.refusals import Refusal
from motcua.intake.actions import AnotherFiling
from motcua.intake.forms import IntakeForm
from motcua.intake.models import Submission
from motcua.intake.queries import recent_procedures
from motcua.intake.submission_forms import CounterRefusalForm, PostalForm
from motcua.intake.submissions import refuse_at_counter, submit
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import Role
from motcua.worktime.rules import CalendarGap, CalendarMistake

_MANY = ("whens", "papers")


@officials(Role.RECEIVER)
def choose_postal(request: HttpRequest) -> HttpResponse:
    """Find the procedure that a letter is about."""
    query = request.GET.get("q", "").strip()
    found = search(query, limit=12) if query else recent_procedures(official_of(request).agency_id)
    return render(request, "intake/choose_postal.html", {"query": query, "found": found})


@officials(Role.RECEIVER)
def register_postal(request: HttpRequest, code: str) -> HttpResponse:
    """Write down a filing that came by post; the number is its acknowledgement."""
    return _written_down(request, code, PostalForm, "intake/register_postal.html", _submitted)


@officials(Role.RECEIVER)
def refuse_counter(request: HttpRequest, code: str) -> HttpResponse:
    """Refuse what somebody brought to the counter. The counter page sends along (`carry`) what was typed there."""
    return _written_down(request, code, CounterRefusalForm, "intake/refuse_counter.html", _refused)


def _submitted(form: Any, by: ActingOfficial, at: datetime) -> tuple[Submission, str]:
    written = submit(form.filing(), offered=form.offered, desk=by, by=by.actor, at=at, registered_by=by.id)
    return written, _("Đã ghi nhận hồ sơ gửi qua bưu chính, số %(number)s.") % {"number": written.number}


def _refused(form: Any, by: ActingOfficial, at: datetime) -> tuple[Submission, str]:
    values = form.cleaned_data
    written = refuse_at_counter(
        form.filing(), offered=form.offered, reason=values["reason"], legal_basis=values["legal_basis"], by=by, at=at
    )
    return written, _("Đã từ chối tiếp nhận. Ông/bà in phiếu từ chối trao người nộp.")


def _written_down(request: HttpRequest, code: str, shape: type[IntakeForm], template: str, write: Any) -> HttpResponse:
    """Show the form; on a checked post write it down and go to its page; faults stand where they belong."""
    by, at = official_of(request), timezone.now()
    try:
        offered = version_in_force(code, by.agency_id, timezone.localdate(at))
    except NotOffered as refusal:
        return render(request, "intake/not_offered.html", {"sentence": str(refusal), "code": code}, status=404)
    if request.method != "POST":
        return _page(request, shape(offered, initial={"submission_id": uuid7()}), template)
    if "carry" in request.POST:
        return _page(request, shape(offered, initial=_carried(request) | {"submission_id": uuid7()}), template)
    form = shape(offered, request.POST)
    if form.is_valid():
        try:
            written, said = write(form, by, at)
        except (Refusal, CalendarGap, CalendarMistake) as fault:
            _say(form, fault)
        else:
            messages.success(request, said)
            return redirect("submission", written.number)
    return _page(request, form, template, status=422)


def _carried(request: HttpRequest) -> dict[str, Any]:
    return {
        name: request.POST.getlist(name) if name in _MANY else value
        for name, value in request.POST.items()
        if name != "channel"
    }


def _say(form: IntakeForm, fault: Exception) -> None:
    """The fault on the form; a page that was used before gets a new submission number."""
    if isinstance(fault, AnotherFiling):
        sent = cast("QueryDict", form.data).copy()
        sent["submission_id"] = str(uuid7())
        form.data = sent
    form.add_error(None, str(fault))


def _page(request: HttpRequest, form: IntakeForm, template: str, status: int = 200) -> HttpResponse:
    offered: OfferedVersion = form.offered
    whens = tuple(str(when) for when in (form["whens"].value() or ()))
    ticked = {str(value) for value in (form["papers"].value() or ())}
    return render(
        request,
        template,
        {
            "offered": offered,
            "form": form,
            "papers": [(line, str(line.id) in ticked) for line in offered.components],
            "whens": [(value, value in whens) for value, _label in form.fields["whens"].choices],  # type: ignore[attr-defined]
            "by_post": "post" in offered.channels,
        },
        status=status,
    )
