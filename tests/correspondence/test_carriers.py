"""What carriers do to us: they fail, they are slow, they answer nonsense, they take a message twice, they lose it."""

import time
from datetime import timedelta

import pytest

from motcua.correspondence.actions import About, Said, say
from motcua.correspondence.models import Attempt, Message
from motcua.correspondence.rules import Contact
from motcua.correspondence.sending import LEASE, send_due
from motcua.correspondence.states import MessageState, Outcome
from motcua.correspondence.ways.gateway import Gateway
from motcua.people.models import Agency
from tests.cast import MONDAY
from tests.correspondence.conftest import Outside, later, only, sent

pytestmark = pytest.mark.django_db

LAN = Contact("Nguyễn Thị Lan", "0905 123 456", "lan@example.vn", "12 Phan Châu Trinh")
VALUES = {
    "name": "Nguyễn Thị Lan", "agency": "UBND phường", "code": "H17.21-261123-0001", "procedure": "Đăng ký khai sinh",
    "due": "09:15 25/11/2026", "until": "", "papers": "", "reason": "", "how": "", "link": "http://127.0.0.1:8000/tracking/x/y/",
}  # fmt: skip


def told(to: Contact = LAN, template: str = "dossier-received", key: str = "one") -> Message:
    assert say(Said(key, to, template, VALUES, About("dossier", None, VALUES["code"])), at=MONDAY)
    return Message.objects.get(key=key)


def outcomes() -> list[tuple[str, str, str]]:
    return [*Attempt.objects.order_by("at", "pk").values_list("way", "outcome", "note")]


def test_a_carrier_that_fails_is_tried_again_and_takes_it_once(outside: Outside):
    told()
    outside.phones.behaviour.statuses.extend([503, 500])
    assert [sent(), sent(later(1)), sent(later(6))] == [{}, {}, {"gone": 1}]
    assert outcomes()[:2] == [("sms", Outcome.LATER, "http_503"), ("sms", Outcome.LATER, "http_500")]
    assert outside.arrived() == [("sms", "0905123456")]


def test_between_tries_nobody_is_bothered(outside: Outside):
    told()
    outside.phones.behaviour.statuses.append(503)
    sent()
    sent(later(0.5))
    assert outside.phones.requests == 1


def test_after_the_last_try_the_next_way_is_taken(outside: Outside):
    told()
    outside.phones.behaviour.deaf = True
    for minutes in (0, 1, 6, 26, 27, 32):
        sent(later(minutes))
    assert sent(later(52)) == {"gone": 1}
    assert [way for way, _outcome, _note in outcomes()] == ["sms"] * 4 + ["zalo"] * 4 + ["email"]
    assert outside.arrived() == [("email", "lan@example.vn")]
    assert only().state == MessageState.SENT


@pytest.mark.parametrize("fault", ["slow", "babble", "gone"])
def test_whatever_a_broken_gateway_does_is_worth_another_try(outside: Outside, settings, fault: str):
    told()
    if fault == "slow":
        outside.phones.behaviour.wait = 1.0
    elif fault == "babble":
        outside.phones.behaviour.babble = True
    else:
        settings.MOTCUA_GATEWAYS = {"sms": ("http://127.0.0.1:9", "key")}
    sent()
    assert outcomes() == [("sms", Outcome.LATER, "strange_answer" if fault == "babble" else "no_answer")]
    assert only().next_at == later(1)


def test_a_slow_carrier_that_took_it_all_the_same_is_given_the_same_id(outside: Outside):
    """We gave up waiting; it had taken it. The second time it knows the message, and sends it once."""
    told()
    outside.phones.behaviour.wait = 0.7
    sent()
    while not outside.phones.all():
        time.sleep(0.02)
    outside.phones.behaviour.wait = 0.0
    assert sent(later(1)) == {"gone": 1}
    [taken] = outside.phones.all()
    assert taken.times == 2


def test_a_number_the_carrier_refuses_goes_to_the_next_way_at_once(outside: Outside):
    told()
    outside.phones.behaviour.refused.add("0905123456")
    for _ in range(3):
        sent()
    assert [(way, note) for way, _outcome, note in outcomes()] == [
        ("sms", "http_422"),
        ("zalo", "http_422"),
        ("email", ""),
    ]


