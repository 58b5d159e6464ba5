"""Every date the demo office stored, worked out anew; every dossier's events, steps and state tell one story."""

from datetime import datetime
from itertools import pairwise

import pytest

from motcua.catalogue.queries import version_by_id
from motcua.core.models import Event
from motcua.demo.dossiers import EXPECTED, FATES, build_dossiers
from motcua.demo.office import WARD
from motcua.dossiers.ledger import clock_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.reasons import reasons_of
from motcua.dossiers.states import CHART, OPEN, DossierOutcome, State
from motcua.intake.models import Submission
from motcua.people.models import Agency
from motcua.routing.actions.replanning import planned
from motcua.routing.models import Outcome
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Amount, Unit
from tests.cast import HANOI_TIME, Cast

NOW = datetime(2026, 11, 27, 16, 0, tzinfo=HANOI_TIME)
MOVES = (
    "step.passed_on", "step.sent_back", "dossier.finished", "dossier.rejected", "dossier.returned",
    "dossier.withdrawn", "dossier.discontinued",
)  # fmt: skip
STATES_AFTER = {
    "dossier.received": {State.RECEIVED},
    "dossier.finished": {State.FINISHED},
    "dossier.rejected": {State.FINISHED},
    "dossier.returned": {State.RETURNED},
    "dossier.paused": {State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED},
    "dossier.withdrawn": {State.WITHDRAWN},
    "dossier.discontinued": {State.DISCONTINUED},
}


@pytest.fixture
def dossiers(cast: Cast) -> list[Dossier]:
    ward = Agency.objects.get(name=f"Ủy ban nhân dân {WARD}", valid_to=None)
    codes = list(build_dossiers(ward, seed=20261121, now=NOW))
    found = list(Dossier.objects.filter(code__in=codes).select_related("agency").prefetch_related("steps"))
    assert len(codes) == EXPECTED
    assert len(found) == len(FATES) >= 40
    return found


def test_every_stored_date_is_what_the_ledger_says(dossiers: list[Dossier]):
    for dossier in dossiers:
        calendar, version = calendar_for(dossier.agency.calendar_code), version_by_id(dossier.version_id)
        amount = Amount(dossier.limit_number, Unit(dossier.limit_unit))
        promised_at = calendar.due(dossier.received_at, amount, cut_off=version.cut_off)
        reading = clock_of(dossier)
        assert dossier.promised_at == promised_at, dossier.code
        assert (dossier.due_at, dossier.paused_at) == (reading.due_at, reading.paused_since), dossier.code
        if not dossier.clock_entries.exists():
            assert dossier.due_at == promised_at, dossier.code
        legs = planned(dossier.version_id, dossier.agency.calendar_code, reading)
        for step in dossier.steps.filter(finished_at=None) if reading.paused_since is None else ():
            leg = legs[step.position - 1]
            assert (step.name, step.role, step.due_at) == (leg.name, leg.role, leg.due_at), dossier.code


def test_every_reason_sheet_runs_without_a_hole_from_receipt_to_the_due_date(dossiers: list[Dossier]):
    causes = set()
    for dossier in dossiers:
        rows = reasons_of(dossier, calendar_for(dossier.agency.calendar_code))
        assert rows[0].start == dossier.received_at.replace(second=0, microsecond=0), dossier.code
        for row, following in pairwise(rows):
            assert row.end == following.start, dossier.code
        assert all(row.text for row in rows), dossier.code
        last = rows[-1].end
        assert (last is None) == (dossier.paused_at is not None), dossier.code
        if dossier.state in OPEN and last is not None:
            assert last == dossier.due_at or (dossier.appointed_at and last > dossier.due_at), dossier.code
        causes |= {row.kind for row in rows}
    assert {"paused", "restarted", "settled", "weekly_rest"} <= causes


def test_the_state_is_what_the_last_event_said(dossiers: list[Dossier]):
    for dossier in dossiers:
        state = None
        for event in Event.objects.filter(subject_id=dossier.id).order_by("sequence"):
            said = State(event.after["state"]) if "state" in event.after else state
            if said != state:
                assert state is None or can_reach(state, said), (dossier.code, state, said)
                assert said in STATES_AFTER.get(event.kind, {State.PROCESSING}), (dossier.code, event.kind)
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
            if step.outcome != Outcome.REJECTED:
                assert following.position == step.position + (-1 if back else 1), dossier.code
        ended = {State.RETURNED, State.WITHDRAWN, State.DISCONTINUED}
        assert (steps[-1].finished_at is None) == (dossier.state not in ended), dossier.code


def test_steps_and_events_tell_the_same_moves(dossiers: list[Dossier]):
    for dossier in dossiers:
        events = Event.objects.filter(subject_id=dossier.id)
        moved = events.filter(kind__in=MOVES)
        ended = dossier.steps.exclude(finished_at=None)
        assert sorted(moved.values_list("at", flat=True)) == sorted(ended.values_list("finished_at", flat=True))
        decided = events.filter(kind__in=("dossier.approved", "dossier.rejected"))
        assert decided.count() == dossier.results.count()
        assert events.filter(kind="dossier.received").count() == 1


def test_the_office_shows_every_state(dossiers: list[Dossier]):
    assert {dossier.state for dossier in dossiers} == {2, 4, 5, 6, 7, 8, 9, 10}
    assert {1, 3} <= set(Submission.objects.values_list("state", flat=True))
    assert any(dossier.appointed_at for dossier in dossiers)
    assert {dossier.outcome for dossier in dossiers} == {"", *DossierOutcome.values}
    assert any(dossier.due_at < NOW for dossier in dossiers if dossier.state in OPEN)
    assert all((dossier.finished_at is None) == (dossier.state in OPEN) for dossier in dossiers)
    assert all((dossier.returned_at is None) == (dossier.state != State.RETURNED) for dossier in dossiers)
