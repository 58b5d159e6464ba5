"""The appointed times of a day: pure. A slot lies whole inside the office's hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Plan:
    """As `models.SlotPlan`, for the pure rules."""

    weekdays: frozenset[int]
    starts: time
    ends: time
    every: timedelta
    capacity: int
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it gives any slot on that day."""
        return (
            day.isoweekday() in self.weekdays
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )


def slots_of(
    plans: list[Plan], day: date, *, zone: tzinfo, is_working: Callable[[datetime], bool]
) -> dict[datetime, int]:
    """The slots of a day in order, each with how many people it takes; plans that name the same moment add up.

    A slot counts only when the office works at its first moment and at its last.
    """
    found: dict[datetime, int] = {}
    for plan in plans:
        if not plan.holds_on(day):
            continue
        at, last = datetime.combine(day, plan.starts, zone), datetime.combine(day, plan.ends, zone)
        while at + plan.every <= last:
            if is_working(at) and is_working(at + plan.every - timedelta(minutes=1)):
                found[at] = found.get(at, 0) + plan.capacity
            at += plan.every
    return dict(sorted(found.items()))
