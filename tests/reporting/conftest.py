"""The demo ward of the stories, and a data folder of each test's own for the witness of its seals."""

from pathlib import Path

import pytest

from tests.journey.conftest import cast, ward


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path: Path) -> None:
    settings.MOTCUA_VAR = tmp_path / "var"
    settings.MOTCUA_VAR.mkdir()


__all__ = ["cast", "ward"]
