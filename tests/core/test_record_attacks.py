"""What a superuser tried who knows how the record is made: to have honest events, or layouts, hide what he did."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils.timezone import now

from motcua.config.record_checks import CHECKS
from motcua.core.events import Actor, record
from motcua.core.record.sealing import seal
from motcua.core.record.verifying import verify
from motcua.core.sql import execute, fetch_all, fetch_one
from motcua.people.looking import LOOKUP, look
from tests.committed import connect
from tests.core.record_office import by_the_superuser, sealed_office

DOSSIER = "SELECT id, id FROM dossiers_dossier ORDER BY id LIMIT 1"


@pytest.fixture(scope="module")
def office(django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), sealed_office() as name:
        yield name


def forge(statement: str, *values: object) -> None:
    """Done for good, every trigger off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def named() -> set[tuple[str, str]]:
    return {(one.table, one.row) for one in verify(checks=CHECKS).findings.named}


@pytest.mark.parametrize(
    ("whose", "statement"),
    [
        (DOSSIER, "UPDATE dossiers_dossier SET applicant_name = 'Kẻ Khác' WHERE id = %s"),
        ("SELECT id, dossier_id FROM dossiers_clockentry ORDER BY id DESC LIMIT 1",
         "UPDATE dossiers_clockentry SET at = at - interval '1 hour' WHERE id = %s"),
        ("SELECT id, dossier_id FROM routing_step WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1",
         "UPDATE routing_step SET finished_at = finished_at - interval '1 minute' WHERE id = %s"),
        ("SELECT id, dossier_id FROM payments_financialduty ORDER BY id DESC LIMIT 1",
         "UPDATE payments_financialduty SET amount = 1 WHERE id = %s"),
        ("SELECT id, dossier_id FROM routing_apology ORDER BY id DESC LIMIT 1",
         "DELETE FROM routing_apology WHERE id = %s"),
    ],
    ids=["dossier", "clock", "step", "duty", "apology"],
)  # fmt: skip
def test_whoever_only_looks_has_no_forged_row_sealed_anew(office: str, whose: str, statement: str):
    key, dossier = fetch_one(whose)
    before = named()
    forge(statement, key)
    new = named() - before
    assert {row for table, row in new if table != "core_numberseries"} == {str(key)}
    look(
        "dossier", [dossier], by=Actor(None, "x"), agency_id=None, task=LOOKUP, at=now() + timedelta(hours=len(before))
    )
    assert seal().events == 1
    assert named() >= before | new


def put_in_by_hand(kind: str, dossier: object, ago: timedelta) -> str:
    """An event that says it was written down so long ago; its sequence."""
    forge(
        "INSERT INTO core_event (id, kind, subject_kind, subject_id, actor_name, at, recorded_at, request_id) "
        "VALUES (gen_random_uuid(), %s, 'dossier', %s, 'An', now() - %s::interval, now() - %s::interval, '')",
        kind, dossier, ago, ago,
    )  # fmt: skip
    (sequence,) = fetch_one("SELECT max(sequence) FROM core_event") or ("",)
    return str(sequence)


def whats() -> set[tuple[str, str, str]]:
    return {(one.table, one.row, one.what.value) for one in verify(checks=CHECKS).findings.named}


def test_an_event_put_in_by_hand_cannot_be_dated_back(office: str):
    (dossier, _same) = fetch_one(DOSSIER)
    for ago in (timedelta(days=40), -timedelta(days=1)):
        sequence = put_in_by_hand("step.taken", dossier, ago)
        seal()
        assert ("core_event", sequence, "misdated") in whats()
        record(kind="step.taken", subject=("dossier", dossier), by=Actor(None, "x"), at=now())
        seal()
        assert ("core_event", sequence, "misdated") in whats()


def test_rows_that_no_event_since_may_change_are_astray_for_ever(office: str):
    key, dossier = fetch_one("SELECT id, dossier_id FROM payments_financialduty ORDER BY id LIMIT 1")
    forge("UPDATE payments_financialduty SET amount = amount + 7 WHERE id = %s", key)
    record(kind="step.taken", subject=("dossier", dossier), by=Actor(None, "x"), at=now())
    seal()
    assert ("payments_financialduty", str(key), "astray") in whats()
    record(kind="duty.settled", subject=("dossier", dossier), by=Actor(None, "x"), at=now())
    seal()
    assert ("payments_financialduty", str(key), "astray") in whats()
    assert any(str(key) in one.sentence for one in verify().findings.named if one.what.value == "astray")


