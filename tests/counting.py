"""Counting every statement a page sends: Django's own and those of `core.sql` go through one psycopg method."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


@contextmanager
def statements(monkeypatch) -> Iterator[list[str]]:
    """The statements sent while the block runs."""
    seen: list[str] = []
    execute = psycopg.Cursor.execute

    def spy(self, query, *args, **kwargs):
        seen.append(str(query))
        return execute(self, query, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", spy)
        yield seen
