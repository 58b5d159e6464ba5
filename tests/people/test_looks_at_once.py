"""The same page opened on several machines at the same moment, on committed rows."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from motcua.core.models import Event
from motcua.people.access import ActingOfficial
from motcua.people.looking import LOOKUP, look_as
from tests.committed import django_on, own_database, together


@pytest.fixture(scope="module")
def by(django_db_blocker) -> Iterator[ActingOfficial]:
    one = uuid4()
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        yield ActingOfficial(one, one, "Lê Văn A", "", one, "Một cửa", one, "Phường", "H17", "VN", frozenset())


def test_pages_opened_at_once_are_one_look(by: ActingOfficial):
    subject, at = uuid4(), timezone.now()
    moments = [at + timedelta(milliseconds=step) for step in (3, 1, 4, 2, 0, 5)]
    answers = together([lambda at=at: look_as(by, "dossier", (subject,), task=LOOKUP, at=at) for at in moments])
    assert sorted(answers) == [0, 0, 0, 0, 0, 1]
    assert Event.objects.filter(subject_id=subject).count() == 1


def test_two_searches_that_find_the_same_never_wait_in_a_circle(by: ActingOfficial):
    subjects, at = [uuid4() for _ in range(50)], timezone.now()
    ways = [subjects, subjects[::-1]] * 3
    answers = together([lambda way=way: look_as(by, "dossier", way, task=LOOKUP, at=at) for way in ways])
    assert sum(answers) == 50
