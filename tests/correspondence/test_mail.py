"""Letters over a real socket: what arrives, and what a mail server may say to it."""

import pytest

from motcua.correspondence.actions import Said, say
from motcua.correspondence.models import Attempt
from motcua.correspondence.rules import Contact
from motcua.correspondence.states import MessageState, Outcome
from tests.cast import MONDAY
from tests.correspondence.conftest import Outside, later, only, sent
from tests.correspondence.test_carriers import VALUES

pytestmark = pytest.mark.django_db
QUANG = Contact("Võ Đình Quang, “ngụ\nBcc: x@example.vn", "", "quang@example.vn", preferred="email")


def told(email: str = "quang@example.vn", template: str = "dossier-papers-asked") -> None:
    to = Contact(QUANG.name, "", email, "7 Trần Phú")
    assert say(Said("letter", to, template, VALUES | {"name": "ông Quang", "papers": "- Giấy ủy quyền"}), at=MONDAY)


def noted() -> list[tuple[str, str]]:
    return [*Attempt.objects.order_by("at").values_list("outcome", "note")]


def test_a_letter_arrives_whole_and_in_vietnamese(outside: Outside):
    told()
    assert sent() == {"gone": 1}
    [letter] = outside.letters.all()
    assert letter.to == "quang@example.vn"
    assert letter.subject == f"Hồ sơ {VALUES['code']} cần bổ sung giấy tờ"
    assert "Kính gửi ông Quang," in letter.text
    assert VALUES["link"] in letter.text
    assert letter.ref == f"<{only().id}@tanthanh.example>" or letter.ref.startswith(f"<{only().id}@")
    assert only().next_at is None, "nobody can say whether a letter was read"


def test_a_letter_sent_twice_bears_the_same_id(outside: Outside):
    told()
    sent()
    message = only()
    message.state, message.next_at = MessageState.QUEUED, MONDAY
    message.save()
    sent()
    [letter] = outside.letters.all()
    assert letter.times == 2


def test_a_mailbox_that_does_not_exist_is_not_tried_again(outside: Outside):
    outside.letters.behaviour.refused.add("quang@example.vn")
    told()
    sent()
    assert noted() == [(Outcome.UNREACHABLE, "smtp_550")]
    assert only().state == MessageState.FAILED


def test_a_server_that_wants_it_later_gets_it_later(outside: Outside):
    outside.letters.behaviour.later.add("quang@example.vn")
    told()
    sent()
    outside.letters.behaviour.later.clear()
    assert sent(later(1)) == {"gone": 1}
    assert noted()[0] == (Outcome.LATER, "smtp_451")


def test_a_server_that_hangs_up_or_is_gone_is_tried_again(outside: Outside, settings):
    outside.letters.behaviour.deaf = True
    told()
    sent()
    settings.EMAIL_PORT = 9
    sent(later(1))
    assert noted() == [(Outcome.LATER, "no_answer"), (Outcome.LATER, "no_answer")]
    assert only().state == MessageState.QUEUED


def test_a_name_cannot_write_a_header(outside: Outside):
    say(Said("letter", QUANG, "dossier-received", VALUES), at=MONDAY)
    assert sent() == {"gone": 1}
    assert [letter.to for letter in outside.letters.all()] == ["quang@example.vn"]


def test_many_letters_share_one_connection(outside: Outside):
    for number in range(5):
        say(Said(f"letter {number}", QUANG, "dossier-received", VALUES), at=MONDAY)
    before = outside.letters.requests
    assert sent() == {"gone": 5}
    assert outside.letters.requests - before == 1 + 5 * 3 + 1, "one EHLO, three words a letter, one QUIT"
