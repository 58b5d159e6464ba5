"""Words of the queue in templates."""

from django import template

from motcua.queueing.queries import ranges
from motcua.queueing.rules.forecast import Range

register = template.Library()


@register.filter
def range_words(told: Range) -> str:
    """A range of minutes in words."""
    return ranges.range_words(told)
