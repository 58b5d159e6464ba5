"""Logging in at an OpenID Connect provider: the demo's twin in its own process, asked over HTTP, no browser."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from http import HTTPStatus

import pytest
import requests
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.config.beside import identity_beside
from motcua.config.env import read_environment
from motcua.config.identity import APP_ID, IdentityProvider, read_identity
from motcua.core.models import Event
from motcua.people.citizens.access import acting_citizen, known_of
from motcua.people.citizens.codes import CodeMessage
from motcua.people.citizens.identity import IdentityRefused, Vouched, identify
from motcua.people.citizens.models import Citizen, Level
from motcua.people.citizens.provider import read_claims
from motcua.people.models import Account, Party
from tests.people.citizens.steps import PHONE, registered
from tests.people.small_office import PASSWORD, SmallOffice

pytestmark = pytest.mark.django_db
LAN = Vouched("https://id.example", "s-1", "Nguyễn Thị Ngọc Lan", "000190000017", date(1990, 3, 12), "female")


def answered(address: str) -> str:
    """The address, as soon as a provider answers there."""
    give_up = time.monotonic() + 60
    while True:
        assert time.monotonic() < give_up
        try:
            requests.get(f"{address}/.well-known/openid-configuration", timeout=5).raise_for_status()
        except requests.ConnectionError:
            time.sleep(0.2)
        else:
            return address


@pytest.fixture(scope="module")
def twin() -> Iterator[str]:
    """The demo's provider, as `motcua run` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen([sys.executable, "-m", "motcua.demo.identity", str(port)], stderr=subprocess.DEVNULL)
    try:
        yield answered(f"http://127.0.0.1:{port}")
    finally:
        running.terminate()
        running.wait(20)


@pytest.fixture
def provider(twin: str, settings) -> str:
    named = IdentityProvider(twin, "motcua-test", "secret", "định danh thử", "personal_id")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [named.settings()]}}
    settings.MOTCUA_IDENTITY = named.name
    return twin


def test_the_demo_has_a_provider_beside_it_and_takes_it_down_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("MOTCUA_OIDC_SERVER", raising=False)
    with identity_beside(read_environment({})):
        named = read_environment().identity
        assert named is not None
        answered(named.server)
    with pytest.raises(requests.ConnectionError):
        requests.get(named.server, timeout=5)


def test_a_real_office_names_its_provider_whole_or_not_at_all():
    assert read_identity({}, production=True) == (None, [])
    _provider, faults = read_identity({"MOTCUA_OIDC_SERVER": "http://id.example"}, production=True)
    assert [fault.split()[0] for fault in faults] == ["MOTCUA_OIDC_SERVER", "MOTCUA_OIDC_CLIENT"]


def to_provider(client: Client, **fields: str) -> str:
    """The address at the provider that our page leads to."""
    page = client.post(reverse("openid_connect_login", args=(APP_ID,)), fields)
    found = re.search(r'href="(http://127[^"]+)"', page.text)
    assert found is not None, page.text
    return found[1].replace("&amp;", "&")


def back_from(address: str, **chosen: str) -> str:
    """What the provider sends the browser back to, once he chose who he is."""
    assert "định danh" in requests.get(address, timeout=10).text.lower()
    answer = requests.post(address, data=chosen, allow_redirects=False, timeout=10)
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    location = answer.headers["Location"]
    assert location.startswith("http://testserver/")
    return location.removeprefix("http://testserver")


def log_in_as(sub: str, client: Client | None = None, **fields: str) -> tuple[Client, str]:
    client = client or Client()
    answer = client.get(back_from(to_provider(client, **fields), sub=sub))
    return client, answer.headers.get("Location", "")


def test_who_is_vouched_for_has_an_account_and_his_facts_are_known(provider: str, office: SmallOffice):
    client, where = log_in_as("demo-lan", next="/me/profile/")
    assert where == "/me/profile/"
    citizen = Citizen.objects.get()
    assert (citizen.level, citizen.subject, citizen.provider) == (Level.IDENTIFIED, "demo-lan", provider)
    acting = acting_citizen(citizen.account_id, timezone.localdate())
    assert acting is not None
    assert known_of(acting) == {
        "full_name": "Nguyễn Thị Ngọc Lan", "personal_id": "000190000017", "birth_date": date(1990, 3, 12),
        "gender": "female", "address": "Số 15 đường Bạch Đằng, phường Hải Châu, thành phố Đà Nẵng",
        "phone": "0905000017", "email": "",
    }  # fmt: skip
    assert citizen.party_id == Party.objects.get(personal_id="000190000017").pk
    assert "Nguyễn Thị Ngọc Lan" in client.get(reverse("profile")).text
    assert Event.objects.filter(subject_kind="citizen").count() == 1


def test_the_second_log_in_finds_him_again_and_tells_nothing_new(provider: str, office: SmallOffice):
    log_in_as("demo-minh")
    log_in_as("demo-minh")
    assert Citizen.objects.count() == 1
    assert Event.objects.filter(subject_kind="citizen").count() == 1


def test_who_has_no_personal_number_there_only_claims_to_be_himself(provider: str, office: SmallOffice):
    log_in_as("demo-no-number")
    citizen = Citizen.objects.get()
    assert (citizen.level, citizen.email, citizen.party_id) == (Level.CLAIMED, "", None)


