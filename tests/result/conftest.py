"""The demo ward of the stories, with a store of its own for every test."""

from pathlib import Path

import pytest

from tests.journey.conftest import cast, ward

__all__ = ["cast", "ward"]


@pytest.fixture(autouse=True)
def storage(settings, tmp_path: Path) -> Path:
    """The folder where bytes are kept."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"
