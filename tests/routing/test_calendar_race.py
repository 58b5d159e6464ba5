"""A dossier is received while a calendar changes: on committed rows, either way it has the date of the new calendar."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor as EventActor
from motcua.demo.office import OPENED, build_office
from motcua.dossiers.models import Dossier
from motcua.dossiers.recheck import open_clocks, recomputed
from motcua.intake.submissions import accept, submit
from motcua.routing import actions
from motcua.routing.models import Step
from motcua.routing.recalculation import CalendarBusy, apply
from motcua.worktime.actions import mark_day, unmark_day
from motcua.worktime.models import Calendar
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import VIETNAM, DatedDay, DayKind
from tests.cast import BIRTH, MONDAY, MRS_LAN, Cast, filing, minutes_later, offered, open_step, received, the_cast
from tests.committed import Actor, django_on, own_database, wait_until_blocked

CLERK = EventActor(None, "Đặng Hoài An")
STORM = DatedDay(date(2026, 11, 25), DayKind.CLOSED, "Nghỉ bão", "12/QĐ-UBND")
CALM_DUE = datetime(2026, 11, 25, 9, 15, tzinfo=VIETNAM)  # the 24th is a holiday
STORM_DUE = datetime(2026, 11, 26, 9, 15, tzinfo=VIETNAM)
LATER = minutes_later(MONDAY, 30)


@pytest.fixture(scope="module")
def office(django_db_blocker) -> Iterator[Cast]:
    """The demo ward, committed in a database of its own."""
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        agency = build_office()
        published = Procedure.objects.filter(versions__state="published").distinct()
        post_all(published, agency, by=EventActor(None, "test"), valid_from=OPENED)
        yield the_cast()


@pytest.fixture
def calm(office: Cast) -> Iterator[Cast]:
    """Nobody has announced the storm."""
    assert calendar_for(office.receiver.calendar_code).is_working_day(STORM.day)
    yield office
    unmark_day("VN", STORM.day, by=CLERK)


def announce() -> None:
    seen = Calendar.objects.get(code="VN").revision
    apply(lambda: mark_day("VN", STORM, by=CLERK, at=LATER), code="VN", seen=seen)


def dates(dossier_id: UUID) -> tuple[datetime, datetime, datetime]:
    """What was promised, what is due now, and when the open step is due."""
    dossier = Dossier.objects.get(pk=dossier_id)
    return dossier.promised_at, dossier.due_at, Step.objects.get(dossier=dossier, finished_at=None).due_at


def assert_all_is_computed() -> None:
    assert [one.row.code for rows in open_clocks() for one in recomputed(rows, calendar_for)] == []


def test_whoever_is_received_during_a_change_waits_and_is_promised_the_new_date(calm: Cast):
    calendar_for("VN")
    with transaction.atomic():
        announce()
        counter = Actor(lambda: received(BIRTH, calm))
        counter.start()
        wait_until_blocked(connection.settings_dict["NAME"])
    dossier_id = counter.came_of_it().id
    promised_at, due_at, _step_due_at = dates(dossier_id)
    assert (promised_at, due_at) == (STORM_DUE, STORM_DUE)
    assert dates(dossier_id) == dates(received(BIRTH, calm).id)
    assert_all_is_computed()


def test_a_filing_accepted_during_a_change_is_promised_the_new_date(calm: Cast):
    by = calm.receiver
    letter = submit(
        filing(BIRTH, MRS_LAN, by, channel="post"), offered=offered(BIRTH, by), desk=by, by=by.actor, at=MONDAY,
        registered_by=by.id,
    )  # fmt: skip
    with transaction.atomic():
        announce()
        desk = Actor(lambda: accept(letter.id, by=by, at=MONDAY))
        desk.start()
        wait_until_blocked(connection.settings_dict["NAME"])
    assert dates(desk.came_of_it().id)[:2] == (STORM_DUE, STORM_DUE)
    assert_all_is_computed()


def test_a_change_waits_for_who_is_being_received_and_moves_the_dossier(calm: Cast):
    with transaction.atomic():
        opened = received(BIRTH, calm)
        before = dates(opened.id)
        office = Actor(announce)
        office.start()
        wait_until_blocked(connection.settings_dict["NAME"])
    assert office.came_of_it() is None
    promised_at, due_at, step_due_at = dates(opened.id)
    assert before[:2] == (CALM_DUE, CALM_DUE)
    assert (promised_at, due_at) == (CALM_DUE, STORM_DUE)
    assert step_due_at >= before[2]
    assert_all_is_computed()


def test_who_wrote_a_dossier_before_never_waits_for_a_change_that_waits_for_him(calm: Cast):
    """As when the end of one part of a bundle opens the next."""
    first = received(BIRTH, calm)
    with transaction.atomic():
        actions.pass_on(open_step(first.id)[0], by=calm.receiver, at=minutes_later(MONDAY, 5))
        office = Actor(announce)
        office.start()
        wait_until_blocked(connection.settings_dict["NAME"])
        second = received(BIRTH, calm)
    assert office.came_of_it() is None
    assert [dates(one.id)[1] for one in (first, second)] == [STORM_DUE, STORM_DUE]
    assert_all_is_computed()


def test_a_filing_written_down_during_a_change_is_answered_by_the_new_date(calm: Cast):
    by, late_on_tuesday = calm.receiver, datetime(2026, 11, 23, 16, tzinfo=VIETNAM)

    def post():
        return submit(filing(BIRTH, MRS_LAN, by, channel="post"), offered=offered(BIRTH, by), desk=by, by=by.actor,
                      at=late_on_tuesday, registered_by=by.id)  # fmt: skip

    before = post()
    with transaction.atomic():
        announce()
        desk = Actor(post)
        desk.start()
        wait_until_blocked(connection.settings_dict["NAME"])
    written = desk.came_of_it().answer_due_at
    before.refresh_from_db()
    assert written == before.answer_due_at
    assert written.date() == date(2026, 11, 26)


def test_a_change_does_not_keep_the_office_waiting_for_one_who_writes_on_and_on(calm: Cast, monkeypatch):
    monkeypatch.setattr("motcua.routing.recalculation.PATIENCE", 200)
    with transaction.atomic():
        received(BIRTH, calm)
        office = Actor(announce)
        office.start()
        refused = office.came_of_it()
    assert isinstance(refused, CalendarBusy)
    assert "làm lại sau ít phút" in str(refused)
    assert calendar_for("VN").is_working_day(STORM.day)
    assert_all_is_computed()
    announce()
