"""A one-time code reaches its phone or mailbox, and lies nowhere in clear."""

from datetime import timedelta

import pytest
from django.core.serializers import serialize
from django.utils.timezone import now

from motcua.correspondence.codes import send_code
from motcua.correspondence.models import Attempt, Message
from motcua.correspondence.sending import send_due
from motcua.correspondence.states import MessageState
from motcua.people.citizens.codes import CodeMessage, ask_code
from motcua.people.citizens.contacts import read_contact
from motcua.people.citizens.models import CodePurpose
from tests.correspondence.conftest import Outside

pytestmark = pytest.mark.django_db


def asked(contact: str = "0905123456", code: str = "482913", key: str = "code:1", minutes: int = 15) -> CodeMessage:
    until = now() + timedelta(minutes=minutes, seconds=1)
    return CodeMessage(key, read_contact(contact), CodePurpose.REGISTER, code, until)


def all_that_is_kept() -> str:
    return serialize("json", [*Message.objects.all(), *Attempt.objects.all()])


@pytest.mark.parametrize(("contact", "way"), [("0905123456", "sms"), ("lan@example.vn", "email")])
def test_the_code_arrives_and_is_kept_nowhere(outside: Outside, contact: str, way: str):
    send_code(asked(contact))
    assert "482913" not in all_that_is_kept()
    assert Message.objects.get().sealed
    assert send_due(now()) == {"gone": 1}
    [taken] = outside.phones.all() + outside.letters.all()
    assert (taken.way, taken.to) == (way, contact)
    assert "482913" in taken.text
    assert "15" in taken.text
    assert "482913" not in all_that_is_kept()
    assert Message.objects.get().sealed == ""


def test_the_same_code_is_sent_once(outside: Outside):
    send_code(asked())
    send_code(asked())
    assert send_due(now()) == {"gone": 1}


def test_a_code_goes_its_own_way_and_no_other(outside: Outside):
    outside.phones.behaviour.refused.add("0905123456")
    send_code(asked())
    send_due(now())
    message = Message.objects.get()
    assert (message.state, message.sealed, message.next_at) == (MessageState.GIVEN_UP, "", None)
    assert outside.letters.all() == []


def test_a_code_that_is_over_is_not_sent_any_more(outside: Outside):
    send_code(asked(minutes=1))
    assert send_due(now() + timedelta(minutes=2)) == {"given_up": 1}
    assert outside.phones.requests == 0
    assert Message.objects.get().sealed == ""


def test_a_code_comes_at_night_too(outside: Outside):
    send_code(asked())
    night = now().replace(hour=16, minute=0)  # 23:00 in Hanoi
    Message.objects.update(next_at=night, until=night + timedelta(minutes=15))
    assert send_due(night) == {"gone": 1}


def test_without_a_code_he_is_told_how_to_go_on_and_a_stranger_learns_of_no_account(outside: Outside):
    """The number may be another's now; and who logs in by his identity has no password that he forgot."""
    send_code(asked(code=""))
    send_due(now())
    [taken] = outside.phones.all()
    assert "khong co ma nao" in taken.text
    assert "dang nhap nhu moi khi" in taken.text
    assert "tai khoan" not in taken.text
    assert "Quen mat khau" not in taken.text


def test_the_old_contact_is_told_which_one_came(outside: Outside):
    until = now() + timedelta(hours=72)
    send_code(CodeMessage("replaced:1", read_contact("0905123456"), CodePurpose.ADD, "", until, "la•••@example.vn"))
    send_due(now())
    [taken] = outside.phones.all()
    assert "@example.vn" in taken.text
    assert "72 gio" in taken.text


def test_the_office_asks_for_a_code_and_the_phone_gets_the_one_it_made(outside: Outside):
    """`deliver_by` is registered in config/journey.py."""
    made = ask_code(read_contact("0905123456"), CodePurpose.REGISTER, address="127.0.0.1", at=now())
    send_due(now())
    assert made.code in outside.phones.all()[0].text


def test_under_another_secret_a_waiting_code_is_of_no_use(outside: Outside, settings):
    send_code(asked())
    settings.SECRET_KEY = "another-secret"
    send_due(now())
    assert Message.objects.get().state == MessageState.GIVEN_UP
    assert outside.phones.requests == 0
