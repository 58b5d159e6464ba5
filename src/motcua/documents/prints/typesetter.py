"""One warm Typst compiler per paper; values go in as JSON, never as Typst source."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import typst

_PACKAGE = Path(__file__).resolve().parent.parent
_TEMPLATES = _PACKAGE / "prints" / "typst"
_FONTS = _PACKAGE / "fonts"

# A typst.Compiler is not re-entrant: two threads in one of them would fail, so they take turns.
_turn = Lock()


def typeset_pdf(template: str, values: Mapping[str, Any], *, at: datetime) -> bytes:
    """Set `template` as a tagged PDF/A-2a. `at` is the stated creation time: equal values give equal bytes.

    Raises typst.TypstError when a template and its values do not fit (a fault of ours, never of what people typed).
    """
    with _turn:
        result = _compiler(template).compile(
            sys_inputs=_inputs(values), pdf_standards=["a-2a"], timestamp=int(at.timestamp())
        )
    return cast(bytes, result)


def typeset_png(template: str, values: Mapping[str, Any], *, pixels_per_inch: float = 144) -> list[bytes]:
    """The pages of the same paper as pictures, for a preview on the screen."""
    with _turn:
        result = _compiler(template).compile(sys_inputs=_inputs(values), format="png", ppi=pixels_per_inch)
    return cast("list[bytes]", result if isinstance(result, list) else [result])


def _inputs(values: Mapping[str, Any]) -> dict[str, str]:
    return {"print": json.dumps(values, ensure_ascii=False)}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)])


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(
        input=str(_TEMPLATES / f"{template}.typ"),
        root=str(_TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
    )
