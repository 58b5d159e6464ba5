"""The second factor belongs to a session, not to an account; and officials cannot switch it off."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from motcua.demo.office import PASSWORD

pytestmark = pytest.mark.django_db


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def logged_in() -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": "thuly", "password": PASSWORD})
    assert answer.status_code == 302
    return client


def enrol(client: Client) -> None:
    page = client.get(reverse("mfa_activate_totp"))
    if page.status_code == 302:
        client.post(page["Location"], {"password": PASSWORD})
        page = client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}).status_code == 302


def test_a_session_that_gave_no_code_stays_outside_when_the_account_enrols_elsewhere(cast, settings):
    settings.MOTCUA_SECOND_FACTOR = True
    stolen, owner = logged_in(), logged_in()
    assert stolen.get("/worklist/")["Location"] == reverse("mfa_activate_totp")
    enrol(owner)
    assert owner.get("/worklist/").status_code == 200
    assert stolen.get("/worklist/").status_code == 302
    assert stolen.get("/register/").status_code == 302


def test_officials_cannot_switch_the_second_factor_off(cast, settings):
    settings.MOTCUA_SECOND_FACTOR = True
    owner = logged_in()
    enrol(owner)
    owner.post(reverse("mfa_deactivate_totp"))
    assert owner.get("/worklist/").status_code == 200


def test_no_session_outlives_the_longest_day(cast, settings):
    client = logged_in()
    assert client.get("/worklist/").status_code == 200
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": time.time() - settings.SESSION_COOKIE_AGE - 5}
        for record in session["account_authentication_methods"]
    ]
    session.save()
    assert client.get("/worklist/").status_code == 302


def test_a_stranger_elsewhere_cannot_lock_a_colleague_out(cast):
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for number in range(8):
        stranger.post("/accounts/login/", {"login": "thuly", "password": f"wrong {number}"})
    assert stranger.post("/accounts/login/", {"login": "thuly", "password": PASSWORD}).status_code == 200
    logged_in()


@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/email/", "/accounts/password/reset/"])
def test_what_the_log_in_library_brings_along_does_not_answer(client, address: str):
    assert client.get(address).status_code == 404
    assert client.post(address, {"email": "a@example.vn"}).status_code == 404
