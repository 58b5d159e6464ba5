"""The verifier as it is shipped: the sources it is made of, in one text that needs nothing but Python."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from motcua.core.record import leaves
from motcua.reporting.pack import contents, lateness, sealed, verifier

_OWN_IMPORT: Final = re.compile(r"^from motcua\.[\w.]+ import (?:\([^)]*\)|[^\n]*)\n", re.MULTILINE)
_PARTS: Final = (leaves, lateness, contents, sealed, verifier)


@cache
def verify_py() -> str:
    """`verify.py`: what the verifier imports from the product stands above it, word for word."""
    pieces = [f"# {'-' * 20} {module.__name__}\n{_source(Path(str(module.__file__)))}" for module in _PARTS]
    words = (verifier.__doc__ or "").strip()
    return f'#!/usr/bin/env python3\n"""{words}\n"""\nfrom __future__ import annotations\n\n' + "\n\n".join(pieces)


def _source(path: Path) -> str:
    return _OWN_IMPORT.sub("", path.read_text(encoding="utf-8")).strip() + "\n"
