"""The leader's page with 100,000 open dossiers in his agency, over HTTP, beside a page that does nothing.

The dossiers are made in sets (`leader.sql`); four clients ask at once, as so many leaders would who all come in
at eight, and then one alone. They ask for longer than the counted figures are kept and than a round of warnings is
away: the slowest hundredth is of a morning, not of its first second. The late list is measured on the same rows.
"""

import time
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import web
from benchmarks.office import BenchOffice

HERE = Path(__file__).parent
TARGET_P99_MS = 150.0
CLIENTS = 4
LONG = 6
"""How many times as long as other pages the leader's page is asked for."""
OPEN = 100_000
SHORT_MS = 1_000


def run(office: BenchOffice, *, seconds: int) -> dict[str, Any]:
    """Fill the office, then p50 and p99 of `/today/`, of a list behind it, and of the empty page, in one run."""
    fill(office)
    cookies = office.log_in("lanhdao", web.PASSWORD)
    shown = office.page("/today/", cookies).count("<tr data-row")
    if shown < 60:
        raise RuntimeError(f"the leader's page shows {shown} dossiers, not three full lists")
    script = web._cookie_script(office, cookies)
    pages = {
        "trang lãnh đạo, 100.000 hồ sơ mở": ("/today/", CLIENTS, LONG * seconds),
        "trang lãnh đạo, một người xem": ("/today/", 1, LONG * seconds),
        "hồ sơ trễ (50 dòng)": ("/late/", CLIENTS, seconds),
        "không làm gì (/health/live)": ("/health/live", CLIENTS, seconds),
    }
    return {
        name: web._wrk(office, path, clients=clients, seconds=lasting, script=script)
        for name, (path, clients, lasting) in pages.items()
    }


def fill(office: BenchOffice) -> None:
    """The rows, then what autovacuum and the recurring rules would have done by the next morning."""
    with psycopg.connect(host=office.socket_dir, user="postgres", dbname="motcua") as connection:
        connection.execute((HERE / "leader.sql").read_text())
    with psycopg.connect(host=office.socket_dir, user="postgres", dbname="motcua", autocommit=True) as connection:
        for table in ("dossiers_dossier", "routing_step", "people_official", "people_account", "people_rolegrant"):
            connection.execute(f"VACUUM ANALYZE {table}")
        row = connection.execute("SELECT count(*) FROM dossiers_dossier WHERE state IN (2, 4, 5, 6)").fetchone()
    if row is None or row[0] < OPEN:
        raise RuntimeError(f"{row} open dossiers, not {OPEN}")
    _wait_until_calm(office)


_CALM = """
SELECT bool_and(COALESCE(r.took_ms < {short} AND r.error = '' AND r.started_at > {warned}, false)) AND NOT EXISTS (
  SELECT 1 FROM core_event e WHERE NOT EXISTS (SELECT 1 FROM core_leaf l WHERE l.sequence = e.sequence))
FROM unnest(ARRAY['warnings', 'seals', 'messages']) AS rule (name) LEFT JOIN LATERAL (
  SELECT * FROM core_rulerun o WHERE o.name = rule.name AND o.finished_at IS NOT NULL ORDER BY o.sequence DESC LIMIT 1
) r ON true
"""
_WARNED = """
SELECT started_at FROM core_rulerun WHERE name = 'warnings' AND started_at > '{filled}' AND finished_at < now()
ORDER BY sequence LIMIT 1
"""


def _wait_until_calm(office: BenchOffice) -> None:
    """The first round after the rows were made warns of all of them, and all of that is sealed: on no morning does
    that happen at once. Wait until the recurring rules have nothing left but their rounds."""
    filled = office.sql("SELECT now()")[0][0]
    for _ in range(300):
        warned = office.sql(_WARNED.format(filled=filled))
        if warned and office.sql(_CALM.format(short=SHORT_MS, warned=f"'{warned[0][0]}'"))[0][0]:
            return
        time.sleep(2)
    raise RuntimeError("the recurring rules were not through in ten minutes")


def rows(found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """As the table of `make bench` has them; the ratio is that of the median to the empty page's."""
    empty = found["không làm gì (/health/live)"]["p50"]
    return [
        (name, f"{run['rate']:,.0f}", f"{run['p50']:.1f} / {run['p99']:.1f} ms", f"{run['p50'] / empty:.0f}")
        for name, run in found.items()
    ]
