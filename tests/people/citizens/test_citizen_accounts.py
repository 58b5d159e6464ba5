"""Registering by phone or e-mail, logging in, and every way that must not lead in."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.core.models import Event
from motcua.people.citizens import codes
from motcua.people.citizens.access import acting_citizen, known_of
from motcua.people.citizens.codes import TRIES, CodeMessage, CodeRefused, ask_code, try_code
from motcua.people.citizens.contacts import Contact
from motcua.people.citizens.models import Citizen, CodePurpose, ContactCode, Level
from motcua.people.models import Account, Official
from tests.people.citizens.steps import PASSWORD, PHONE, log_in, registered
from tests.people.small_office import SmallOffice

pytestmark = pytest.mark.django_db


def test_who_typed_the_code_has_an_account_and_is_logged_in(sent: list[CodeMessage]):
    client, citizen = registered(sent)
    assert (citizen.level, citizen.phone, citizen.email) == (Level.CONTACT, "0905123456", "")
    assert client.get(reverse("profile")).status_code == HTTPStatus.OK
    assert "Nguyễn Thị Lan" in client.get(reverse("procedures")).text
    assert Event.objects.get(kind="citizen.registered").subject_id == citizen.pk
    client.post(reverse("citizen-log-out"))
    assert client.get(reverse("profile"))["Location"] == "/me/login/?next=/me/profile/"
    assert log_in("+84 905.123.456").status_code == HTTPStatus.FOUND


def test_the_page_he_wanted_comes_after_registering(sent: list[CodeMessage]):
    client = Client()
    client.post(reverse("register-citizen"), {"contact": "lan@example.vn", "next": "/me/profile/"})
    client.post(reverse("verify-contact"), {"code": sent[-1].code})
    answer = client.post(reverse("finish-registration"), {"full_name": "Lan", "password": PASSWORD})
    assert answer["Location"] == "/me/profile/"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "profile", "0", "a.b"])
def test_a_foreign_next_page_is_not_followed(elsewhere: str, sent: list[CodeMessage]):
    registered(sent)
    answer = Client().post(reverse("citizen-log-in"), {"contact": PHONE, "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == reverse("me")


def test_an_unverified_number_opens_nothing(sent: list[CodeMessage]):
    """Asked for, but the code never typed: neither a log-in nor a last step."""
    client = Client()
    client.post(reverse("register-citizen"), {"contact": PHONE})
    assert log_in(PHONE).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    answer = client.post(reverse("finish-registration"), {"full_name": "Lan", "password": PASSWORD})
    assert "hết hiệu lực" in answer.text
    assert not Citizen.objects.exists()


def test_a_code_bears_five_tries_and_then_not_even_the_right_one(sent: list[CodeMessage]):
    client = Client()
    client.post(reverse("register-citizen"), {"contact": PHONE})
    wrong = f"{(int(sent[0].code) + 1) % 1_000_000:06d}"
    answers = [client.post(reverse("verify-contact"), {"code": wrong}) for _try in range(10)]
    assert [("không còn dùng được" in answer.text) for answer in answers] == [False] * (TRIES - 1) + [True] * 6
    assert "không còn dùng được" in client.post(reverse("verify-contact"), {"code": sent[0].code}).text
    assert ContactCode.objects.get().tries == TRIES


def test_a_code_ends_after_a_quarter_of_an_hour_and_is_used_once(sent: list[CodeMessage]):
    at = timezone.now()
    asked = ask_code(Contact("phone", "0905123456"), CodePurpose.REGISTER, address="", at=at)
    assert try_code(asked.id, asked.code, at=at + timedelta(minutes=15)) == "over"
    assert try_code(asked.id, asked.code, at=at + timedelta(minutes=14)) == "right"
    assert try_code(asked.id, asked.code, at=at + timedelta(minutes=14)) == "over"


def test_codes_of_a_day_are_few_and_nobody_uses_up_those_of_another(
    sent: list[CodeMessage], monkeypatch: pytest.MonkeyPatch
):
    at, lan = timezone.now(), Contact("phone", "0905123456")
    monkeypatch.setattr(codes, "PER_ADDRESS", 0)
    for _time in range(codes.PER_CONTACT + 1):
        with pytest.raises(CodeRefused, match="trong một giờ"):
            ask_code(lan, CodePurpose.REGISTER, address="192.0.2.1", at=at)
    monkeypatch.setattr(codes, "PER_ADDRESS", 1_000)
    monkeypatch.setattr(codes, "PER_CONTACT", 1_000)
    for _time in range(codes.PER_DAY):
        ask_code(lan, CodePurpose.REGISTER, address="192.0.2.2", at=at)
    with pytest.raises(CodeRefused, match="trong một ngày"):
        ask_code(lan, CodePurpose.REGISTER, address="192.0.2.3", at=at)
    assert len(sent) == codes.PER_DAY


def test_another_browser_has_nothing_to_guess_at(sent: list[CodeMessage]):
    Client().post(reverse("register-citizen"), {"contact": PHONE})
    answer = Client().post(reverse("verify-contact"), {"code": sent[-1].code})
    assert answer["Location"] == reverse("citizen-log-in")


def test_registering_a_taken_contact_takes_nothing_over_and_tells_nothing(sent: list[CodeMessage]):
    """The page says the same; the message tells the owner; no code fits, so nobody gets in."""
    _client, owner = registered(sent, contact="lan@example.vn")
    thief = Client()
    known = thief.post(reverse("register-citizen"), {"contact": " LAN@example.vn "})
    page = thief.get(reverse("verify-contact")).text
    assert (known.status_code, known["Location"]) == (HTTPStatus.FOUND, reverse("verify-contact"))
    assert "không gửi tin nhắn thật" not in page
    assert (sent[-1].contact.value, sent[-1].code) == ("lan@example.vn", "")
    for guess in ("", "000000", "123456"):
        assert thief.post(reverse("verify-contact"), {"code": guess}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    thief.post(reverse("finish-registration"), {"full_name": "Kẻ gian", "password": "mat-khau-ke-gian"})
    assert Citizen.objects.get().pk == owner.pk
    assert log_in("lan@example.vn", "mat-khau-ke-gian").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert log_in("lan@example.vn").status_code == HTTPStatus.FOUND


def test_a_contact_that_became_anothers_between_code_and_name_is_refused(sent: list[CodeMessage]):
    slow = Client()
    slow.post(reverse("register-citizen"), {"contact": PHONE})
    slow.post(reverse("verify-contact"), {"code": sent[-1].code})
    registered(sent, name="Người nhanh")
    answer = slow.post(reverse("finish-registration"), {"full_name": "Người chậm", "password": PASSWORD})
    assert "vừa có tài khoản" in answer.text
    assert Citizen.objects.get().full_name == "Người nhanh"


def test_many_codes_for_one_contact_are_refused(sent: list[CodeMessage]):
    answers = [Client().post(reverse("register-citizen"), {"contact": PHONE}).status_code for _time in range(6)]
    assert answers == [HTTPStatus.FOUND] * 5 + [HTTPStatus.UNPROCESSABLE_ENTITY]
    assert len(sent) == 5


def test_wrong_passwords_are_slowed_down_and_say_no_more_than_an_unknown_number(sent: list[CodeMessage]):
    registered(sent)
    unknown = log_in("0905 999 999", "sai-mat-khau").text
    wrong = log_in(PHONE, "sai-mat-khau").text
    for text in (unknown, wrong):
        assert "hoặc mật khẩu chưa đúng" in text
    for _time in range(4):
        log_in(PHONE, "sai-mat-khau")
    answer = log_in(PHONE)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Xin đợi 5 phút" in answer.text


def test_a_forgotten_password_is_set_anew_by_a_code(sent: list[CodeMessage]):
    other_session, citizen = registered(sent)
    client = Client()
    client.post(reverse("forgot-password"), {"contact": PHONE})
    client.post(reverse("verify-contact"), {"code": sent[-1].code})
    poor = client.post(reverse("new-citizen-password"), {"password": "1234567890"})
    assert poor.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    answer = client.post(reverse("new-citizen-password"), {"password": "mot-cau-khac-2026"})
    assert answer.status_code == HTTPStatus.FOUND
    assert log_in(PHONE, "mot-cau-khac-2026").status_code == HTTPStatus.FOUND
    assert log_in(PHONE).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert other_session.get(reverse("profile")).status_code == HTTPStatus.FOUND
    assert Event.objects.filter(kind="citizen.password_chosen", subject_id=citizen.pk).count() == 1


def test_a_citizen_who_was_away_too_long_goes_on_as_a_guest(sent: list[CodeMessage], settings):
    """A public page stays open to him, his own asks who he is, and he may log in by the page he still sees."""
    client, _citizen = registered(sent)
    del client.cookies[settings.MOTCUA_SEEN_COOKIE]
    assert log_in(PHONE, client=client)["Location"] == reverse("me")
    assert client.get(reverse("profile")).status_code == HTTPStatus.OK
    del client.cookies[settings.MOTCUA_SEEN_COOKIE]
    answer = client.get(reverse("procedures"))
    assert (answer.status_code, "Nguyễn Thị Lan" in answer.text) == (HTTPStatus.OK, False)
    assert client.get(reverse("profile"))["Location"] == "/me/login/?next=/me/profile/"


def test_his_own_number_or_address_is_no_password(sent: list[CodeMessage]):
    client = Client()
    client.post(reverse("register-citizen"), {"contact": "lan.nguyen84@example.vn"})
    client.post(reverse("verify-contact"), {"code": sent[-1].code})
    for poor in ("lan.nguyen84", "1234567890", "ngan"):
        answer = client.post(reverse("finish-registration"), {"full_name": "Lan", "password": poor})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    answer = client.post(reverse("finish-registration"), {"full_name": "Lan", "password": PASSWORD})
    assert answer.status_code == HTTPStatus.FOUND, "the code still stands after a poor password"


def test_a_password_hashed_harder_by_the_way_is_told(sent: list[CodeMessage], settings):
    """The record guards his account: a hash that changed without an event would stand there as a stranger's doing."""
    _client, citizen = registered(sent)
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher", "django.contrib.auth.hashers.MD5PasswordHasher",
    ]  # fmt: skip
    assert log_in(PHONE).status_code == HTTPStatus.FOUND
    assert Event.objects.filter(kind="citizen.password_rehashed", subject_id=citizen.pk).count() == 1


