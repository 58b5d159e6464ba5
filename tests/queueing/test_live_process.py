"""The streams by the real process over HTTP: a call reaches a board, and both survive what breaks."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, IncompleteRead
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from motcua.demo.office import build_office
from motcua.queueing.actions import Issued, Wanted, call_again, call_next, issue, issuing, mark_absent, sit_down
from motcua.queueing.models import Hall, TicketWay
from motcua.queueing.queries.opening import opening_of
from tests.browser.running import free_port
from tests.cast import the_cast
from tests.committed import connect, django_on, own_database
from tests.queueing.hall import TESTER, Morning, minutes, morning

PATIENCE = 20.0


@pytest.fixture
def database(django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("load_calendar")
        build_office()
        yield name


@pytest.fixture
def hall(database: str, monkeypatch) -> Morning:
    """A hall that is open whenever the test runs: the process looks at today, the stories at a Monday."""
    monkeypatch.setattr(issuing, "opening_of", lambda need_id, _at: opening_of(need_id, minutes(0)))
    found = morning(the_cast())
    sit_down(found.counters[1].id, by=found.first, at=timezone.now())
    return found


def take(hall: Morning, letter: str) -> Issued:
    return issue(Wanted(hall.needs[letter].id, TicketWay.KIOSK), by=TESTER, at=timezone.now())


class Listening:
    """One stream, read event by event. `status`: what was answered to the question for it."""

    def __init__(self, port: int, path: str) -> None:
        give_up = time.monotonic() + PATIENCE
        self.status = 503
        # As a page does: a process that has not reached the database yet says to come again.
        while self.status == 503 and time.monotonic() < give_up:
            self._line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            self._line.request("GET", path)
            self._answer = self._line.getresponse()
            self.status = self._answer.status

    def next(self) -> dict[str, Any]:
        """What the next state says."""
        while True:
            try:
                line = self._answer.readline()
            except (IncompleteRead, ConnectionError):
                line = b""
            assert line, "the stream ended"
            if line.startswith(b"data: "):
                return json.loads(line[6:])

    def until(self, *words: str) -> dict[str, Any]:
        """The next state whose picture shows all of this."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            state = self.next()
            if all(word in str(state) for word in words):
                return state
        raise AssertionError(f"never shown: {words}")


@contextmanager
def process(port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """`motcua live` on the test's database. Ended, unless the block killed it, by the signal of a service manager."""
    found = connection.get_connection_params()
    named = {key: found[key] for key in ("host", "port", "user", "password", "dbname") if key in found}
    running = subprocess.Popen(
        [sys.executable, "-m", "motcua.config.cli", "live"],
        env={**os.environ, "DATABASE_URL": make_conninfo("", **named), "MOTCUA_LIVE_PORT": str(port)},
    )
    try:
        wait_for(port, running)
        yield running
    finally:
        running.terminate()
        code = running.wait(PATIENCE)
    assert code in (0, -signal.SIGKILL), code


def wait_for(port: int, running: "subprocess.Popen[bytes]") -> None:
    give_up = time.monotonic() + PATIENCE
    while running.poll() is None and time.monotonic() < give_up:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("it never listened")


def test_a_call_reaches_boards_and_phones_through_every_break(hall: Morning, database: str):
    called, waits = take(hall, "A"), take(hall, "A")
    port = free_port()
    with process(port) as running:
        board = Listening(port, "/live/halls/mot-cua/")
        above = Listening(port, "/live/halls/mot-cua/counters/1/")
        other = Listening(port, "/live/halls/mot-cua/counters/2/")
        phone = Listening(port, f"/live/tickets/{waits.key}/")
        assert Listening(port, "/live/tickets/a-key-of-nobody/").status == 404
        phone.until("'ahead': 1")
        call_next(by=hall.first, at=timezone.now())
        spoken = [{"id": f"{called.id}:1", "label": "A001", "counter": 1}]
        assert board.until("A001")["calls"] == spoken
        assert above.until("A001")["calls"] == spoken
        phone.until("'ahead': 0")

        # A change that nobody was told of is seen within a second or two.
        Hall.objects.filter(pk=hall.hall.pk).update(announcement="Chiều nay nghỉ từ 16 giờ.")
        board.until("Chiều nay nghỉ")

        # The database throws its guests out: they come back.
        with connect(database, autocommit=True) as server:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid() "
                "AND query LIKE 'LISTEN%%'",
                (database,),
            )
        call_again(called.id, by=hall.first, at=timezone.now())
        assert board.until("gọi lần 2")["calls"] == [{"id": f"{called.id}:2", "label": "A001", "counter": 1}]
        assert other.next()["calls"] == []
        running.kill()
        with pytest.raises(AssertionError, match="ended"):
            board.next()

    mark_absent(called.id, by=hall.first, at=timezone.now())
    call_next(by=hall.first, at=timezone.now())
    with process(port):
        # Called while nobody listened: whoever comes back hears of it, and the last minute's calls before it.
        state = Listening(port, "/live/halls/mot-cua/").next()
        assert [call["label"] for call in state["calls"]] == ["A001", "A002"]
        assert Listening(port, f"/live/tickets/{waits.key}/").next() == {
            "state": "called", "label": "A002", "counter": 1, "calls": 1,
        }  # fmt: skip


def test_it_ends_at_once_when_told_so_however_many_listen(hall: Morning):
    port = free_port()
    with process(port) as running:
        boards = [Listening(port, "/live/halls/mot-cua/") for _one in range(20)]
        for board in boards:
            board.next()
        begun = time.monotonic()
        running.send_signal(signal.SIGTERM)
        assert running.wait(PATIENCE) == 0
        assert time.monotonic() - begun < 5
