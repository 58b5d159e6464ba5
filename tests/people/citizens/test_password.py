"""Another password for an open account: only who knows the old one, and everybody concerned hears of it."""

from http import HTTPStatus

import pytest
from django.contrib.auth import HASH_SESSION_KEY
from django.test import Client
from django.urls import reverse

from motcua.core.models import Event
from motcua.people.citizens.codes import CodeMessage
from motcua.people.citizens.views.log_in import TRIES
from tests.people.citizens.steps import PASSWORD, PHONE, log_in, registered

pytestmark = pytest.mark.django_db
ANOTHER = "mot-cau-khac-de-nho-hon"
PAGE = "change-citizen-password"


def asked(client: Client, current: str = PASSWORD, password: str = ANOTHER):
    return client.post(reverse(PAGE), {"current": current, "password": password})


def test_he_goes_on_here_and_is_logged_out_elsewhere(sent: list[CodeMessage]):
    client, citizen = registered(sent)
    elsewhere = Client()
    log_in(PHONE, client=elsewhere)
    before = len(sent)
    answer = asked(client)
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.url == reverse("profile")
    assert "Đã đổi mật khẩu" in client.get(answer.url).text
    assert elsewhere.get(reverse("profile")).status_code == HTTPStatus.FOUND, "his other session is over"
    assert log_in(PHONE, PASSWORD).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert log_in(PHONE, ANOTHER).status_code == HTTPStatus.FOUND
    [told] = sent[before:]
    assert (told.contact.value, told.code, told.password_chosen) == ("0905123456", "", True)
    assert Event.objects.filter(kind="citizen.password_chosen", subject_id=citizen.pk).count() == 1


def test_who_does_not_know_the_old_one_changes_nothing(sent: list[CodeMessage]):
    client, citizen = registered(sent)
    before = citizen.account.password
    for said in ({"password": ANOTHER}, {"current": "khong-phai-mat-khau", "password": ANOTHER}):
        answer = client.post(reverse(PAGE), said)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Mật khẩu chưa đúng" in answer.text
    for _try in range(TRIES):
        asked(client, current="khong-phai-mat-khau")
    assert "Xin đợi 5 phút" in asked(client).text
    citizen.account.refresh_from_db()
    assert citizen.account.password == before


@pytest.mark.parametrize("poor", ["", "ngan", "1234567890", "0905123456"])
def test_a_poor_one_is_refused_at_its_field(poor: str, sent: list[CodeMessage]):
    client, citizen = registered(sent)
    answer = asked(client, password=poor)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="id_password-error"' in answer.text or 'href="#id_password"' in answer.text
    assert log_in(PHONE).status_code == HTTPStatus.FOUND
    assert not Event.objects.filter(kind="citizen.password_chosen", subject_id=citizen.pk).exists()


def test_every_contact_hears_of_a_forgotten_one_set_anew(sent: list[CodeMessage]):
    client, _citizen = registered(sent)
    client.post(reverse("add-contact"), {"contact": "lan@example.vn", "password": PASSWORD})
    client.post(reverse("verify-contact"), {"code": sent[-1].code})
    stranger = Client()
    stranger.post(reverse("forgot-password"), {"contact": PHONE})
    stranger.post(reverse("verify-contact"), {"code": sent[-1].code})
    before = len(sent)
    assert stranger.post(reverse("new-citizen-password"), {"password": ANOTHER}).status_code == HTTPStatus.FOUND
    assert {one.contact.value for one in sent[before:] if one.password_chosen} == {"0905123456", "lan@example.vn"}


def test_who_has_none_is_told_so(sent: list[CodeMessage]):
    client, citizen = registered(sent)
    citizen.account.set_unusable_password()
    citizen.account.save()
    session = client.session
    session[HASH_SESSION_KEY] = citizen.account.get_session_auth_hash()
    session.save()
    page = client.get(reverse("profile"))
    assert page.status_code == HTTPStatus.OK
    assert reverse(PAGE) not in page.text
    answer = client.get(reverse(PAGE), follow=True)
    assert "không có mật khẩu để đổi" in answer.text


def test_only_a_citizen_has_this_page():
    assert Client().get(reverse(PAGE)).status_code == HTTPStatus.FOUND


def test_his_own_number_is_taken_as_it_is_read_aloud(sent: list[CodeMessage]):
    client, citizen = registered(sent)
    said = {"full_name": "Nguyễn Thị Lan", "preferred_way": "sms", "personal_id": "048 184-001.234"}
    assert client.post(reverse("profile"), said).status_code == HTTPStatus.FOUND
    citizen.refresh_from_db()
    assert citizen.personal_id == "048184001234"
