"""The whole demo: the ward's dossiers, the bundles that go beyond it, what comes from home, with the same seed."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from motcua.demo.bundles import BUNDLES, build_bundles, chief_on_leave
from motcua.demo.digitizing import digitize_some
from motcua.demo.dossiers import EXPECTED, OLDER_DAYS_AGO, build_dossiers, build_older, opening_moment
from motcua.demo.from_home.telling import FROM_HOME, build_from_home
from motcua.people.models import Agency
from motcua.worktime.queries import calendar_for

EXPECTED_IN_ALL = EXPECTED + BUNDLES + len(OLDER_DAYS_AGO) + FROM_HOME
BUNDLES_DAYS_AGO = (6, 0)
LEAVE_DAYS_AGO = 2


def build_all(ward: Agency, *, seed: int, now: datetime) -> Iterator[str]:
    """Make everything, yielding each code; the ward and the social insurance must be there."""
    random, calendar = Random(seed + 1), calendar_for(ward.calendar_code)  # noqa: S311 (a repeatable demo, not a secret)
    yield from build_dossiers(ward, seed=seed, now=now)
    away_from = opening_moment(random, calendar, now, LEAVE_DAYS_AGO)
    chief_on_leave(away_from)
    received = tuple(opening_moment(random, calendar, now, days) for days in BUNDLES_DAYS_AGO)
    yield from build_bundles(random=random, calendar=calendar, now=now, received=received, away_from=away_from)
    at_home = Random(seed + 2)  # noqa: S311 (as above)
    yield from build_older(ward, random=at_home, now=now)
    yield from build_from_home(ward, random=at_home, calendar=calendar, now=now)
    digitize_some(ward, calendar=calendar, now=now)
