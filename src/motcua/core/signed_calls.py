"""How a bank or a gateway proves that a call is its own and new: HMAC-SHA256 over the moment and the body. Pure.

`X-Motcua-Timestamp`: seconds since 1970. `X-Motcua-Signature`: `sha256=` and the hexadecimal HMAC, under the secret
shared with the caller, of the timestamp, a full stop and the body as sent.
"""

import hashlib
import hmac
from typing import Final

WINDOW: Final = 300
"""Seconds a call is good for; within them a replay must bring only what is known already."""


class ForgedCall(ValueError):
    """Not signed by the caller, or too old."""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What belongs into the header."""
    mac = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={mac.hexdigest()}"


def require_signed(secret: str, *, timestamp: str, signed: str, body: bytes, now: float) -> None:
    """Raises `ForgedCall` for a wrong signature or a moment not within `WINDOW` of `now` (seconds since 1970)."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise ForgedCall("timestamp")
    if not hmac.compare_digest(signature(secret, timestamp, body).encode(), signed.encode()):
        raise ForgedCall("signature")
    if abs(now - int(timestamp)) > WINDOW:
        raise ForgedCall("too old")
