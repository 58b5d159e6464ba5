"""Public numbers and periods in words."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.reporting.public.hiding import Mark
from motcua.reporting.public.table import Told
from motcua.reporting.rules.figures import share

WAYS: Final = {
    "online-self": gettext_lazy("Trực tuyến, người dân tự nộp"),
    "online-helped": gettext_lazy("Trực tuyến, được giúp nộp"),
    "online-officer": gettext_lazy("Trực tuyến, cán bộ nhập thay"),
    "counter": gettext_lazy("Trực tiếp tại bộ phận Một cửa"),
    "post": gettext_lazy("Qua bưu chính"),
}
"""The ways of filing as people tell them apart; "online" alone would hide who did it."""


def number_words(number: int) -> str:
    """1.234."""
    return f"{number:,d}".replace(",", ".")


def told_words(told: Told) -> str:
    """A number as far as it is told."""
    if told.mark is Mark.EXACT:
        return number_words(told.low)
    if told.mark is Mark.UNDER:
        return _("dưới 5")
    if told.mark is Mark.MORE:
        return _("ít nhất %(n)s") % {"n": number_words(told.low)}
    return _("không công bố")


def share_words(part: Told, whole: Told) -> str:
    """The share in percent; a dash where one of the two is not told, or there is nothing to divide by."""
    if part.exact is None or whole.exact is None:
        return "–"
    value = share("", part.exact, whole.exact).value
    return "–" if value is None else f"{value} %".replace(".", ",")


def change_words(now: Told, before: Told) -> str:
    """By how many more or fewer; a dash where it is not told."""
    if now.exact is None or before.exact is None:
        return "–"
    change = now.exact - before.exact
    if change == 0:
        return _("như nhau")
    if change > 0:
        return _("tăng %(n)s") % {"n": number_words(change)}
    return _("giảm %(n)s") % {"n": number_words(-change)}