def test_a_forgotten_password_of_nobody_sends_nothing_and_says_the_same(sent: list[CodeMessage]):
    answer = Client().post(reverse("forgot-password"), {"contact": PHONE})
    assert (answer["Location"], sent) == (reverse("verify-contact"), [])


def test_a_code_for_another_purpose_opens_nothing(sent: list[CodeMessage]):
    registered(sent)
    client = Client()
    client.post(reverse("forgot-password"), {"contact": PHONE})
    client.post(reverse("verify-contact"), {"code": sent[-1].code})
    assert client.get(reverse("finish-registration"))["Location"] == reverse("register-citizen")


def test_a_second_contact_is_proved_like_the_first(sent: list[CodeMessage]):
    client, citizen = registered(sent)
    client.post(reverse("add-contact"), {"contact": "lan@example.vn", "password": PASSWORD})
    client.post(reverse("verify-contact"), {"code": sent[-1].code})
    citizen.refresh_from_db()
    assert (citizen.phone, citizen.email) == ("0905123456", "lan@example.vn")
    assert log_in("lan@example.vn").status_code == HTTPStatus.FOUND


def test_anothers_contact_cannot_be_added(sent: list[CodeMessage]):
    registered(sent, contact="minh@example.vn", name="Minh")
    client, citizen = registered(sent)
    client.post(reverse("add-contact"), {"contact": "minh@example.vn", "password": PASSWORD})
    client.post(reverse("verify-contact"), {"code": "000000"})
    citizen.refresh_from_db()
    assert citizen.email == ""


