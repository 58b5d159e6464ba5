"""The ward of the stories, for the people's own tests."""

from tests.journey.conftest import cast, ward

__all__ = ["cast", "ward"]
