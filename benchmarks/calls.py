"""From an official's call to five hundred boards: how long it takes, and what a listener costs in memory.

The clock starts before `call_next` and stops when a board has read the event; the calls are made by a process of their
own (`benchmarks.calling`), the boards are sockets of this one, all on this machine.
"""

import os
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psutil

from benchmarks.office import BenchOffice

LISTENERS: Final = 500
CALLS: Final = 40
PAUSE: Final = 0.3
TARGET_MS: Final = 300
HALL: Final = "tan-thanh"


def run(office: BenchOffice) -> dict[str, Any]:
    """Latencies in milliseconds over every call and board, and kilobytes of memory a board."""
    started = psutil.Process(office.process.pid).children(recursive=True)
    streams = next(one for one in started if "live" in one.cmdline())
    with boards(office, 1):
        time.sleep(1)
        alone = streams.memory_info().rss
    with boards(office, LISTENERS) as lines:
        time.sleep(1)
        crowded = streams.memory_info().rss
        took = measured(office, lines)
    cuts = statistics.quantiles(took, n=100)
    return {
        "listeners": LISTENERS, "calls": CALLS, "heard": len(took), "p50_ms": cuts[49], "p95_ms": cuts[94],
        "worst_ms": max(took), "kb_per_listener": (crowded - alone) / 1024 / (LISTENERS - 1),
    }  # fmt: skip


def rows(raw: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """The lines of the table."""
    heard = f"{raw['heard']} of {raw['listeners'] * raw['calls']}"
    return [
        (f"calls: to {raw['listeners']} boards, p50", f"{raw['p50_ms']:.0f} ms", heard, ""),
        (f"calls: to {raw['listeners']} boards, p95", f"{raw['p95_ms']:.0f} ms", f"≤ {TARGET_MS} ms", ""),
        ("calls: memory a listener", f"{raw['kb_per_listener']:.0f} KB", "", ""),
    ]


@contextmanager
def boards(office: BenchOffice, several: int) -> Iterator[list[socket.socket]]:
    """So many boards of the hall, each with its first picture."""
    lines = [socket.create_connection(("127.0.0.1", office.live_port), timeout=20) for _one in range(several)]
    try:
        for line in lines:
            line.sendall(f"GET /live/halls/{HALL}/ HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
        for line in lines:
            seen = b""
            while b"event: now" not in seen:
                seen += line.recv(65_536)
        yield lines
    finally:
        for line in lines:
            line.close()


def measured(office: BenchOffice, lines: list[socket.socket]) -> list[float]:
    """How long each call took to each board."""
    watch = selectors.DefaultSelector()
    unread = dict.fromkeys(lines, b"")
    for line in lines:
        line.setblocking(False)
        watch.register(line, selectors.EVENT_READ)
    url = f"postgresql://postgres@/motcua?host={office.socket_dir}"
    caller = subprocess.Popen(
        [sys.executable, "-m", "motcua.config.cli", "manage", "shell", "-v", "0", "-c",
         f"from benchmarks.calling import make_calls; make_calls({HALL!r}, {CALLS}, {PAUSE})"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "DATABASE_URL": url, "MOTCUA_VAR": str(office.folder)},
    )  # fmt: skip
    heard: dict[tuple[str, int], float] = {}
    last = time.monotonic()
    while caller.poll() is None or time.monotonic() - last < 2:
        for key, _events in watch.select(0.2):
            board: Any = key.fileobj
            unread[board] += board.recv(1_000_000)
            last = time.monotonic()
            *whole, unread[board] = unread[board].split(b"\n\n")
            for event in whole:
                for name in _calls_of(event):
                    heard.setdefault((name, key.fd), last)
    assert caller.stdout is not None
    begun = dict(said.split() for said in caller.stdout.read().splitlines())
    if caller.returncode or len(begun) != CALLS:
        raise RuntimeError("the calls were not made")
    return [(at - float(begun[name])) * 1000 for (name, _line), at in heard.items() if name in begun]


def _calls_of(event: bytes) -> list[str]:
    """The names of the calls that an event tells of."""
    _before, _mark, calls = event.partition(b'"calls":[')
    return [part.split(b'"', 1)[0].decode() for part in calls.split(b'"id":"')[1:]]