@pytest.mark.parametrize("typed", ["0236 3881 888", "12345", "lan@", "०९०५१२३४५६", "", "0905123456; DROP"])
def test_what_is_no_contact_is_said_at_the_field(typed: str, sent: list[CodeMessage]):
    answer = Client().post(reverse("register-citizen"), {"contact": typed})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sent == []


def test_what_he_says_of_himself_fills_the_next_form(sent: list[CodeMessage]):
    client, citizen = registered(sent)
    said = {"full_name": "Nguyễn Thị Lan", "personal_id": "048084001234", "birth_date": "05/09/1984",
            "gender": "female", "address": "12 Lê Lợi", "preferred_way": "sms"}  # fmt: skip
    assert client.post(reverse("profile"), said).status_code == HTTPStatus.FOUND
    acting = acting_citizen(citizen.account_id, timezone.localdate())
    assert acting is not None
    known = known_of(acting)
    assert known | {"birth_date": None} == {
        "full_name": "Nguyễn Thị Lan", "personal_id": "048084001234", "birth_date": None, "gender": "female",
        "address": "12 Lê Lợi", "phone": "0905123456", "email": "",
    }  # fmt: skip
    assert f"{known['birth_date']:%d/%m/%Y}" == "05/09/1984"
    told = Event.objects.get(kind="citizen.changed")
    assert told.after["personal_id"] == "048084001234"
    client.post(reverse("profile"), said)
    assert Event.objects.filter(kind="citizen.changed").count() == 1


def test_an_account_is_never_an_officials_and_a_citizens(office: SmallOffice):
    official = Official.objects.first()
    assert official is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Citizen.objects.create(account=official.account, level="claimed", full_name="X", created_at=timezone.now())
    account = Account.objects.create_account(username="citizen-x", password=None)
    Citizen.objects.create(account=account, level="claimed", full_name="X", created_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Official.objects.create(
            account=account, unit=official.unit, full_name="Y", title="", valid_from=official.valid_from
        )
