"""A citizen at her browser, the demo ward, a store of its own for every test."""

from http import HTTPStatus
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.people.citizens.models import Citizen
from motcua.people.models import Account
from tests.cast import Cast
from tests.journey.conftest import cast, ward

__all__ = ["cast", "ward"]

PASSWORD = "mot-cau-de-nho-2026"


@pytest.fixture(autouse=True)
def storage(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def citizen(phone: str, name: str, personal_id: str = "") -> tuple[Client, Citizen]:
    """A citizen who proved this phone, logged in."""
    account = Account.objects.create_account(username=f"citizen-{phone}", password=PASSWORD)
    person = Citizen.objects.create(
        account=account, level="contact", full_name=name, phone=phone, personal_id=personal_id,
        address="12 Phan Châu Trinh, Phường Tân Thạnh", verified_phone_at=timezone.now(), created_at=timezone.now(),
    )  # fmt: skip
    client = Client()
    answer = client.post(reverse("citizen-log-in"), {"contact": phone, "password": PASSWORD})
    assert answer.status_code == HTTPStatus.FOUND
    return client, person


@pytest.fixture
def lan(cast: Cast) -> tuple[Client, Citizen]:
    """Mrs Lan."""
    return citizen("0905123456", "Nguyễn Thị Lan", "001196012345")


@pytest.fixture
def desk(cast: Cast) -> Client:
    """The receiver at the ward's desk."""
    client = Client()
    client.post(reverse("account_login"), {"login": "tiepnhan", "password": "motcua-trinh-dien"})
    return client
