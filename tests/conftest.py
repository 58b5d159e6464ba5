"""Fixtures that every test may ask for."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real data beside the checkout. Its absence is a failure, never a skip."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.fail(f"{folder.name}/ with the real procedures must lie beside the checkout")
    return folder
