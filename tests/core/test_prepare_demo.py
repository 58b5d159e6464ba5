"""The mark of a prepared demo office holds for one database only, and only while that database keeps its word."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from motcua.config.management.commands import prepare_demo
from motcua.config.management.commands.prepare_demo import fingerprint, is_prepared
from motcua.demo.office import build_office
from motcua.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> None:
    call_command("load_calendar")
    build_office()


@pytest.mark.parametrize("part", ["HOST", "PORT", "USER", "NAME"])
def test_another_database_has_another_mark(part: str, settings, monkeypatch: pytest.MonkeyPatch):
    before = fingerprint()
    monkeypatch.setitem(settings.DATABASES["default"], part, "khac")
    assert fingerprint() != before


def test_a_database_with_tables_and_office_is_prepared(office: None):
    assert is_prepared()


def test_an_empty_database_is_not_prepared():
    assert not is_prepared()


def test_a_database_without_its_accounts_is_not_prepared(office: None):
    Account.objects.filter(is_demo=True).update(is_demo=False)
    assert not is_prepared()


def test_a_database_with_an_older_table_is_not_prepared(office: None):
    recorder = MigrationRecorder(connection)
    app, name = max(key for key in recorder.applied_migrations() if key[0] == "people")
    recorder.record_unapplied(app, name)
    assert not is_prepared()


def test_a_matching_mark_on_a_lost_database_prepares_again(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch):
    settings.MOTCUA_VAR = tmp_path
    (tmp_path / "prepared").write_text(fingerprint())
    called: list[str] = []
    monkeypatch.setattr(prepare_demo, "call_command", lambda name, **_: called.append(name))
    call_command("prepare_demo")
    assert called[0] == "migrate"
    assert called[-1] == "demo"
