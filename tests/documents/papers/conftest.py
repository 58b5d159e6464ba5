"""A store of its own for every test, and two who own papers."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from motcua.core.events import Actor
from motcua.documents.papers.access import Owner
from motcua.documents.papers.making import BENCHES
from tests.committed import connect

BenchTaken = Callable[[], AbstractContextManager[None]]

LAN = Owner(UUID(int=1), actor=Actor(None, "Nguyễn Thị Lan"))
GUEST_OF_A_DRAFT = Owner(key_hash="ab" * 32)


@pytest.fixture(autouse=True)
def storage(settings, tmp_path: Path) -> Path:
    """The folder where bytes are kept."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def at() -> datetime:
    return timezone.now()


@pytest.fixture
def bench_taken() -> BenchTaken:
    """For a block, somebody else's paper is on the only bench."""

    @contextmanager
    def taken() -> Iterator[None]:
        with connect(connection.settings_dict["NAME"], autocommit=True) as other:
            other.execute("SELECT pg_advisory_lock(%s, 0)", (BENCHES,))
            yield

    return taken
