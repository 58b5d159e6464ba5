"""What one request wrote, row by row, as a script for pgbench: the limit that the request is measured against."""

import re
from typing import Any

import psycopg

# Written beside the request, not by it: the record's own work, sessions, the log of the recurring rules.
BESIDE = {"core_seal", "core_leaf", "core_rulerun", "core_cache", "django_session"}
SERIES = "core_numberseries"
Row = dict[str, str | None]
Columns = dict[str, str]


class Watch:
    """Everything that comes into the database while it is open."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        connection.autocommit = True
        self.since = self._ask("SELECT pg_current_xact_id()::text")[0][0]

    def written(self) -> list[tuple[str, Columns, Row]]:
        """Table, its columns with their types, and the row; in the order of writing."""
        found = []
        tables = self._ask("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in tables:
            if table in BESIDE:
                continue
            columns = self._columns(table)
            picked = ", ".join(f'"{name}"::text' for name in columns)
            since = f"xmin::text::bigint >= {self.since}"
            for at, *values in self._ask(f"SELECT xmin::text::bigint, {picked} FROM {table} WHERE {since}"):
                found.append((at, (table, columns, dict(zip(columns, values, strict=True)))))
        return [row for _at, row in sorted(found, key=lambda one: one[0])]

    def _columns(self, table: str) -> Columns:
        """Those that are written: numbers that the table gives itself are left to it."""
        return dict(
            self._ask(
                "SELECT column_name, udt_name FROM information_schema.columns WHERE table_schema = 'public' "
                f"AND table_name = '{table}' AND is_identity = 'NO' AND is_generated = 'NEVER'"
            )
        )

    def _ask(self, statement: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(statement).fetchall()


def script(written: list[tuple[str, Columns, Row]], *, number: str, token: str, once: dict[str, str]) -> str:
    """The rows again, with ids of their own, a new number of the day and a new token; `once` stands for a changed row.

    `once`: for a table whose row was there before, the statement that changes it.
    """
    ids = [row["id"] for table, _columns, row in written if table not in once | {SERIES: ""} and _is_id(row.get("id"))]
    fresh = {str(one): f":u{place}::text" for place, one in enumerate(ids)}
    chance = "md5(random()::text)"
    fresh |= {
        number: f"'{number.rpartition('-')[0]}-P' || :ordinal::text",
        token: f"substr({chance} || {chance}, 1, {len(token)})",
    }
    lines = ["BEGIN;", "SELECT " + ", ".join(f"uuidv7() AS u{place}" for place in range(len(ids))) + " \\gset"]
    for table, columns, row in written:
        if table == SERIES:
            lines.append(
                f"UPDATE {SERIES} SET last = last + 1 WHERE agency_id = '{row['agency_id']}' "
                f"AND series = '{row['series']}' AND day = '{row['day']}' RETURNING last AS ordinal \\gset"
            )
        elif table in once:
            lines.append(once[table])
        else:
            values = ", ".join(_value(row[name], kind, fresh) for name, kind in columns.items())
            names = ", ".join(f'"{name}"' for name in columns)
            lines.append(f"INSERT INTO {table} ({names}) VALUES ({values});")
    return "\n".join([*lines, "COMMIT;", ""])


def _is_id(value: str | None) -> bool:
    return bool(value and re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value))


def _value(value: str | None, kind: str, fresh: dict[str, str]) -> str:
    """A literal; where it names a row that is written anew, that row's own name."""
    if value is None:
        return "NULL"
    told = "|".join(re.escape(one) for one in fresh)
    parts = re.split(f"({told})", value)
    said = [fresh.get(part) or _literal(part) for part in parts if part]
    whole = " || ".join(said) or "''"
    return f"({whole})::{kind}"


def _literal(text: str) -> str:
    """A colon in it would be read as a variable, so it is written by its number."""
    escaped = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\003a")
    return f"U&'{escaped}'"
