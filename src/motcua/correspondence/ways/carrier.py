"""What every carrier promises: to take a message, or to say whether it is worth trying again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out. `id` is the same at every try, so that a carrier that knows it already sends it once."""

    id: UUID
    address: str
    name: str
    subject: str
    text: str
    short: str


class TryLater(Exception):
    """Not now: the carrier is down, slow or busy. `note` is a short code for our own list, never its own words."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class Down(TryLater):
    """As `TryLater`, and not for this message alone: the carrier itself does not answer, or not us."""


class Unreachable(Exception):
    """Not to this address: trying again would change nothing. `note` as in `TryLater`."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class Report(StrEnum):
    """What the carrier knows of a message it took."""

    UNDER_WAY = "under_way"
    DELIVERED = "delivered"
    LOST = "lost"


class Carrier(Protocol):
    """One way out of the office. `reports`: whether it can be asked what became of a message."""

    @property
    def reports(self) -> bool: ...

    def carry(self, letter: Letter) -> str:
        """Hand it over; the carrier's own reference, "" when it gives none. Raises `TryLater`, `Unreachable`."""

    def ask(self, reference: str) -> Report:
        """What became of it. Raises `TryLater`."""

    def close(self) -> None:
        """Let go of what was open."""
