"""A whole ward for the stories: calendar, catalogue, people. Built once per module, rolled back after it."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor
from motcua.demo.office import OPENED, build_office
from tests.cast import Cast, the_cast


@pytest.fixture(scope="module")
def ward(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        agency = build_office()
        published = Procedure.objects.filter(versions__state="published").distinct()
        post_all(published, agency, by=Actor(None, "test"), valid_from=OPENED)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def cast(ward: None, db: None) -> Cast:
    return the_cast()
