"""The demo ward with one hall, in a transaction that every test rolls back."""

import pytest
from django.core.management import call_command

from motcua.demo.office import build_office
from tests.cast import the_cast
from tests.queueing.hall import Morning, morning


@pytest.fixture
def hall(db) -> Morning:
    """The hall on a Monday morning, two officials at hand, nobody sitting."""
    call_command("load_calendar")
    build_office()
    return morning(the_cast())
