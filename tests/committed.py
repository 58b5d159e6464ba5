"""Databases with committed rows, for what two connections do to each other: made for one test module, then dropped.

The other tests roll their rows back, so nobody else ever sees them; here somebody else must.
"""

import atexit
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import uuid4

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

PATIENCE = 30
_BLOCKED = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
)


def connect(database: str, **options: Any) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection of one's own to a database of the test server."""
    django_s = connection.get_connection_params()
    where = {key: django_s[key] for key in ("host", "port", "user", "password") if key in django_s}
    return psycopg.connect(dbname=database, **where, **options)


@contextmanager
def django_on(database: str) -> Iterator[None]:
    """Django's default connection, in this and in every new thread, leads to this database until the block ends."""
    origin = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = origin


@contextmanager
def own_database() -> Iterator[str]:
    """The name of a fresh database with every table and no row; dropped when the block ends, whoever still uses it."""
    name, like = f"motcua_committed_{uuid4().hex[:8]}", _empty_database()
    with connect("postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(like)))
        try:
            yield name
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@cache
def _empty_database() -> str:
    """A migrated database that nobody opens: the others are copies of it. It goes with this process."""
    name = f"motcua_empty_{uuid4().hex[:8]}"
    server = connect("postgres", autocommit=True)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    atexit.register(_forget, server, name)
    with django_on(name):
        call_command("migrate", verbosity=0)
    return name


def _forget(server: psycopg.Connection[tuple[Any, ...]], name: str) -> None:
    try:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    except psycopg.OperationalError:
        return  # the server was this run's own, and went before


def wait_until_blocked(database: str, how_many: int = 1) -> None:
    """Come back when so many connections wait for a lock that another holds; the database itself is asked."""
    with connect(database, autocommit=True) as watcher:
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            row = watcher.execute(_BLOCKED).fetchone()
            if row is not None and row[0] >= how_many:
                return
    raise AssertionError("nobody was made to wait")


class Actor(threading.Thread):
    """One person at one computer: runs a piece of work on a connection of his own, keeps what came of it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.work, self.answer, self.fault = work, None, None

    def run(self) -> None:
        try:
            self.answer = self.work()
        except Exception as fault:
            self.fault = fault
        finally:
            connections.close_all()

    def came_of_it(self) -> Any:
        """What the work gave back, or the exception it ended with."""
        self.join(PATIENCE)
        assert not self.is_alive(), "the work never ended"
        return self.fault if self.fault is not None else self.answer


def together(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start every piece of work at the same instant; what came of each."""
    line = threading.Barrier(len(works))

    def in_line(work: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            line.wait(PATIENCE)
            return work()

        return run

    actors = [Actor(in_line(work)) for work in works]
    for actor in actors:
        actor.start()
    return [actor.came_of_it() for actor in actors]
