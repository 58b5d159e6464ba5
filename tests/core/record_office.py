"""An office with dossiers in every state, committed in a database of its own and sealed."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.db import DataError, IntegrityError, connection, transaction
from django.test import override_settings

from motcua.core.record.registry import guarded_kinds
from motcua.core.record.sealing import seal
from tests.committed import django_on, own_database

RECORD = ("core_event", "core_seal", "core_leaf", "core_imprint")


@contextmanager
def sealed_office() -> Iterator[str]:
    """The demo office in a database of its own, everything of it sealed, its witness beside it; its name."""
    with (
        TemporaryDirectory() as folder,
        override_settings(MOTCUA_VAR=Path(folder)),
        own_database() as name,
        django_on(name),
    ):
        for command in ("load_calendar", "import_catalogue", "demo"):
            call_command(command, **({"quiet": True} if command == "import_catalogue" else {}))
        seal()
        yield name


def guarded_tables() -> list[str]:
    """Every table that the record guards, its own among them."""
    return sorted({one.table for tables in guarded_kinds().values() for one in tables}) + list(RECORD)


def apart(table: str) -> set[str]:
    """The columns of a table that may change by themselves."""
    return {name for tables in guarded_kinds().values() for one in tables if one.table == table for name in one.apart}


@contextmanager
def by_the_superuser() -> Iterator[None]:
    """What is done inside is done with every trigger off, and undone afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        transaction.set_rollback(True)


def rows_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


class Forger:
    """Changes, takes out or puts in one random row of a table; `where` is how the row is called in a finding."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def tamper(self, table: str, how: str) -> str:
        """The row's name. Raises `LookupError` when the tables' own rules let nothing of this kind through."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT ctid::text, to_jsonb(t)::text FROM {table} t ORDER BY md5(to_jsonb(t)::text || %s) LIMIT 1",
                [str(self.chance.random())],
            )
            place, _row = cursor.fetchone()
        if how == "DELETE":
            self._run(f"DELETE FROM {table} WHERE ctid = '{place}'")
            return ""
        columns = self._columns(table)
        if how == "INSERT":
            return self._insert(table, place, columns)
        self.chance.shuffle(columns)
        for name, kind, nullable in columns:
            if name in apart(table):
                continue
            for value in self._others(name, kind, nullable):
                if self._run(f'UPDATE {table} SET "{name}" = {value} WHERE ctid = \'{place}\' '
                             f'AND "{name}" IS DISTINCT FROM {value}'):  # fmt: skip
                    return name
        raise LookupError(table)

    def _insert(self, table: str, place: str, columns: list[tuple[str, str, bool]]) -> str:
        """A row as another one, but for what must be its own."""
        unique = [name for name, kind, _nullable in columns if kind in {"uuid", "bigint", "smallint", "integer"}]
        texts = [name for name, kind, _nullable in columns if kind.startswith("character")]
        for own in (unique[:1], unique, [*unique, *texts], [*unique[:1], *texts]):
            values = ", ".join(
                next(iter(self._others(name, kind, False))) if name in own else f't."{name}"'
                for name, kind, _nullable in columns
            )
            names = ", ".join(f'"{name}"' for name, _kind, _nullable in columns)
            if self._run(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t WHERE ctid = '{place}'"):
                return ""
        raise LookupError(table)

    def _others(self, name: str, kind: str, nullable: bool) -> list[str]:
        column = f'"{name}"'
        new = {
            "uuid": ["gen_random_uuid()"], "boolean": [f"NOT {column}"], "date": [f"{column} + 1", "date '2026-01-05'"],
            "timestamp with time zone": [f"{column} - interval '1 microsecond'", "timestamptz '2026-01-05 08:00+07'"],
            "jsonb": ["'{\"forged\": true}'::jsonb"], "bytea": [f"set_byte({column}, 0, get_byte({column}, 0) # 1)"],
            "smallint": [f"{column} + 1", f"{column} + 100", "7"], "integer": [f"{column} + 1", "7"],
            "bigint": [f"{column} + 1", f"{column} + 100000"],
            "ARRAY": ["'{z}'"], "numeric": [f"{column} + 1"],
            "time without time zone": [f"{column} + interval '1 minute'"],
        }.get(kind, [f"overlay({column}::text placing 'z' from 1 for 1)", f"{column} || 'z'", "'z'"])  # fmt: skip
        return [*new, *(["NULL"] if nullable else [])]

    def _run(self, statement: str) -> bool:
        """Whether it touched a row; a rule of the table that refuses it undoes it alone."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.rowcount == 1
        except (IntegrityError, DataError):
            return False

    def _columns(self, table: str) -> list[tuple[str, str, bool]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT column_name, data_type, is_nullable = 'YES' FROM information_schema.columns "
                "WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
                [table],
            )
            return [(name, kind, nullable) for name, kind, nullable in cursor.fetchall()]


def witness_in(folder: Path, settings: Any) -> Path:
    """Let the witness be kept here."""
    settings.MOTCUA_VAR = folder
    return folder / "seals.jsonl"
