"""Tân Thạnh as it was in 2023, with its people and postings and no dossier yet. Built once per module."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction

from motcua.demo.office import build_office
from motcua.demo.places.making import prepare
from motcua.people.models import Agency

SEED = 7


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, Agency]]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        build_office()
        yield prepare("tan-thanh", SEED)
        transaction.set_rollback(True)


@pytest.fixture
def tan_thanh(built: dict[str, Agency], db: None) -> dict[str, Agency]:
    return built
