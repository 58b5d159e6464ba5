"""The ward's desk, as the tests of filing from home have it."""

from tests.intake.online.conftest import cast, desk, lan, storage, ward

__all__ = ["cast", "desk", "lan", "storage", "ward"]
