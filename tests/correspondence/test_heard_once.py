"""The event log is the outbox: who commits late is heard late and not lost, who is heard twice is told once."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from motcua.core.events import Actor, record
from motcua.core.record.sealing import seal
from motcua.core.sql import fetch_one
from motcua.correspondence.actions import Said
from motcua.correspondence.models import Heard, Message
from motcua.correspondence.outbox import HeardEvent, hear
from motcua.correspondence.rules import Contact
from tests.cast import MONDAY
from tests.committed import django_on, own_database

KIND = "test.happened"


def happened(at: datetime = MONDAY) -> UUID:
    return record(kind=KIND, subject=("test", uuid4()), by=Actor(None, "test"), at=at).id


def word(events: list[HeardEvent]) -> list[Said]:
    to = Contact("Nguyễn Thị Lan", phone="0905123456")
    values = {"minutes": "15"}
    return [Said(f"{one.id}:code", to, "code", values, event_id=one.id) for one in events]


def heard() -> int:
    return hear([KIND], word, at=MONDAY)


def told_of() -> set[UUID | None]:
    return {*Message.objects.values_list("event_id", flat=True)}


@pytest.fixture(autouse=True)
def a_witness_of_ones_own(settings, tmp_path):
    settings.MOTCUA_VAR = tmp_path


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """A database whose rows others see."""
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        yield


@pytest.mark.django_db
def test_said_once_however_often_it_is_heard():
    several = {happened() for _ in range(5)}
    assert [heard(), heard(), heard()] == [5, 0, 0]
    assert told_of() == several


@pytest.mark.django_db
def test_what_was_sealed_is_not_read_again():
    happened()
    heard()
    seal()
    heard()
    newest = fetch_one("SELECT max(floor) FROM core_seal")
    assert newest is not None
    assert newest[0] > 0
    assert Heard.objects.get().floor == newest[0]
    happened()
    assert heard() == 1


@pytest.mark.django_db
def test_a_fault_in_the_wording_loses_nothing():
    happened()
    seal()
    with pytest.raises(ZeroDivisionError):
        hear([KIND], lambda events: [1 / 0], at=MONDAY)
    assert not Heard.objects.exists()
    assert heard() == 1


@pytest.mark.django_db
def test_a_text_that_cannot_be_worded_stops_no_other_and_is_heard_until_it_is_mended():
    bad, good = happened(), happened()
    seal()

    def faulty(events: list[HeardEvent]) -> list[Said]:
        return [replace(said, template="unknown") if said.event_id == bad else said for said in word(events)]

    for _ in range(2):
        with pytest.raises(ExceptionGroup):
            hear([KIND], faulty, at=MONDAY)
        assert told_of() == {good}
        assert not Heard.objects.exists()
    assert heard() == 1
    assert told_of() == {good, bad}


@pytest.mark.usefixtures("committed")
def test_who_took_a_lower_sequence_and_commits_later_is_told_too():
    begun, go_on, late = threading.Event(), threading.Event(), []

    def slow() -> None:
        with transaction.atomic():
            late.append(happened())
            begun.set()
            assert go_on.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(20)
    early = happened()
    assert heard() == 1
    seal(patience=0.05)
    assert heard() == 0
    assert told_of() == {early}, "who is under way is not seen yet, and the floor waits for him"
    go_on.set()
    thread.join(20)
    assert heard() == 1
    assert told_of() == {early, late[0]}
    seal()
    assert heard() == 0


@pytest.mark.usefixtures("committed")
def test_two_loops_at_once_say_it_once():
    several, found = [happened() for _ in range(40)], []
    gate = threading.Barrier(2)

    def one() -> None:
        gate.wait(20)
        found.append(heard())
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(found) == 2
    assert Message.objects.count() == len(several)
