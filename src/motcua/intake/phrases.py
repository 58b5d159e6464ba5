"""How long the desk has left to answer, in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.dossiers.rules import NEAR_MINUTES
from motcua.worktime.phrases import minutes_words
from motcua.worktime.rules import Calendar, CalendarGap


def answer_standing(due_at: datetime, *, at: datetime, calendar: Calendar) -> dict[str, str]:
    """Kind and words of the label of an answer still owed: how long is left, or how late it is."""
    try:
        minutes = abs(calendar.elapsed(at, due_at))
    except CalendarGap:
        return {"kind": "plain", "words": _("chưa tính được")}
    if at > due_at:
        return {"kind": "late", "words": _("Trễ %(time)s") % {"time": minutes_words(minutes)}}
    kind = "near" if minutes <= NEAR_MINUTES else "ok"
    return {"kind": kind, "words": _("Còn %(time)s") % {"time": minutes_words(minutes)}}
