"""Names in the order of the Vietnamese alphabet, and words without its marks."""

import unicodedata
from typing import Final

_LETTERS: Final = {"ă": "a~1", "â": "a~2", "đ": "d~", "ê": "e~", "ô": "o~1", "ơ": "o~2", "ư": "u~"}
"""A letter of its own stands after all words with the one it is made of."""
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")


def in_order(name: str) -> tuple[str, str]:
    """The key to sort a name by: letters first (Đ after D, not after Z), tones only between names alike."""
    plain = []
    for letter in unicodedata.normalize("NFC", name.casefold()):
        base = unicodedata.normalize("NFD", letter)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in base if mark not in _TONES))
        plain.append(_LETTERS.get(bare, bare))
    return "".join(plain), name


def unmarked(text: str) -> str:
    """Letters and figures without marks and case, one blank between words: what two people wrote alike is alike."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(sign if sign.isalnum() else " " for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.split())
