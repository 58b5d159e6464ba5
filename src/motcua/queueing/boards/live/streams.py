"""The streams as an ASGI application: `/live/halls/<code>/`, `…/counters/<number>/`, `/live/tickets/<key>/`.

It answers nothing else, keeps no cookie, writes no address into a log, and lets only the office's own pages read along.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final
from urllib.parse import parse_qs

from motcua.queueing.boards.live.hub import Crowded, Hub, Listener, Topic
from motcua.queueing.boards.live.watching import Away, Watching
from motcua.queueing.keys import key_hash

PING_EVERY: Final = 5.0
"""Seconds between two signs of life; a page that hears none for twelve says that its line is lost."""
SLOWEST: Final = 15.0
"""Seconds a line may take to swallow one message; who is slower is let go, and comes back by himself."""
AGAIN_MS: Final = 2_000
_BOARD = re.compile(r"/live/halls/([-\w]{1,20})/(?:counters/(\d{1,4})/)?")
_TICKET = re.compile(r"/live/tickets/([-\w]{8,40})/")

Message = dict[str, Any]
Headers = list[tuple[bytes, bytes]]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Streams:
    """The application. `origins`: the addresses of the office whose pages may listen; `languages`: those it speaks."""

    def __init__(self, hub: Hub, watching: Watching, origins: Iterable[str], languages: Iterable[str]) -> None:
        self._hub, self._watching = hub, watching
        self._origins, self._languages = frozenset(origins), (*languages,)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = self._headers(dict(scope["headers"]).get(b"origin", b"").decode("latin-1"))
        if scope["method"] != "GET":
            await _short(send, 405, headers)
            return
        try:
            topic = await self._topic(scope["path"], scope["query_string"].decode("latin-1"))
            listener = self._hub.join(topic) if topic else None
        except (Away, Crowded):
            await _short(send, 503, [*headers, (b"retry-after", b"5")])
            return
        if topic is None or listener is None:
            await _short(send, 404, headers)
            return
        try:
            await self._stream(listener, receive, send, headers)
        finally:
            self._hub.leave(topic, listener)

    async def _topic(self, path: str, query: str) -> Topic | None:
        """What is asked for; None when there is no such thing. Raises `Away`."""
        asked = parse_qs(query).get("language", [""])[0]
        language = asked if asked in self._languages else self._languages[0]
        if board := _BOARD.fullmatch(path):
            hall_id = await self._watching.hall(board[1])
            return Topic(hall_id, language, counter=int(board[2]) if board[2] else None) if hall_id else None
        if ticket := _TICKET.fullmatch(path):
            hashed = key_hash(ticket[1])
            hall_id = await self._watching.hall_of_ticket(hashed)
            return Topic(hall_id, language, key_hash=hashed) if hall_id else None
        return None

    async def _stream(self, listener: Listener, receive: Receive, send: Send, headers: Headers) -> None:
        watched = asyncio.create_task(_until_gone(receive, listener))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await _within(send, f"retry: {AGAIN_MS}\n\n".encode())
            while not listener.over:
                message = await listener.next(PING_EVERY)
                # A board that hears nothing knows that what it shows may be old: no sign of life without a database.
                if message or (self._hub.is_true and not listener.over):
                    await _within(send, message or b"event: ping\ndata:\n\n")
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            return  # too slow: the line is cut, and the page that was behind it asks anew
        finally:
            watched.cancel()

    def _headers(self, origin: str) -> Headers:
        fixed = [
            (b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"), (b"x-content-type-options", b"nosniff"), (b"vary", b"Origin"),
        ]  # fmt: skip
        if origin in self._origins:
            return [*fixed, (b"access-control-allow-origin", origin.encode("latin-1"))]
        return fixed


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()


async def _within(send: Send, body: bytes) -> None:
    async with asyncio.timeout(SLOWEST):
        await send({"type": "http.response.body", "body": body, "more_body": True})


async def _short(send: Send, status: int, headers: Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
