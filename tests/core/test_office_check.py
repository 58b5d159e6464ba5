"""What `motcua check` and `motcua serve` find wrong in an office that is about to open."""

from unittest.mock import Mock

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import CommandError, call_command

from motcua.config import wsgi
from motcua.config.env import DEMO_OPENED
from motcua.config.management.commands.check_office import faults
from motcua.demo.office import build_office
from motcua.people.models import Account, AgencyCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> None:
    call_command("load_calendar")
    build_office()


def test_the_demo_office_may_open(office: None):
    assert faults() == []


def test_production_refuses_to_open_with_demo_accounts(office: None, settings):
    settings.MOTCUA_MODE = "production"
    (sentence,) = faults()
    for username in Account.objects.filter(is_demo=True).values_list("username", flat=True):
        assert username in sentence
    with pytest.raises(CommandError, match="tiepnhan"):
        call_command("check_office")


def test_production_opens_once_they_are_shut(office: None, settings):
    settings.MOTCUA_MODE = "production"
    Account.objects.filter(is_demo=True).update(is_active=False)
    assert faults() == []


def test_no_server_gets_the_application_of_an_office_with_demo_accounts(office: None, settings):
    settings.MOTCUA_MODE = "production"
    with pytest.raises(CommandError, match="tiepnhan"):
        wsgi.open_office()


def test_a_server_gets_the_application_once_they_are_shut(office: None, settings, monkeypatch: pytest.MonkeyPatch):
    settings.MOTCUA_MODE = "production"
    Account.objects.filter(is_demo=True).update(is_active=False)
    monkeypatch.setattr(wsgi, "connection", Mock())  # the test still needs its own
    assert isinstance(wsgi.open_office(), WSGIHandler)
    wsgi.connection.close.assert_called_once_with()


def test_no_other_server_opens_the_demo_with_its_known_secrets(office: None, monkeypatch: pytest.MonkeyPatch):
    assert isinstance(wsgi.open_office(), WSGIHandler)
    monkeypatch.delenv(DEMO_OPENED)
    with pytest.raises(CommandError, match="motcua run"):
        wsgi.open_office()


def test_an_office_without_a_code_or_a_calendar_says_so():
    assert len(faults()) == 2


def test_an_office_whose_code_ended_may_not_open(office: None):
    AgencyCode.objects.filter(valid_to=None).update(valid_to="2026-01-01")
    assert len(faults()) == 1


def test_the_demo_data_are_never_loaded_in_production(settings):
    settings.MOTCUA_MODE = "production"
    with pytest.raises(CommandError, match="trình diễn"):
        call_command("demo")
    assert not Account.objects.exists()
