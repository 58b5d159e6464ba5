"""Citizens' accounts: codes that are kept instead of sent."""

from collections.abc import Iterator

import pytest

from motcua.people.citizens import codes
from motcua.people.citizens.codes import CodeMessage, deliver_by


@pytest.fixture
def sent() -> Iterator[list[CodeMessage]]:
    """What would have been sent."""
    before, kept = codes._post.sender, []
    deliver_by(kept.append)
    yield kept
    codes._post.sender = before
