"""The demo ward of the stories, and dossiers that are being worked on."""

from datetime import datetime
from uuid import UUID

import pytest

from motcua.routing import actions as routing
from tests.cast import LAND, MONDAY, MR_QUANG, Cast, minutes_later, open_step, received
from tests.journey.conftest import cast, ward

__all__ = ["cast", "ward"]


def in_hands(cast: Cast, at: datetime = MONDAY) -> UUID:
    """A land dossier that the case officer works on."""
    dossier_id = received(LAND, cast, applicant=MR_QUANG, at=at).id
    routing.pass_on(open_step(dossier_id)[0], by=cast.receiver, at=minutes_later(at, 10))
    return dossier_id


@pytest.fixture
def dossier_id(cast: Cast) -> UUID:
    return in_hands(cast)
