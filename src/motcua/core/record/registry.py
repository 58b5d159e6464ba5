"""Which rows the record guards: for every kind of subject its tables, and how their rows point at it.

`config/recorded.py` says it, once, when Django is ready; an event about a subject of a kind that is not here seals
no rows. Columns are read from the database, so that a new column is guarded from the next seal on.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from psycopg.types.json import Jsonb

from motcua.core.sql import fetch_all, fetch_one


@dataclass(frozen=True, slots=True)
class Through:
    """The table between a guarded one and its subject: `via` of the guarded table is `key` of a row of `table`."""

    via: str
    table: str
    key: str = "id"


@dataclass(frozen=True, slots=True)
class Guarded:
    """A table whose rows belong to a subject: `pointer` is the column with the subject's id, here or in `through`.

    `apart` are columns that may change without an event: what is merely counted, or read again from elsewhere.
    `numbered`: its rows have whole numbers for ids, kept in imprints as the UUID of that value.
    """

    table: str
    pointer: str
    through: Through | None = None
    apart: frozenset[str] = frozenset()
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """A guarded table with its columns of a day."""

    guarded: Guarded
    columns: tuple[str, ...]

    def told(self) -> dict[str, Any]:
        """As a layout keeps it."""
        through = self.guarded.through
        return {
            "table": self.guarded.table, "pointer": self.guarded.pointer, "columns": list(self.columns),
            **({"via": through.via, "through": through.table} if through else {}),
            **({"key": through.key} if through and through.key != "id" else {}),
            **({"numbered": True} if self.guarded.numbered else {}),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class LayoutOf:
    """The tables of one kind of subject as its imprints are made; `id` is that of the row in `core_layout`."""

    id: int
    subject_kind: str
    tables: tuple[Columns, ...]


@dataclass(slots=True)
class _Registry:
    kinds: dict[str, tuple[Guarded, ...]] = field(default_factory=dict)
    touching: dict[str, frozenset[str]] = field(default_factory=dict)


_registered: Final = _Registry()


def guard(subjects: Mapping[str, Sequence[Guarded]]) -> None:
    """Say which rows of which subjects are guarded; replaces what was said before."""
    _registered.kinds = {kind: tuple(tables) for kind, tables in subjects.items()}


def guarded_kinds() -> Mapping[str, tuple[Guarded, ...]]:
    """What is guarded."""
    return _registered.kinds


def permit(touching: Mapping[str, Iterable[str]]) -> None:
    """Say which guarded tables an event of a kind may change; replaces what was said before."""
    _registered.touching = {kind: frozenset(tables) for kind, tables in touching.items()}


def touched_by(kinds: Iterable[str]) -> frozenset[str]:
    """The guarded tables that events of these kinds may change, together; of an unknown kind none."""
    return frozenset[str]().union(*(_registered.touching.get(kind, ()) for kind in kinds))


def layouts_now() -> dict[str, LayoutOf]:
    """The layout that an imprint made now is made of, by kind of subject; written down when it is new."""
    known = columns_of({one.table for tables in guarded_kinds().values() for one in tables})
    return {
        kind: _kept(kind, tuple(Columns(one, _guarded_columns(one, known)) for one in sorted(tables, key=_name)))
        for kind, tables in guarded_kinds().items()
    }


def columns_of(tables: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The columns of each of these tables, in alphabetical order."""
    rows = fetch_all(
        'SELECT table_name, array_agg(column_name::text ORDER BY column_name::text COLLATE "C") '
        "FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ANY(%s) "
        "GROUP BY table_name",
        (sorted(tables),),
    )
    return {table: tuple(columns) for table, columns in rows}


def layouts_kept() -> list[LayoutOf]:
    """Every layout that an imprint was ever made of, the newest last."""
    rows = fetch_all("SELECT id, subject_kind, tables::text FROM core_layout ORDER BY id")
    return [LayoutOf(key, kind, tuple(map(_told_back, json.loads(tables)))) for key, kind, tables in rows]


def _told_back(told: Mapping[str, Any]) -> Columns:
    through = Through(told["via"], told["through"], told.get("key", "id")) if "via" in told else None
    guarded = Guarded(told["table"], told["pointer"], through, numbered=told.get("numbered", False))
    return Columns(guarded, tuple(told["columns"]))


def _name(one: Guarded) -> str:
    return one.table


def _guarded_columns(one: Guarded, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(column for column in known[one.table] if column not in one.apart)


def _kept(kind: str, tables: tuple[Columns, ...]) -> LayoutOf:
    from_now = [one.told() for one in tables]
    row = fetch_one(
        "SELECT id FROM core_layout WHERE subject_kind = %s AND tables = %s ORDER BY id DESC LIMIT 1",
        (kind, Jsonb(from_now)),
    ) or fetch_one(
        "INSERT INTO core_layout (subject_kind, tables) VALUES (%s, %s) RETURNING id", (kind, Jsonb(from_now))
    )
    return LayoutOf(row[0] if row else 0, kind, tables)
