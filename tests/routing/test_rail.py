"""The rail's figures are those of the worklist, however they are counted."""

from datetime import timedelta

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import OPEN, State
from motcua.routing import actions
from motcua.routing.queries import OPEN_STATES, work_counts
from motcua.routing.rail import rail_counts
from tests.cast import BIRTH, MONDAY, MR_QUANG, Cast, minutes_later, open_step, received
from tests.journey.conftest import cast, ward

__all__ = ["cast", "ward"]


@pytest.fixture
def on_their_way(cast: Cast):
    """Five dossiers: at the desk, at the officer's, before the leader, at the records, ready to be returned."""
    hands = (cast.receiver, cast.case_officer, cast.leader, cast.records_clerk)
    opened = [received(BIRTH, cast, applicant=MR_QUANG) for _ in range(5)]
    for number, one in enumerate(opened):
        for place, by in enumerate(hands[:number]):
            act = actions.approve if by is cast.leader else actions.pass_on
            act(open_step(one.id)[0], by=by, at=minutes_later(MONDAY, 10 + place))
    assert Dossier.objects.filter(state=State.FINISHED).count() == 1
    return opened


@pytest.mark.parametrize("days", [0, 30])
def test_the_rail_counts_what_the_worklist_counts(cast: Cast, on_their_way, days: int):
    at = MONDAY + timedelta(days=days)
    for by in (cast.receiver, cast.case_officer, cast.leader, cast.records_clerk, cast.controller):
        slow = work_counts(by, at=at, day_end=at, near=at)
        fast = rail_counts(by, at=at)
        assert (fast.mine, fast.to_return, fast.agency_late) == (slow.mine, slow.to_return, slow.agency_late), by.name
        assert type(fast.mine) is int
    assert rail_counts(cast.receiver, at=at).to_return == 1
    assert rail_counts(cast.receiver, at=at).agency_late == (4 if days else 0)


def test_the_open_states_written_out_are_the_open_states():
    assert f"({', '.join(str(int(state)) for state in sorted(OPEN))})" == OPEN_STATES
