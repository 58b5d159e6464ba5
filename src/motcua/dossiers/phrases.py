"""Figures about dossiers said in the words of the law."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def limit_words(number: int, unit: str) -> str:
    """`15`, `working_day` -> "15 ngày làm việc"."""
    if unit == "working_hour":
        return ngettext("%(number)d giờ làm việc", "%(number)d giờ làm việc", number) % {"number": number}
    if unit == "working_day":
        return ngettext("%(number)d ngày làm việc", "%(number)d ngày làm việc", number) % {"number": number}
    return ngettext("%(number)d ngày", "%(number)d ngày", number) % {"number": number}


def minutes_words(minutes: int) -> str:
    """Working minutes as "2 giờ 42 phút", "18 phút", "3 ngày 7 giờ" (a working day is eight hours)."""
    days, rest = divmod(minutes, 480)
    hours, left = divmod(rest, 60)
    if days:
        return (
            _("%(days)d ngày %(hours)d giờ") % {"days": days, "hours": hours}
            if hours
            else _("%(days)d ngày") % {"days": days}
        )
    if hours:
        return (
            _("%(hours)d giờ %(minutes)d phút") % {"hours": hours, "minutes": left}
            if left
            else _("%(hours)d giờ") % {"hours": hours}
        )
    return _("%(minutes)d phút") % {"minutes": left}
