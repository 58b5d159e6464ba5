"""The key of a dossier's rating page: whose it is and that this office gave it out, without a row of its own.

It is used up by the rating itself: a dossier has one. 96 bits vouch for it, so nobody guesses one.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hmac import compare_digest
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

_SALT = "motcua.feedback.rating"
_VOUCHED = 12


def rating_token(dossier_id: UUID) -> str:
    """38 letters for an address; the same for a dossier every time."""
    return urlsafe_b64encode(dossier_id.bytes + _voucher(dossier_id)).rstrip(b"=").decode()


def dossier_of(token: str) -> UUID | None:
    """The dossier a key of ours is for; None for any other text."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        found = UUID(bytes=raw[:16])
    except (UnicodeEncodeError, binascii.Error, ValueError):
        return None
    # The text itself is compared: base64 reads several texts as the same bytes.
    return found if compare_digest(token, rating_token(found)) else None


def rating_url(dossier_id: UUID, *, at_desk: bool = False) -> str:
    """Where the citizen rates, with the office's own address: for messages, paper and the counter's screen."""
    return f"{settings.MOTCUA_BASE_URL}{reverse('rate', args=(rating_token(dossier_id),))}{'?desk' if at_desk else ''}"


def _voucher(dossier_id: UUID) -> bytes:
    return salted_hmac(_SALT, dossier_id.bytes, algorithm="sha256").digest()[:_VOUCHED]
