"""Tokens, second factors, sessions that end: what keeps a door shut after the address opened."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.demo.office import PASSWORD
from motcua.people.models import (
    Account,
    RoleGrant,
)
from tests.cast import MRS_LAN
from tests.people.town import (
    DEMO,
    Town,
    logged_in,
    own_pages,
    seen,
)


def test_no_post_without_the_page_s_own_token(town: Town, db: None):
    client = logged_in("tiepnhan", enforce_csrf_checks=True)
    for name, address, _access in own_pages(town):
        answer = client.post(address, {"step": "x"})
        if address.startswith("/api/"):
            assert answer.status_code in {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
        elif name == "told-by-bank":  # signed by the bank, and no form is ever taken there
            assert answer.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        elif name == "told-by-sms":  # signed by the gateway, and this office has none
            assert answer.status_code == HTTPStatus.NOT_FOUND
        else:
            assert answer.status_code == HTTPStatus.FORBIDDEN, (name, address)


def test_log_in_needs_the_token_too(town: Town, db: None):
    answer = Client(enforce_csrf_checks=True).post(
        reverse("account_login"), {"login": "tiepnhan", "password": PASSWORD}
    )
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_with_the_token_the_same_form_is_taken(town: Town, db: None):
    client = logged_in("tiepnhan", enforce_csrf_checks=True)
    page = client.get(reverse("find-dossier"))
    token = re.search(r'name="csrf-token" content="(\w+)"', page.text)
    assert token is not None
    fields = {"q": town.dossier.code, "csrfmiddlewaretoken": token[1]}
    answer = client.post(reverse("find-dossier"), fields)
    assert answer.status_code == HTTPStatus.OK
    assert MRS_LAN.full_name in answer.text


@pytest.mark.parametrize("who", DEMO)
def test_an_office_in_production_asks_for_the_second_factor(who: str, town: Town, db: None, settings):
    settings.MOTCUA_SECOND_FACTOR = True
    client = logged_in(who)
    for name, address, access in own_pages(town):
        if access.public or access.citizens:  # a citizen's page is none of his, with or without a code
            continue
        answer = client.get(address)
        if address.startswith("/api/"):  # a program is told in its own way, and gets nothing
            assert answer.status_code == HTTPStatus.UNAUTHORIZED, (name, address)
            continue
        assert answer.status_code == HTTPStatus.FOUND, (name, address)
        assert answer["Location"].startswith(reverse("mfa_activate_totp")), (name, address)
    assert client.get(reverse("mfa_activate_totp")).status_code in {HTTPStatus.OK, HTTPStatus.FOUND}


def test_with_the_second_factor_set_up_the_code_is_asked_and_opens(town: Town, db: None, settings):
    settings.MOTCUA_SECOND_FACTOR = True
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(Account.objects.get(username="lanhdao"), secret)
    client = Client()
    first = client.post(reverse("account_login"), {"login": "lanhdao", "password": PASSWORD})
    assert first["Location"].startswith(reverse("mfa_authenticate"))
    assert seen(client, reverse("worklist")) == "log in"

    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == HTTPStatus.OK
    assert seen(client, reverse("worklist")) == "log in"

    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(reverse("worklist")).status_code == HTTPStatus.OK
    assert Authenticator.objects.filter(user__username="lanhdao").count() == 1


def test_a_session_left_alone_ends(town: Town, db: None, settings):
    client = logged_in("tiepnhan")
    assert client.get(reverse("worklist")).status_code == HTTPStatus.OK
    del client.cookies[settings.MOTCUA_SEEN_COOKIE]
    assert seen(client, reverse("worklist")) == "log in"


def test_an_account_shut_by_the_administrator_is_out_at_once(town: Town, db: None):
    client = logged_in("tiepnhan")
    Account.objects.filter(username="tiepnhan").update(is_active=False)
    assert seen(client, reverse("worklist")) == "log in"


def test_a_role_that_ended_yesterday_opens_nothing(town: Town, db: None):
    client = logged_in("tiepnhan")
    RoleGrant.objects.filter(official__account__username="tiepnhan").update(
        valid_to=timezone.localdate() - timedelta(days=1)
    )
    assert client.get(reverse("choose-procedure")).status_code == HTTPStatus.FORBIDDEN
