"""Who watches what. However many look at a hall, it is read once, and each thing they look at is drawn once.

Every message is the whole state with the calls that a board may have missed, so a listener needs no queue: of two
messages that wait for a slow line only the later one is worth sending.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

MOST_LISTENERS: Final = 2_000
PHONES: Final = 0.75
"""The part of them that telephones may be: the boards of the halls always find room."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What somebody looks at: a hall, one of its counters, or one number by the hash of its key; in a language."""

    hall_id: UUID
    language: str
    counter: int | None = None
    key_hash: str = ""


class Crowded(RuntimeError):
    """So many listen that one more is sent away; his page asks every few seconds instead."""


class Listener:
    """One who listens: the latest message for him, if he has not had it. `is_new`: he was told nothing yet."""

    __slots__ = ("_latest", "_woken", "is_new", "over")

    def __init__(self) -> None:
        self._woken, self._latest, self.is_new, self.over = asyncio.Event(), b"", True, False

    def tell(self, message: bytes) -> None:
        """A newer message takes the place of one that was not sent yet."""
        self._latest, self.is_new = message, False
        self._woken.set()

    def end(self) -> None:
        """He went away, or the process ends."""
        self.over = True
        self._woken.set()

    async def next(self, patience: float) -> bytes:
        """The latest message he has not had; nothing when there is none for so many seconds, or it is over."""
        try:
            async with asyncio.timeout(patience):
                await self._woken.wait()
        except TimeoutError:
            return b""
        self._woken.clear()
        message, self._latest = self._latest, b""
        return message


class Hub:
    """All listeners of this process, and the last message of each thing they look at."""

    def __init__(self, most: int = MOST_LISTENERS) -> None:
        self._most = most
        self._listeners: dict[Topic, set[Listener]] = {}
        self._halls: dict[UUID, dict[Topic, None]] = {}
        self._phones = 0
        self._last: dict[Topic, tuple[str, bytes]] = {}
        self._count = self._number = 0
        self._stale: set[UUID] = set()
        self._work = asyncio.Event()
        self.is_true = False

    @property
    def watched(self) -> list[UUID]:
        """The halls that somebody looks at."""
        return [*self._halls]

    def __len__(self) -> int:
        return self._count

    def join(self, topic: Topic) -> Listener:
        """One more listener: for him the hall is read anew, so that he hears of no call that is long over.

        However many come at once, it is read once. Raises `Crowded`.
        """
        if self._count >= self._most or (topic.key_hash and self._phones >= self._most * PHONES):
            raise Crowded
        listener = Listener()
        self._count += 1
        self._phones += bool(topic.key_hash)
        self._listeners.setdefault(topic, set()).add(listener)
        self._halls.setdefault(topic.hall_id, {})[topic] = None
        self.changed(topic.hall_id)
        return listener

    def leave(self, topic: Topic, listener: Listener) -> None:
        """He does not listen any more; what nobody looks at is forgotten."""
        there = self._listeners[topic]
        there.remove(listener)
        self._count -= 1
        self._phones -= bool(topic.key_hash)
        if there:
            return
        del self._listeners[topic]
        self._last.pop(topic, None)
        del self._halls[topic.hall_id][topic]
        if not self._halls[topic.hall_id]:
            del self._halls[topic.hall_id]

    def changed(self, hall_id: UUID) -> None:
        """A hall is to be read again, when somebody looks at it."""
        if hall_id in self._halls:
            self._stale.add(hall_id)
            self._work.set()

    def doubt(self, halls: Iterable[UUID]) -> None:
        """These may have changed."""
        for hall_id in halls:
            self.changed(hall_id)

    async def stale(self, patience: float) -> set[UUID]:
        """The halls to be read, once there is one; nothing when none changed for so many seconds."""
        try:
            async with asyncio.timeout(patience):
                await self._work.wait()
        except TimeoutError:
            return set()
        self._work.clear()
        found, self._stale = self._stale, set()
        return found & self._halls.keys()

    def is_stale(self, hall_id: UUID) -> bool:
        """Whether what was read of a hall is already the past."""
        return hall_id in self._stale

    def topics(self, hall_id: UUID) -> list[Topic]:
        """What is looked at of a hall now: its boards, then who was told nothing yet, then who was told longest ago."""
        return sorted(self._halls.get(hall_id, ()), key=lambda one: (bool(one.key_hash), not self._is_awaited(one)))

    def _is_awaited(self, topic: Topic) -> bool:
        return any(listener.is_new for listener in self._listeners[topic])

    def publish(self, drawn: Mapping[Topic, str], at: datetime) -> None:
        """What each topic shows as of `at`, to all who look at it; who would see what he saw is not woken."""
        for topic, shown in drawn.items():
            if topic not in self._listeners:
                continue
            of_hall = self._halls[topic.hall_id]
            del of_hall[topic]
            of_hall[topic] = None
            before, message = self._last.get(topic, ("", b""))
            is_news = shown != before
            if is_news:
                self._number += 1
                name = f"{int(at.timestamp() * 1000)}-{self._number}"
                message = f"id: {name}\nevent: now\ndata: {shown}\n\n".encode()
                self._last[topic] = (shown, message)
            for listener in self._listeners[topic]:
                if is_news or listener.is_new:
                    listener.tell(message)

    def end(self) -> None:
        """Every listener's stream comes to its end."""
        for there in self._listeners.values():
            for listener in there:
                listener.end()
