"""The page on which a dossier leaves the plain way: one small form, whatever the way."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.dossiers.access import dossier_for
from motcua.dossiers.ledger import entries_of
from motcua.dossiers.states import StaleMove
from motcua.people.access import official_of
from motcua.people.models import WORKERS, Unit
from motcua.routing.forms import ForwardForm, ReassignForm, WishForm
from motcua.routing.queries import colleagues_of, steps_of
from motcua.routing.supplement_forms import SupplementForm, TakeSupplementForm
from motcua.routing.ways import DETOURS, Detour, Situation
from motcua.worktime.rules import CalendarGap, CalendarMistake


@officials(*WORKERS)
def detour(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Fill and send one small form; a refusal is said on the form, and what was written stays."""
    way = next((way for way in DETOURS if way.slug == slug), None)
    if way is None:
        raise Http404
    now = _situation(request, code)
    if (refused := way.refusal(now)) is not None:
        messages.error(request, str(refused))
        return redirect("dossier", now.dossier.code)
    form = _filled(way, now, request)
    if request.method == "POST" and form.is_valid():
        try:
            way.act(now, form, _shown_step(request))
        except StaleMove as stale:
            messages.error(request, str(stale))
            return redirect("dossier", now.dossier.code)
        except (Refusal, CalendarGap, CalendarMistake) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(way.done))
            return redirect("dossier", now.dossier.code)
    return render(
        request,
        "routing/detour.html",
        {"way": way, "form": form, "dossier": now.dossier, "step": now.step},
        status=422 if form.errors else 200,
    )


def _situation(request: HttpRequest, code: str) -> Situation:
    by = official_of(request)
    found = dossier_for(by, code)
    lasting = [step for step in steps_of(found.id) if step.finished_at is None]
    ranked = sorted(lasting, key=lambda step: (step.official_id != by.id, not by.serves(step.unit_id, step.role)))
    return Situation(by, found, ranked[0] if ranked else None, timezone.now(), entries_of(found.id))


def _filled(way: Detour, now: Situation, request: HttpRequest) -> forms.Form:
    """The way's form with what it must know of the dossier, filled with what was sent."""
    sent = request.POST if request.method == "POST" else None
    known: tuple[Any, ...] = ()
    if way.form is ForwardForm:
        known = (_other_units(now),)
    elif way.form is ReassignForm:
        known = (colleagues_of(now.step, now.at) if now.step else [],)
    elif way.form is WishForm:
        known = (now.dossier.submitter_name or now.dossier.applicant_name,)
    elif way.form in (SupplementForm, TakeSupplementForm):
        known = (now.dossier, now.at)
    return way.form(*known, sent)


def _other_units(now: Situation) -> list[str]:
    units = Unit.objects.filter(agency_id=now.by.agency_id, valid_to__isnull=True).order_by("name")
    return [unit.function for unit in units if now.step is None or unit.id != now.step.unit_id]


def _shown_step(request: HttpRequest) -> UUID | None:
    """The step the page showed."""
    try:
        return UUID(request.POST.get("step", ""))
    except ValueError:
        return None
