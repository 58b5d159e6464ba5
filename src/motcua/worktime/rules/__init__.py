"""Pure working-time arithmetic: no Django, no clock, no database.

`Calendar(plan)` compiles plain values; `due`, `elapsed`, `explain`, `after` and their
vectorised twins answer. See `calendar` for the rules of counting.
"""

from motcua.worktime.rules.calendar import Calendar
from motcua.worktime.rules.gaps import CalendarGap
from motcua.worktime.rules.moments import VIETNAM, NaiveMoment, minute_of, moment_of
from motcua.worktime.rules.plan import (
    Amount,
    CalendarMistake,
    CalendarPlan,
    CoveredYear,
    DatedDay,
    DayKind,
    Session,
    Unit,
    WeeklyHours,
)
from motcua.worktime.rules.reading import condense
from motcua.worktime.rules.reasons import Reason, ReasonKind, sentence

__all__ = [
    "VIETNAM",
    "Amount",
    "Calendar",
    "CalendarGap",
    "CalendarMistake",
    "CalendarPlan",
    "CoveredYear",
    "DatedDay",
    "DayKind",
    "NaiveMoment",
    "Reason",
    "ReasonKind",
    "Session",
    "Unit",
    "WeeklyHours",
    "condense",
    "minute_of",
    "moment_of",
    "sentence",
]
