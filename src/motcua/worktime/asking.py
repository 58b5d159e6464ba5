"""A question to the calendar and its answer: one for the public page and the API.

Worktime may not read agencies or procedures; what it needs to know of them is told by `config` as `Neighbours`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from motcua.worktime.phrases import said
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import VIETNAM, Amount, Calendar, Reason, minute_of, moment_of

NATIONAL = "VN"
MOST = 3650
ISO_SHAPE = (
    r"[0-9]{4}-[01][0-9]-[0-3][0-9]"
    r"([T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-][0-1][0-9]:?[0-5][0-9])?)?"
)
# A "+" that nobody encoded arrives as a space.
_LOST_PLUS = re.compile(r"(T[0-9:.]+) ([0-9]{2}:?[0-9]{2})")


class UnreadableMoment(ValueError):
    """The text names no moment; the sentence says how to write one."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Lúc nhận phải là ngày giờ có thật, viết theo ISO 8601: "
                "2026-01-02T09:00, 2026-01-02T09:00+07:00 hoặc 2026-01-02."
            )
        )


@dataclass(frozen=True, slots=True)
class KnownLimit:
    """The general time limit of a procedure, and its cut-off hour when its sector has one."""

    name: str
    amount: Amount
    cut_off: time | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the calendar may not look up itself.

    `calendar_of(agency_code, day)`: the code of that agency's calendar, None when no agency ever had the code.
    `agencies()`: (code, name) of those whose hours the page offers. `home()`: the code of this office, or "".
    `limit_of(procedure_code, day)`: None when nothing in force has this code or a limit. `api_address()`: of /due.
    """

    calendar_of: Callable[[str, date], str | None]
    agencies: Callable[[], Sequence[tuple[str, str]]]
    home: Callable[[], str]
    limit_of: Callable[[str, date], KnownLimit | None]
    api_address: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Answer:
    """The promised instant and every interval from receipt to it. `provisional`: days off await their announcement."""

    start: datetime
    due_at: datetime
    amount: Amount
    calendar: Calendar
    reasons: list[Reason]
    provisional: bool


def read_moment(text: str) -> datetime:
    """An ISO 8601 moment as Vietnamese time; without an offset it is office time, a date alone is its first minute.

    (What is received before the opening counts from the opening, so a date alone means from that day's opening.)
    Raises UnreadableMoment.
    """
    written = _LOST_PLUS.sub(r"\1+\2", text.strip())
    if not re.fullmatch(ISO_SHAPE, written):
        raise UnreadableMoment
    try:
        moment = datetime.fromisoformat(written)
        return moment_of(minute_of(moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)))
    except (ValueError, OverflowError) as error:
        raise UnreadableMoment from error


def answer(start: datetime, amount: Amount, *, calendar_code: str, cut_off: time | None = None) -> Answer:
    """When a dossier received at `start` is due, and why.

    Raises CalendarGap (a year nobody has loaded), CalendarMistake and UnknownCalendar.
    """
    calendar = calendar_for(calendar_code)
    due_at = calendar.due(start, amount, cut_off)
    reasons = said(calendar.explain(start, amount, cut_off))
    provisional = any(reason.provisional for reason in reasons) or calendar.is_provisional(due_at.date())
    return Answer(start, due_at, amount, calendar, reasons, provisional)
