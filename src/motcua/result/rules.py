"""What may stand on the copy of a result, and on an older result: pure."""

from datetime import date
from enum import StrEnum


class DayFault(StrEnum):
    """Why the days of a result cannot be."""

    ISSUED_LATER = "issued_later"
    """Issued after today."""
    ISSUED_TOO_EARLY = "issued_too_early"
    """Before there were offices like ours."""
    ENDS_BEFORE = "ends_before"
    """Valid until a day before it was issued."""


def day_fault(issued_on: date, valid_until: date | None, *, today: date, first: date = date.min) -> DayFault | None:
    """What is wrong with these days; None: they can be. `valid_until` None: valid for good."""
    if issued_on > today:
        return DayFault.ISSUED_LATER
    if issued_on < first:
        return DayFault.ISSUED_TOO_EARLY
    if valid_until is not None and valid_until < issued_on:
        return DayFault.ENDS_BEFORE
    return None
