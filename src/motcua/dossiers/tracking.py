"""The public address behind the QR code of a paper: code and key in the path, nothing personal."""

from typing import Protocol

from django.conf import settings
from django.urls import reverse


class Followed(Protocol):
    """What an applicant follows from outside: a dossier, or a bundle of them."""

    @property
    def code(self) -> str: ...
    @property
    def tracking_token(self) -> str: ...


def tracking_url(followed: Followed) -> str:
    """Where a dossier or a bundle is followed."""
    return tracking_address(followed.code, followed.tracking_token)


def tracking_address(code: str, token: str) -> str:
    """The same for whatever has a code, or a number, and a key."""
    return f"{settings.MOTCUA_BASE_URL}{reverse('tracking-dossier', args=(code, token))}"
