"""Moments of the demo's past, told in working time before now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from motcua.demo.dossiers import opening_moment
from motcua.worktime.rules import Calendar

DAY = 480
"""Working minutes of a day."""
_BACK = 45


@dataclass(frozen=True, slots=True)
class Past:
    """The working time from `since` to `now`."""

    calendar: Calendar
    since: datetime
    now: datetime

    def ago(self, minutes: int) -> datetime:
        """So many working minutes before now; the earliest moment when there were fewer."""
        lived = self.calendar.elapsed(self.since, self.now)
        return min(self.calendar.after(self.since, max(lived - minutes, 1)), self.now - timedelta(seconds=1))

    def after(self, moment: datetime, minutes: int) -> datetime:
        """So many working minutes later, never later than now."""
        return min(self.calendar.after(moment, minutes), self.now - timedelta(seconds=1))


def past_of(random: Random, calendar: Calendar, now: datetime) -> Past:
    """The last weeks before now."""
    return Past(calendar, opening_moment(random, calendar, now, _BACK), now)
