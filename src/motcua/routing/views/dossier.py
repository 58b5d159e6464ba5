"""One dossier: where it stands, what happened, what to do next, and why it is due when it is."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue.queries import version_by_id
from motcua.core.access import officials
from motcua.dossiers.access import dossier_read_by
from motcua.dossiers.ledger import entries_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.reasons import promise_reasons_of, reasons_of
from motcua.dossiers.rules import BrokenLedger, Cause, Entry
from motcua.dossiers.states import PAUSED, State
from motcua.intake.from_home import sent_for
from motcua.intake.online.sending import brought
from motcua.payments.queries import duties_of
from motcua.payments.refunds.queries import orders_told
from motcua.people.access import ActingOfficial, official_of
from motcua.people.models import WORKERS, Role, UnitFunction
from motcua.people.queries import serves_now
from motcua.routing.actions.hats import own_work
from motcua.routing.apologies.queries import letters_in
from motcua.routing.apologies.signers import open_ways
from motcua.routing.consultations.queries import consultations_in
from motcua.routing.drawing import drawn, due_if_resumed, standing
from motcua.routing.prints import papers_of
from motcua.routing.queries import StepRow, spans_of, steps_of
from motcua.routing.rules import legs_after, plan
from motcua.routing.share_drawing import shares_shown
from motcua.routing.stories import events_of, story_of
from motcua.routing.ways import detours_for
from motcua.worktime.phrases import limit_words
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar, CalendarGap


@officials(*WORKERS)
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """The dossier's page; one of an agency that his own took over is only read, another agency's does not exist."""
    by, at = official_of(request), timezone.now()
    found = dossier_read_by(by, code)
    own, calendar = found.agency_id == by.agency_id, calendar_for(found.agency.calendar_code)
    steps, entries = steps_of(found.id), entries_of(found.id)
    lasting = [step for step in steps if step.finished_at is None]
    current = _mine_first(by, lasting)
    story = story_of(found.id)
    letters = letters_in(found.id, story)
    away = _gone(by, current, at)
    ways = detours_for(by, found, current, at, entries) if own else []
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
            "beside": [step for step in lasting if step is not current],
            "holder_away": current is not None and current.official_id in away,
            "may": _may(by, found, current, steps, away) if own else {},
            "ends_wait": [way for way in ways if way.ends_wait],
            "detours": [way for way in ways if not way.ends_wait],
            "next_leg": _next(found, current, calendar),
            "prints": papers_of(found, entries),
            "story": story,
            "consultations": consultations_in(found.id, story),
            "letters": letters,
            "apology_ways": open_ways(by, found, letters, at) if own else {},
            "duties": duties_of(found.id, at=at) if entries else (),
            "orders": orders_told(found.submission_id),
            "may_collect": own and by.holds(Role.RECEIVER),
            "may_settle": own and by.holds(Role.RECEIVER, Role.CASE_OFFICER),
            "from_home": sent_for(dossier_id=found.id) if found.paused_at else None,
            **brought(found, asked=any(entry.cause is Cause.PAPERS for entry in entries)),
            **clock_face(found, steps, entries, at, calendar, reverse("dossier-reasons", args=(found.code,))),
        },
    )


def clock_face(
    found: Dossier, steps: list[StepRow], entries: tuple[Entry, ...], at: datetime, calendar: Calendar, reason_url: str
) -> dict[str, Any]:
    """The ribbon and the label of where a dossier stands, for officials and for the public alike."""
    due_at = due_if_resumed(
        due_at=found.due_at, paused_at=found.paused_at, unit=found.limit_unit, at=at, calendar=calendar
    )
    return {
        "ribbon": drawn(
            spans_of(steps, entries),
            due_at=due_at,
            ended_at=found.finished_at,
            at=at,
            calendar=calendar,
            reason_url=reason_url,
        ),
        "standing": standing(
            state=State(found.state),
            due_at=found.due_at,
            ended_at=found.finished_at,
            at=at,
            calendar=calendar,
            paused_at=found.paused_at,
        ),
    }


def _gone(by: ActingOfficial, current: StepRow | None, at: datetime) -> frozenset[UUID]:
    """Who holds the open step, when it is somebody else who does not do that work now: his colleagues may."""
    holder = current.official_id if current is not None else None
    if current is None or holder is None or holder == by.id or serves_now(holder, current.unit_id, current.role, at):
        return frozenset()
    return frozenset({holder})


def _mine_first(by: ActingOfficial, lasting: list[StepRow]) -> StepRow | None:
    """The open step this official has in hand, else one he may take, else the first."""
    ranked = sorted(lasting, key=lambda step: (step.official_id != by.id, not by.serves(step.unit_id, step.role)))
    return ranked[0] if ranked else None


@officials(*WORKERS)
def reasons(request: HttpRequest, code: str) -> HttpResponse:
    """The reason sheet of the promised date: each interval counted or skipped, why, and in whose hands time lay."""
    by = official_of(request)
    found = dossier_read_by(by, code)
    calendar = calendar_for(found.agency.calendar_code)
    shares = shares_shown(found.id, agency_id=found.agency_id, at=timezone.now(), calendar=calendar)
    context = {"dossier": found, "shares": shares, **reason_sheet(found, found.agency.calendar_code)}
    return render(request, "routing/reasons.html", context)


def reason_sheet(found: Dossier, calendar_code: str) -> dict[str, Any]:
    """What a reason sheet shows, for officials and for the public alike; `gap` says when a date cannot be computed."""
    reasons, promise, gap = [], None, ""
    try:
        calendar = calendar_for(calendar_code)
        reasons, promise = reasons_of(found, calendar), promise_reasons_of(found, calendar)
    except CalendarGap as fault:
        gap = str(fault)
    except BrokenLedger:
        gap = _("Sổ thời hạn của hồ sơ này ghi sai thứ tự. Báo quản trị kiểm tra bằng motcua clock check.")
    return {
        "reasons": reasons,
        "promise": promise,
        "gap": gap,
        "limit": limit_words(found.limit_number, found.limit_unit),
        "offered": version_by_id(found.version_id),
        "calendar_moves": events_of(found.id, "dossier.recalculated") if found.due_at != found.promised_at else (),
    }


def _next(found: Dossier, current: StepRow | None, calendar: Calendar) -> dict[str, str] | None:
    """What follows the open step: names and units, said together where steps run side by side."""
    if current is None:
        return None
    # Only what follows, not when: without running time nothing is asked of the calendar, which may lack the year.
    legs = plan(version_by_id(found.version_id).route, running=(), due_at=found.due_at, clock=calendar)
    following = legs_after(legs, current.position)
    if not following:
        return None
    return {
        "name": "; ".join(leg.name for leg in following),
        "unit": ", ".join(dict.fromkeys(str(UnitFunction(leg.function).label) for leg in following)),
    }


def _may(
    by: ActingOfficial, found: Dossier, current: StepRow | None, steps: list[StepRow], away: frozenset[Any]
) -> dict[str, bool]:
    """What this official may do now. The actions check again; this only decides which buttons are shown."""
    here = current is not None and by.serves(current.unit_id, current.role)
    free = here and current is not None and (current.official_id is None or current.official_id in away)
    mine = here and current is not None and current.official_id == by.id
    approving = current is not None and current.role == Role.APPROVER
    own = approving and here and current is not None and own_work(found.id, current.unit_id, current.role, by)
    returning, waiting = found.state == State.FINISHED, State(found.state) in PAUSED
    sealing = here and current is not None and current.role == Role.RECORDS_CLERK
    working = (mine or free) and not returning and not waiting
    return {
        "take": free and not returning,
        "release": mine and not returning,
        "pass_on": working and not approving,
        "approve": working and approving and not own,
        "own_work": own,
        "send_back": working and found.state == State.PROCESSING and current is not None and current.position > 1,
        "return_result": returning and by.holds(Role.RECEIVER),
        "attach_result": by.holds(Role.RECORDS_CLERK, Role.RECEIVER)
        and (returning or sealing or found.state == State.RETURNED),
        "invite_rating": found.state == State.RETURNED and by.holds(Role.RECEIVER),
    }
