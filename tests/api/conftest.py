"""A whole ward for the API: calendar, catalogue, people. Built once per module, rolled back after it."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor
from motcua.demo.office import OPENED, build_office
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency
from tests.cast import BIRTH, received, the_cast


@pytest.fixture(scope="module")
def ward(django_db_setup: None, django_db_blocker) -> Iterator[Agency]:
    """The office with its calendar and its procedures."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        agency = build_office()
        published = Procedure.objects.filter(versions__state="published").distinct()
        post_all(published, agency, by=Actor(None, "test"), valid_from=OPENED)
        yield agency
        transaction.set_rollback(True)


@pytest.fixture
def dossier(ward: Agency, db: None) -> Dossier:
    """Mrs Lan's birth registration, just received."""
    return Dossier.objects.get(pk=received(BIRTH, the_cast()).id)
