"""The ward of the stories, and a small office of its own, for the people's own tests."""

import pytest
from django.core.management import call_command

from tests.journey.conftest import cast, ward
from tests.people.small_office import SmallOffice, small_office
from tests.people.town import town

__all__ = ["cast", "office", "town", "ward"]


@pytest.fixture
def office(db: None) -> SmallOffice:
    return small_office()


@pytest.fixture
def national_calendar(db: None) -> None:
    """What the counts beside the day's work are reckoned by; no page of an official is drawn without it."""
    call_command("load_calendar")
