"""Running one rule once: on one machine only, written down whatever comes of it."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final, LiteralString

from django.db import DatabaseError, connection
from psycopg.types.json import Jsonb

from motcua.core.recurring.rules import Counts, Known, RecurringRule, is_due
from motcua.core.sql import execute, fetch_all, fetch_one

LONGEST_ERROR = 400
# Offices may share a database, each in its schema: their rules do not wait for each other.
_KEY: Final[LiteralString] = "hashtextextended('motcua.recurring:' || current_schema() || ':' || %s, 0)"
_KNOWN: Final[LiteralString] = """
SELECT n.name, r.started_at, r.finished_at, r.took_ms, r.counts::text, r.error, g.started_at
FROM unnest(%s::text[]) AS n (name)
LEFT JOIN LATERAL (SELECT * FROM core_rulerun WHERE name = n.name ORDER BY sequence DESC LIMIT 1) r ON true
LEFT JOIN LATERAL (SELECT started_at FROM core_rulerun WHERE name = n.name AND error = '' AND finished_at IS NOT NULL
                   ORDER BY sequence DESC LIMIT 1) g ON true
"""


class RuleFailed(RuntimeError):
    """A rule raised; its row says what. The cause is the fault itself."""


def known_runs(rules: Sequence[RecurringRule]) -> dict[str, Known]:
    """What is known of each rule, by name, in one query."""
    rows = fetch_all(_KNOWN, ([rule.name for rule in rules],))
    return {
        name: Known(begun, ended, took, json.loads(counts or "{}"), error or "", good)
        for name, begun, ended, took, counts, error, good in rows
    }


def run_if_due(rule: RecurringRule, at: datetime) -> bool:
    """Run the rule unless it ran lately or runs elsewhere right now; whether it ran.

    Raises `RuleFailed` when the rule raised, once that stands in its row; `DatabaseError` when the database itself
    cannot be asked or written to.
    """
    with _alone(rule.name) as alone:
        if not alone or not is_due(known_runs((rule,))[rule.name].started_at, rule.every, at):
            return False
        _run(rule, at)
    return True


def _run(rule: RecurringRule, at: datetime) -> None:
    row = fetch_one(
        "INSERT INTO core_rulerun (name, started_at, counts) VALUES (%s, %s, '{}') RETURNING sequence", (rule.name, at)
    )
    sequence, started = (row[0] if row else 0), time.perf_counter()
    try:
        counts = rule.act(at)
    except Exception as fault:
        if isinstance(fault, DatabaseError):
            connection.close()  # it may be what is broken; the next statement opens another
        _write(sequence, started, {}, _in_a_line(fault))
        raise RuleFailed(rule.name) from fault
    _write(sequence, started, counts, "")


def _write(sequence: int, started: float, counts: Counts, error: str) -> None:
    took = round((time.perf_counter() - started) * 1000)
    execute(
        "UPDATE core_rulerun SET finished_at = started_at + %s * interval '1 millisecond', took_ms = %s, counts = %s, "
        "error = %s WHERE sequence = %s",
        (took, took, Jsonb(dict(counts)), error, sequence),
    )


def _in_a_line(fault: Exception) -> str:
    """What went wrong, without what PostgreSQL adds below its first line: that may hold a row of somebody's."""
    lines = str(fault).strip().splitlines()
    return f"{type(fault).__name__}: {lines[0] if lines else ''}"[:LONGEST_ERROR]


@contextmanager
def _alone(name: str) -> Iterator[bool]:
    """Whether nobody else runs this rule; nobody else will until the block ends, or this connection does."""
    row = fetch_one(f"SELECT pg_try_advisory_lock({_KEY})", (name,))
    alone = bool(row and row[0])
    held_by = connection.connection
    try:
        yield alone
    finally:
        if alone and connection.connection is held_by and not connection.needs_rollback:
            fetch_one(f"SELECT pg_advisory_unlock({_KEY})", (name,))
