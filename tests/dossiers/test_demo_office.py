"""Every date the demo office stored, worked out anew; every dossier's events, steps and state tell one story."""

from datetime import datetime
from itertools import pairwise

import pytest
from django.db.models import Q

from motcua.catalogue.queries import version_by_id
from motcua.core.models import Event
from motcua.demo.dossiers import FATES, build_dossiers
from motcua.demo.office import WARD
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import CHART, OPEN, State
from motcua.people.models import Agency
from motcua.routing.models import Outcome
from motcua.routing.rules import plan
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Amount, Unit
from tests.cast import HANOI_TIME, Cast

NOW = datetime(2026, 11, 27, 16, 0, tzinfo=HANOI_TIME)
STATE_AFTER = {
    "dossier.received": State.RECEIVED,
    "dossier.finished": State.FINISHED,
    "dossier.returned": State.RETURNED,
}


@pytest.fixture
def dossiers(cast: Cast) -> list[Dossier]:
    ward = Agency.objects.get(name=f"Ủy ban nhân dân {WARD}", valid_to=None)
    codes = list(build_dossiers(ward, seed=20261121, now=NOW))
    found = list(Dossier.objects.filter(code__in=codes).select_related("agency").prefetch_related("steps"))
    assert len(found) == len(FATES) >= 40
    return found


def test_every_stored_date_is_what_the_calendar_says(dossiers: list[Dossier]):
    for dossier in dossiers:
        calendar, version = calendar_for(dossier.agency.calendar_code), version_by_id(dossier.version_id)
        amount = Amount(dossier.limit_number, Unit(dossier.limit_unit))
        due_at = calendar.due(dossier.received_at, amount, cut_off=version.cut_off)
        assert dossier.promised_at == dossier.due_at == due_at, dossier.code
        legs = plan(version.route, running=((dossier.received_at, None),), due_at=due_at, clock=calendar)
        for step in dossier.steps.all():
            leg = legs[step.position - 1]
            assert (step.name, step.role, step.due_at) == (leg.name, leg.role, leg.due_at), dossier.code


def test_the_state_is_what_the_last_event_said(dossiers: list[Dossier]):
    for dossier in dossiers:
        state = None
        for event in Event.objects.filter(subject_id=dossier.id).order_by("sequence"):
            said = State(event.after["state"]) if "state" in event.after else state
            if said != state:
                assert state is None or can_reach(state, said), (dossier.code, state, said)
                assert STATE_AFTER.get(event.kind, State.PROCESSING) == said, (dossier.code, event.kind)
            state = said
        assert dossier.state == state, dossier.code


def can_reach(seen: State, to: State) -> bool:
    """By one arrow, or by two through the processing that a one-step route passes in one go."""
    return to in CHART[seen] or (seen == State.RECEIVED and to in CHART[State.PROCESSING])


def test_steps_follow_each_other_without_a_hole(dossiers: list[Dossier]):
    for dossier in dossiers:
        steps = list(dossier.steps.all())
        assert steps[0].started_at == dossier.received_at
        for step, following in pairwise(steps):
            assert step.finished_at == following.started_at, dossier.code
            back = step.outcome == Outcome.SENT_BACK
            assert following.position == step.position + (-1 if back else 1), dossier.code
        assert (steps[-1].finished_at is None) == (dossier.state != State.RETURNED), dossier.code


def test_steps_and_events_tell_the_same_moves(dossiers: list[Dossier]):
    for dossier in dossiers:
        events = Event.objects.filter(subject_id=dossier.id)
        moved = events.filter(Q(kind__in=("step.passed_on", "step.sent_back", "dossier.finished", "dossier.returned")))
        ended = dossier.steps.exclude(finished_at=None)
        assert sorted(moved.values_list("at", flat=True)) == sorted(ended.values_list("finished_at", flat=True))
        assert events.filter(kind="dossier.approved").count() == dossier.results.count()
        assert events.filter(kind="dossier.received").count() == 1


def test_the_office_shows_every_kind_of_standing(dossiers: list[Dossier]):
    assert {dossier.state for dossier in dossiers} == {2, 4, 9, 10}
    assert any(dossier.due_at < NOW for dossier in dossiers if dossier.state in OPEN)
    assert all((dossier.finished_at is None) == (dossier.state in OPEN) for dossier in dossiers)
    assert all((dossier.returned_at is None) == (dossier.state != State.RETURNED) for dossier in dossiers)
