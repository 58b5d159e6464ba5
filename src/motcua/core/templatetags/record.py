"""How a hash is shown."""

from django import template

register = template.Library()


@register.filter
def eights(text: str) -> str:
    """A hash in groups of eight, so that it can be read out and breaks at the edge of a phone."""
    return " ".join(text[at : at + 8] for at in range(0, len(text), 8))
