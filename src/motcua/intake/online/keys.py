"""The key of a guest: in a signed cookie at his browser, and in the private link he keeps; here only its hash.

A key that came by a link opens what lies under it and no more: whoever begins something new gets a key of his own, or
else he would fill his answers into the drafts of whoever sent him the link.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE: Final = "motcua_guest"
KEPT: Final = timedelta(days=30)
_SALT: Final = "motcua.guest"
_LONGEST: Final = 64
_MADE_HERE: Final = "m"
_BY_LINK: Final = "l"


def new_key() -> str:
    """A key that nobody guesses: 144 bits."""
    return secrets.token_urlsafe(18)


def key_hash(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def key_of(request: HttpRequest) -> str:
    """The guest's key that this browser holds; "" when it holds none of ours."""
    return _held(request)[1:]


def own_key_of(request: HttpRequest) -> str:
    """The same, when it was made for this browser."""
    held = _held(request)
    return held[1:] if held.startswith(_MADE_HERE) else ""


def keep_key(response: HttpResponse, key: str, *, by_link: bool = False) -> None:
    """Let the browser hold the key."""
    held = f"{_BY_LINK if by_link else _MADE_HERE}{key[:_LONGEST]}"
    response.set_signed_cookie(
        COOKIE, held, salt=_SALT, max_age=KEPT, httponly=True, samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip


def forget_key(response: HttpResponse) -> None:
    """Let the browser forget it: on a machine that others use too."""
    response.delete_cookie(COOKIE, samesite="Lax")


def _held(request: HttpRequest) -> str:
    held = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=KEPT)
    return str(held or "")[: _LONGEST + 1]
