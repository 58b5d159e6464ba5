"""Rows that point to rows: looked up once for all that are written together instead of row by row.

PostgreSQL checks a foreign key by one query for every row. Where a session may say so, that is put off, and each row
pointed to is looked up once, and locked as PostgreSQL would have locked it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from django.db import IntegrityError, connection, transaction
from psycopg.sql import SQL, Identifier

from motcua.core.sql import execute, fetch_all, fetch_one

NULL = "\\N"


@contextmanager
def unchecked() -> Iterator[bool]:
    """Whether what the block writes is not checked row by row, because this session's user may say so.

    Only for rows that nothing but foreign keys would have looked at, and that `referring` looks at afterwards.
    """
    may = fetch_one("SELECT has_parameter_privilege(current_user, 'session_replication_role', 'SET')")
    with transaction.atomic():
        if may and may[0]:
            execute("SET LOCAL session_replication_role = replica")
        yield bool(may and may[0])
        execute("SET LOCAL session_replication_role = DEFAULT")


def referring(columns: Mapping[str, Sequence[str]], lines: Mapping[str, Sequence[str]]) -> None:
    """Every row of these lines points to rows that are there. Raises `IntegrityError`.

    `columns` of each table in the order of its lines, the row's own id first.
    """
    keys = {table: _keys(table) for table in columns}
    targets = {target for pairs in keys.values() for _column, target in pairs}
    own: dict[str, set[str]] = {}
    wanted: dict[str, set[str]] = {target: set() for target in targets}
    for table, names in columns.items():
        pointing = [(names.index(column), target) for column, target in keys[table] if column in names]
        most = max((place for place, _target in pointing), default=0) + 1
        if pointing or table in targets:
            rows = [line.split("\t", most) for line in lines[table]]
            own[table] = {row[0] for row in rows}
            for place, target in pointing:
                wanted[target].update([row[place] for row in rows])
    for target, ids in wanted.items():
        _look_up(target, sorted(ids - own.get(target, set()) - {NULL}))


def _look_up(table: str, ids: list[str]) -> None:
    asked = SQL("SELECT id FROM {} WHERE id = ANY(%s::uuid[]) FOR KEY SHARE").format(Identifier(table))
    found = {str(row[0]) for row in fetch_all(asked, (ids,))} if ids else set()
    if len(found) < len(ids):
        raise IntegrityError(f"{table}: no {', '.join(one for one in ids if one not in found)}")


@cache
def _keys(table: str) -> tuple[tuple[str, str], ...]:
    """The columns of a table that point to the id of another one."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_relations(cursor, table)
    return tuple((column, relation[1]) for column, relation in sorted(found.items()) if relation[0] == "id")
