"""One dossier: where it stands, what happened, what to do next, and why it is due when it is."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from motcua.catalogue.queries import version_by_id
from motcua.core.access import officials
from motcua.dossiers.access import dossier_for
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import WORKERS, Role, UnitFunction
from motcua.routing.drawing import drawn, standing
from motcua.routing.queries import StepRow, spans_of, steps_of, story_of
from motcua.routing.rules import plan
from motcua.worktime.phrases import limit_words, shown
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Amount, Calendar, Unit


@officials(*WORKERS)
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """The dossier's page; a dossier of another agency does not exist here."""
    by, at = official_of(request), timezone.now()
    found = dossier_for(by, code)
    calendar = calendar_for(by.calendar_code)
    steps = steps_of(found.id)
    current = next((step for step in reversed(steps) if step.finished_at is None), None)
    return render(
        request,
        "routing/dossier.html",
        {
            "dossier": found,
            "just_received": "received" in request.GET,
            "offered": version_by_id(found.version_id),
            "limit": limit_words(found.limit_number, found.limit_unit),
            "papers": found.components.select_related("component").order_by("component__position"),
            "steps": steps,
            "current": current,
            "may": _may(by, found, current, steps),
            "next_leg": _next(found, current, calendar),
            "story": story_of(found.id),
            "ribbon": drawn(
                spans_of(steps),
                due_at=found.due_at,
                ended_at=_ended_at(found),
                at=at,
                calendar=calendar,
                reason_url=reverse("dossier-reasons", args=(found.code,)),
            ),
            "standing": standing(
                state=State(found.state), due_at=found.due_at, ended_at=_ended_at(found), at=at, calendar=calendar
            ),
        },
    )


@officials(*WORKERS)
def reasons(request: HttpRequest, code: str) -> HttpResponse:
    """The reason sheet of the promised date: each interval counted or skipped, and why."""
    by = official_of(request)
    found = dossier_for(by, code)
    return render(request, "routing/reasons.html", {"dossier": found, **reason_sheet(found, by.calendar_code)})


def reason_sheet(found: Dossier, calendar_code: str) -> dict[str, Any]:
    """What a reason sheet shows, for officials and for the public alike."""
    offered = version_by_id(found.version_id)
    amount = Amount(found.limit_number, Unit(found.limit_unit))
    calendar = calendar_for(calendar_code)
    return {
        "reasons": shown(calendar.explain(found.received_at, amount, cut_off=offered.cut_off)),
        "recomputed": calendar.due(found.received_at, amount, cut_off=offered.cut_off),
        "limit": limit_words(found.limit_number, found.limit_unit),
        "offered": offered,
    }


def _ended_at(found: Dossier) -> datetime | None:
    return found.finished_at


def _next(found: Dossier, current: StepRow | None, calendar: Calendar) -> dict[str, str] | None:
    """The step after the open one: its name and its unit's function."""
    if current is None:
        return None
    legs = plan(
        version_by_id(found.version_id).route, received_at=found.received_at, due_at=found.due_at, clock=calendar
    )
    for leg in legs:
        if leg.position > current.position:
            return {"name": leg.name, "unit": str(UnitFunction(leg.function).label)}
    return None


def _may(by: ActingOfficial, found: Dossier, current: StepRow | None, steps: list[StepRow]) -> dict[str, bool]:
    """What this official may do now. The actions check again; this only decides which buttons are shown."""
    here = current is not None and by.serves(current.unit_id, current.role)
    free = here and current is not None and current.official_id is None
    mine = here and current is not None and current.official_id == by.id
    approving = current is not None and current.role == Role.APPROVER
    own_work = any(step.official_id == by.id and step.role != Role.APPROVER for step in steps)
    returning = found.state == State.FINISHED
    return {
        "take": free and not returning,
        "release": mine and not returning,
        "pass_on": (mine or free) and not approving and not returning,
        "approve": (mine or free) and approving and not own_work,
        "own_work": approving and here and own_work,
        "send_back": (mine or free)
        and found.state == State.PROCESSING
        and current is not None
        and current.position > 1,
        "return_result": returning and by.holds(Role.RECEIVER),
    }
