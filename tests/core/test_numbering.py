"""Numbers under many hands: none twice, none left out, and a number given up is given again."""

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from django.db import transaction

from motcua.core.ids import uuid7
from motcua.core.numbering import NEXT_NUMBER, next_number
from tests.committed import Actor, connect, own_database, together, wait_until_blocked

DAY = date(2026, 11, 23)
CLERKS, TURNS = 6, 50


@pytest.fixture(scope="module")
def database(django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), own_database() as name:
        yield name


def take(clerk: psycopg.Connection, agency: object) -> int:
    row = clerk.execute(NEXT_NUMBER, (agency, "dossier", DAY)).fetchone()
    assert row is not None
    return row[0]


def a_clerk_s_day(database: str, agency: object, who: int) -> list[int]:
    """Numbers this clerk kept; every third dossier goes wrong after its number was taken."""
    kept = []
    with connect(database) as clerk:
        for turn in range(TURNS):
            number = take(clerk, agency)
            if (turn + who) % 3 == 0:
                clerk.rollback()
            else:
                clerk.commit()
                kept.append(number)
    return kept


def test_six_clerks_share_one_series_without_gaps_or_twins(database: str):
    agency = uuid7()
    days = together([lambda who=who: a_clerk_s_day(database, agency, who) for who in range(CLERKS)])
    assert all(isinstance(day, list) for day in days), days
    kept = sorted(number for day in days for number in day)
    assert len(kept) >= CLERKS * TURNS // 2
    assert kept == list(range(1, len(kept) + 1))
    with connect(database) as reader:
        last = reader.execute("SELECT last FROM core_numberseries WHERE agency_id = %s", (agency,)).fetchall()
    assert last == [(len(kept),)]


@pytest.mark.parametrize(("ending", "following"), [("commit", 3), ("rollback", 2)])
def test_the_second_waits_for_how_the_first_ends(database: str, ending: str, following: int):
    agency = uuid7()
    with connect(database) as first, connect(database) as second:
        assert take(first, agency) == 1
        first.commit()
        assert take(first, agency) == 2
        waiting = Actor(lambda: take(second, agency))
        waiting.start()
        wait_until_blocked(database)
        getattr(first, ending)()
        assert waiting.came_of_it() == following


def test_another_agency_another_series_another_day_do_not_wait(database: str):
    agency = uuid7()
    with connect(database) as first, connect(database) as second:
        second.execute("SET lock_timeout = '5s'")
        assert take(first, agency) == 1
        assert take(second, uuid7()) == 1
        for series, day in (("result", DAY), ("dossier", date(2026, 11, 24))):
            assert second.execute(NEXT_NUMBER, (agency, series, day)).fetchone() == (1,)


@pytest.mark.django_db
def test_a_rolled_back_action_gives_its_number_back():
    agency = uuid7()
    assert next_number(agency_id=agency, series="dossier", day=DAY) == 1
    with transaction.atomic():
        assert next_number(agency_id=agency, series="dossier", day=DAY) == 2
        transaction.set_rollback(True)
    assert next_number(agency_id=agency, series="dossier", day=DAY) == 2
