"""Two officials turn off the plain way at the same moment, or two finish side by side: on committed rows."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor as EventActor
from motcua.core.refusals import Refusal
from motcua.demo.office import OPENED, build_office
from motcua.dossiers.ledger import clock_of
from motcua.dossiers.states import State
from motcua.routing import actions
from motcua.routing.models import Step
from tests.cast import Cast, minutes_later, the_cast
from tests.committed import Actor, django_on, own_database, together, wait_until_blocked
from tests.routing.lives import AT_WORK, WAYS, Way, at_officer, side_by_side, written

BY_NAME = {way.name: way for way in WAYS}


@pytest.fixture(scope="module")
def cast(django_db_blocker) -> Iterator[Cast]:
    """The demo ward, committed in a database of its own."""
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        agency = build_office()
        published = Procedure.objects.filter(versions__state="published").distinct()
        post_all(published, agency, by=EventActor(None, "test"), valid_from=OPENED)
        yield the_cast()


def overtaken(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """`first` is done but not committed when `second` begins and must wait; what came of `second`."""
    with transaction.atomic():
        first()
        other = Actor(second)
        other.start()
        wait_until_blocked(connection.settings_dict["NAME"])
    return other.came_of_it()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_done_by_two_it_counts_once(way: Way, cast: Cast):
    life = way.begins(cast).as_shown_now()
    by, after = way.by(cast), {}

    def first() -> None:
        way.do(life, by, way.at)
        after.update(written())

    fault = overtaken(first, lambda: way.do(life, by, minutes_later(way.at, 1)))
    assert isinstance(fault, Refusal), fault
    assert str(fault)
    assert written() == after
    assert State(life.row.state) == way.after


@pytest.mark.parametrize("pair", [("ask", "withdraw"), ("withdraw", "ask"), ("invite", "money"), ("money", "forward")])
def test_of_two_detours_at_once_the_first_counts_and_the_clock_can_be_read(pair: tuple[str, str], cast: Cast):
    first, second = BY_NAME[pair[0]], BY_NAME[pair[1]]
    life = at_officer(cast).as_shown_now()
    came = overtaken(
        lambda: first.do(life, first.by(cast), AT_WORK),
        lambda: second.do(life, second.by(cast), minutes_later(AT_WORK, 1)),
    )
    if pair == ("ask", "withdraw"):  # a dossier that waits for papers may be withdrawn
        assert came is None
        assert State(life.row.state) == State.WITHDRAWN
    else:
        assert isinstance(came, Refusal), came
        assert State(life.row.state) == first.after
    clock_of(life.row)


def test_two_that_finish_side_by_side_at_once_open_the_next_step_once(cast: Cast):
    life = side_by_side(cast)
    steps = list(Step.objects.filter(dossier_id=life.id, finished_at=None))
    works = [lambda step=step: actions.pass_on(step.id, by=cast.case_officer, at=AT_WORK, of=life.id) for step in steps]
    assert overtaken(*works) is None
    assert [step.name for step in Step.objects.filter(dossier_id=life.id, finished_at=None)] == ["Ký"]


def test_twenty_such_pairs_in_a_real_race(cast: Cast):
    for _round in range(20):
        life = side_by_side(cast)
        steps = list(Step.objects.filter(dossier_id=life.id, finished_at=None))
        answers = together(
            [lambda step=step: actions.pass_on(step.id, by=cast.case_officer, at=AT_WORK) for step in steps]
        )
        assert answers == [None, None]
        assert [step.name for step in Step.objects.filter(dossier_id=life.id, finished_at=None)] == ["Ký"]
        assert life.kinds().count("step.passed_on") == 3
