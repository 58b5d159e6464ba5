"""Which of a dossier's waiting was for money that it really owed. Pure: no Django, no clock, no database."""

from collections.abc import Iterable
from datetime import date, datetime

Owed = tuple[datetime, datetime | None]
"""From when a sum was owed, and until when; None while it is."""


def void_times(owed: Iterable[Owed], *, since: datetime, at: datetime) -> list[Owed]:
    """The times from `since` to `at` in which none of these sums was owed, in order.

    The end of the last one is None when nothing is owed at `at` any more. No sum may begin or end after `at`; what
    was paid before it was asked for was never owed.
    """
    found: list[Owed] = []
    reached = since
    for asked, paid in sorted(owed, key=lambda one: one[0]):
        if paid is not None and paid <= asked:
            continue
        if asked > reached:
            found.append((reached, asked))
            reached = asked
        if paid is None:
            return found
        reached = max(reached, paid)
    return [*found, (reached, None)] if reached < at else found


def last_day(days: Iterable[date | None]) -> date | None:
    """The applicant's last day for all that he owes: the latest one; None as soon as one sum has none."""
    latest: date | None = None
    for day in days:
        if day is None:
            return None
        latest = day if latest is None else max(latest, day)
    return latest