def test_a_password_put_in_by_hand_is_found_and_no_other_event_hides_it(office: str):
    key, official = fetch_one("SELECT account_id, id FROM people_official ORDER BY id LIMIT 1")
    forge("UPDATE people_account SET last_login = now() WHERE id = %s", key)
    assert ("people_account", str(key)) not in named()
    forge("UPDATE people_account SET password = 'md5$a$b' WHERE id = %s", key)
    assert ("people_account", str(key), "changed") in whats()
    record(kind="role.granted", subject=("official", official), by=Actor(None, "x"), at=now())
    seal()
    assert ("people_account", str(key), "astray") in whats()


def test_what_was_found_astray_cannot_be_taken_back(office: str):
    assert fetch_one("SELECT 1 FROM core_event WHERE kind = 'record.astray'")
    with by_the_superuser():
        (sequence,) = fetch_one("DELETE FROM core_event WHERE kind = 'record.astray' RETURNING sequence")
        assert ("core_event", str(sequence), "missing") in whats()


def test_a_column_put_on_does_not_make_a_change_look_new(office: str):
    key, dossier = fetch_one("SELECT id, dossier_id FROM routing_consultation ORDER BY id LIMIT 1")
    execute("ALTER TABLE routing_consultation ADD COLUMN more text")
    try:
        forge("UPDATE routing_consultation SET question = question || ' x' WHERE id = %s", key)
        record(kind="step.taken", subject=("dossier", dossier), by=Actor(None, "x"), at=now())
        seal()
        assert ("routing_consultation", str(key), "astray") in whats()
    finally:
        execute("ALTER TABLE routing_consultation DROP COLUMN more")


def test_a_sealer_kept_out_by_a_foreign_lock_is_found(office: str):
    dossier, _same = fetch_one(DOSSIER)
    with connect(connection.settings_dict["NAME"], autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended('motcua.record:' || current_schema(), 0))")
        sequence = put_in_by_hand("step.taken", dossier, timedelta(minutes=6))
        assert seal().seals == 0
        assert ("core_event", sequence, "waiting") in whats()
        other.execute("SELECT pg_advisory_unlock_all()")
    seal()
    assert "waiting" not in {what for _table, _row, what in whats()}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_imprint SET layout_id = (SELECT id FROM core_layout WHERE subject_kind = 'unit' LIMIT 1) "
        "WHERE subject_kind = 'dossier'",
        "UPDATE core_layout SET subject_kind = 'x' WHERE subject_kind = 'dossier'",
        "DELETE FROM core_layout WHERE subject_kind = 'dossier'",
    ],
    ids=["another's layout", "renamed", "gone"],
)
def test_a_layout_tampered_with_hides_no_forged_row(office: str, statement: str):
    with by_the_superuser():
        (key,) = fetch_one("SELECT id FROM dossiers_dossier ORDER BY id DESC LIMIT 1")
        execute("UPDATE dossiers_dossier SET applicant_name = applicant_name || ' x' WHERE id = %s", (key,))
        execute(statement)
        assert {table for table, _row in named()} & {"core_imprint", "core_layout"}


def test_a_layout_put_in_hides_no_row_put_in(office: str):
    with by_the_superuser():
        columns = [
            name for (name,) in fetch_all("SELECT column_name FROM information_schema.columns "
                                          "WHERE table_name = 'people_agency' ORDER BY ordinal_position")
        ]  # fmt: skip
        with connection.cursor() as cursor:
            values = ", ".join("gen_random_uuid()" if one == "id" else f'b."{one}"' for one in columns)
            names = ", ".join(f'"{one}"' for one in columns)
            cursor.execute(
                f"INSERT INTO people_agency ({names}) SELECT {values} FROM people_agency b LIMIT 1 RETURNING id"
            )
            (key,) = cursor.fetchone()
        execute(
            "INSERT INTO core_layout (subject_kind, tables) SELECT 'agency', jsonb_build_array(jsonb_build_object("
            "'table', 'people_agencycode', 'pointer', 'agency_id', 'columns', jsonb_build_array('id')))"
        )
        assert ("people_agency", str(key)) in named()
