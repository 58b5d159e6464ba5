"""Fixtures that every test may ask for."""

from pathlib import Path

import pytest

from tests.shared_data import shared_folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real data beside the checkout."""
    return shared_folder()
