"""One warm Typst compiler per paper; values go in as JSON, never as Typst source."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import typst

_PACKAGE = Path(__file__).resolve().parent.parent
_TEMPLATES = _PACKAGE / "prints" / "typst"
FONTS = _PACKAGE / "fonts"


@dataclass(frozen=True, slots=True)
class _Press:
    """One paper's compiler. It is not re-entrant: two threads in it would fail, so they take turns.

    Each paper has its own, so that a long register never holds up the receipts at the counter.
    """

    compiler: typst.Compiler
    turn: Lock = field(default_factory=Lock)


def typeset_pdf(template: str, values: Mapping[str, Any], *, at: datetime) -> bytes:
    """Set `template` as a tagged PDF/A-2a. `at` is the stated creation time: equal values give equal bytes.

    Raises typst.TypstError when a template and its values do not fit (a fault of ours, never of what people typed).
    """
    press = _press(template)
    with press.turn:
        result = press.compiler.compile(
            sys_inputs=_inputs(values), pdf_standards=["a-2a"], timestamp=int(at.timestamp())
        )
    return cast(bytes, result)


def typeset_png(template: str, values: Mapping[str, Any], *, pixels_per_inch: float = 144) -> list[bytes]:
    """The pages of the same paper as pictures, for a preview on the screen."""
    press = _press(template)
    with press.turn:
        result = press.compiler.compile(sys_inputs=_inputs(values), format="png", ppi=pixels_per_inch)
    return cast("list[bytes]", result if isinstance(result, list) else [result])


def _inputs(values: Mapping[str, Any]) -> dict[str, str]:
    return {"print": json.dumps(values, ensure_ascii=False)}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _press(template: str) -> _Press:
    return _Press(
        typst.Compiler(
            input=str(_TEMPLATES / f"{template}.typ"),
            root=str(_TEMPLATES),
            font_paths=_fonts(),
            ignore_system_fonts=True,
        )
    )
