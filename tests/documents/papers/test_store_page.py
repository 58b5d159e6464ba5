"""The citizen's store of papers: what he adds, opens and removes, and what another cannot."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.documents.models import Paper
from motcua.documents.papers import views
from motcua.people.citizens.models import Citizen, Level
from motcua.people.models import Account
from tests.documents.papers.sent import part, pdf, photo

pytestmark = pytest.mark.django_db


PASSWORD = "mat-khau-dai-qua"


def citizen(name: str, phone: str) -> Client:
    """Somebody logged in."""
    account = Account.objects.create_account(username=name, password=PASSWORD, is_demo=True)
    Citizen.objects.create(
        account=account, level=Level.CONTACT, full_name=name, phone=phone, verified_phone_at=timezone.now(),
        created_at=timezone.now(),
    )  # fmt: skip
    client = Client()
    answer = client.post(reverse("citizen-log-in"), {"contact": phone, "password": PASSWORD})
    assert answer.status_code == HTTPStatus.FOUND
    return client


@pytest.fixture
def lan() -> Client:
    return citizen("lan", "0905000111")


def test_what_is_sent_stands_in_the_store_and_opens_again(lan: Client):
    page = lan.post(reverse("papers"), {"name": "Giấy chứng sinh", "parts": [photo(), photo()]}, follow=True)
    assert "Giấy chứng sinh" in page.text
    kept = Paper.objects.get()
    answer = lan.get(reverse("paper", args=(kept.pk,)))
    assert answer.getvalue().startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_a_refusal_is_said_at_the_field_and_keeps_the_name(lan: Client):
    page = lan.post(reverse("papers"), {"name": "Giấy A", "parts": [part(b"<html></html>", "to-khai.pdf")]})
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Chưa nhận “to-khai.pdf”: đây là trang web" in page.text
    assert 'value="Giấy A"' in page.text
    assert not Paper.objects.exists()


def test_pages_are_added_and_a_paper_removed(lan: Client):
    lan.post(reverse("papers"), {"name": "Sổ", "parts": [photo()]})
    kept = Paper.objects.get()
    lan.post(reverse("add-pages", args=(kept.pk,)), {"parts": [part(pdf(2), "them.pdf")]})
    assert "3 trang" in lan.get(reverse("papers")).text
    lan.post(reverse("remove-paper", args=(kept.pk,)))
    assert not Paper.objects.exists()
    assert "Chưa có giấy tờ nào" in lan.get(reverse("papers")).text


def test_what_is_wrong_with_pages_is_said_at_the_paper_they_were_for(lan: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "PAGE", 1)
    for number in range(2):
        lan.post(reverse("papers"), {"name": f"Giấy {number}", "parts": [photo(name=f"{number}.jpg")]})
    first = Paper.objects.get(name="Giấy 0")
    answer = lan.post(reverse("add-pages", args=(first.pk,)), {"parts": [part(b"hello", "a.txt")]})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'href="#{first.pk}_parts"' in answer.text
    assert f'id="{first.pk}_parts_error"' in answer.text, "on the page it lies on"
    assert 'id="parts_error"' not in answer.text
    assert answer.text.count(" open>") == 1, "and its box is open"


def test_another_citizens_paper_is_not_there(lan: Client):
    lan.post(reverse("papers"), {"name": "Sổ đỏ nhà Lan", "parts": [photo()]})
    kept, other = Paper.objects.get(), citizen("hoa", "0905000222")
    assert "Sổ đỏ nhà Lan" not in other.get(reverse("papers")).text
    assert other.get(reverse("paper", args=(kept.pk,))).status_code == HTTPStatus.NOT_FOUND
    for act in ("remove-paper", "add-pages"):
        answer = other.post(reverse(act, args=(kept.pk,)), {"parts": [photo()]})
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert Client().get(reverse("paper", args=(kept.pk,))).status_code == HTTPStatus.NOT_FOUND
    assert Paper.objects.get().stored.pages == 1


def test_a_name_is_shown_and_never_a_path(lan: Client):
    lan.post(reverse("papers"), {"name": "", "parts": [part(pdf(), "../../etc/x.pdf")]})
    kept = Paper.objects.get()
    assert kept.name == "x"
    assert kept.stored.place == f"papers/{kept.stored_id[:2]}/{kept.stored_id}.pdf"
