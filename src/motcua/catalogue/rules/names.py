"""Names as keys: codes of sectors, and reading order."""

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=20_000)
def slug(name: str) -> str:
    """A sector's code from its name: lower case, without diacritics, joined by hyphens, at most 60 characters."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].strip("-")
