"""The key on a slip: who holds it sees his place in the line; the table knows only its hash.

A form for a number carries a token: the key comes of it, so that a form sent twice meets the number it took first.
"""

import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.utils.crypto import salted_hmac

GOOD_FOR: Final = timedelta(hours=12)
_SIGNER: Final = TimestampSigner(salt="motcua.take", sep=".")


class StaleForm(ValueError):
    """The form was not given out by this office today."""


def new_key() -> str:
    """96 random bits, for an address."""
    return secrets.token_urlsafe(12)


def key_hash(key: str) -> str:
    """What the table keeps of a key."""
    return sha256(key.encode()).hexdigest()


def new_form() -> str:
    """The token of one form for one number."""
    return _SIGNER.sign(secrets.token_urlsafe(12))


def key_of(form_token: str) -> str:
    """The key of the number that this form takes: 96 bits, only we can reckon it. Raises `StaleForm`."""
    try:
        nonce = _SIGNER.unsign(form_token, max_age=GOOD_FOR)
    except BadSignature as error:
        raise StaleForm from error
    return _reckoned("motcua.take.key", nonce)


def key_of_booking(booking_id: UUID) -> str:
    """The key of the number that this appointment becomes: told again, it is the same."""
    return _reckoned("motcua.booking.key", str(booking_id))


def _reckoned(salt: str, said: str) -> str:
    return urlsafe_b64encode(salted_hmac(salt, said, algorithm="sha256").digest()[:12]).decode()
