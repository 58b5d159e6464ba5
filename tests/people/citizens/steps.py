"""A citizen at a browser, step by step."""

from http import HTTPStatus

from django.test import Client
from django.urls import reverse

from motcua.people.citizens.codes import CodeMessage
from motcua.people.citizens.models import Citizen

PHONE, PASSWORD = "0905 123 456", "mot-cau-de-nho-2026"


def registered(
    sent: list[CodeMessage], contact: str = PHONE, name: str = "Nguyễn Thị Lan", client: Client | None = None
) -> tuple[Client, Citizen]:
    """Registers through the pages and is logged in."""
    client = client or Client()
    assert client.post(reverse("register-citizen"), {"contact": contact}).status_code == HTTPStatus.FOUND
    assert client.post(reverse("verify-contact"), {"code": sent[-1].code}).status_code == HTTPStatus.FOUND
    answer = client.post(reverse("finish-registration"), {"full_name": name, "password": PASSWORD})
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    return client, Citizen.objects.latest("created_at")


def log_in(contact: str, password: str = PASSWORD, client: Client | None = None):
    """The answer to a log-in."""
    return (client or Client()).post(reverse("citizen-log-in"), {"contact": contact, "password": password})
