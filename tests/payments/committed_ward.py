"""The demo ward, committed in a database of its own: for two who write at once, and for whoever calls over HTTP."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor as EventActor
from motcua.demo.office import OPENED, build_office
from tests.cast import Cast, the_cast
from tests.committed import Actor, django_on, own_database, wait_until_blocked


@pytest.fixture(scope="module")
def cast(django_db_blocker) -> Iterator[Cast]:
    """Everybody of the ward; what a test writes stays for the next one of its module."""
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("createcachetable")
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
