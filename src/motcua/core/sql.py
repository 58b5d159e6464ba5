"""Raw SQL for the hot paths: server-side bound, prepared, on Django's own connection.

Django's cursor binds on the client, so PostgreSQL plans every statement anew. These functions use the
same connection (and so the same transaction) with psycopg's own cursor and prepared statements.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final, LiteralString, cast
from uuid import UUID

import psycopg
from django.db import connection
from psycopg.sql import Composed

from motcua.core.ids import uuid7

Params = Sequence[Any] | Mapping[str, Any]
Statement = LiteralString | Composed
"""What is run was written in the program: a literal, or composed of such and of quoted names."""


def _cursor() -> "psycopg.Cursor[tuple[Any, ...]]":
    connection.ensure_connection()
    return psycopg.Cursor(cast("psycopg.Connection[tuple[Any, ...]]", connection.connection))


def fetch_all(sql: Statement, params: Params = ()) -> list[tuple[Any, ...]]:
    """Rows of one prepared statement. Database errors come as Django's (`django.db.utils`)."""
    with connection.wrap_database_errors, _cursor() as cursor:
        return cursor.execute(sql, params, prepare=True).fetchall()


def fetch_planned(sql: Statement, params: Params = ()) -> list[tuple[Any, ...]]:
    """Rows of one statement planned for exactly these values, by Django's cursor: for reports over many rows.

    The connection's plans are made once for any values (docs/decisions/0010); what suits a day does not suit a year.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cast("list[tuple[Any, ...]]", cursor.fetchall())


def fetch_parts(sql: Statement, params: Params = (), *, at_once: int = 2_000) -> Iterator[list[tuple[Any, ...]]]:
    """Rows so many at a time, as they stood when the first were read; the server keeps the rest, no transaction stays.

    For lists of any length: whoever stops early closes the iterator.
    """
    connection.ensure_connection()
    own = cast("psycopg.Connection[tuple[Any, ...]]", connection.connection)
    with connection.wrap_database_errors, psycopg.ServerCursor(own, f"parts_{uuid7().hex}", withhold=True) as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(at_once):
            yield rows


def fetch_one(sql: Statement, params: Params = ()) -> tuple[Any, ...] | None:
    """The first row of one prepared statement, or None."""
    with connection.wrap_database_errors, _cursor() as cursor:
        return cursor.execute(sql, params, prepare=True).fetchone()


def execute(sql: Statement, params: Params = ()) -> int:
    """Run one prepared statement; the number of rows it touched."""
    with connection.wrap_database_errors, _cursor() as cursor:
        cursor.execute(sql, params, prepare=True)
        _push()
        return cursor.rowcount


def _push() -> None:
    """Hand over to the system what a pipeline has to send: libpq keeps the last 64 KiB, and the server waits for them.

    What the socket does not take now goes with the next statement: nobody waits here.
    """
    server = cast("psycopg.Connection[tuple[Any, ...]]", connection.connection).pgconn
    if server.pipeline_status:
        server.flush()


def uuid_array(several: Iterable[UUID]) -> str:
    """Ids in PostgreSQL's own notation, for `%s::uuid[]`: thousands of them in a fifth of the time of a list."""
    return f"{{{','.join([one.hex for one in several])}}}"


def instant_array(several: Iterable[datetime | None]) -> str:
    """Instants as microseconds since the epoch, for `%s::bigint[]`; `INSTANT` makes them instants again."""
    return f"{{{','.join(['NULL' if one is None else str((one - _EPOCH) // _TICK) for one in several])}}}"


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
INSTANT: Final[LiteralString] = "timestamptz 'epoch' + interval '1 microsecond' *"
"""Goes before a number of `instant_array`. Exact until the year 2255: the product is reckoned in double precision."""


class Asked:
    """A statement that was sent, whose rows are read when they are needed."""

    def __init__(self, sql: Statement, params: Params = ()) -> None:
        with connection.wrap_database_errors:
            self._cursor = _cursor()
            self._cursor.execute(sql, params, prepare=True)
            _push()

    def rows(self) -> list[tuple[Any, ...]]:
        """All of them, once."""
        with connection.wrap_database_errors, self._cursor as cursor:
            return cursor.fetchall()


@contextmanager
def pipelined() -> Iterator[None]:
    """Statements of the block are sent without waiting: the database works while the next rows are computed.

    What was asked (`Asked`, `fetch_all`) is read as always; `execute` cannot say how many rows it touched (-1), and
    its errors come later, at the latest at the end of the block. For long work in one transaction.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield
