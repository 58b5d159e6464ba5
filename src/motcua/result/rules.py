"""What may stand on the copy of a result, and on an older result: pure."""

import re
from datetime import date
from enum import StrEnum
from typing import Final

_HOLDER: Final = re.compile(r"[0-9]{12}|[0-9]{9,10}(?:-[0-9]{3})?")


def holder_number(typed: str) -> str | None:
    """The personal identity number, the older one of nine digits or the tax code as it is kept; None for neither.

    Eleven digits are none: a spreadsheet took the nought before them away.
    """
    number = re.sub(r"[\s.]", "", typed)
    return number if not number or _HOLDER.fullmatch(number) else None


class DayFault(StrEnum):
    """Why the days of a result cannot be."""

    ISSUED_LATER = "issued_later"
    """Issued after today."""
    ISSUED_TOO_EARLY = "issued_too_early"
    """Before its dossier was received; an older one before there were offices like ours."""
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
