"""What may not lie in the database in clear: a code, until it is sent, under a key made from the office's secret."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

_PURPOSE = b"motcua.correspondence.secret:"


def seal_secret(secret: str) -> str:
    """The secret, encrypted."""
    return _key().encrypt(secret.encode()).decode()


def open_secret(sealed: str) -> str:
    """The secret again; "" when it was sealed under another key: then it is of no use any more."""
    try:
        return _key().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""


def _key() -> Fernet:
    digest = hashlib.sha256(_PURPOSE + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
