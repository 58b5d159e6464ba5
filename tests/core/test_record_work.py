"""`motcua work` seals by itself within ten seconds, and once more when it ends; the commands say what they found."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg.conninfo import make_conninfo

from motcua.config.cli import main
from motcua.core.record.sealing import waiting
from motcua.core.sql import execute, fetch_one
from tests.committed import django_on, own_database
from tests.core.record_office import by_the_superuser
from tests.core.test_record_chain import something_happens


@pytest.fixture
def office(django_db_blocker, tmp_path: Path, settings) -> Iterator[str]:
    settings.MOTCUA_VAR = tmp_path
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        yield name


@pytest.fixture
def worker(office: str, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The background work as it runs beside the web server."""
    where = connection.get_connection_params()
    database = make_conninfo("", host=where["host"], user=where["user"], dbname=office)
    environment = {**os.environ, "DATABASE_URL": database, "MOTCUA_VAR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-m", "motcua.config.cli", "work"], env=environment) as process:
        yield process
        process.kill()


def soon(true: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.1)
    return False


def ran_once() -> bool:
    return fetch_one("SELECT 1 FROM core_rulerun WHERE name = 'seals' AND finished_at IS NOT NULL") is not None


def test_what_happens_is_sealed_within_ten_seconds_and_before_the_office_closes(office: str, worker, tmp_path: Path):
    assert soon(ran_once, 60)
    something_happens()
    assert soon(lambda: waiting() == 0, 10)
    something_happens()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert waiting() == 0
    assert len((tmp_path / "seals.jsonl").read_text().splitlines()) == 2


def test_the_commands_say_what_they_found_by_name(office: str, capsys):
    something_happens()
    call_command("record", "seal")
    call_command("record", "verify")
    said = capsys.readouterr().out
    assert "Đã niêm phong 1 sự kiện" in said
    assert "Sổ niêm phong nguyên vẹn" in said
    with by_the_superuser():
        execute("UPDATE core_event SET actor_name = 'Người khác'")
        (sequence,) = fetch_one("SELECT sequence FROM core_event")
        with pytest.raises(CommandError, match=f"Bảng core_event, dòng {sequence}: nội dung đã bị sửa"):
            call_command("record", "verify")


def test_a_witness_that_is_gone_is_a_fault_unless_there_never_was_one(office: str, tmp_path: Path, capsys):
    call_command("record", "verify")
    something_happens()
    call_command("record", "seal")
    (tmp_path / "seals.jsonl").unlink()
    with pytest.raises(CommandError, match=r"không thấy sổ chứng seals\.jsonl"):
        call_command("record", "verify")
    call_command("record", "verify", "--no-witness")
    assert capsys.readouterr().out.count("Sổ niêm phong nguyên vẹn") == 2


def test_a_witness_that_cannot_be_read_is_refused_before_anything_is_done():
    found = CliRunner().invoke(main, ["record", "verify", "--against", "không-có.jsonl"])
    assert found.exit_code != 0
