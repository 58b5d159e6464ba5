"""Raw SQL for the hot paths: server-side bound, prepared, on Django's own connection.

Django's cursor binds on the client, so PostgreSQL plans every statement anew. These functions use the
same connection (and so the same transaction) with psycopg's own cursor and prepared statements.
"""

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString, cast

import psycopg
from django.db import connection
from psycopg.sql import Composed

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


def fetch_one(sql: Statement, params: Params = ()) -> tuple[Any, ...] | None:
    """The first row of one prepared statement, or None."""
    with connection.wrap_database_errors, _cursor() as cursor:
        return cursor.execute(sql, params, prepare=True).fetchone()


def execute(sql: Statement, params: Params = ()) -> int:
    """Run one prepared statement; the number of rows it touched."""
    with connection.wrap_database_errors, _cursor() as cursor:
        return cursor.execute(sql, params, prepare=True).rowcount
