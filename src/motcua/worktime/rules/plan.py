"""What a calendar is made of: plain values, before anything is compiled."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import pairwise

WHOLE_DAY_MINUTES = 360
"""A day worked less than this is a half-day: three quarters of the 8 hours of Labour Code Art 105."""


class Unit(StrEnum):
    """Units in which the law states a time limit."""

    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    DAY = "day"


class DayKind(StrEnum):
    """Why a date differs from its weekday."""

    HOLIDAY = "holiday"
    COMPENSATION_OFF = "compensation_off"
    MAKE_UP_DAY = "make_up_day"
    CLOSED = "closed"
    SPECIAL = "special"


OFF_KINDS = frozenset({DayKind.HOLIDAY, DayKind.COMPENSATION_OFF, DayKind.CLOSED})


class CalendarMistake(ValueError):
    """A calendar that contradicts itself; the sentence says what to correct."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A time limit: a whole number (zero or more) of one unit."""

    number: int
    unit: Unit

    def __post_init__(self) -> None:
        if isinstance(self.number, bool) or not isinstance(self.number, int) or self.number < 0:
            raise ValueError(f"Thời hạn phải là số nguyên không âm, không phải {self.number!r}.")
        if not isinstance(self.unit, Unit):
            raise ValueError(f"Không có đơn vị thời hạn {self.unit!r}; dùng working_hour, working_day hoặc day.")


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """An unbroken stretch of office hours on one day, to the minute."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise CalendarMistake(f"Buổi làm việc {self}: giờ mở cửa phải trước giờ đóng cửa.")
        if any(edge.second or edge.microsecond or edge.tzinfo for edge in (self.opens, self.closes)):
            raise CalendarMistake(f"Buổi làm việc {self}: giờ chỉ ghi đến phút, không kèm múi giờ.")

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """One session of a weekday (1 = Monday … 7 = Sunday), valid between two dates, both included."""

    weekday: int
    session: Session
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether this session is in force on a date (its weekday is not looked at)."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class DatedDay:
    """A date that differs from its weekday, with the reason and the decision that says so.

    SPECIAL needs its own sessions; MAKE_UP_DAY takes Monday's when it has none and always
    counts as a whole working day; the other kinds are off.
    """

    day: date
    kind: DayKind
    name: str
    decision: str = ""
    sessions: tuple[Session, ...] = ()
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class CoveredYear:
    """A year whose days off have been loaded; provisional until they are announced by a decision."""

    year: int
    provisional: bool = False
    decision: str = ""


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """Everything a calendar is compiled from."""

    code: str
    name: str
    years: tuple[CoveredYear, ...]
    weekly: tuple[WeeklyHours, ...]
    days: tuple[DatedDay, ...] = ()
    revision: int = 1
    half_day_counts: bool = False
    cut_off: time | None = None


def sessions_on(plan: CalendarPlan, weekday: int, day: date) -> tuple[Session, ...]:
    """Ordinary sessions of a weekday as in force on a date, in order.

    Raises CalendarMistake when two of them overlap.
    """
    found = sorted(hours.session for hours in plan.weekly if hours.weekday == weekday and hours.holds_on(day))
    return in_order(tuple(found), day)


def in_order(sessions: tuple[Session, ...], day: date) -> tuple[Session, ...]:
    """The sessions sorted by opening hour; raises CalendarMistake when two overlap."""
    ordered = tuple(sorted(sessions))
    for earlier, later in pairwise(ordered):
        if later.opens < earlier.closes:
            raise CalendarMistake(f"Ngày {day:%d/%m/%Y}: hai buổi {earlier} và {later} chồng lên nhau.")
    return ordered
