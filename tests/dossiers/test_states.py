"""The state chart arrow by arrow, the compare-and-set move, and what the database itself refuses."""

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import (
    CHART,
    COMPLETION,
    ENDED,
    OPEN,
    PAUSED,
    ForbiddenMove,
    StaleMove,
    State,
    may_move,
    move,
)
from tests.cast import BIRTH, MONDAY, Cast, minutes_later, received

# The arrows once more, by the portal's numbers, written down independently of the code.
ARROWS = {
    (1, 2), (1, 3), (1, 7),
    (2, 4), (2, 7), (2, 8),
    (4, 5), (4, 6), (4, 7), (4, 8), (4, 9),
    (5, 4), (5, 7), (5, 8),
    (6, 4), (6, 7), (6, 8),
    (8, 4), (9, 4), (9, 10), (10, 4),
}  # fmt: skip
# Pausing and reopening turn the clock, so `move` leaves them to it.
BY_THE_CLOCK = {(4, 5), (4, 6), (5, 4), (6, 4), (8, 4), (9, 4), (10, 4)}
PAIRS = [(seen, to) for seen in State for to in State]


@pytest.mark.parametrize(("seen", "to"), PAIRS, ids=[f"{seen.value}-{to.value}" for seen, to in PAIRS])
def test_the_chart_has_these_arrows_and_no_other(seen: State, to: State) -> None:
    assert may_move(seen, to) == ((seen.value, to.value) in ARROWS)


def test_every_state_has_its_place() -> None:
    assert set(CHART) == set(COMPLETION) == set(State)
    assert set(State) - {State.SUBMITTED} == OPEN | ENDED
    assert not OPEN & ENDED
    assert {state for state in State if not CHART[state]} == {State.NOT_ACCEPTED, State.WITHDRAWN}
    assert all(COMPLETION[state] == 100 for state in ENDED - {State.FINISHED})


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    return Dossier.objects.get(pk=received(BIRTH, cast).id)


def put(dossier_id: UUID, **values: object) -> None:
    Dossier.objects.filter(pk=dossier_id).update(**values)


@pytest.mark.parametrize(("seen", "to"), PAIRS, ids=[f"{seen.value}-{to.value}" for seen, to in PAIRS])
def test_move_follows_an_arrow_and_refuses_everything_else(seen: State, to: State, dossier: Dossier) -> None:
    at = minutes_later(MONDAY, 5)
    put(dossier.pk, state=seen, finished_at=at, returned_at=at, paused_at=at if seen in PAUSED else None)
    if (seen.value, to.value) in ARROWS - BY_THE_CLOCK:
        move(dossier_id=dossier.pk, seen=seen, to=to, at=at)
        expected = to
    else:
        with pytest.raises(ForbiddenMove):
            move(dossier_id=dossier.pk, seen=seen, to=to, at=at)
        expected = seen
    assert Dossier.objects.get(pk=dossier.pk).state == expected


@pytest.mark.parametrize("actual", sorted(set(State) - {State.PROCESSING}))
def test_a_move_from_a_state_it_has_left_changes_nothing(actual: State, dossier: Dossier) -> None:
    at = minutes_later(MONDAY, 5)
    put(dossier.pk, state=actual, finished_at=at, returned_at=at, paused_at=at if actual in PAUSED else None)
    with pytest.raises(StaleMove, match="vừa được người khác xử lý"):
        move(dossier_id=dossier.pk, seen=State.PROCESSING, to=State.FINISHED, at=MONDAY)
    after = Dossier.objects.get(pk=dossier.pk)
    assert (after.state, after.finished_at) == (actual, at)


def test_a_move_touches_only_its_own_dossier_and_sets_its_instant(dossier: Dossier, cast: Cast) -> None:
    other = received(BIRTH, cast)
    for one in (dossier.pk, other.id):
        put(one, state=State.PROCESSING)
    at = minutes_later(MONDAY, 90)
    move(dossier_id=dossier.pk, seen=State.PROCESSING, to=State.FINISHED, at=at)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.finished_at, dossier.returned_at) == (State.FINISHED, at, None)
    untouched = Dossier.objects.get(pk=other.id)
    assert (untouched.state, untouched.finished_at) == (State.PROCESSING, None)


@pytest.mark.parametrize("to", [State.WITHDRAWN, State.DISCONTINUED])
def test_what_ends_a_pause_for_good_ends_its_waiting_too(dossier: Dossier, to: State) -> None:
    at = minutes_later(MONDAY, 90)
    put(dossier.pk, state=State.SUPPLEMENT_ASKED, paused_at=MONDAY, paused_until=MONDAY.date())
    move(dossier_id=dossier.pk, seen=State.SUPPLEMENT_ASKED, to=to, at=at, outcome=to.name.lower())
    dossier.refresh_from_db()
    assert (dossier.finished_at, dossier.paused_at, dossier.paused_until) == (at, None, None)
    assert dossier.outcome == to.name.lower()


BEFORE, AFTER = minutes_later(MONDAY, -1), minutes_later(MONDAY, 1)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"promised_at": BEFORE}, "promise_not_before_receipt"),
        ({"finished_at": BEFORE}, "finish_not_before_receipt"),
        ({"state": State.FINISHED}, "finished_says_when"),
        ({"state": State.RETURNED, "finished_at": AFTER}, "returned_says_when"),
        ({"state": State.RETURNED, "returned_at": AFTER}, "returned_says_when"),
        ({"state": State.SUPPLEMENT_ASKED}, "paused_says_since_when"),
        ({"paused_at": AFTER}, "paused_says_since_when"),
    ],
)
def test_the_database_refuses_what_cannot_be(dossier: Dossier, values: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        put(dossier.pk, **values)


@pytest.mark.parametrize("column", ["code", "submission_id"])
def test_code_and_submission_are_nobody_else_s(dossier: Dossier, cast: Cast, column: str) -> None:
    other = received(BIRTH, cast)
    with pytest.raises(IntegrityError, match=column), transaction.atomic():
        put(other.id, **{column: getattr(dossier, column)})


def test_a_paper_is_handed_in_once(dossier: Dossier) -> None:
    paper = dossier.components.first()
    with pytest.raises(IntegrityError, match="paper_handed_in_once"), transaction.atomic():
        dossier.components.create(component=paper.component, originals=1)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("INSERT INTO routing_step (id, dossier_id, position, name, role, unit_id, started_at, due_at, outcome, note) "
         "SELECT gen_random_uuid(), dossier_id, position, name, role, unit_id, started_at, due_at, '', '' "
         "FROM routing_step WHERE dossier_id = %s",
         "one_open_step_per_place"),
        ("UPDATE routing_step SET finished_at = started_at - interval '1 minute', outcome = 'passed_on' "
         "WHERE dossier_id = %s", "step_ends_after_it_starts"),
        ("UPDATE routing_step SET finished_at = started_at WHERE dossier_id = %s", "finished_step_has_outcome"),
        ("UPDATE routing_step SET outcome = 'passed_on' WHERE dossier_id = %s", "finished_step_has_outcome"),
        ("UPDATE routing_step SET finished_at = started_at, outcome = 'sent_back' WHERE dossier_id = %s",
         "send_back_has_reason"),
    ],
)  # fmt: skip
def test_the_database_refuses_impossible_steps(dossier: Dossier, change: str, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change, (dossier.pk,))
