"""The word a payer's bank carries back to us, and finding it again in what banks make of a message. Pure.

`MC`, nine random letters and digits without look-alikes, one sign that checks the others: twelve ASCII signs, well
within the 25 of a payment QR. Banks change case, put text around it, drop or add spaces and points.
"""

import re
import secrets
import unicodedata
from typing import Final

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PREFIX: Final = "MC"
_RANDOM: Final = 9
# Looked for at every place, so that a stray "MC" before the reference hides nothing.
_SHAPE: Final = re.compile(rf"(?=({PREFIX}[{SIGNS}]{{{_RANDOM + 1}}}))")


def new_reference() -> str:
    """A reference that nobody guesses: 44 random bits."""
    bare = "".join(secrets.choice(SIGNS) for _sign in range(_RANDOM))
    return f"{PREFIX}{bare}{_check(bare)}"


def references_in(text: str) -> list[str]:
    """The references a bank's text may hold, each once, in the order they stand there."""
    plain = unicodedata.normalize("NFKD", text).upper()
    solid = "".join(sign for sign in plain if sign.isascii() and sign.isalnum())
    return list(dict.fromkeys(found for found in _SHAPE.findall(solid) if is_reference(found)))


def is_reference(text: str) -> bool:
    """Whether it is whole: one sign mistyped, or two neighbours changed, is found."""
    bare = text[len(PREFIX) : -1]
    sound = len(bare) == _RANDOM and all(sign in SIGNS for sign in bare)
    return text.startswith(PREFIX) and sound and text[-1] == _check(bare)


def _check(bare: str) -> str:
    """A weighted sum over a prime number of signs (31)."""
    return SIGNS[sum(place * SIGNS.index(sign) for place, sign in enumerate(bare, 2)) % len(SIGNS)]
