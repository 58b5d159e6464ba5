"""Guessing a password is counted, and locks nobody out of his own account."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from motcua.core.models import Throttle
from motcua.people.citizens.contacts import Contact
from motcua.people.citizens.views.log_in import TRIES, WINDOW, _refused

pytestmark = pytest.mark.django_db


def test_one_address_locks_nobody_out_however_long_it_tries(rf: RequestFactory):
    victim, thief, owner = Contact("phone", "0905123456"), "192.0.2.1", "192.0.2.2"

    def tried(address: str) -> bool:
        return not _refused(rf.post("/me/login/", REMOTE_ADDR=address), victim)

    for _window in range(int(timedelta(hours=1) / WINDOW)):
        assert [tried(thief) for _try in range(TRIES + 1)] == [True] * TRIES + [False]
        Throttle.objects.filter(key__startswith="citizen-log-in:").delete()  # five minutes later
    assert tried(owner)
