"""The same round on several machines at the same moment, on committed rows."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor as Signed
from motcua.core.ids import uuid7
from motcua.demo.office import OPENED, build_office
from motcua.people.actions import record_absence
from motcua.routing.models import Reminder
from motcua.routing.warnings.actions import forget_reminders, mark_read, overtake
from motcua.routing.warnings.rounds import duty_round, warning_round
from tests.cast import BIRTH, MONDAY, Cast, received, the_cast
from tests.committed import Actor, connect, django_on, own_database, together, wait_until_blocked


def mark_all_read(cast: Cast) -> int:
    return mark_read(None, by=cast.receiver, at=WEDNESDAY)


def put_aside(cast: Cast) -> int:
    return overtake(cast.receiver.agency_id, at=WEDNESDAY)


def forget(cast: Cast) -> int:
    return forget_reminders(at=WEDNESDAY + timedelta(days=400))


WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture(scope="module")
def committed(django_db_blocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        agency = build_office()
        published = Procedure.objects.filter(versions__state="published").distinct()
        post_all(published, agency, by=Signed(None, "test"), valid_from=OPENED)
        yield the_cast()


def test_dates_are_warned_of_once(committed: Cast):
    for _ in range(3):
        received(BIRTH, committed)
    answers = together([lambda: warning_round(WEDNESDAY)] * 4)
    assert all(isinstance(answer, dict) for answer in answers), answers
    keys = list(Reminder.objects.values_list("rule", "subject_id", "due_at", "official_id"))
    assert len(keys) == len(set(keys)) == sum(answer["sent"] for answer in answers) > 6
    assert not re.search(r"[{}]", "".join(Reminder.objects.values_list("text", flat=True)))


@pytest.mark.parametrize("act", [mark_all_read, put_aside, forget])
def test_reminders_are_locked_in_one_order(committed: Cast, act):
    """Who waits for the first has not locked the second: so two who take several never wait for each other."""
    opened = received(BIRTH, committed)
    first, second = sorted((uuid7(), uuid7()))
    told = {"kind": "step", "subject_id": uuid7(), "due_at": MONDAY, "dossier_id": opened.id, "sent_at": MONDAY,
            "official_id": committed.receiver.id, "agency_id": committed.receiver.agency_id, "text": "x"}  # fmt: skip
    for key in (second, first):  # lies in the table the other way round
        Reminder.objects.create(id=key, rule=str(key), **told)
    database = connection.settings_dict["NAME"]
    lock = "SELECT 1 FROM routing_reminder WHERE id = %s FOR UPDATE NOWAIT"
    with connect(database) as holder, connect(database) as other:
        holder.execute(lock, (first,))
        waiter = Actor(lambda: act(committed))
        waiter.start()
        wait_until_blocked(database)
        other.execute(lock, (second,))
        other.rollback()
        holder.rollback()
        assert waiter.came_of_it() >= 2


def test_a_desk_without_anybody_is_alarmed_of_once(committed: Cast):
    day = (WEDNESDAY + timedelta(days=1)).replace(hour=0, minute=0)
    record_absence(
        committed.receiver.id, first_at=day, last_at=day + timedelta(days=1), reason="leave",
        by=committed.administrator, at=MONDAY,
    )  # fmt: skip
    alarms = together([lambda: duty_round(WEDNESDAY.replace(hour=15))] * 4)
    assert all(isinstance(alarm, dict) for alarm in alarms), alarms
    assert sum(alarm["sent"] for alarm in alarms) == Reminder.objects.filter(kind="duty").count() == 2
