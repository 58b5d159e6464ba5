"""Two at the same moment: two jobs draft, two leaders sign, one finishes while the other signs. On committed rows."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor as EventActor
from motcua.demo.office import OPENED, build_office
from motcua.dossiers.models import ClockEntry
from motcua.dossiers.states import StaleMove
from motcua.routing.apologies.actions import sign, withdraw_draft
from motcua.routing.apologies.drafting import ApologyRefused, draft_apologies, draft_apology
from motcua.routing.models import Apology, LateException
from tests.cast import Cast, the_cast
from tests.committed import Actor, django_on, own_database, together, wait_until_blocked
from tests.routing.late_lives import WHY, days_before, drafted, in_hands, kinds, row, to_the_end, worked

DAY = 480


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


def letters(dossier) -> list[Apology]:
    return list(Apology.objects.filter(dossier=dossier))


def test_the_job_running_twice_at_once_drafts_one_letter(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    answers = together([lambda: draft_apologies(dossier.agency_id, at) for _run in range(3)])
    assert all(isinstance(answer, int) for answer in answers), answers
    draft_apologies(dossier.agency_id, at)
    assert len(letters(dossier)) == 1
    assert kinds(dossier).count("apology.drafted") == 1


def test_two_officials_who_draft_at_once_make_one_letter(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    fault = overtaken(
        lambda: draft_apology(dossier.id, by=cast.case_officer, at=at),
        lambda: draft_apology(dossier.id, by=cast.leader, at=at),
    )
    assert isinstance(fault, ApologyRefused)
    assert len(letters(dossier)) == 1


def test_the_job_does_not_wait_for_who_moves_the_dossier(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    with transaction.atomic():
        draft_apology(dossier.id, by=cast.case_officer, at=at)
        other = Actor(lambda: draft_apologies(dossier.agency_id, at))
        other.start()
        assert isinstance(other.came_of_it(), int)
    assert len(letters(dossier)) == 1


def test_while_another_signs_the_second_signature_is_stale(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    letter = drafted(dossier, at)
    fault = overtaken(
        lambda: sign(letter.id, WHY, by=cast.leader, at=at), lambda: sign(letter.id, WHY, by=cast.leader, at=at)
    )
    assert isinstance(fault, StaleMove)
    assert ClockEntry.objects.filter(dossier=dossier).count() == 1
    assert kinds(dossier).count("apology.signed") == 1


def test_signed_and_given_up_at_once_is_one_of_both(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, DAY)
    letter = drafted(dossier, at)
    fault = overtaken(
        lambda: withdraw_draft(letter.id, reason="Sẽ xong", by=cast.leader, at=at),
        lambda: sign(letter.id, WHY, by=cast.leader, at=at),
    )
    assert isinstance(fault, StaleMove)
    assert row(dossier.id).appointed_at is None


def test_two_letters_signed_at_once_get_two_numbers_without_a_gap(cast: Cast):
    lives = [in_hands(cast), in_hands(cast)]
    at = days_before(lives[0], DAY)
    drafts = [drafted(life, at) for life in lives]
    answers = together([lambda d=d: sign(d.id, WHY, by=cast.leader, at=at) for d in drafts])  # type: ignore[misc]
    first, second = sorted(answer.number for answer in answers)
    assert second == first + 1


def test_finished_while_the_leader_signs_the_signature_is_stale_and_lateness_stays_on_record(cast: Cast):
    dossier = in_hands(cast)
    letter = drafted(dossier, days_before(dossier, DAY))
    at = worked(dossier.due_at, 60)
    fault = overtaken(lambda: to_the_end(dossier, cast, at), lambda: sign(letter.id, WHY, by=cast.leader, at=at))
    assert isinstance(fault, StaleMove)
    assert LateException.objects.filter(dossier=dossier).count() == 1
    assert row(dossier.id).appointed_at is None
