"""A year's reports over five places, 65,000 dossiers; then the same places with 5,000,000. Over HTTP, as its leader.

II.06a, the service index and the self-evaluation (each also the first time, when nothing of it was kept), and at last a
list of a million dossiers taken along as CSV and as XLSX.

The dossiers are made in sets (`reports.sql`) and multiplied in sets, their counters with them: places do not grow more
days or procedures by being busier. Constraints go first, and the indexes that neither the report nor the rail reads.
"""

import statistics
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from benchmarks import long_lists, web
from benchmarks.office import BenchOffice

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
HERE = Path(__file__).parent
TIMES = 77
# Title, and how often it is asked for.
PAGES = {
    "ii06a": ("II.06a", 30), "index": ("Bộ chỉ số 766", 10), "self-evaluation": ("Tự đánh giá", 10),
}  # fmt: skip
SETTLED = ("dossiers_dossier", "reporting_daycount", "reporting_monthcount", "result_result", "documents_issuedpaper",
           "documents_paper", "documents_paperuse")  # fmt: skip
READ = ("dossiers_dossier_pkey", "open_dossier_by_due", "dossier_ended_late", "dossier_by_end", "dossier_to_return",
        "dossier_by_return", "dossier_ended_early", "paused_dossier_by_day", "dossier_by_receipt")  # fmt: skip


def run(office: BenchOffice) -> dict[str, Any]:
    """Medians of the pages in milliseconds, for both sizes, with how many dossiers there are then; and the exports."""
    _execute(office, (HERE / "reports.sql").read_text())
    _settle(office)
    cookies = office.log_in("lanhdao", web.PASSWORD)
    found = {"five places": _measured(office, cookies)}
    _multiply(office)
    _settle(office)
    found |= {"77 times as many": _measured(office, cookies)}
    return found | {"exports": long_lists.run(office, cookies)}


def rows(found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """As the table of `make bench` has them; the ratio is to the first size (at most 2; at most 200 ms)."""
    sizes = [one for name, one in found.items() if name != "exports"]
    table = [
        (f"{title} một năm, {one['dossiers']:,} hồ sơ", f"lần đầu {one[name]['first']:.0f} ms",
         f"{one[name]['p50']:.0f} / {one[name]['p99']:.0f} ms", f"{one[name]['p50'] / sizes[0][name]['p50']:.2f}")
        for name, (title, _rounds) in PAGES.items() for one in sizes
    ]  # fmt: skip
    return table + long_lists.rows(found["exports"])


def _measured(office: BenchOffice, cookies: dict[str, str]) -> dict[str, Any]:
    today = datetime.now(VIETNAM).date()
    first = today - timedelta(days=364)
    asked = f"below=1&from={first:%d/%m/%Y}&to={today:%d/%m/%Y}"
    count = office.sql("SELECT count(*) FROM dossiers_dossier")[0][0]
    return {"dossiers": count} | {
        name: _timed(office, f"/reports/{name}/?{asked}", cookies, rounds) for name, (_title, rounds) in PAGES.items()
    }


def _timed(office: BenchOffice, path: str, cookies: dict[str, str], rounds: int) -> dict[str, float]:
    spent = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        office.page(path, cookies)
        spent.append((time.perf_counter() - started) * 1_000)
    first, *others = spent
    return {"first": first, "p50": statistics.median(others), "p99": max(others)}


def _multiply(office: BenchOffice) -> None:
    kept = ", ".join(f"'{name}'" for name in READ)
    columns = ", ".join(
        str(row[0])
        for row in office.sql(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'dossiers_dossier' "
            "AND column_name NOT IN ('id', 'code', 'submission_id') ORDER BY ordinal_position"
        )
    )
    _execute(
        office,
        f"""
        DO $$ DECLARE one record; BEGIN
          FOR one IN SELECT conname FROM pg_constraint WHERE conrelid = 'dossiers_dossier'::regclass
                     AND contype IN ('u', 'f') LOOP
            EXECUTE format('ALTER TABLE dossiers_dossier DROP CONSTRAINT %I CASCADE', one.conname);
          END LOOP;
          FOR one IN SELECT indexname FROM pg_indexes WHERE tablename = 'dossiers_dossier'
                     AND indexname NOT IN ({kept}) LOOP
            EXECUTE format('DROP INDEX %I', one.indexname);
          END LOOP;
        END $$;
        INSERT INTO dossiers_dossier (id, code, submission_id, {columns})
        SELECT uuidv7(received_at - now()), code || '-' || n, gen_random_uuid(), {columns}
        FROM dossiers_dossier CROSS JOIN generate_series(2, {TIMES}) AS n WHERE code LIKE 'BENCH-%';
        UPDATE reporting_daycount SET count = count * {TIMES};
        UPDATE reporting_monthcount SET count = count * {TIMES};
        TRUNCATE reporting_kept;
        """,
    )


def _execute(office: BenchOffice, script: str) -> None:
    with psycopg.connect(host=office.socket_dir, user="postgres", dbname="motcua") as connection:
        connection.execute("SET work_mem = '128MB'")
        connection.execute("SET max_parallel_workers_per_gather = 0")
        connection.execute(script.encode())


def _settle(office: BenchOffice) -> None:
    """What autovacuum would have done by the next morning."""
    with psycopg.connect(host=office.socket_dir, user="postgres", dbname="motcua", autocommit=True) as connection:
        for table in SETTLED:
            connection.execute(f"VACUUM ANALYZE {table}".encode())
