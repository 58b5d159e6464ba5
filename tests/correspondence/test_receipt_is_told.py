"""A dossier is received at the counter; its applicant gets an SMS, once, however often the log is heard."""

import pytest

from motcua.correspondence.models import Message
from motcua.correspondence.states import MessageState, Outcome
from motcua.dossiers.models import Dossier
from tests.cast import BIRTH, MONDAY, Cast, received
from tests.correspondence.conftest import Outside, later, only, sent, told

pytestmark = pytest.mark.django_db


def test_the_receipt_goes_to_the_phone_that_was_declared(cast: Cast, outside: Outside):
    opened = received(BIRTH, cast)
    assert Message.objects.count() == 0, "the intake's transaction writes no message"
    assert told() == 1
    assert sent() == {"gone": 1}
    [arrived] = outside.phones.all()
    assert (arrived.way, arrived.to, arrived.times) == ("sms", "0905123456", 1)
    assert opened.code in arrived.text
    assert f"/tracking/{opened.code}/{opened.tracking_token}/" in arrived.text
    assert "Lan" not in arrived.text, "a text on a locked screen names nobody"
    assert arrived.text.isascii()
    assert len(arrived.text) <= 306


def test_heard_twice_is_said_once_and_sent_once(cast: Cast, outside: Outside):
    received(BIRTH, cast)
    assert [told(), told(later(1))] == [1, 0]
    assert [sent(), sent()] == [{"gone": 1}, {}]
    assert outside.phones.requests == 1


def test_the_carrier_is_asked_whether_it_arrived(cast: Cast, outside: Outside):
    received(BIRTH, cast)
    told()
    sent()
    assert only().state == MessageState.SENT
    assert sent(later(1)) == {"arrived": 1}
    message = only()
    assert (message.state, message.next_at, message.delivered_at) == (MessageState.DELIVERED, None, later(1))
    outcomes = [*message.attempts.order_by("at").values_list("outcome", flat=True)]
    assert outcomes == [Outcome.ACCEPTED, Outcome.DELIVERED]


def test_what_happened_last_week_is_not_told(cast: Cast, outside: Outside):
    received(BIRTH, cast)
    assert told(later(4 * 24 * 60)) == 0
    assert Message.objects.count() == 0


def test_who_left_neither_phone_nor_mail_gets_no_slip_for_a_receipt_he_holds(cast: Cast, outside: Outside):
    opened = received(BIRTH, cast)
    Dossier.objects.filter(pk=opened.id).update(applicant_phone="0235 3851 234")
    assert told(MONDAY) == 0
