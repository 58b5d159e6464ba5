"""A decree with 100,000 open dossiers, as an official applies it, beside a plain UPDATE of the same rows.

Ids of dossiers and steps follow the order of receipt, as the product's do (uuid7). Three units of limits; one dossier
in ten was paused and went on, one in twenty is paused; each has an open step.
The whole operation is timed: the calendar, the lock, ledgers read and computed, dates and steps written, an event
for each dossier that moved, in one transaction. Its preview and the clock check are timed as well.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

from motcua.config.embedded import EmbeddedDatabase

MANY = 100_000
TARGET_SECONDS = 10.0
_UUID7 = """(lpad(to_hex((date_part('epoch', {at}) * 1000)::bigint), 12, '0')
    || overlay(overlay(substr(md5({of}), 13) placing '7' from 1) placing '8' from 5))::uuid"""
_COPIES = f"""
INSERT INTO dossiers_dossier
SELECT (jsonb_populate_record(d, jsonb_build_object(
  'id', r.id, 'code', 'BENCH-' || n, 'submission_id', gen_random_uuid(), 'tracking_token', 'B' || n,
  'state', CASE WHEN n %% 20 = 0 THEN 5 ELSE 4 END,
  'limit_number', (ARRAY[120, 15, 21])[1 + n %% 3],
  'limit_unit', (ARRAY['working_hour', 'working_day', 'day'])[1 + n %% 3],
  'received_at', r.at, 'promised_at', r.at, 'due_at', r.at,
  'paused_at', CASE WHEN n %% 20 = 0 THEN r.at + interval '1 day' END))).*
FROM dossiers_dossier d, generate_series(1, %s) AS n,
  LATERAL (SELECT t.at, {_UUID7.format(at="t.at", of="n::text")} AS id
    FROM (SELECT timestamptz '2026-11-09 07:30+07' + n * interval '11 days' / %s AS at) t) r
WHERE d.id = %s
"""
_PAUSES = """
INSERT INTO dossiers_clockentry (id, dossier_id, position, mark, at, cause, amount_unit, note)
SELECT gen_random_uuid(), id, p.position, p.mark, received_at + p.after, p.cause, '', ''
FROM dossiers_dossier, (VALUES (1, 'paused', interval '1 day', 'papers'), (2, 'resumed', interval '3 days', ''))
  AS p (position, mark, after, cause)
WHERE substr(code, 7)::int %% 10 = 0 AND (p.mark = 'paused' OR state = 4) AND code LIKE 'BENCH-%%'
"""

_STEPS = f"""
INSERT INTO routing_step (id, dossier_id, position, name, role, unit_id, started_at, due_at, outcome, note)
SELECT {_UUID7.format(at="d.received_at", of="d.code")}, d.id, 2, s.name, s.role, s.unit_id,
  d.received_at, d.received_at, '', ''
FROM dossiers_dossier d, (SELECT name, role, unit_id FROM routing_step LIMIT 1) s WHERE d.code LIKE 'BENCH-%%'
"""


@contextmanager
def _database() -> Any:
    """An embedded PostgreSQL of its own, migrated, with Django on it."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-clocks-"))
    folder.chmod(0o755)
    server = EmbeddedDatabase(folder)
    before = {name: os.environ.get(name) for name in ("DATABASE_URL", "MOTCUA_VAR")}
    os.environ.update(DATABASE_URL=server.url, MOTCUA_VAR=str(folder / "var"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    try:
        django.setup()
        call_command("migrate", verbosity=0)
        yield
    finally:
        import_module("django.db").connection.close()
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
        os.environ.update({name: value for name, value in before.items() if value is not None})
        for name in [name for name, value in before.items() if value is None]:
            os.environ.pop(name, None)


def run(many: int = MANY) -> dict[str, float]:
    """Seconds for everything and for its parts, and the ratio to the plain UPDATE."""
    with _database():
        return _measure(many)


def _measure(many: int) -> dict[str, float]:
    # These need Django to be set up, which only `run` can do: the settings are read from the environment.
    recheck, sql, rules, calendars, recalculation, events = (
        import_module(f"motcua.{name}")
        for name in (
            "dossiers.recheck", "core.sql", "worktime.rules", "worktime.queries", "routing.recalculation", "core.events"
        )
    )  # fmt: skip
    code = _fill(many, sql)
    _store_all(recheck, calendars.calendar_for)
    for table in ("dossiers_dossier", "dossiers_clockentry", "routing_step"):
        sql.execute(f"VACUUM ANALYZE {table}")
    check = _timed(lambda: call_command("clock_check", stdout=StringIO()))
    day = rules.DatedDay(date(2026, 11, 25), rules.DayKind.HOLIDAY, "Nghỉ thêm", "1/NĐ")

    def decree() -> Any:
        return import_module("motcua.worktime.actions").mark_day(code, day, by=events.Actor(None, "bench"))

    preview = _timed(lambda: recalculation.look(decree))
    seen = sql.fetch_one("SELECT revision FROM worktime_calendar WHERE code = %s", (code,))[0]
    whole = _timed(lambda: recalculation.apply(decree, code=code, seen=seen))
    moved = sql.fetch_one("SELECT count(*) FROM core_event WHERE kind = 'dossier.recalculated'")[0]
    sql.execute("VACUUM ANALYZE dossiers_dossier")
    plain = _timed(
        lambda: sql.execute(
            "UPDATE dossiers_dossier SET due_at = due_at + interval '1 minute' WHERE state IN (2, 4, 5, 6)"
        )
    )
    return {
        "dossiers": float(many), "moved": float(moved), "seconds": whole, "target_seconds": TARGET_SECONDS,
        "preview_seconds": preview, "check_seconds": check, "plain_update_seconds": plain,
        "ratio_to_plain_update": whole / plain,
    }  # fmt: skip


def _timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _fill(many: int, sql: Any) -> str:
    """An office with so many open dossiers; the code of its calendar."""
    cast, office, catalogue, procedures, events = (
        import_module(name)
        for name in (
            "tests.cast", "motcua.demo.office", "motcua.catalogue.actions", "motcua.catalogue.models",
            "motcua.core.events",
        )
    )  # fmt: skip
    call_command("load_calendar", verbosity=0, stdout=StringIO())
    call_command("import_catalogue", quiet=True)
    agency = office.build_office()
    published = procedures.Procedure.objects.filter(versions__state="published").distinct()
    catalogue.post_all(published, agency, by=events.Actor(None, "bench"), valid_from=office.OPENED)
    first = cast.received(cast.BIRTH, cast.the_cast())
    sql.execute(_COPIES, (many - 1, many, first.id))
    sql.execute(_PAUSES)
    sql.execute(_STEPS)
    return str(agency.calendar_code)


def _store_all(recheck: Any, calendar_of: Any) -> None:
    """The dates that the ledgers of the copied rows have."""
    with import_module("django.db").transaction.atomic():
        for rows in recheck.open_clocks(lock=True):
            recheck.store(recheck.recomputed(rows, calendar_of))


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:24} {value:12,.2f}")
