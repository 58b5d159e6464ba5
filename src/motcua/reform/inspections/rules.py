"""Which days a visit, its conclusion and its remedies may have. Pure."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

LONGEST_REMEDY: Final = timedelta(days=731)


class Fault(StrEnum):
    """What is wrong with a day."""

    TO_COME = "to_come"
    BEFORE_PLAN = "before_plan"
    BEFORE_VISIT = "before_visit"
    OUTSIDE_YEAR = "outside_year"
    TOO_FAR = "too_far"


def planned_fault(planned_on: date, year: int) -> Fault | None:
    """A visit is planned within the year of its plan."""
    return None if planned_on.year == year else Fault.OUTSIDE_YEAR


def held_fault(held_on: date, signed_on: date, today: date) -> Fault | None:
    """A visit is written down when it was, and follows the plan."""
    if held_on > today:
        return Fault.TO_COME
    return Fault.BEFORE_PLAN if held_on < signed_on else None


def after_visit_fault(on: date, held_on: date, today: date) -> Fault | None:
    """A conclusion or a remedy that was: from the visit on, until today."""
    if on > today:
        return Fault.TO_COME
    return Fault.BEFORE_VISIT if on < held_on else None


def remedy_fault(remedy_by: date, held_on: date) -> Fault | None:
    """A remedy is due after the visit, within two years."""
    if remedy_by < held_on:
        return Fault.BEFORE_VISIT
    return Fault.TOO_FAR if remedy_by - held_on > LONGEST_REMEDY else None


class Remedied(StrEnum):
    """How a finding stands on a day: computed, never stored."""

    IN_TIME = "in_time"
    LATE = "late"
    WAITING = "waiting"
    OVERDUE = "overdue"


def remedied(remedy_by: date, remedied_on: date | None, today: date) -> Remedied:
    """Overdue begins the day after the last day."""
    if remedied_on is not None:
        return Remedied.IN_TIME if remedied_on <= remedy_by else Remedied.LATE
    return Remedied.OVERDUE if today > remedy_by else Remedied.WAITING
