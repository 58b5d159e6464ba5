"""Vietnamese text reduced to comparable words.

A word has two keys. `fold` is what remains without any diacritic ("Đăng" → "dang"); the index and every look-up use it.
`marked` keeps the letters and writes the tone last ("hoà", "hòa" → "hoaf"), so that the two habits of placing a tone
compare equal; the ranking uses it to prefer what the person really wrote.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

LONGEST_QUERY = 200
MOST_WORDS = 16

_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"(?<![\w.])\d\.?\d{6}(?!\w)|(?<![\w.])[A-Z]{2,}(?:[.-][A-Z0-9]+)+(?!\w)", re.IGNORECASE)
_OPEN_Y = re.compile(r"^((?:qu|[bcdđghklmnprstvx])[bcdđghklmnprstvx]{0,2})y$")
_UNPRINTABLE = ("C", "Z")


def clean(text: str, longest: int = LONGEST_QUERY) -> str:
    """Lower-case composed text on one line, without control characters, at most `longest` characters."""
    composed = unicodedata.normalize("NFKC", text[: longest * 4])
    printable = "".join(" " if unicodedata.category(mark)[0] in _UNPRINTABLE else mark for mark in composed)
    return unicodedata.normalize("NFC", " ".join(printable.lower().split()))[:longest]


def _same_i(word: str) -> str:
    """One spelling for "kỹ/kĩ", "lý/lí", "quý/quí": both are written, and both are right."""
    return _OPEN_Y.sub(r"\1i", word)


@lru_cache(maxsize=16384)
def fold_word(word: str) -> str:
    """The word without diacritics: "Đăng" → "dang", "ký" → "ki"."""
    plain = "".join(
        "d" if mark == "đ" else mark
        for mark in unicodedata.normalize("NFD", word.lower())
        if not unicodedata.combining(mark)
    )
    return _same_i(plain)


@lru_cache(maxsize=16384)
def mark_word(word: str) -> str:
    """The word with its letters' marks and its tone written last: "hòa" and "hoà" → "hoaf"."""
    tone = ""
    letters = []
    for mark in unicodedata.normalize("NFD", word.lower()):
        if mark in _TONES:
            tone = _TONES[mark]
        else:
            letters.append(mark)
    return _same_i(unicodedata.normalize("NFC", "".join(letters))) + tone


def words(text: str) -> list[str]:
    """The words of cleaned text, punctuation and symbols left out, diacritics kept."""
    return _WORD.findall(text)


def fold(text: str) -> str:
    """The folded words of any text, separated by single spaces."""
    return " ".join(fold_word(word) for word in words(clean(text, longest=max(len(text), 1))))


def pairs(folded: list[str]) -> list[str]:
    """Neighbouring words as "first second": most Vietnamese words are two syllables."""
    return [f"{first} {second}" for first, second in pairwise(folded)]


def codes_in(text: str) -> list[str]:
    """Whole procedure codes within a query ("1.001193", "1001193"), as digits or upper-case text."""
    return [code_key(found) for found in _CODE.findall(text)]


def code_key(code: str) -> str:
    """A code without its punctuation, upper case: the form in which codes are compared."""
    return "".join(mark for mark in code.upper() if mark.isalnum())


def looks_like_code(text: str) -> bool:
    """Whether a whole query is a code or the beginning of one ("1.0011", "001193")."""
    compact = text.replace(" ", "")
    return sum(mark.isdigit() for mark in compact) >= 3 and all(
        mark.isascii() and (mark.isdigit() or mark in ".-") for mark in compact
    )
