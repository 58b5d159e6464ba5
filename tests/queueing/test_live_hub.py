"""Who watches what: told at once, told only what is new, never more than the latest; and the application around it."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from motcua.queueing.boards.live import streams
from motcua.queueing.boards.live.hub import Crowded, Hub, Topic
from motcua.queueing.boards.live.streams import Streams
from motcua.queueing.boards.live.watching import Away, Watching
from motcua.queueing.declared import NoRule

HALL = uuid4()
BOARD = Topic(HALL, "vi")
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ORIGIN = "https://motcua.example.vn"


def test_for_whoever_joins_the_hall_is_read_and_only_he_is_told_what_the_others_know():
    async def story() -> None:
        hub = Hub()
        first = hub.join(BOARD)
        assert await hub.stale(0.1) == {HALL}
        hub.publish({BOARD: "one"}, AT)
        assert b"data: one\n\n" in await first.next(0.1)
        assert await hub.stale(0.01) == set()
        second = hub.join(BOARD)
        assert await hub.stale(0.1) == {HALL}
        hub.publish({BOARD: "one"}, AT)
        assert b"data: one\n\n" in await second.next(0.1)
        assert await first.next(0.01) == b""

    asyncio.run(story())


def test_what_did_not_change_wakes_nobody_and_a_slow_line_gets_only_the_latest():
    async def story() -> None:
        hub = Hub()
        listener = hub.join(BOARD)
        hub.publish({BOARD: "one"}, AT)
        await listener.next(0.1)
        hub.publish({BOARD: "one"}, AT)
        assert await listener.next(0.01) == b""
        hub.publish({BOARD: "two"}, AT)
        hub.publish({BOARD: "three"}, AT)
        assert b"data: three\n\n" in await listener.next(0.1)
        assert await listener.next(0.01) == b""

    asyncio.run(story())


def test_nobody_looks_nothing_is_read_or_kept():
    async def story() -> None:
        hub = Hub()
        listener = hub.join(BOARD)
        hub.publish({BOARD: "one"}, AT)
        hub.leave(BOARD, listener)
        hub.changed(HALL)
        assert (hub.watched, len(hub), await hub.stale(0.01)) == ([], 0, set())
        hub.publish({BOARD: "two"}, AT)
        assert await hub.join(BOARD).next(0.01) == b""

    asyncio.run(story())


def test_too_many_are_sent_away():
    async def story() -> None:
        hub = Hub(most=2)
        first = hub.join(BOARD)
        hub.join(BOARD)
        with pytest.raises(Crowded):
            hub.join(BOARD)
        hub.leave(BOARD, first)
        hub.join(BOARD)

    asyncio.run(story())


class Known:
    """In place of the database: one hall, one number; or nobody there."""

    def __init__(self, *, away: bool = False) -> None:
        self.away = away

    async def hall(self, code: str) -> Any:
        if self.away:
            raise Away
        return HALL if code == "mot-cua" else None

    async def hall_of_ticket(self, hashed: str) -> Any:
        return None


class Visit:
    """One request: what was sent back, and a line that swallows nothing while `slow`."""

    def __init__(self, hub: Hub, path: str, *, known: Known | None = None, origin: str = ORIGIN, slow: bool = False):
        self.sent: list[dict[str, Any]] = []
        self.slow, self.gone = slow, asyncio.Event()
        app = Streams(hub, known or Known(), [ORIGIN], ["vi", "en"])  # type: ignore[arg-type]
        scope = {
            "type": "http", "method": "GET", "path": path, "query_string": b"language=en",
            "headers": [(b"origin", origin.encode())],
        }  # fmt: skip
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if self.slow and message["type"] == "http.response.body":
            await asyncio.Event().wait()
        self.sent.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.sent[0]["headers"])


async def settle() -> None:
    for _turn in range(20):
        await asyncio.sleep(0)


def test_a_stream_says_what_is_new_until_the_page_goes():
    async def story() -> None:
        hub = Hub()
        visit = Visit(hub, "/live/halls/mot-cua/counters/2/")
        await settle()
        hub.publish({Topic(HALL, "en", counter=2): "now"}, AT)
        await settle()
        assert visit.body.startswith(b"retry: 2000\n\nid: ")
        assert visit.headers[b"access-control-allow-origin"] == ORIGIN.encode()
        assert visit.headers[b"cache-control"] == b"no-store"
        assert visit.headers[b"x-accel-buffering"] == b"no"
        visit.gone.set()
        await asyncio.wait_for(visit.task, 1)
        assert len(hub) == 0

    asyncio.run(story())


def test_a_line_that_swallows_nothing_is_let_go(monkeypatch):
    monkeypatch.setattr(streams, "SLOWEST", 0.05)

    async def story() -> None:
        hub = Hub()
        slow = Visit(hub, "/live/halls/mot-cua/", slow=True)
        await asyncio.wait_for(slow.task, 2)
        assert len(hub) == 0

    asyncio.run(story())


def test_signs_of_life_only_while_the_database_answers(monkeypatch):
    monkeypatch.setattr(streams, "PING_EVERY", 0.01)

    async def story() -> None:
        hub = Hub()
        visit = Visit(hub, "/live/halls/mot-cua/")
        await asyncio.sleep(0.05)
        assert b"ping" not in visit.body
        hub.is_true = True
        await asyncio.sleep(0.05)
        assert b"event: ping" in visit.body
        hub.end()
        await asyncio.wait_for(visit.task, 1)

    asyncio.run(story())


@pytest.mark.parametrize(
    ("path", "status"),
    [("/live/halls/other/", 404), ("/live/tickets/no-such-key-0/", 404), ("/", 404), ("/live/halls/mot-cua/x/", 404)],
)
def test_what_is_not_there_is_not_there(path: str, status: int):
    async def story() -> None:
        visit = Visit(Hub(), path, origin="https://elsewhere.example")
        await visit.task
        assert visit.sent[0]["status"] == status
        assert b"access-control-allow-origin" not in visit.headers

    asyncio.run(story())


def test_without_a_database_or_a_seat_one_is_told_to_come_again():
    async def story() -> None:
        for hub, known in ((Hub(), Known(away=True)), (Hub(most=0), Known())):
            visit = Visit(hub, "/live/halls/mot-cua/", known=known)
            await visit.task
            assert (visit.sent[0]["status"], visit.headers[b"retry-after"]) == (503, b"5")

    asyncio.run(story())


def test_boards_come_first_then_who_waits_then_whose_turn_it_is():
    hub = Hub()
    phones = [Topic(HALL, "vi", key_hash=f"key {number}") for number in range(3)]
    for topic in (*phones, BOARD):
        hub.join(topic)
    hub.publish(dict.fromkeys(phones[:2], "one"), AT)
    assert hub.topics(HALL) == [BOARD, phones[2], phones[0], phones[1]]
    hub.publish({BOARD: "one", phones[2]: "one", phones[0]: "two"}, AT)
    assert hub.topics(HALL) == [BOARD, phones[1], phones[2], phones[0]], "who was cut off is the first the next time"


def test_telephones_leave_room_for_the_boards():
    hub = Hub(most=4)
    phones = [Topic(HALL, "vi", key_hash=f"key {number}") for number in range(4)]
    listeners = [hub.join(phone) for phone in phones[:3]]
    with pytest.raises(Crowded):
        hub.join(phones[3])
    hub.join(BOARD)
    hub.leave(phones[0], listeners[0])
    hub.join(phones[3])


def test_a_hall_that_changes_again_is_not_drawn_to_the_end_and_nobody_is_left_out(monkeypatch: pytest.MonkeyPatch):
    drawn = list[int]()

    def draw(some: list[Topic], _standing: object) -> dict[Topic, str]:
        drawn.append(len(some))
        return dict.fromkeys(some, f"{len(drawn)}")

    async def story() -> list[bytes]:
        hub = Hub()
        watching = Watching(hub, {}, lambda topic, standing: "")
        monkeypatch.setattr(watching, "_all_drawn", draw)
        listeners = [hub.join(BOARD), *(hub.join(Topic(HALL, "vi", key_hash=f"{number}")) for number in range(120))]
        for _round in range(3):  # each time it has changed again meanwhile
            await watching._tell(HALL, None, AT)
            hub.changed(HALL)
        return [await listener.next(0.1) for listener in listeners]

    told = asyncio.run(story())
    assert drawn == [1, 50] * 3
    assert all(told)


def unruled(_hall_id: object, at: datetime) -> None:
    raise NoRule(at)


def test_the_fault_of_one_hall_stops_no_other(monkeypatch: pytest.MonkeyPatch):
    async def story() -> None:
        watching = Watching(Hub(), {}, lambda topic, standing: "")
        monkeypatch.setattr("motcua.queueing.boards.live.watching.asked", unruled)
        await watching._stand(SimpleNamespace(execute=None), HALL, AT)

    with capture_logs() as logs:
        asyncio.run(story())
    assert [(line["event"], line["hall"]) for line in logs] == [("a hall cannot be told", str(HALL))]
