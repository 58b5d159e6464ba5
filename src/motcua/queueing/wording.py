"""What a person who waits is told, in the same words on slip, screen, phone and in a text message."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def ahead_words(ahead: int) -> str:
    """How many are before him."""
    if not ahead:
        return _("Sắp đến lượt ông/bà")
    return ngettext("Trước ông/bà còn %(n)d người", "Trước ông/bà còn %(n)d người", ahead) % {"n": ahead}
