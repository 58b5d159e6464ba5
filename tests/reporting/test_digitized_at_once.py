"""One reads what is digitized while another works on a dossier of that day: who works never waits long. Committed."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest

from motcua.reporting.indicators.by_receipt.days import WHAT, _keep
from motcua.reporting.models import Kept
from tests.committed import connect, django_on, own_database

DAY = date(2026, 11, 2)
ROWS = [(DAY, "no_copy:on_paper:no_scans:", 3)]
TOUCHED = (
    "INSERT INTO reporting_kept AS k (agency_id, what, first, until, part, counted, count, points) "
    "VALUES (%s, 'by_receipt', %s::date, %s::date + 1, '', FALSE, 1, 0) "
    "ON CONFLICT (agency_id, what, first, until, part) DO UPDATE SET counted = FALSE, count = k.count + 1"
)


@pytest.fixture(scope="module")
def database(django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        yield name


def standing(agency: UUID) -> list[tuple[str, int]]:
    stands = Kept.objects.filter(agency_id=agency, what=WHAT, part="", counted=True)
    days = [*stands.values_list("first", flat=True)]
    return [*Kept.objects.filter(agency_id=agency, first__in=days).exclude(part="").values_list("part", "count")]


@pytest.mark.parametrize("is_kept", [False, True], ids=["the first time", "kept before"])
def test_who_reads_gives_way_to_who_works_and_keeps_nothing_old(database: str, is_kept: bool):
    agency = uuid4()
    if is_kept:
        _keep(agency, 0, {DAY: 0}, ROWS)
        assert standing(agency) == [("no_copy:on_paper:no_scans:", 3)]
    with connect(database) as works:
        works.execute(TOUCHED, (agency, DAY, DAY))
        _keep(agency, 0, {DAY: 0}, ROWS)
        works.commit()
    assert standing(agency) == []
    _keep(agency, 0, {DAY: 0}, ROWS)
    assert standing(agency) == [], "read before the day was touched"
    _keep(agency, 0, {DAY: 1}, [(DAY, "scanned:copy_only:no_scans:", 3)])
    assert standing(agency) == [("scanned:copy_only:no_scans:", 3)]
