"""Which procedures were published too late before they took effect (indicator 1.1)."""

from datetime import date, datetime, time
from typing import Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_all
from motcua.people.models import AgencyLevel
from motcua.reporting.indicators.measures import Scope
from motcua.reporting.indicators.table import Days
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import VIETNAM, Amount, Calendar, Unit

_NEVER = time(23, 59)  # the cut-off hour is about receiving
_WRITTEN: Final[LiteralString] = """
SELECT v.id, v.published_at, v.valid_from, g.level, g.calendar_code
FROM catalogue_procedureversion v JOIN people_agency g ON g.id = v.agency_id
WHERE v.agency_id = ANY(%(agencies)s::uuid[]) AND v.state = 'published'
  AND v.published_at >= %(first)s AND v.published_at < %(after)s
"""


def published_in_time(published_at: datetime, valid_from: date, days: int, calendar: Calendar) -> bool:
    """Whether so many working days lie between its publication and the day it takes effect.

    Decision 766/QĐ-TTg, indicator 1.1: the decision's day is on or before the effective day less the working days.
    Raises `CalendarGap`.
    """
    earliest = calendar.due(published_at, Amount(days, Unit.WORKING_DAY), cut_off=_NEVER)
    return earliest.astimezone(VIETNAM).date() <= valid_from


def late_publications(scope: Scope, days: Days) -> list[UUID]:
    """The versions of the scope that were published too late. Raises `CalendarGap`, `UnknownCalendar`."""
    late = []
    for version_id, published_at, valid_from, level, code in fetch_all(_WRITTEN, scope.values()):
        wanted = days.ministry if level == AgencyLevel.MINISTRY else days.others
        if not published_in_time(published_at, valid_from, wanted, calendar_for(code)):
            late.append(version_id)
    return late
