"""Fixtures that every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Iterator[Path]:
    """The real data beside the checkout. Its absence is a failure, never a skip."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.fail(f"{folder.name}/ with the real procedures must lie beside the checkout")
    yield folder
