"""The same round on several machines at the same moment, on committed rows."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor
from motcua.demo.office import OPENED, build_office
from motcua.people.actions import record_absence
from motcua.routing.models import Reminder
from motcua.routing.warnings.rounds import duty_round, warning_round
from tests.cast import BIRTH, MONDAY, Cast, received, the_cast
from tests.committed import django_on, own_database, together

WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture(scope="module")
def committed(django_db_blocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        agency = build_office()
        published = Procedure.objects.filter(versions__state="published").distinct()
        post_all(published, agency, by=Actor(None, "test"), valid_from=OPENED)
        yield the_cast()


def test_dates_are_warned_of_once(committed: Cast):
    for _ in range(3):
        received(BIRTH, committed)
    answers = together([lambda: warning_round(WEDNESDAY)] * 4)
    assert all(isinstance(answer, dict) for answer in answers), answers
    keys = list(Reminder.objects.values_list("rule", "subject_id", "due_at", "official_id"))
    assert len(keys) == len(set(keys)) == sum(answer["sent"] for answer in answers) > 6
    assert not re.search(r"[{}]", "".join(Reminder.objects.values_list("text", flat=True)))


def test_a_desk_without_anybody_is_alarmed_of_once(committed: Cast):
    day = (WEDNESDAY + timedelta(days=1)).replace(hour=0, minute=0)
    record_absence(
        committed.receiver.id, first_at=day, last_at=day + timedelta(days=1), reason="leave",
        by=committed.administrator, at=MONDAY,
    )  # fmt: skip
    alarms = together([lambda: duty_round(WEDNESDAY.replace(hour=15))] * 4)
    assert all(isinstance(alarm, dict) for alarm in alarms), alarms
    assert sum(alarm["sent"] for alarm in alarms) == Reminder.objects.filter(kind="duty").count() == 2
