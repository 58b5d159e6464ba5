"""A hundred random rows of a whole simulated place, each forged by a superuser, each found and named."""

import hashlib
import io
import random
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from pypdf import PdfReader

from motcua.config.record_checks import CHECKS
from motcua.config.recorded import HELD
from motcua.core.record import findings
from motcua.core.record.findings import Found
from motcua.core.record.verifying import verify
from motcua.core.sql import fetch_all
from motcua.reporting.management.press_telling import compared
from motcua.reporting.press.claims import Verdict
from tests.core.record_office import Forger, by_the_superuser, guarded_tables, rows_of, sealed_office

TIMES, AT_ONCE = 100, 25
PRESS = settings.MOTCUA_DATA / "press.yaml"
AGREEING = {Verdict.AGREES, Verdict.AGREES_ROUNDED}
HOWS = ("UPDATE", "UPDATE", "DELETE", "INSERT")


@pytest.fixture(scope="module")
def place(django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), sealed_office("tan-thanh", "vinh-yen") as name:
        yield name


def test_the_place_is_sound_and_full(place: str):
    verdict = verify(checks=CHECKS)
    assert verdict.findings.named == []
    assert verdict.events > 40_000
    assert [table for table in (*guarded_tables(), *HELD) if not rows_of(table)] == []


@pytest.mark.parametrize(("seed", "computed"), [("002", 11), ("004", 5)])
def test_every_figure_that_was_printed_of_the_place_agrees(place: str, seed: str, computed: int):
    rows = [row for row in compared(PRESS) if row.claim.seed == seed and row.claim.query]
    assert [(row.claim.words, row.answer) for row in rows if row.verdict not in AGREEING] == []
    assert len(rows) == computed


def test_behind_every_digitized_result_lie_bytes_that_open(place: str):
    """Thousands of rows, one page: kept once by its hash, a real PDF that says what it is."""
    rows = fetch_all("SELECT i.stored_id, count(*), min(s.place) FROM documents_issuedpaper i "
                     "JOIN documents_storedfile s ON s.sha256 = i.stored_id GROUP BY 1 ORDER BY 2 DESC")  # fmt: skip
    sha256, count, where = rows[0]
    assert count > 3_500
    with default_storage.open(where) as content:
        found = content.read()
    assert hashlib.sha256(found).hexdigest() == sha256
    assert len(PdfReader(io.BytesIO(found)).pages) == 1


def is_named(table: str, row: str, found: list[Found]) -> bool:
    """By table and row; of a counter, which has no name but what it counts, by its table."""
    return any(one.table == table and (one.row == row or table.startswith("reporting_")) for one in found)


def test_any_of_a_hundred_rows_of_the_place_is_found_and_named_by_table_and_row(place: str, monkeypatch):
    monkeypatch.setattr(findings, "MOST", 100_000)
    chance, tables = random.Random(408), [*guarded_tables(), *HELD]
    forger, touched, missed = Forger(chance), set[tuple[str, str]](), list[tuple[str, str, str, str]]()
    for _round in range(TIMES // AT_ONCE):
        forged = list[tuple[str, str, str, str]]()
        with by_the_superuser():
            # Each table once, for some have a single row, which nobody can forge again when it is gone.
            for table in chance.sample(tables, len(tables)):
                how = chance.choice(HOWS)
                if len(forged) == AT_ONCE:
                    break
                try:
                    column = forger.tamper(table, how)
                except LookupError:
                    continue
                forged.append((table, forger.row, how, column))
            found = verify(checks=CHECKS).findings.named
            missed += [one for one in forged if not is_named(one[0], one[1], found)]
        touched |= {(table, how) for table, _row, how, _column in forged}
    assert missed == []
    assert len(touched) > 60


def test_a_forged_row_of_a_dossier_is_named_with_its_code(place: str):
    """So that whoever reads it can go and look."""
    rows = fetch_all("SELECT s.id, d.code FROM routing_step s JOIN dossiers_dossier d ON d.id = s.dossier_id "
                     "ORDER BY md5(s.id::text) LIMIT 3")  # fmt: skip
    for key, code in rows:
        with by_the_superuser():
            assert Forger(random.Random(1))._run(f"UPDATE routing_step SET name = name || 'z' WHERE id = '{key}'")
            (one,) = verify().findings.named
        assert (one.table, one.row) == ("routing_step", str(key))
        assert code in one.sentence
