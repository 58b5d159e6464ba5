"""`motcua demo` on a database that has its tables and nothing else, and on one that has not even these."""

from datetime import date
from functools import partial
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from django.core.management import CommandError, call_command
from django.db.migrations.executor import MigrationExecutor

from motcua.catalogue.models import Procedure
from motcua.config import cli, office
from motcua.demo.management.commands import demo
from motcua.demo.places.making import make_places
from motcua.demo.places.told import read_place
from motcua.dossiers.models import Dossier, Standing
from motcua.people.models import Agency
from motcua.worktime.models import Calendar


@pytest.mark.django_db
def test_a_place_is_made_where_nothing_was_loaded_before(monkeypatch: pytest.MonkeyPatch):
    assert not Calendar.objects.exists()
    assert not Procedure.objects.exists()
    monkeypatch.setattr(demo, "make_places", partial(make_places, processes=1))
    call_command("demo", place=["ia-pa"], verbosity=0)
    told = next(told for told in read_place("ia-pa").agencies if told.key == "commune")
    commune = Agency.objects.get(name=told.name, valid_from=told.first)
    received = Dossier.objects.filter(agency=commune, received_at__date__gte=date(2020, 1, 1)).exclude(
        standing=Standing.PART
    )
    assert received.count() == 2_500


@pytest.mark.django_db
def test_without_tables_it_says_what_to_do():
    missing = patch.object(MigrationExecutor, "migration_plan", return_value=[("a migration", False)])
    with missing, pytest.raises(CommandError, match="motcua migrate") as said:
        call_command("demo")
    assert said.value.returncode == demo.NOT_MIGRATED


def test_from_the_command_line_the_tables_are_made_first(monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr(office, "connect", lambda _env: None)
    monkeypatch.setattr(cli, "call_command", lambda name, **_options: asked.append(name))
    said = CliRunner().invoke(cli.main, ["demo", "--place", "ia-pa"])
    assert said.exit_code == 0, said.output
    assert asked == ["migrate", "demo"]
