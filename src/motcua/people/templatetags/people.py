"""Words of the roster for templates."""

from django import template

from motcua.people.models import Absence
from motcua.people.phrases import period_words

register = template.Library()


@register.simple_tag
def period(absence: Absence) -> str:
    """From when to when somebody is away."""
    return period_words(absence.first_at, absence.last_at)
