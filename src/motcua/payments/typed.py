"""Sums as people type them."""

import re
from typing import Final

# With or without the unit; "2,5" is no sum of whole đồng.
_SUM: Final = re.compile(
    r"([0-9]{1,3}(?:[., ][0-9]{3})+|[0-9]+)\s*(?:\u0111(?:\u1ed3ng)?|vn\u0111|vnd)?", re.IGNORECASE
)  # fmt: skip
LONGEST: Final = 30


def sum_typed(text: str) -> int:
    """A sum in đồng: 8000, 8.000, 8.000 đồng. Raises ValueError."""
    found = _SUM.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return int(re.sub(r"\D", "", found[1]))
