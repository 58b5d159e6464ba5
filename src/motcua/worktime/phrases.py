"""Time limits, lengths of working time and reason sheets in the reader's words."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from motcua.worktime.rules import Reason, ReasonKind, Unit, condense, sentence
from motcua.worktime.rules.moments import DAY

HOUR = 60
WORKING_DAY = 8 * HOUR


@dataclass(frozen=True, slots=True)
class ShownReason:
    """A row of a reason sheet as read: what it counts towards the limit also in words (`length`)."""

    start: datetime
    end: datetime
    counted: bool
    minutes: int
    length: str
    text: str
    decision: str
    kind: ReasonKind


def limit_words(number: int, unit: str) -> str:
    """A time limit as the law writes it: `3`, `working_day` -> "3 ngày làm việc"."""
    if unit == Unit.WORKING_HOUR:
        return ngettext("%(n)d giờ làm việc", "%(n)d giờ làm việc", number) % {"n": number}
    if unit == Unit.WORKING_DAY:
        return ngettext("%(n)d ngày làm việc", "%(n)d ngày làm việc", number) % {"n": number}
    return _days(number)


def hours_words(minutes: int) -> str:
    """Minutes as hours and minutes: "2 giờ 42 phút", "3 giờ", "18 phút"."""
    hours, rest = divmod(minutes, HOUR)
    said = [_hours(hours)] if hours else []
    if rest or not hours:
        said.append(ngettext("%(n)d phút", "%(n)d phút", rest) % {"n": rest})
    return " ".join(said)


def minutes_words(minutes: int) -> str:
    """Working minutes for a quick look: "3 ngày 7 giờ", then "2 giờ 42 phút" (a working day is eight hours)."""
    return _minutes_words(minutes, get_language())


@lru_cache(maxsize=8192)
def _minutes_words(minutes: int, language: str | None) -> str:
    """Kept per language: finding a plural costs more than all the rest of a worklist's row."""
    days, rest = divmod(minutes, WORKING_DAY)
    if not days:
        return hours_words(minutes)
    hours = rest // HOUR
    return f"{_days(days)} {_hours(hours)}" if hours else _days(days)


def said(reasons: list[Reason]) -> list[Reason]:
    """The reasons in the reader's language; they are written in Vietnamese."""
    if (get_language() or "vi").startswith("vi"):
        return reasons
    return [replace(row, text=sentence(row.kind, row.name, row.provisional, _)) for row in reasons]


def shown(reasons: list[Reason]) -> list[ShownReason]:
    """The sheet of `Calendar.explain` for reading: condensed, in the reader's language, lengths in words."""
    return [
        ShownReason(
            start=row.start, end=row.end, counted=row.counted, minutes=row.minutes, length=_length(row),
            text=row.text, decision=row.decision, kind=row.kind,
        )
        for row in said(condense(reasons))
    ]  # fmt: skip


def _length(reason: Reason) -> str:
    """Hours and minutes; days when the calendar's days are counted; nothing when skipped."""
    if not reason.counted:
        return ""
    if reason.kind in {ReasonKind.CALENDAR_DAY, ReasonKind.CALENDAR_DAY_OFF} and reason.minutes % DAY == 0:
        return _days(reason.minutes // DAY)
    return hours_words(reason.minutes)


def _days(number: int) -> str:
    return ngettext("%(n)d ngày", "%(n)d ngày", number) % {"n": number}


def _hours(number: int) -> str:
    return ngettext("%(n)d giờ", "%(n)d giờ", number) % {"n": number}
