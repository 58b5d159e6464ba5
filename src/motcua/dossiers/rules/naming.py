"""The dossier's code and the citizen's key."""

import secrets
from datetime import date
from typing import Final

_LETTERS: Final = bytes(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte % 32] for byte in range(256))
"""What a random byte stands for: each of the 32 as often as the others."""


def code_prefix(*, agency_code: str, day: date) -> str:
    """`H17.21-261123-`: agency code and date of receipt; the agency's daily number follows.

    Circular 01/2018/TT-VPCP art. 19; order of the groups as in Circular 03/2025/TT-VPCP art. 13.
    """
    return f"{agency_code}-{day:%y%m%d}-"


def new_tracking_token() -> str:
    """A key of 100 random bits in 20 letters and digits without look-alikes (RFC 4648 base32)."""
    return secrets.token_bytes(20).translate(_LETTERS).decode()
