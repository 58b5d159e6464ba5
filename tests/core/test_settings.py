"""A wrong environment opens no office: every fault is named at once, in words that say what to mend."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from motcua.config.env import DEVELOPMENT_SECRET, SettingsError, database_settings, read_environment

REPOSITORY = Path(__file__).parents[2]
OFFICE = {
    "MOTCUA_MODE": "production",
    "MOTCUA_SECRET_KEY": "k" * 50,
    "DATABASE_URL": "postgresql://motcua:mat-khau@db.example/motcua",
    "MOTCUA_HOSTS": "motcua.tanthanh.example",
    "MOTCUA_BASE_URL": "https://motcua.tanthanh.example/",
}


def faults(**changes: str | None) -> str:
    values = {name: value for name, value in (OFFICE | changes).items() if value is not None}
    with pytest.raises(SettingsError) as refused:
        read_environment(values)
    return str(refused.value)


def test_an_empty_environment_is_the_demo():
    found = read_environment({})
    assert (found.mode, found.production, found.port, found.workers) == ("demo", False, 8000, 2)
    assert found.secret_key == DEVELOPMENT_SECRET
    assert found.database == {}
    assert found.base_url == "http://127.0.0.1:8000"
    assert "*" not in found.hosts


def test_a_whole_office_is_accepted():
    found = read_environment(OFFICE)
    assert found.production
    assert found.base_url == "https://motcua.tanthanh.example"
    assert found.hosts == ("motcua.tanthanh.example",)
    assert found.database["HOST"] == "db.example"


def test_a_real_office_has_no_bank_of_the_demo():
    bank = {"MOTCUA_DEMO_BANK": "http://127.0.0.1:8101"}
    assert read_environment(bank).demo_bank == "http://127.0.0.1:8101"
    assert read_environment(OFFICE | bank).demo_bank == ""


def test_port_and_folder_are_honoured(tmp_path: Path):
    found = read_environment({"MOTCUA_PORT": "8123", "MOTCUA_VAR": str(tmp_path)})
    assert found.port == 8123
    assert found.var == tmp_path
    assert found.base_url == "http://127.0.0.1:8123"


@pytest.mark.parametrize("secret", [None, "", DEVELOPMENT_SECRET, "ngan"])
def test_production_refuses_a_development_secret(secret: str | None):
    sentence = faults(MOTCUA_SECRET_KEY=secret)
    assert "MOTCUA_SECRET_KEY" in sentence
    assert "50 ký tự" in sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", None),
        ("DATABASE_URL", "mysql://db.example/motcua"),
        ("MOTCUA_HOSTS", None),
        ("MOTCUA_HOSTS", " , "),
        ("MOTCUA_HOSTS", "*"),
        ("MOTCUA_BASE_URL", None),
        ("MOTCUA_BASE_URL", "http://motcua.tanthanh.example"),
        ("MOTCUA_MODE", "prod"),
        ("MOTCUA_PORT", "0"),
        ("MOTCUA_PORT", "65536"),
        ("MOTCUA_PORT", "tám nghìn"),
        ("MOTCUA_PORT", "٨٠٠٠"),
        ("MOTCUA_WORKERS", "0"),
        ("MOTCUA_WORKERS", "1.5"),
        ("MOTCUA_PROXIES", "-1"),
        ("MOTCUA_LOG_LEVEL", "LOUD"),
        ("CLAMD", "scanner"),
        ("CLAMD", "scanner:port"),
    ],
)
def test_each_fault_names_its_setting(name: str, value: str | None):
    assert name in faults(**{name: value})


def test_all_faults_are_told_at_once():
    sentence = faults(MOTCUA_SECRET_KEY=None, DATABASE_URL=None, MOTCUA_HOSTS=None, MOTCUA_PORT="x")
    for name in ("MOTCUA_SECRET_KEY", "DATABASE_URL", "MOTCUA_HOSTS", "MOTCUA_PORT"):
        assert sentence.count(f"- {name}") == 1, name


def test_a_mistyped_mode_never_becomes_production_or_demo_unasked():
    with pytest.raises(SettingsError, match="MOTCUA_MODE"):
        read_environment({"MOTCUA_MODE": "Production "})


def test_a_password_is_never_repeated():
    with pytest.raises(SettingsError) as refused:
        database_settings("postgresql://motcua:mat-khau-that@[::1/motcua")
    assert "mat-khau-that" not in str(refused.value)
    assert "mat-khau-that" not in faults(DATABASE_URL="postgresql://motcua:mat-khau-that@[::1/motcua")


def test_options_of_the_address_reach_the_driver():
    found = database_settings("postgresql://u@db.example:5433/motcua?sslmode=verify-full&connect_timeout=5")
    assert found["PORT"] == "5433"
    assert found["OPTIONS"].items() >= {"sslmode": "verify-full", "connect_timeout": "5"}.items()
    assert found["CONN_MAX_AGE"] is None


COMMAND = "from motcua.config.cli import main; main()"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    ours = ("MOTCUA_", "DATABASE_URL", "DJANGO")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        env=kept | environment, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_command_ends_with_sentences_and_no_traceback(tmp_path: Path):
    ended = run("serve", MOTCUA_MODE="production", MOTCUA_PORT="x", MOTCUA_VAR=str(tmp_path))
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    for name in ("MOTCUA_SECRET_KEY", "DATABASE_URL", "MOTCUA_HOSTS", "MOTCUA_BASE_URL", "MOTCUA_PORT"):
        assert name in ended.stderr, ended.stderr


def test_the_demo_never_opens_in_production(tmp_path: Path):
    ended = run("run", **(OFFICE | {"MOTCUA_VAR": str(tmp_path), "MOTCUA_PORT": "8999"}))
    assert ended.returncode != 0
    assert "motcua serve" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list(tmp_path.iterdir())


def test_a_forgotten_mode_opens_no_office_with_the_demos_secrets(tmp_path: Path):
    """The demo's keys are known to everybody, and it shows the codes it sends."""
    ended = run("serve", MOTCUA_VAR=str(tmp_path), MOTCUA_PORT="8999", DATABASE_URL="postgresql:///none")
    assert ended.returncode != 0
    assert "MOTCUA_MODE=production" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list(tmp_path.iterdir())


def test_the_help_lists_every_command():
    shown = run("--help").stdout
    for command in ("run", "serve", "migrate", "import-catalogue", "check", "clean"):
        assert f"\n  {command} " in shown, shown


NAMES = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.MOTCUA_SEEN_COOKIE)"


def cookie_names(**environment: str) -> set[str]:
    environment.setdefault("DATABASE_URL", "postgresql:///none")
    return set(run("manage", "shell", "--no-imports", "-c", NAMES, **environment).stdout.split())


def test_two_demo_offices_side_by_side_share_no_cookie():
    first, second = cookie_names(MOTCUA_PORT="8000"), cookie_names(MOTCUA_PORT="8001")
    assert len(first) == len(second) == 3
    assert not first & second


def test_a_real_office_keeps_its_cookies_to_its_own_host():
    assert cookie_names(**OFFICE) == {"__Host-sessionid", "__Host-csrftoken", "motcua_seen"}
