"""Versions and postings begin and end by the passing of days; the first search of such a day brings them in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import psycopg
import pytest
from django.db import connection

from motcua.catalogue.actions import post, publish, withdraw_posting, write_draft
from motcua.catalogue.models import Posting, Procedure, SearchRevision
from motcua.catalogue.search import find, upkeep
from motcua.people.models import Agency
from tests.catalogue.conftest import AT, BIRTH, IMPORTER, ROW, SINCE, TODAY, ImportRows
from tests.counting import statements

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)
Travel = Callable[[date], None]


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Make it that day for the search."""

    def to(day: date) -> None:
        monkeypatch.setattr(upkeep, "localdate", lambda: day)

    to(TODAY)
    return to


@pytest.fixture
def procedure(travel: Travel, import_rows: ImportRows) -> Procedure:
    """Birth registration, which is called otherwise from the new year on."""
    import_rows(ROW)
    procedure = Procedure.objects.get()
    renamed = replace(BIRTH, name="Ghi vào sổ việc sinh")
    draft = write_draft(procedure, renamed, origin="office", valid_from=NEW_YEAR, by=IMPORTER, at=AT)
    publish(draft, by=IMPORTER, at=AT)
    return procedure


def names(q: str = "1.001193") -> list[str]:
    return [hit.name for hit in find(q).hits]


def right_until() -> date | None:
    return SearchRevision.objects.get().stale_from


def test_a_new_name_is_found_from_its_day_on_and_not_before(procedure: Procedure, travel: Travel):
    travel(date(2026, 12, 31))
    assert (names(), right_until()) == (["Đăng ký khai sinh"], NEW_YEAR)
    assert names("ghi vào sổ việc sinh") == ["Đăng ký khai sinh"]
    travel(date(2027, 1, 3))  # nobody asked on the first two days
    assert names("ghi vào sổ việc sinh") == ["Ghi vào sổ việc sinh"]
    procedure.refresh_from_db()
    assert procedure.name == "Ghi vào sổ việc sinh"
    assert right_until() is None


def test_a_posting_is_offered_from_its_first_day_to_its_last(procedure: Procedure, travel: Travel, ward: Agency):
    post(procedure, ward, by=IMPORTER, valid_from=date(2026, 12, 1), at=AT)
    withdraw_posting(Posting.objects.get(), by=IMPORTER, last_day=date(2026, 12, 10), at=AT)
    for day, offered in (
        (date(2026, 11, 30), False), (date(2026, 12, 1), True), (date(2026, 12, 10), True), (date(2026, 12, 11), False),
    ):  # fmt: skip
        travel(day)
        assert find("khai sinh").hits[0].offered is offered, day


def test_another_change_of_that_day_does_not_swallow_it(
    procedure: Procedure, travel: Travel, ward: Agency, import_rows: ImportRows
):
    import_rows(ROW, ROW | {"code": "1.009999", "name": "Đăng ký kết hôn"})
    travel(NEW_YEAR)
    post(Procedure.objects.get(national_code="1.009999"), ward, by=IMPORTER, valid_from=SINCE, at=AT)
    assert names() == ["Ghi vào sổ việc sinh"]


def test_a_day_on_which_nothing_begins_costs_nothing(procedure: Procedure, travel: Travel, monkeypatch):
    travel(NEW_YEAR)
    names("khai sinh")
    with statements(monkeypatch) as sent:
        names("khai sinh")
    assert len(sent) == 2, sent  # which revision it is, and the candidates


def test_one_brings_the_day_in_and_the_others_do_not_wait(procedure: Procedure, travel: Travel):
    travel(NEW_YEAR)
    settings = connection.get_connection_params()
    with psycopg.connect(
        **{key: settings[key] for key in ("dbname", "user", "host", "port") if key in settings}
    ) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [upkeep._DAYBREAK])
        assert names() == ["Đăng ký khai sinh"]
    assert names() == ["Ghi vào sổ việc sinh"]
