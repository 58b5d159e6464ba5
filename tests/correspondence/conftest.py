"""The demo ward, and the twin of the world outside: a gateway and a mail server on real sockets."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from motcua.config.told import TOLD, word
from motcua.correspondence.models import Message
from motcua.correspondence.outbox import hear
from motcua.correspondence.sending import send_due
from motcua.correspondence.twin.kept import Kept
from motcua.correspondence.twin.letters import mail_server
from motcua.correspondence.twin.phones import phone_server
from tests.cast import MONDAY
from tests.journey.conftest import cast, ward

__all__ = ["cast", "ward"]


@dataclass
class Outside:
    """The world outside, and an office that talks to it."""

    phones: Kept
    letters: Kept
    phones_url: str
    mail_port: int

    def arrived(self) -> list[tuple[str, str]]:
        return [(one.way, one.to) for one in self.phones.all()[::-1] + self.letters.all()[::-1]]


@pytest.fixture
def outside(settings) -> Iterator[Outside]:
    phones, letters = Kept(), Kept()
    gateway, mail = phone_server(phones), mail_server(letters)
    for server in (gateway, mail):
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    url = f"http://127.0.0.1:{gateway.server_address[1]}"
    settings.MOTCUA_GATEWAYS = {"sms": (f"{url}/sms", "key"), "zalo": (f"{url}/zalo", "key")}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail.server_address[1]
    settings.EMAIL_TIMEOUT = settings.MOTCUA_CARRIER_PATIENCE = 0.5
    settings.DEFAULT_FROM_EMAIL = "Một Cửa <mot-cua@tanthanh.example>"
    yield Outside(phones, letters, url, mail.server_address[1])
    for server in (gateway, mail):
        server.shutdown()
        server.server_close()


def told(at: datetime = MONDAY) -> int:
    """One round of hearing."""
    return hear(TOLD, word, at=at)


def sent(at: datetime = MONDAY) -> dict[str, int]:
    """One round of sending."""
    return send_due(at)


def later(minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def only() -> Message:
    return Message.objects.get()
