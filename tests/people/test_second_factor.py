"""The second factor belongs to a session, not to an account; and officials cannot switch it off."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from motcua.core.models import Event
from motcua.core.record.astray import KIND as ASTRAY
from motcua.core.record.sealing import seal
from motcua.core.record.verifying import verify
from motcua.demo.office import PASSWORD
from motcua.people.models import Official

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


def told_of(username: str) -> list[tuple[str, str]]:
    """What was told of second factors of this official, in order."""
    return [
        (event.kind, (event.after or {})["type"])
        for event in Event.objects.filter(
            kind__startswith="official.second_factor_", subject_id=Official.objects.get(account__username=username).id
        ).order_by("sequence")
    ]


def test_whatever_the_library_does_to_a_second_factor_is_told(cast, settings, tmp_path):
    settings.MOTCUA_VAR = tmp_path
    owner, told = (
        logged_in(),
        [("official.second_factor_set", "totp"), ("official.second_factor_set", "recovery_codes")],
    )
    seal()
    enrol(owner)
    assert told_of("thuly") == told
    owner.get(reverse("mfa_view_recovery_codes"))
    told.append(("official.second_factor_changed", "recovery_codes"))
    assert told_of("thuly") == told
    codes = Authenticator.objects.get(type="recovery_codes").wrap()
    assert codes.validate_code(codes.get_unused_codes()[0])
    codes.instance.record_usage()
    told.append(("official.second_factor_changed", "recovery_codes"))
    assert told_of("thuly") == told
    seal()
    assert verify().sound
    owner.post(reverse("mfa_deactivate_totp"))
    assert set(told_of("thuly")[len(told) :]) == {
        ("official.second_factor_removed", "totp"),
        ("official.second_factor_removed", "recovery_codes"),
    }
    seal()
    assert verify().sound
    assert not Event.objects.filter(kind=ASTRAY).exists()


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
