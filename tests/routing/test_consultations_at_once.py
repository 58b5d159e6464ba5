"""Two at the same question at the same moment: on committed rows, each on a connection of his own."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor as EventActor
from motcua.core.models import Event
from motcua.demo.office import OPENED, build_office
from motcua.people.models import Unit, UnitFunction
from motcua.routing import actions
from motcua.routing.consultations import actions as asking
from motcua.routing.consultations.actions import ConsultationRefused, Question
from motcua.routing.consultations.closing import tick
from motcua.routing.consultations.models import Consultation, Opinion, SilenceRule
from motcua.worktime.rules import Amount
from motcua.worktime.rules import Unit as ClockUnit
from tests.cast import LAND, MONDAY, Cast, minutes_later, open_step, police_officer, received, the_cast
from tests.committed import Actor, django_on, own_database, together, wait_until_blocked

LATER = minutes_later(MONDAY, 30)


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


def asked(cast: Cast, silence: SilenceRule) -> Consultation:
    """A question to the police, from the case officer's step of a dossier of its own."""
    dossier = received(LAND, cast)
    actions.pass_on(open_step(dossier.id)[0], by=cast.receiver, at=minutes_later(MONDAY, 10))
    unit = Unit.objects.get(agency_id=cast.receiver.agency_id, function=UnitFunction.POLICE)
    question = Question("Hỏi", Amount(4, ClockUnit.WORKING_HOUR), silence, unit_id=unit.pk)
    return asking.consult(open_step(dossier.id)[0], question, by=cast.case_officer, at=minutes_later(MONDAY, 20))


def closings(question: Consultation) -> list[str]:
    events = Event.objects.filter(subject_id=question.dossier_id, kind__startswith="consultation.")
    return list(events.exclude(kind="consultation.asked").values_list("kind", flat=True))


def test_two_answers_at_once_are_one_and_the_other_is_told(cast: Cast):
    question, police = asked(cast, SilenceRule.REMIND), police_officer()
    with transaction.atomic():
        asking.answer(question.pk, Opinion.AGREE, words="", by=police, at=LATER)
        other = Actor(lambda: asking.answer(question.pk, Opinion.DISAGREE, words="Không", by=police, at=LATER))
        other.start()
        wait_until_blocked(connection.settings_dict["NAME"])
    assert isinstance(other.came_of_it(), ConsultationRefused)
    question.refresh_from_db()
    assert question.opinion == "agree"
    assert closings(question) == ["consultation.answered"]


@pytest.mark.parametrize("silence", [SilenceRule.GO_ON, SilenceRule.REMIND])
def test_the_job_run_by_many_at_once_applies_silence_once(cast: Cast, silence: SilenceRule):
    question = asked(cast, silence)
    after = minutes_later(question.due_at, 1)
    done = together([lambda: tick(after)] * 4)
    assert sum(sum(counts.values()) for counts in done) == 1, done
    assert closings(question) == ["consultation.silent"]


def test_an_answer_being_written_is_not_silence(cast: Cast):
    question, police = asked(cast, SilenceRule.GO_ON), police_officer()
    with transaction.atomic():
        asking.answer(question.pk, Opinion.AGREE, words="", by=police, at=question.due_at)
        job = Actor(lambda: tick(minutes_later(question.due_at, 1)))
        job.start()
        assert job.came_of_it() == {"closed": 0, "noticed": 0}
    assert tick(minutes_later(question.due_at, 2)) == {"closed": 0, "noticed": 0}
    assert closings(question) == ["consultation.answered"]
