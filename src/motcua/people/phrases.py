"""Times of the roster as people say them."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def agency_words(name: str, valid_to: date | None, today: date) -> str:
    """An agency's name; of one that ended with its last day, so that it is told from its successor of the same name."""
    if valid_to is None or valid_to >= today:
        return name
    return _("%(name)s (đến %(day)s)") % {"name": name, "day": f"{valid_to.day}/{valid_to.month}/{valid_to.year}"}


def period_words(first_at: datetime, last_at: datetime) -> str:
    """A stretch of time: whole days by their dates, the rest with their hours."""
    first, last = localtime(first_at), localtime(last_at)
    begins = f"{first:%d/%m/%Y}" if first.time() == time() else f"{first:%H:%M %d/%m/%Y}"
    if last.time() != time():
        return _("từ %(first)s đến %(last)s") % {"first": begins, "last": f"{last:%H:%M %d/%m/%Y}"}
    last_day = f"{last - timedelta(days=1):%d/%m/%Y}"
    if last_day == begins:
        return _("ngày %(day)s") % {"day": begins}
    return _("từ %(first)s đến hết %(last)s") % {"first": begins, "last": last_day}
