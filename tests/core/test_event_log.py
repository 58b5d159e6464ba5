"""The event log keeps everything and lets nothing be changed."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from motcua.core.events import Actor, listen, record
from motcua.core.ids import uuid7
from motcua.core.models import Event

pytestmark = pytest.mark.django_db
HA = Actor(account_id=None, name="Trần Thị Thu Hà")


def test_an_event_says_who_when_what_and_on_what():
    subject = uuid7()
    at = timezone.now()
    happened = record(
        kind="test.happened", subject=("test", subject), by=HA, at=at, before={"state": 1}, after={"state": 2}
    )
    event = Event.objects.get(id=happened.id)
    assert (event.actor_name, event.at, event.kind, event.subject_id) == (HA.name, at, "test.happened", subject)
    assert (event.before, event.after) == ({"state": 1}, {"state": 2})
    assert event.recorded_at is not None


@pytest.mark.parametrize(
    "statement",
    ["UPDATE core_event SET actor_name = 'x'", "DELETE FROM core_event", "TRUNCATE core_event"],
)
def test_the_database_refuses_to_change_the_log(statement: str):
    record(kind="test.happened", subject=("test", uuid7()), by=HA, at=timezone.now())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.filter(actor_name=HA.name).exists()


def test_a_listener_that_fails_undoes_the_event():
    def refuse(happened):
        raise ValueError("no way on")

    listen("test.refused", refuse)
    with pytest.raises(ValueError, match="no way on"), transaction.atomic():
        record(kind="test.refused", subject=("test", uuid7()), by=HA, at=timezone.now())
    assert not Event.objects.filter(kind="test.refused").exists()
