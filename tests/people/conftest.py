"""The ward of the stories, for the people's own tests."""

from tests.journey.conftest import cast, ward
from tests.people.town import town

__all__ = ["cast", "town", "ward"]
