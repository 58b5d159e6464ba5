"""What the database says: one connection that listens, one that reads. Both come back after a break by themselves."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

import psycopg
import structlog
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.queueing.boards.live.hub import Hub, Topic
from motcua.queueing.live import CHANNEL
from motcua.queueing.queries.hall import REVISION, STATEMENT, Standing, asked, read

log = structlog.get_logger("motcua.live")

LOOK_EVERY: Final = 1.0
"""Seconds until a change is seen whose message was lost."""
AGAIN_AFTER: Final = 1.0
AT_ONCE: Final = 50
"""Telephones drawn before it is seen whether the hall has changed meanwhile."""
Connection = psycopg.AsyncConnection[tuple[Any, ...]]

_HALL: Final[LiteralString] = "SELECT id FROM queueing_hall WHERE code = %s"
_TICKET: Final[LiteralString] = "SELECT hall_id FROM queueing_ticket WHERE key_hash = %s AND day = %s"


class Away(ConnectionError):
    """The database does not answer just now."""


class Watching:
    """Keeps a hub true. `reach`: the parameters of a connection; `draw`: what a topic shows of a hall.

    It is drawn on a thread of its own: it asks once a minute what the hall has learnt, and nobody waits for it.
    """

    def __init__(self, hub: Hub, reach: dict[str, Any], draw: Callable[[Topic, Standing], str]) -> None:
        self._hub, self._reach, self._draw = hub, reach, draw
        self._drawer = ThreadPoolExecutor(1, "drawer")
        self._reader: Connection | None = None
        self._one_at_a_time = asyncio.Lock()
        self._halls: dict[str, UUID] = {}

    async def run(self) -> None:
        """Until it is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._again_and_again(self._listen))
            tasks.create_task(self._again_and_again(self._read))

    async def hall(self, code: str) -> UUID | None:
        """The hall of this code. Raises `Away`."""
        if code not in self._halls:
            row = await self._ask(_HALL, (code,))
            if row is None:
                return None
            self._halls[code] = row[0]
        return self._halls[code]

    async def hall_of_ticket(self, hashed: str) -> UUID | None:
        """Where today's number of this key was taken. Raises `Away`."""
        row = await self._ask(_TICKET, (hashed, localdate()))
        return None if row is None else row[0]

    async def _ask(self, statement: LiteralString, parameters: tuple[Any, ...]) -> tuple[Any, ...] | None:
        if self._reader is None:
            raise Away
        try:
            async with self._one_at_a_time:
                cursor = await self._reader.execute(statement, parameters)
                return await cursor.fetchone()
        except psycopg.OperationalError as error:
            raise Away from error

    async def _again_and_again(self, work: Callable[[Connection], Awaitable[None]]) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**self._reach, autocommit=True) as own:
                    await work(own)
            except (psycopg.Error, DatabaseError, InterfaceError) as error:
                log.warning("the database is away", fault=type(error).__name__)
            finally:
                self._hub.is_true = False
            await asyncio.sleep(AGAIN_AFTER)

    async def _listen(self, own: Connection) -> None:
        await own.execute(f"LISTEN {CHANNEL}")
        self._hub.doubt(self._hub.watched)
        async for note in own.notifies():
            self._hub.changed(UUID(note.payload))

    async def _read(self, own: Connection) -> None:
        self._reader, seen, looked = own, dict[UUID, str](), 0.0
        clock = asyncio.get_running_loop().time
        try:
            while True:
                if clock() - looked >= LOOK_EVERY:
                    looked = clock()
                    await self._look(own, seen)
                for hall_id in await self._hub.stale(LOOK_EVERY):
                    await self._stand(own, hall_id, timezone.localtime())
        finally:
            self._reader = None

    async def _look(self, own: Connection, seen: dict[UUID, str]) -> None:
        """The cheap question, of every hall that is watched; its answer also says that the database is there."""
        async with self._one_at_a_time:
            cursor = await own.execute(REVISION, {"halls": self._hub.watched, "day": localdate()})
            now: dict[UUID, str] = dict(await cursor.fetchall())
        self._hub.is_true = True
        self._hub.doubt(hall_id for hall_id, revision in now.items() if seen.get(hall_id) != revision)
        seen.clear()
        seen.update(now)

    async def _stand(self, own: Connection, hall_id: UUID, at: datetime) -> None:
        """Read a hall and tell all who look at it; what is wrong with one hall stops no other."""
        try:
            async with self._one_at_a_time:
                cursor = await own.execute(STATEMENT, asked(hall_id, at))
                row = await cursor.fetchone()
            if row is not None:
                await self._tell(hall_id, read(row, at), at)
        except (LookupError, ValueError):
            log.exception("a hall cannot be told", hall=str(hall_id))

    async def _tell(self, hall_id: UUID, standing: Standing, at: datetime) -> None:
        """The boards at once, the telephones after them a few at a time, until the hall has changed again."""
        topics, drawer = self._hub.topics(hall_id), asyncio.get_running_loop().run_in_executor
        boards = [topic for topic in topics if not topic.key_hash]
        self._hub.publish(await drawer(self._drawer, self._all_drawn, boards, standing), at)
        for some in _slices(topics[len(boards) :]):
            self._hub.publish(await drawer(self._drawer, self._all_drawn, some, standing), at)
            if self._hub.is_stale(hall_id):
                break  # whoever was not told is the first to be told what is true now

    def _all_drawn(self, topics: Sequence[Topic], standing: Standing) -> dict[Topic, str]:
        try:
            return {topic: self._draw(topic, standing) for topic in topics}
        except (DatabaseError, InterfaceError):
            connection.close()
            raise


def _slices(topics: Sequence[Topic]) -> Iterator[Sequence[Topic]]:
    for first in range(0, len(topics), AT_ONCE):
        yield topics[first : first + AT_ONCE]
