"""Counting every statement a page sends: Django's own and those of `core.sql`."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def statements(monkeypatch) -> Iterator[list[str]]:
    """The statements sent while the block runs, in two parts: raw ones at once, Django's at the end."""
    seen: list[str] = []
    execute = psycopg.Cursor.execute

    def spy(self, query, *args, **kwargs):
        seen.append(str(query))
        return execute(self, query, *args, **kwargs)

    with CaptureQueriesContext(connection) as captured, monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", spy)
        before = len(seen)
        yield seen
        raw = [text for text in seen[before:]]
    django = [query["sql"] for query in captured.captured_queries]
    seen[:] = [*raw, *(text for text in django if text not in raw)]