def test_a_cancelled_log_in_leads_back(provider: str):
    client = Client()
    answer = client.get(back_from(to_provider(client), action="deny"))
    assert answer["Location"] == reverse("citizen-log-in")
    assert "đã thôi" in client.get(answer["Location"]).text


def test_an_answer_for_another_browser_or_a_second_time_is_refused(provider: str, office: SmallOffice):
    client = Client()
    address = back_from(to_provider(client), sub="demo-lan")
    assert Client().get(address)["Location"] == reverse("citizen-log-in")
    assert client.get(address)["Location"] == reverse("me")
    client.post(reverse("citizen-log-out"))
    assert client.get(address)["Location"] == reverse("citizen-log-in")
    assert client.get(reverse("profile")).status_code == HTTPStatus.FOUND


def test_a_provider_that_does_not_answer_is_said(settings):
    named = IdentityProvider("http://127.0.0.1:9", "x", "y", "định danh thử", "personal_id")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [named.settings()]}}
    client = Client()
    answer = client.post(reverse("openid_connect_login", args=(APP_ID,)))
    assert answer["Location"] == reverse("citizen-log-in")
    assert "không trả lời" in client.get(answer["Location"]).text


def test_a_local_account_ties_its_identity_and_keeps_its_contact(
    provider: str, office: SmallOffice, sent: list[CodeMessage]
):
    client, citizen = registered(sent)
    _client, where = log_in_as("demo-lan", client, process="connect")
    assert where == reverse("profile")
    citizen.refresh_from_db()
    assert (citizen.level, citizen.phone, citizen.full_name) == (
        Level.IDENTIFIED, "0905123456", "Nguyễn Thị Ngọc Lan",
    )  # fmt: skip
    assert Citizen.objects.count() == 1
    assert Event.objects.get(kind="citizen.identified").before["level"] == "contact"
    Client().post(reverse("forgot-password"), {"contact": PHONE})
    assert sent[-1].code == "", "who is identified does not reset a password by a phone that may be another's now"


def test_an_identity_of_another_account_is_not_tied(provider: str, office: SmallOffice, sent: list[CodeMessage]):
    log_in_as("demo-lan")
    client, citizen = registered(sent)
    _client, where = log_in_as("demo-lan", client, process="connect")
    assert "đã gắn với một tài khoản khác" in client.get(where).text
    citizen.refresh_from_db()
    assert citizen.level == Level.CONTACT


def test_an_official_at_work_stays_an_official(provider: str, office: SmallOffice):
    staff = Client()
    staff.post(reverse("account_login"), {"login": "mai", "password": PASSWORD})
    for process in ("login", "connect"):
        _client, where = log_in_as("demo-lan", staff, process=process)
        assert where == reverse("citizen-log-in")
    assert not Citizen.objects.exists()
    assert "tài khoản cán bộ" in staff.get(reverse("citizen-log-in")).text
    assert staff.get(reverse("profile")).status_code == HTTPStatus.FORBIDDEN


def test_a_personal_number_of_another_account_opens_nothing(office: SmallOffice):
    at = timezone.now()
    first = identify(LAN, at=at)
    accounts = Account.objects.count()
    with pytest.raises(IdentityRefused, match="đã gắn với một tài khoản khác"):
        identify(Vouched("https://id.example", "s-2", "Kẻ Mạo Danh", LAN.personal_id), at=at)
    assert (Citizen.objects.get().pk, Account.objects.count()) == (first.pk, accounts)
    assert Party.objects.get(personal_id=LAN.personal_id).full_name == LAN.full_name


def test_a_provider_that_changes_a_number_is_not_believed(office: SmallOffice):
    identify(LAN, at=timezone.now())
    with pytest.raises(IdentityRefused):
        identify(Vouched("https://id.example", "s-1", LAN.full_name, "000190000099"), at=timezone.now())


def test_an_e_mail_of_a_local_account_is_not_taken_by_a_provider(office: SmallOffice, sent: list[CodeMessage]):
    """Neither is the account opened to him who bears it there."""
    _client, local = registered(sent, contact="lan@example.vn")
    other = identify(Vouched("https://id.example", "s-3", "Người Khác", email="lan@example.vn"), at=timezone.now())
    assert (other.pk != local.pk, other.email) == (True, "")


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ({}, {"sub": "a", "name": "A"}),
        ({"sub": "a"}, {"sub": "b", "name": "A"}),
        ({"sub": "a"}, {"sub": "a"}),
        ({"sub": "a"}, {"sub": "a", "name": ["A"]}),
        ({"sub": "a" * 256}, {"sub": "a" * 256, "name": "A"}),
    ],
)
def test_a_token_and_facts_that_do_not_agree_are_refused(token: dict, said: dict):
    with pytest.raises(IdentityRefused):
        read_claims({"id_token": token, "userinfo": said}, provider="x", personal_id_claim="personal_id")


def test_facts_in_strange_shapes_are_left_out():
    said = {
        "sub": "a", "name": "A", "personal_id": 48084001234, "birthdate": "1990-13-40", "gender": "x" * 99,
        "address": "12 Lê Lợi", "phone_number": "+84905123456", "phone_number_verified": "yes",
        "email": "no-address", "email_verified": True,
    }  # fmt: skip
    vouched = read_claims({"id_token": {"sub": "a"}, "userinfo": said}, provider="x", personal_id_claim="personal_id")
    assert vouched == Vouched("x", "a", "A")
