"""The lines of a deadline ledger, and how they count once a pause turned out to be void.

A pause whose cause was void (the sum it waited for is not owed after all) is read as if the clock had never been
stopped (docs/decisions/0011): the line that says so is kept, and names the time that runs after all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.worktime.rules import Amount


class Mark(StrEnum):
    """What can be written into a dossier's clock."""

    RECEIVED = "received"
    PAUSED = "paused"
    RESUMED = "resumed"
    RESTARTED = "restarted"
    VOIDED = "voided"
    EXTENDED = "extended"
    REAPPOINTED = "reappointed"
    SETTLED = "settled"
    REOPENED = "reopened"
    RETURNED = "returned"


class Cause(StrEnum):
    """Why a clock stands still; always something the applicant owes."""

    PAPERS = "papers"
    MONEY = "money"
    ATTENDANCE = "attendance"


class BrokenLedger(ValueError):
    """Entries that cannot follow one another: resumed without a pause, or written back in time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated line of the ledger; `amount` is by how much an extension or re-appointment moves the date.

    A voided one takes back the pause that lasts, from `void_from` on: to `void_to`, since when it stands still for
    a cause of its own, or (None) altogether, and the clock runs.
    """

    mark: Mark
    at: datetime
    cause: Cause | None = None
    amount: Amount | None = None
    void_from: datetime | None = None
    void_to: datetime | None = None

    @property
    def stands_from(self) -> datetime | None:
        """From when on the clock stands still by this line; None when it does not."""
        return self.at if self.mark is Mark.PAUSED else self.void_to


def as_counted(entries: Iterable[Entry]) -> list[Entry]:
    """The ledger as if what was void had never been: no line in it is `VOIDED`, and no void time stands still.

    Raises `BrokenLedger` for a line before the one it follows, and for a void that lies outside of its pause.
    """
    counted: list[Entry] = []
    before: datetime | None = None
    for line in entries:
        if before is not None and line.at < before:
            raise BrokenLedger(f"{line.mark} at {line.at} comes before {before}")
        before = line.at
        if line.mark is Mark.VOIDED:
            _take_back(counted, line)
        else:
            counted.append(line)
    return counted


def _take_back(counted: list[Entry], line: Entry) -> None:
    pause = counted[-1] if counted else None
    if pause is None or pause.mark is not Mark.PAUSED:
        raise BrokenLedger("only a pause that lasts can turn out void")
    start, end = line.void_from, line.void_to or line.at
    if start is None or not pause.at <= start <= end <= line.at:
        raise BrokenLedger(f"void from {start} to {end}, told at {line.at}, outside the pause since {pause.at}")
    if start == pause.at:
        counted.pop()
    else:
        counted.append(Entry(Mark.RESUMED, start))
    if line.void_to is not None:
        counted.append(Entry(Mark.PAUSED, end, pause.cause))


def stops_of(entries: Iterable[Entry]) -> list[tuple[datetime, datetime | None]]:
    """When a clock stood still, from its entries: for the applicant, or between settling and reopening."""
    stops: list[tuple[datetime, datetime | None]] = []
    since: datetime | None = None
    for line in as_counted(entries):
        if line.mark in (Mark.PAUSED, Mark.SETTLED):
            since = line.at
        elif line.mark in (Mark.RESUMED, Mark.RESTARTED, Mark.REOPENED) and since is not None:
            stops.append((since, line.at))
            since = None
    return [*stops, (since, None)] if since is not None else stops
