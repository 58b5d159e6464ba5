"""Fixtures that every test may ask for."""

import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.shared_data import shared_folder

# How fast this machine is just now is no property of the product.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
SHARED_BY_WORKERS = "TEST_RUN_FOLDER"


def pytest_configure(config: pytest.Config) -> None:
    """One folder for all processes of this run. PostgreSQL, a user of its own when we are root, may look into it."""
    if not hasattr(config, "workerinput"):
        folder = Path(tempfile.mkdtemp(prefix="motcua-tests-"))
        folder.chmod(0o755)
        os.environ[SHARED_BY_WORKERS] = str(folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The processes are gone, and so is what they shared."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ[SHARED_BY_WORKERS], ignore_errors=True)


@pytest.fixture(scope="session")
def of_this_run() -> Path:
    """The folder that all processes of this run share."""
    return Path(os.environ[SHARED_BY_WORKERS])


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """A password's hash costs most of a second on purpose, and nearly every test has an office full of officials."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def vietnamese_first():
    """A page asked for in English leaves its language on the thread: every test begins in Vietnamese."""
    translation.activate("vi")


@pytest.fixture(autouse=True)
def counted_anew(monkeypatch: pytest.MonkeyPatch):
    """However slow the machine, a leader's figures are counted for every page."""
    monkeypatch.setattr("motcua.routing.picture.CHEAP", math.inf)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real data beside the checkout."""
    return shared_folder()
