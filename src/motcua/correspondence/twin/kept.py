"""What the twin was given, and how it behaves."""

import threading
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any, Final

MOST: Final = 300


@dataclass(frozen=True, slots=True)
class Taken:
    """One message as it arrived; `times`: how often it was handed over under the same id."""

    ref: str
    way: str
    to: str
    subject: str
    text: str
    at: float
    times: int = 1


@dataclass(slots=True)
class Behaviour:
    """How the twin answers: `statuses` are given to the next requests instead of an answer, `wait` seconds before each;
    `lost` numbers are taken and never arrive; `refused` addresses are not taken; `deaf`: it hangs up.
    """

    statuses: deque[int] = field(default_factory=deque)
    wait: float = 0.0
    lost: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    deaf: bool = False
    babble: bool = False


class Kept:
    """The twin's memory, for several threads."""

    def __init__(self) -> None:
        self.behaviour = Behaviour()
        self.requests = 0
        self._lock = threading.Lock()
        self._taken: dict[str, Taken] = {}

    def take(self, way: str, ref: str, to: str, text: str, subject: str = "") -> str:
        """Keep one message; the same reference again is the same message."""
        with self._lock:
            before = self._taken.pop(ref, None)
            times = before.times + 1 if before else 1
            self._taken[ref] = Taken(ref, way, to, subject, text, before.at if before else time.time(), times)
            for old in [*self._taken][:-MOST]:
                del self._taken[old]
        return ref

    def state_of(self, ref: str) -> str | None:
        """What a gateway would report."""
        with self._lock:
            found = self._taken.get(ref)
        if found is None:
            return None
        return "lost" if found.to in self.behaviour.lost else "delivered"

    def all(self) -> list[Taken]:
        """What was taken, the newest first."""
        with self._lock:
            return [*self._taken.values()][::-1]

    def plain(self) -> list[dict[str, Any]]:
        """The same as JSON values."""
        return [asdict(one) for one in self.all()]
