"""The desk's list, one message, the slips; the citizen's list; the demo's phone."""

from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from motcua.core.models import Event
from motcua.correspondence.models import Message
from motcua.correspondence.screen import kind_label
from motcua.correspondence.shipped import templates
from motcua.correspondence.states import MessageState
from motcua.demo.office import PASSWORD
from motcua.dossiers.models import Dossier
from motcua.intake.models import Submission
from motcua.intake.submissions import refuse
from motcua.people.citizens.models import Citizen
from motcua.people.models import Account
from tests.cast import BIRTH, MONDAY, Cast, received
from tests.correspondence.conftest import Outside, sent, told
from tests.correspondence.test_events_told import submitted

pytestmark = pytest.mark.django_db


def desk(username: str = "tiepnhan") -> Client:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    assert answer.status_code == HTTPStatus.FOUND
    return client


def to_print(cast: Cast) -> Message:
    filed = submitted(cast)
    Submission.objects.filter(pk=filed.id).update(applicant_phone="")
    refuse(filed.id, reason="Không thuộc thẩm quyền", legal_basis="Luật Hộ tịch", by=cast.receiver, at=MONDAY)
    told()
    return Message.objects.get(state=MessageState.FAILED)


def test_the_list_shows_what_went_where_without_the_number(cast: Cast, outside: Outside):
    opened = received(BIRTH, cast)
    told()
    sent()
    page = desk().get(reverse("messages"))
    assert opened.code in page.text
    assert "09*****456" in page.text
    assert "0905123456" not in page.text
    assert "Đã gửi" in page.text
    assert opened.code not in desk().get(reverse("messages"), {"state": "failed"}).text
    assert opened.code in desk().get(reverse("messages"), {"q": opened.code}).text


def test_one_message_shows_each_try_and_opening_it_is_a_look(cast: Cast, outside: Outside):
    opened = received(BIRTH, cast)
    told()
    outside.phones.behaviour.statuses.append(503)
    sent()
    message = Message.objects.get()
    page = desk("thuly").get(reverse("message", args=(message.pk,)))
    assert "http 503" in page.text
    assert "Nguyễn Thị Lan" in page.text
    assert "0905123456" not in page.text
    assert Event.objects.filter(kind="dossier.viewed", subject_id=opened.id).exists()


def test_again_sends_it_once_more_and_is_told(cast: Cast, outside: Outside):
    received(BIRTH, cast)
    told()
    sent()
    message = Message.objects.get()
    page = desk().post(reverse("message-again", args=(message.pk,)), follow=True)
    assert "Đã xếp tin vào hàng gửi lại" in page.text
    assert Event.objects.filter(kind="message.again", subject_id=message.pk).count() == 1
    again = desk().post(reverse("message-again", args=(message.pk,)), follow=True)
    assert "đang chờ gửi" in again.text


def test_a_slip_is_printed_and_mailed(cast: Cast):
    message = to_print(cast)
    client = desk()
    assert message.about_code in client.get(reverse("message-slips")).text
    paper = client.get(reverse("message-slips-pdf"))
    assert paper["Content-Type"] == "application/pdf"
    [page] = PdfReader(BytesIO(paper.content)).pages
    text = " ".join(page.extract_text().split())
    assert "Nguyễn Thị Lan" in text
    assert "12 Phan Châu Trinh" in text
    assert "Không thuộc thẩm quyền" in text
    done = client.post(reverse("message-slips-mailed"), {"message": [message.pk, "x"]}, follow=True)
    assert "Đã ghi 1 phiếu" in done.text
    message.refresh_from_db()
    assert (message.state, message.way) == (MessageState.SENT, "slip")
    assert Event.objects.filter(kind="message.mailed", subject_id=message.pk).count() == 1
    assert "Không có phiếu nào chờ in" in client.get(reverse("message-slips")).text
    assert client.get(reverse("message-slips-pdf")).status_code == HTTPStatus.FOUND


def test_many_slips_make_one_print(cast: Cast):
    first = to_print(cast)
    rows = Message.objects.filter(pk=first.pk).values().get()
    for number in range(3):
        Message.objects.create(**rows | {"id": None, "key": f"slip {number}", "event_id": None, "text": "Dài. " * 900})
    paper = desk("vanthu").get(reverse("message-slips-pdf"))
    assert len(PdfReader(BytesIO(paper.content)).pages) >= 4


def test_who_gives_a_slip_up_says_so(cast: Cast):
    message = to_print(cast)
    desk().post(reverse("message-give-up", args=(message.pk,)))
    message.refresh_from_db()
    assert message.state == MessageState.GIVEN_UP
    refused = desk().post(reverse("message-give-up", args=(message.pk,)), follow=True)
    assert "không còn chờ gửi" in refused.text


def test_a_code_is_nobodys_to_read(cast: Cast, outside: Outside):
    Message.objects.create(
        key="code", template="code", template_from=MONDAY.date(), subject="Mã", text="******", short="******",
        created_at=MONDAY, next_at=MONDAY, ways=["sms"], way="sms",
    )  # fmt: skip
    assert "******" not in desk("quantri").get(reverse("messages")).text
    assert desk().get(reverse("message", args=(Message.objects.get().pk,))).status_code == HTTPStatus.NOT_FOUND


def test_the_demos_phone_shows_what_arrived_and_a_real_office_has_none(cast: Cast, outside: Outside, settings):
    opened = received(BIRTH, cast)
    told()
    sent()
    page = Client().get(reverse("demo-phone"))
    assert opened.code in page.text
    assert "0905123456" not in page.text
    settings.MOTCUA_GATEWAYS = {"sms": ("http://127.0.0.1:9/sms", "x"), "zalo": ("", "")}
    assert "không trả lời" in Client().get(reverse("demo-phone")).text
    settings.MOTCUA_MODE = "production"
    assert Client().get(reverse("demo-phone")).status_code == HTTPStatus.NOT_FOUND


def test_a_citizen_reads_what_was_said_to_him_and_nobody_elses(cast: Cast, outside: Outside):
    opened, account = received(BIRTH, cast), Account.objects.create_account(username="lan", password="mot-cua-cua-lan")
    Citizen.objects.create(
        account=account, level="contact", full_name="Nguyễn Thị Lan", phone="0905123456", verified_phone_at=MONDAY,
        created_at=MONDAY,
    )  # fmt: skip
    told()
    client = Client()
    client.post(reverse("citizen-log-in"), {"contact": "0905123456", "password": "mot-cua-cua-lan"})
    page = client.get(reverse("my-messages"))
    assert opened.code in page.text
    assert "Mới" in page.text
    assert "Mới" not in client.get(reverse("my-messages")).text.split("<main")[1]
    assert Message.objects.get().seen_at is not None
    assert Dossier.objects.count() == 1
    assert desk().get(reverse("my-messages")).status_code == HTTPStatus.FORBIDDEN


def test_a_message_that_waits_for_the_morning_says_so_and_when(cast: Cast, outside: Outside):
    night = MONDAY.replace(hour=22, minute=30)
    opened = received(BIRTH, cast, at=night)
    told(night)
    sent(night)
    message = Message.objects.get(about_code=opened.code)
    page = desk().get(reverse("message", args=(message.pk,))).text
    assert "Chờ đến sáng" in page
    assert "gửi lúc 07:00" in page
    assert "chờ đến sáng, 07:00" in desk().get(reverse("messages")).text


def test_every_kind_of_message_has_a_name_in_words():
    own = {code for code in templates(Path(settings.MOTCUA_DATA) / "messages") if kind_label(code) == code}
    assert own <= {"code", "code-taken", "contact-replaced", "password-chosen"}
