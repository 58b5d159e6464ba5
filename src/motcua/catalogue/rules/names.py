"""Names as keys: codes of sectors, and reading order."""

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=20_000)
def slug(name: str) -> str:
    """A sector's code from its name: lower case, without diacritics, joined by hyphens, at most 60 characters."""
    return joined_words(name)[:60].strip("-")


def joined_words(text: str) -> str:
    """All words of a text, lower case, without diacritics, joined by hyphens."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
