"""A ward that posts procedures, and the hand that imports."""

from datetime import UTC, date, datetime

import pytest

from motcua.core.events import Actor
from motcua.people.models import Agency, AgencyKind, AgencyLevel

IMPORTER = Actor(None, "Dòng lệnh")
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture
def ward(db) -> Agency:
    return Agency.objects.create(
        name="Ủy ban nhân dân phường Tân Thạnh",
        short_name="Phường Tân Thạnh",
        kind=AgencyKind.PEOPLES_COMMITTEE,
        level=AgencyLevel.COMMUNE,
        valid_from=date(2025, 7, 1),
    )
