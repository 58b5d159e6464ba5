"""Any row that matters, touched by a superuser with the triggers off, is found and named."""

import random
from collections.abc import Iterator

import pytest
from django.db import connection

from motcua.config.record_checks import CHECKS
from motcua.core.record.findings import Findings
from motcua.core.record.verifying import verify
from motcua.reporting.rebuilding import rebuild
from tests.core.record_office import (
    Forger,
    by_the_superuser,
    rows_of,
    sealed_office,
    tables_that_matter,
)

TIMES = 100
HOWS = ("UPDATE", "UPDATE", "DELETE", "INSERT")


@pytest.fixture(scope="module")
def office(django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), sealed_office() as name:
        yield name


def test_an_office_that_nobody_touched_is_sound(office: str):
    verdict = verify(checks=CHECKS)
    assert verdict.findings.named == []
    assert verdict.sound
    assert verdict.events > 300
    assert verdict.subjects > 100
    assert verdict.unsealed == 0


def test_there_is_a_row_of_every_table_that_matters(office: str):
    assert [table for table in tables_that_matter() if not rows_of(table)] == []


def test_any_of_a_hundred_random_rows_is_found_and_named(office: str):
    chance = random.Random(20261122)
    forger, missed, touched = Forger(chance), [], set()
    tables, turn = tables_that_matter(), 0
    while turn < TIMES:
        table, how = tables[turn % len(tables)], chance.choice(HOWS)
        with by_the_superuser():
            try:
                column = forger.tamper(table, how)
            except LookupError:
                continue
            turn += 1
            touched.add((table, how))
            named = {one.table for one in verify(checks=CHECKS).findings.named}
            if table not in named:
                missed.append((table, how, column, named))
    assert missed == []
    assert len(touched) > 50
    assert verify(checks=CHECKS).sound


@pytest.mark.parametrize("table", ["dossiers_dossier", "dossiers_clockentry", "routing_step", "result_result"])
def test_the_very_row_is_named(office: str, table: str):
    with by_the_superuser(), connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} ORDER BY id LIMIT 1")
        (key,) = cursor.fetchone()
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [key])
        found = verify().findings.named
    assert (table, str(key), "missing") in {(one.table, one.row, one.what.value) for one in found}
    assert any(str(key) in one.sentence and table in one.sentence for one in found)


@pytest.mark.parametrize(
    ("of", "change"),
    [
        ("kind = 'event'", "subject_kind = 'dossier'"),
        ("kind = 'rows'", "subject_kind = 'bundle'"),
        ("kind = 'rows'", "subject_id = gen_random_uuid()"),
        ("kind = 'rows'", "subject_id = (SELECT o.subject_id FROM core_leaf o WHERE o.seal = l.seal "
         "AND o.kind = 'rows' AND o.subject_kind = l.subject_kind AND o.subject_id <> l.subject_id LIMIT 1)"),
    ],
)  # fmt: skip
def test_a_leaf_that_says_it_is_another_s_is_named(office: str, of: str, change: str):
    """Also one whose rows were sealed anew since, so that nothing else remembers whose they were."""
    with by_the_superuser(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE core_leaf l SET {change} WHERE (seal, position) = (SELECT seal, position FROM core_leaf "
            f"WHERE {of} ORDER BY seal, position LIMIT 1) RETURNING seal, subject_kind, subject_id"
        )
        (seal, *_subject) = cursor.fetchone()
        found = verify().findings.named
    assert {one.row.split("/")[0] for one in found if one.table == "core_leaf"} == {str(seal)}


def test_an_event_put_in_below_the_floor_is_known_for_what_it_is(office: str):
    with by_the_superuser(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_event WHERE sequence = (SELECT max(sequence) FROM core_event) RETURNING *")
        cursor.execute(
            "INSERT INTO core_event (sequence, id, kind, subject_kind, subject_id, actor_name, at) "
            "SELECT sequence + 1, gen_random_uuid(), kind, subject_kind, subject_id, 'x', at FROM core_event "
            "ORDER BY sequence DESC LIMIT 1 RETURNING sequence"
        )
        (sequence,) = cursor.fetchone()
        found = verify().findings.named
    assert ("core_event", str(sequence)) in {(one.table, one.row) for one in found}


@pytest.mark.parametrize("column", ["received_at", "promised_at", "due_at", "finished_at", "returned_at"])
def test_a_date_forged_before_it_was_sealed_is_held_to_the_events(office: str, column: str):
    """The forger is quicker than the sealer: what is sealed is what he wrote, and the events still say otherwise."""
    with by_the_superuser(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE dossiers_dossier SET {column} = {column} - interval '1 hour' WHERE id = (SELECT id "
            f"FROM dossiers_dossier WHERE {column} IS NOT NULL AND returned_at IS NOT NULL ORDER BY id LIMIT 1) "
            "RETURNING id"
        )
        (key,) = cursor.fetchone()
        found = Findings()
        for check in CHECKS:
            check(found)
    assert [(one.table, one.row) for one in found.named] == [("dossiers_dossier", str(key))]


@pytest.mark.parametrize(
    ("kind", "fact"),
    [("finished", "timing"), ("received", "channel"), ("received", "filed_by"), ("received", "source"),
     ("received", "standing"), ("received", "level"), ("received", "version")],
)  # fmt: skip
def test_what_a_dossier_is_counted_by_is_held_to_its_rows(office: str, kind: str, fact: str):
    """Written over in the event before it was sealed, and every counter made to fit."""
    with by_the_superuser(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_event SET after = after || jsonb_build_object(%s, CASE %s WHEN 'version' THEN "
            "(SELECT min(v.id::text) FROM catalogue_procedureversion v WHERE v.id::text <> after ->> 'version') "
            "WHEN 'timing' THEN CASE after ->> 'timing' WHEN 'late' THEN 'on_time' ELSE 'late' END ELSE 'other' END) "
            "WHERE sequence = (SELECT e.sequence FROM core_event e JOIN dossiers_dossier d ON d.id = e.subject_id "
            "WHERE e.kind = 'dossier.' || %s AND d.returned_at IS NOT NULL ORDER BY e.sequence DESC LIMIT 1) "
            "RETURNING subject_id",
            [fact, fact, kind],
        )
        (key,) = cursor.fetchone()
        rebuild()
        found = Findings()
        for check in CHECKS:
            check(found)
    assert ("dossiers_dossier", str(key)) in {(one.table, one.row) for one in found.named}


def test_a_forged_counter_is_named(office: str):
    with by_the_superuser(), connection.cursor() as cursor:
        cursor.execute("UPDATE reporting_daycount SET count = count + 1 WHERE ctid = "
                       "(SELECT ctid FROM reporting_daycount LIMIT 1)")  # fmt: skip
        found = Findings()
        for check in CHECKS:
            check(found)
    assert {one.table for one in found.named} == {"reporting_daycount"}
