"""The demo ward of the stories."""

from tests.journey.conftest import cast, ward

__all__ = ["cast", "ward"]
