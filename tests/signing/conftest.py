"""The demo ward of the stories, and an office that trusts the demo's root."""

from pathlib import Path

import pytest

from motcua.demo.certificates import demo_trust
from tests.journey.conftest import cast, ward

__all__ = ["cast", "ward"]


@pytest.fixture(autouse=True)
def roots(settings, tmp_path: Path) -> Path:
    """A folder of roots of this test's own, with the demo's root in it."""
    settings.MOTCUA_TRUST = tmp_path / "trust"
    demo_trust()
    return tmp_path / "trust"
