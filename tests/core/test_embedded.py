"""The PostgreSQL that comes along outlives a kill, a power cut and a folder with a space; cleaning takes only ours."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from motcua.config.cli import main
from motcua.config.embedded import EmbeddedDatabase, holders, is_running
from motcua.config.env import SettingsError
from motcua.queueing.printing.sending import SLIPS


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder with a space and a comma in its name, which PostgreSQL's own user may enter."""
    with tempfile.TemporaryDirectory(prefix="motcua ten, co dau cach ") as name:
        Path(name).chmod(0o755)
        yield Path(name) / "dữ liệu"


@pytest.fixture
def dead_pid() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def clean(folder: Path) -> tuple[int, str]:
    ended = CliRunner().invoke(main, ["clean", "--yes"], env={"MOTCUA_VAR": str(folder), "MOTCUA_MODE": "demo"})
    return ended.exit_code, ended.output


def test_it_starts_in_a_folder_with_a_space_and_stops_though_a_program_was_killed(folder: Path, dead_pid: int):
    pgdata = folder / "pg"
    database = EmbeddedDatabase(folder)
    with psycopg.connect(database.url) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("motcua",)
    assert is_running(pgdata)
    code, said = clean(folder)
    assert code != 0
    assert "đang chạy" in said
    database.stop()
    assert not is_running(pgdata)

    (pgdata / ".handle_pids.json").write_text(json.dumps([dead_pid]))
    (pgdata / "postmaster.pid").write_text(f"{dead_pid}\n{pgdata}\n0\n5432\n{pgdata}\n\n0 0\nready\n")
    assert holders(pgdata) == []
    assert not is_running(pgdata)
    again = EmbeddedDatabase(folder)
    assert is_running(pgdata)
    again.stop()
    assert not is_running(pgdata)


def test_a_server_left_behind_by_a_kill_is_stopped_and_cleaned(folder: Path, dead_pid: int):
    pgdata = folder / "pg"
    database = EmbeddedDatabase(folder)
    (pgdata / ".handle_pids.json").write_text(json.dumps([dead_pid]))
    type(database._server)._instances.pop(pgdata)  # as another program sees it
    (folder / "cua-nguoi-dung.txt").write_text("giữ lại")
    code, said = clean(folder)
    assert code == 0, said
    assert [path.name for path in folder.iterdir()] == ["cua-nguoi-dung.txt"]


def test_a_stale_file_of_a_power_cut_does_not_block_the_cleaning(tmp_path: Path, dead_pid: int):
    (tmp_path / "var" / "pg").mkdir(parents=True)
    (tmp_path / "var" / "pg" / "PG_VERSION").write_text("18")
    (tmp_path / "var" / "pg" / "postmaster.pid").write_text(f"{dead_pid}\n")
    (tmp_path / "var" / "pg" / ".handle_pids.json").write_text("[12")
    code, said = clean(tmp_path / "var")
    assert code == 0, said
    assert not (tmp_path / "var").exists()


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "luan-van.txt").write_text("giữ lại")
    code, said = clean(tmp_path)
    assert code != 0
    assert str(tmp_path) in said
    assert (tmp_path / "static" / "luan-van.txt").exists()


def test_a_name_that_a_shell_would_read_is_refused_with_a_sentence(tmp_path: Path):
    with pytest.raises(SettingsError, match="MOTCUA_VAR"):
        EmbeddedDatabase(tmp_path / "a$b")
    assert not list(tmp_path.iterdir())


def test_it_runs_with_our_settings_unless_the_administrator_has_others():
    with tempfile.TemporaryDirectory(prefix="motcua-tuned-") as name:
        Path(name).chmod(0o755)
        database = EmbeddedDatabase(Path(name))
        with psycopg.connect(database.url) as connection:
            assert connection.execute("SHOW max_wal_size").fetchone() == ("4GB",)
            assert connection.execute("SHOW jit").fetchone() == ("off",)
        database.stop()

        conf = Path(name) / "pg" / "postgresql.conf"
        conf.write_text(conf.read_text() + "\nmax_wal_size = 2GB\n")
        again = EmbeddedDatabase(Path(name))
        with psycopg.connect(again.url) as connection:
            assert connection.execute("SHOW max_wal_size").fetchone() == ("2GB",)
        again.stop()
        assert conf.read_text().count("motcua.conf") == 1


def test_slips_printed_into_the_folder_are_forgotten_too_and_other_files_are_not(tmp_path: Path):
    """Whose number was called is on them, and the sentence says that everything of the product went."""
    folder = tmp_path / "var"
    for name in ("prepared", f"{SLIPS}/quay-1.bin", "files/ab/cd", "seals.jsonl", "của-cơ-quan.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    assert clean(folder)[0] == 0
    assert [path.name for path in folder.iterdir()] == ["của-cơ-quan.txt"]
