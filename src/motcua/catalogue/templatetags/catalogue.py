"""Words of the catalogue for templates."""

from django import template

from motcua.catalogue.rules import LimitLine
from motcua.catalogue.wording import figure, limit_text, money

register = template.Library()


@register.filter
def limit_words(limit: LimitLine | None) -> str:
    """A limit in words, or nothing."""
    return limit_text(limit) if limit is not None else ""


@register.filter
def money_words(amount: int) -> str:
    """An amount of money: 8.000 đồng."""
    return money(amount)


@register.filter
def figure_words(amount: float) -> str:
    """A number with its thousands apart."""
    return figure(amount)
