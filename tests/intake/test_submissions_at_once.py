"""Two officials answer one filing, or one page is sent twice, at the same moment: on committed rows."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor as EventActor
from motcua.core.models import Event
from motcua.demo.office import OPENED, build_office
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.intake.models import SecondScreen, Submission
from motcua.intake.screens.actions import open_screen
from motcua.intake.submissions import (
    DemandRefused,
    StaleSubmission,
    WantedPaper,
    accept,
    ask_papers,
    refuse,
    submit,
    withdraw,
)
from tests.cast import BIRTH, MONDAY, MRS_LAN, Cast, filing, minutes_later, offered, the_cast
from tests.committed import Actor, django_on, own_database, together, wait_until_blocked

LATER = minutes_later(MONDAY, 30)
WHY = {"reason": "Hồ sơ thuộc xã khác", "legal_basis": "Luật Hộ tịch, Điều 35"}


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


def letter(cast: Cast, **changes: Any) -> UUID:
    by = cast.receiver
    sent = filing(BIRTH, MRS_LAN, by, **({"channel": "post"} | changes))
    return submit(sent, offered=offered(BIRTH, by), desk=by, by=by.actor, at=MONDAY).id


def one_overtaken(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """`first` has done its work but not committed when `second` begins and must wait; what came of `second`."""
    with transaction.atomic():
        first()
        other = Actor(second)
        other.start()
        wait_until_blocked(connection.settings_dict["NAME"])
    return other.came_of_it()


def kinds(submission_id: UUID) -> list[str]:
    return list(Event.objects.filter(subject_id=submission_id).order_by("sequence").values_list("kind", flat=True))


def test_accepted_by_two_officials_opens_one_dossier(cast: Cast):
    waiting = letter(cast)

    def take_in() -> Any:
        return accept(waiting, by=cast.receiver, at=LATER)

    assert isinstance(one_overtaken(take_in, take_in), StaleSubmission)
    assert Dossier.objects.filter(submission_id=waiting).count() == 1
    assert kinds(waiting) == ["submission.submitted", "submission.accepted"]


def test_of_every_answer_at_once_one_counts(cast: Cast):
    waiting, by = letter(cast), cast.receiver
    answers = together(
        [
            lambda: accept(waiting, by=by, at=LATER),
            lambda: refuse(waiting, **WHY, by=by, at=LATER),
            lambda: withdraw(waiting, agency_id=by.agency_id, by=by.actor, at=LATER),
        ]
    )
    assert [type(answer) for answer in answers].count(StaleSubmission) == 2
    assert len(kinds(waiting)) == 2
    state = Submission.objects.get(pk=waiting).state
    assert Dossier.objects.filter(submission_id=waiting).count() == (state == State.RECEIVED)


def test_papers_asked_by_two_are_asked_once(cast: Cast):
    waiting = letter(cast, papers=())
    component = next(line.id for line in offered(BIRTH, cast.receiver).components if line.id is not None)

    def ask() -> int:
        return ask_papers(waiting, [WantedPaper(component, "")], reason="Thiếu", by=cast.receiver, at=LATER)

    assert isinstance(one_overtaken(ask, ask), DemandRefused)
    assert kinds(waiting) == ["submission.submitted", "submission.papers_asked"]


def test_refusals_at_once_are_numbered_without_gap_or_twin(cast: Cast):
    waiting = [letter(cast) for _one in range(4)]
    before = Submission.objects.filter(refusal_number__isnull=False).count()
    numbers = together([lambda one=one: refuse(one, **WHY, by=cast.receiver, at=LATER) for one in waiting])
    assert sorted(numbers) == list(range(before + 1, before + 5))


def test_one_page_sent_twice_at_once_is_one_submission_and_leaves_no_gap(cast: Cast):
    by, sent = cast.receiver, filing(BIRTH, MRS_LAN, cast.receiver, channel="post")

    def send() -> Submission:
        return submit(sent, offered=offered(BIRTH, by), desk=by, by=by.actor, at=MONDAY)

    first, second = together([send, send])
    assert first.number == second.number
    assert kinds(first.id) == ["submission.submitted"]
    numbers = sorted(Submission.objects.values_list("number", flat=True))
    assert numbers == [f"H17.21-NS-261123-{number:04}" for number in range(1, len(numbers) + 1)]


def test_a_screen_asked_for_by_two_presses_is_one(cast: Cast):
    def opened() -> str:
        return open_screen(cast.receiver, at=LATER)

    assert isinstance(one_overtaken(opened, opened), str)
    assert SecondScreen.objects.filter(ended_at=None).count() == 1
