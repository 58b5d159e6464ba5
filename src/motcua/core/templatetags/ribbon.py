"""The bar of the time ribbon. A worklist draws fifty of them, so it is built in one go, not node by node."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
KINDS = frozenset({"hand-1", "hand-2", "hand-3", "hand-4", "stop", "over", "rest"})


@register.simple_tag
def ribbon_bar(ribbon: Mapping[str, Any], *, thin: bool = False) -> SafeString:
    """The segments, the mark of the promise and the tick for now, as inline SVG with widths in percent.

    Only numbers and the seven known kinds go into the markup. Raises `ValueError` for any other kind.
    """
    parts = [_segment(segment["kind"], float(segment["width"]), thin=thin) for segment in ribbon["segments"]]
    marks = ""
    if ribbon["due"] is not None:
        top, height = (0, 10) if thin else (1, 24)
        marks += f'<rect class="mark-due" x="{float(ribbon["due"])}%" y="{top}" width="2" height="{height}"/>'
    if ribbon["now"] is not None:
        width, height = (3, 9) if thin else (4, 25)
        marks += f'<rect class="mark-now" x="{float(ribbon["now"])}%" y=".5" width="{width}" height="{height}"/>'
    return mark_safe(f'{"".join(parts)}<svg class="marks" focusable="false">{marks}</svg>')  # noqa: S308 (numbers only)


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
