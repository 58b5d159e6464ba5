"""What is decided about certificates without asking anybody: whose one seems to be, which notice is due. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

_WORD: Final = re.compile(r"\w+")
_PERSONAL: Final = re.compile(r"(?<!\d)(?:\d{9}|\d{12})(?!\d)")
_ABBREVIATED: Final = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "tp": "thanh pho"}


def folded(text: str) -> list[str]:
    """The words of a name without case and marks, the usual abbreviations written out."""
    spread = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return " ".join(_ABBREVIATED.get(word, word) for word in _WORD.findall(bare)).split()


def seems_of(named: Iterable[str], holders: Sequence[str]) -> bool:
    """Whether a subject with these names seems to be one of these (the full or the short name of the holder).

    Every word of the holder's name stands in one of the subject's names. A guess: it warns, it refuses nothing.
    """
    said = [set(folded(name)) for name in named]
    wanted = [set(folded(name)) for name in holders if folded(name)]
    return any(one <= words for one in wanted for words in said)


def tells_personal_number(subject: str) -> bool:
    """Whether a subject holds what may be an identity number: such a certificate is not handed to everybody."""
    return _PERSONAL.search(subject) is not None


def notice_at(at: datetime, valid_to: datetime, steps: Sequence[int]) -> int | None:
    """The narrowest step (in days) that is reached before the end; None while there is time, or when it is over."""
    left = valid_to - at
    if left < timedelta(0):
        return None
    return min((step for step in steps if left <= timedelta(days=step)), default=None)
