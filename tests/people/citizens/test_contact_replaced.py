"""Another phone or e-mail for an account: who found the session open does not take the account by it."""

import time
from datetime import timedelta
from http import HTTPStatus

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import HASH_SESSION_KEY
from django.test import Client
from django.urls import reverse

from motcua.people.citizens.codes import NEW_FOR, CodeMessage
from motcua.people.citizens.models import Citizen
from motcua.people.citizens.views.log_in import TRIES
from motcua.people.citizens.views.profile import FRESH
from tests.people.citizens.steps import PASSWORD, PHONE, registered

pytestmark = pytest.mark.django_db
THIEFS = "0905 999 888"


def replaced(client: Client, sent: list[CodeMessage], contact: str = THIEFS) -> None:
    answer = client.post(reverse("add-contact"), {"contact": contact, "password": PASSWORD})
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    client.post(reverse("verify-contact"), {"code": sent[-1].code})


def codes_for(contact: str, sent: list[CodeMessage]) -> list[str]:
    """The codes that a forgotten password asked for at this contact brings."""
    before = len(sent)
    Client().post(reverse("forgot-password"), {"contact": contact})
    return [one.code for one in sent[before:]]


def test_it_needs_the_password_again(sent: list[CodeMessage]):
    client, citizen = registered(sent)
    before = len(sent)
    for said in ({}, {"password": "khong-phai-mat-khau"}):
        answer = client.post(reverse("add-contact"), {"contact": THIEFS} | said)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert THIEFS in answer.text, "what was typed is still there"
    assert len(sent) == before
    for _try in range(TRIES):
        client.post(reverse("add-contact"), {"contact": THIEFS, "password": "khong-phai-mat-khau"})
    answer = client.post(reverse("add-contact"), {"contact": THIEFS, "password": PASSWORD})
    assert "Xin đợi 5 phút" in answer.text
    citizen.refresh_from_db()
    assert citizen.phone == "0905123456"


def test_the_old_contact_is_told(sent: list[CodeMessage]):
    client, citizen = registered(sent)
    replaced(client, sent)
    citizen.refresh_from_db()
    assert citizen.phone == "0905999888"
    assert (sent[-1].contact.value, sent[-1].code) == ("0905123456", "")
    assert sent[-1].replaced_by == "090•••888"
    replaced(client, sent, "lan@example.vn")
    assert (sent[-1].contact.value, sent[-1].replaced_by) == ("0905999888", "la•••@example.vn")


def test_the_new_contact_opens_no_forgotten_password_for_three_days(sent: list[CodeMessage]):
    client, citizen = registered(sent)
    replaced(client, sent)
    assert codes_for(THIEFS, sent) == [""]
    citizen.refresh_from_db()
    earlier = citizen.verified_phone_at - NEW_FOR
    Citizen.objects.filter(pk=citizen.pk).update(verified_phone_at=earlier, created_at=earlier - timedelta(days=9))
    assert len(codes_for(THIEFS, sent)[0]) == 6


def test_the_contact_an_account_was_opened_with_does_so_at_once(sent: list[CodeMessage]):
    registered(sent)
    assert len(codes_for(PHONE, sent)[0]) == 6


@pytest.mark.parametrize(("ago", "taken"), [(timedelta(minutes=1), True), (FRESH + timedelta(seconds=5), False)])
def test_an_account_without_a_password_logs_in_afresh_first(ago: timedelta, taken: bool, sent: list[CodeMessage]):
    """Who comes by his electronic identification has no password to ask for."""
    client, citizen = registered(sent)
    citizen.account.set_unusable_password()
    citizen.account.save()
    session = client.session
    session[HASH_SESSION_KEY] = citizen.account.get_session_auth_hash()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "identity", "at": time.time() - ago.total_seconds()}]
    session.save()
    assert 'name="password"' not in client.get(reverse("add-contact")).text
    answer = client.post(reverse("add-contact"), {"contact": THIEFS})
    assert (answer.status_code == HTTPStatus.FOUND) == taken
    assert ("định danh điện tử, rồi làm ngay" in answer.text) != taken