def test_what_the_carrier_reports_lost_goes_the_next_way(outside: Outside):
    told()
    outside.phones.behaviour.lost.add("0905123456")
    sent()
    sent(later(1))
    assert (only().way, only().state) == ("zalo", MessageState.SENT)
    sent(later(2))
    assert outside.arrived() == [("sms", "0905123456"), ("zalo", "0905123456"), ("email", "lan@example.vn")]
    assert [note for _way, _outcome, note in outcomes()] == ["", "lost", "", "lost", ""]


def test_when_every_way_failed_the_desk_has_a_slip_or_nobody_is_told(outside: Outside):
    outside.phones.behaviour.refused.add("0905123456")
    phone_only = Contact("Nguyễn Thị Lan", "0905123456", "", "12 Phan Châu Trinh")
    told(phone_only, "dossier-papers-asked", "needs-an-answer")
    told(phone_only, "dossier-received", "good-to-know")
    sent()
    sent()
    found = dict(Message.objects.values_list("key", "state"))
    assert found == {"needs-an-answer": MessageState.FAILED, "good-to-know": MessageState.GIVEN_UP}
    assert not Message.objects.filter(next_at__isnull=False).exists()


def test_a_way_the_office_has_not_opened_is_passed_over(outside: Outside, settings):
    settings.MOTCUA_GATEWAYS = {"sms": ("", ""), "zalo": ("", "")}
    told()
    for _ in range(3):
        sent()
    assert outside.arrived() == [("email", "lan@example.vn")]
    assert outcomes()[0] == ("sms", Outcome.UNREACHABLE, "no_carrier")


def test_a_carrier_that_is_down_is_not_asked_by_everyone(outside: Outside):
    for number in range(10):
        told(key=f"message {number}")
    outside.phones.behaviour.deaf = True
    sent()
    assert outside.phones.requests == 3
    assert {note for _way, _outcome, note in outcomes()} == {"no_answer", "carrier_down"}


def test_a_program_that_ended_in_the_midst_loses_nothing(outside: Outside):
    class Ends:
        reports = False

        def carry(self, letter: object) -> str:
            raise KeyboardInterrupt

        def ask(self, reference: str) -> None: ...

        def close(self) -> None: ...

    told()
    with pytest.raises(KeyboardInterrupt):
        send_due(MONDAY, by={"sms": Ends()})
    assert sent(later(1)) == {}, "the lease lasts"
    assert sent(MONDAY + LEASE) == {"gone": 1}
    assert [outcome for _way, outcome, _note in outcomes()] == [Outcome.UNKNOWN, Outcome.ACCEPTED]


def test_no_redirect_carries_the_number_elsewhere(outside: Outside):
    told()
    outside.phones.behaviour.statuses.append(307)
    sent()
    assert outcomes() == [("sms", Outcome.LATER, "http_307")]
    assert outside.phones.requests == 1


def test_the_number_stands_in_no_address_and_no_log(outside: Outside, capfd, caplog):
    told()
    outside.phones.behaviour.statuses.append(503)
    sent()
    sent(later(1))
    sent(later(3))
    out, err = capfd.readouterr()
    said = out + err + caplog.text
    assert "0905123456" not in said
    assert "Lan" not in said
    assert Gateway("http://x/sms", "k").reports


def test_at_night_phones_are_left_in_peace_and_mail_is_not(outside: Outside):
    night = MONDAY.replace(hour=22, minute=30)
    say(Said("sms", Contact("Lan", "0905123456"), "dossier-received", VALUES), at=night)
    say(Said("mail", Contact("Lan", "", "lan@example.vn"), "dossier-received", VALUES), at=night)
    assert send_due(night) == {"gone": 1}
    assert outside.arrived() == [("email", "lan@example.vn")]
    morning = (night + timedelta(days=1)).replace(hour=7, minute=0)
    assert Message.objects.get(key="sms").next_at == morning
    assert send_due(morning) == {"gone": 1}


def test_a_try_that_falls_into_the_night_waits_for_the_morning(outside: Outside):
    told()
    outside.phones.behaviour.statuses.append(503)
    evening = MONDAY.replace(hour=20, minute=59, second=30)
    Message.objects.update(next_at=evening)
    send_due(evening)
    late = evening + timedelta(minutes=1)
    assert send_due(late) == {}
    assert (only().tries, only().next_at) == (1, (evening + timedelta(days=1)).replace(hour=7, minute=0, second=0))


def test_an_agency_is_none_of_the_carriers_business(outside: Outside):
    assert not Agency.objects.exists()
    told()
    assert sent() == {"gone": 1}
