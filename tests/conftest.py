"""Fixtures that every test may ask for."""

from pathlib import Path

import pytest
from django.utils import translation

from tests.shared_data import shared_folder


@pytest.fixture(autouse=True)
def vietnamese_first():
    """A page asked for in English leaves its language on the thread: every test begins in Vietnamese."""
    translation.activate("vi")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real data beside the checkout."""
    return shared_folder()
