"""`motcua live`: the streams of the queue in a process of their own, until it is told to end."""

import asyncio
import atexit
import os
import signal
import sys
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from granian.constants import Interfaces
from granian.server.embed import Server

from motcua.config.env import Environment, read_environment
from motcua.queueing.boards.drawing import drawn
from motcua.queueing.boards.live.hub import MOST_LISTENERS, Hub
from motcua.queueing.boards.live.streams import Streams
from motcua.queueing.boards.live.watching import Watching

LOOPBACK: Final = "127.0.0.1"
ORPHANED_AFTER: Final = 1.0
FAREWELL: Final = 3.0
# What Django's own connection takes and a connection of psycopg does not.
DJANGOS_OWN: Final = ("cursor_factory", "context")


def serve_streams(*, beside: int | None) -> None:
    """Serve on the port of `MOTCUA_LIVE_PORT`. `beside`: the process that started it, without which it ends."""
    asyncio.run(_serve(read_environment(), beside))
    # The server's own threads may still speak to Python: an interpreter taken down under them aborts the process. So
    # what was promised for the end is done here (a database that this command started is stopped), then it ends.
    atexit._run_exitfuncs()
    sys.stdout.flush()
    os._exit(0)


def origins(env: Environment) -> list[str]:
    """The addresses of the office from which a page may listen."""
    base = urlsplit(env.base_url)
    demo = [] if env.production else [f"http://{host}:{env.port}" for host in env.hosts]
    return [f"{base.scheme}://{base.netloc}", *demo]


def reach() -> dict[str, Any]:
    """How a connection of psycopg comes to the office's database."""
    parameters = connection.get_connection_params()
    return {name: value for name, value in parameters.items() if name not in DJANGOS_OWN}


async def _serve(env: Environment, beside: int | None) -> None:
    hub, over, loop = Hub(), asyncio.Event(), asyncio.get_running_loop()
    watching = Watching(hub, reach(), drawn)
    streams = Streams(hub, watching, origins(env), [code for code, _name in settings.LANGUAGES])
    server = Server(
        streams, address=LOOPBACK, port=env.live_port, interface=Interfaces.ASGINL, log_enabled=False,
        backlog=MOST_LISTENERS, backpressure=2 * MOST_LISTENERS,
    )  # fmt: skip
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, over.set)
    tasks = [asyncio.create_task(work) for work in (watching.run(), server.serve())]
    ending = asyncio.create_task(over.wait())
    while not over.is_set() and not any(task.done() for task in tasks):
        await asyncio.wait([ending, *tasks], timeout=ORPHANED_AFTER, return_when=asyncio.FIRST_COMPLETED)
        if beside is not None and os.getppid() != beside:
            break
    hub.end()
    until = loop.time() + FAREWELL
    while len(hub) and loop.time() < until:
        await asyncio.sleep(0.05)
    server.stop()  # type: ignore[no-untyped-call]  # granian has no types
    tasks[0].cancel()
    await asyncio.wait([tasks[1]], timeout=FAREWELL)
    for task in tasks:
        if task.done() and not task.cancelled():
            task.result()
