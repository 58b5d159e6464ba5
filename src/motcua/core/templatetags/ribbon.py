"""The time ribbon and the label beside it. A worklist draws fifty, so each is built in one go, not node by node.

The only source of their markup: `<c-ribbon>`, `<c-state>` and the table of a worklist all draw with these.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
KINDS = frozenset({"hand-1", "hand-2", "hand-3", "hand-4", "stop", "over", "rest"})
# The shape of a state says the same as its colour; any other kind is a dash.
SHAPES = {
    "ok": '<circle cx="5" cy="5" r="4.5"/>',
    "near": '<path d="M5 .5 9.8 9.5H.2z"/>',
    "late": '<path d="M5 0l5 5-5 5-5-5z"/>',
    "paused": '<path d="M1 .5h3v9H1zM6 .5h3v9H6z"/>',
    "done": '<path d="M.8 5.6 2.2 4.1l2 2L8.2 1.4l1.4 1.4L4.2 9z"/>',
}
DASH = '<path d="M0 4h10v2H0z"/>'


@register.simple_tag
def ribbon_bar(ribbon: Mapping[str, Any], *, thin: bool = False) -> SafeString:
    """The band with its sentence for screen readers: segments, the mark of the promise, the tick for now.

    Inline SVG with widths in percent. Raises `ValueError` for a kind of segment that is not one of the seven.
    """
    segments = "".join([_segment(part["kind"], float(part["width"]), thin=thin) for part in ribbon["segments"]])
    marks = ""
    if ribbon["due"] is not None:
        top, height = (0, 10) if thin else (1, 24)
        marks = f'<rect class="mark-due" x="{float(ribbon["due"])}%" y="{top}" width="2" height="{height}"/>'
    if ribbon["now"] is not None:
        width, height = (3, 9) if thin else (4, 25)
        marks += f'<rect class="mark-now" x="{float(ribbon["now"])}%" y=".5" width="{width}" height="{height}"/>'
    return mark_safe(  # noqa: S308 (numbers, known kinds, and the sentence escaped)
        f'<div class="ribbon ribbon-{"thin" if thin else "band"}" role="img" aria-label="{escape(ribbon["text"])}">'
        f'{segments}<svg class="marks" focusable="false">{marks}</svg></div>'
    )


def _segment(kind: str, width: float, *, thin: bool) -> str:
    if kind not in KINDS:
        raise ValueError(f"unknown ribbon segment: {kind}")
    inner = ""
    if kind != "rest":
        if thin and kind != "stop":
            look = f'class="{"over-ground" if kind == "over" else kind}"'
        else:
            look = f'fill="url(#weave-{kind})"'
        inner = f'<rect {look} width="100%" height="100%"/>'
    return f'<svg class="seg seg-{kind}" width="{width}%" height="100%" focusable="false">{inner}</svg>'


@register.simple_tag
def state_label(kind: str, words: str) -> SafeString:
    """Where something stands: colour, shape and words, which are escaped unless they are markup already."""
    shape = SHAPES.get(kind, DASH)
    return mark_safe(  # noqa: S308 (kind and words escaped)
        f'<span class="state state-{escape(kind)}"><svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">'
        f"{shape}</svg> {conditional_escape(words)}</span>"
    )
