"""The list of a million dossiers, taken along while it is read: rows a second, and what the server's memory came to."""

import http.client
import time
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import psutil
import psycopg

from benchmarks.office import BenchOffice

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MILLION = 1_000_000
# The dossiers behind the counts of what was received, newest first, as counting each of them would have left them.
BEHIND = """
INSERT INTO reporting_counted (daycount_id, event_id, dossier_id, sign)
SELECT c.id, gen_random_uuid(), d.id, 1
FROM (SELECT * FROM dossiers_dossier WHERE code LIKE 'BENCH-%%' AND standing <> 'part'
      ORDER BY received_at DESC LIMIT %s) d
JOIN catalogue_procedureversion v ON v.id = d.version_id
JOIN reporting_daycount c ON c.agency_id = d.agency_id AND c.day = (d.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
  AND c.procedure_id = v.procedure_id AND c.channel = d.channel AND c.filed_by = d.filed_by AND c.source = d.source
  AND c.standing = d.standing AND c.measure = 'received'
"""

# The first day of which all are there.
FULL_DAYS = """
SELECT (min(received_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + 1 FROM (SELECT received_at FROM dossiers_dossier
  WHERE code LIKE 'BENCH-%' AND standing <> 'part' ORDER BY received_at DESC LIMIT 1000000) AS newest
"""


def run(office: BenchOffice, cookies: dict[str, str]) -> dict[str, Any]:
    """Both formats: rows, seconds, and the highest memory of the server's processes in MB."""
    with psycopg.connect(host=office.socket_dir, user="postgres", dbname="motcua", autocommit=True) as connection:
        connection.execute("SET work_mem = '128MB'")
        connection.execute(BEHIND, (MILLION,))
        connection.execute("VACUUM ANALYZE reporting_counted")
    agency = office.sql(
        "SELECT u.agency_id FROM people_account a JOIN people_official o ON o.account_id = a.id "
        "JOIN people_unit u ON u.id = o.unit_id WHERE a.username = 'lanhdao'"
    )[0][0]
    first = office.sql(FULL_DAYS)[0][0]
    until = datetime.now(VIETNAM).date() + timedelta(days=1)
    asked = urlencode({"kind": "received", "agency": agency, "below": 1, "first": first, "until": until,
                       "standing": "single,lead"})  # fmt: skip
    return {shape: _taken(office, f"/reports/dossiers.{shape}?{asked}", cookies) for shape in ("csv", "xlsx")}


def rows(found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """As the table of `make bench` has them; the memory is to stay under 300 MB."""
    return [
        (f"Xuất {one['rows']:,} hồ sơ, {shape}", f"{one['rows'] / one['seconds']:,.0f}",
         f"{one['seconds']:.1f} s, {one['bytes'] / 1e6:.0f} MB", f"RSS {one['peak']:.0f} MB")
        for shape, one in found.items()
    ]  # fmt: skip


def _taken(office: BenchOffice, path: str, cookies: dict[str, str]) -> dict[str, float]:
    connection = http.client.HTTPConnection("127.0.0.1", office.port, timeout=600)
    started = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())})
    answer = connection.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    size = lines = 0
    peak = 0.0
    while piece := answer.read(1 << 20):
        size += len(piece)
        lines += piece.count(b"\n")
        peak = max(peak, _memory(office))
    seconds = time.perf_counter() - started
    return {"rows": lines - 1 if ".csv" in path else MILLION, "seconds": seconds, "bytes": size, "peak": peak}


def _memory(office: BenchOffice) -> float:
    """The largest of the server's own processes now, in MB."""
    server = psutil.Process(office.process.pid)
    sizes = [
        one.memory_info().rss for one in (server, *server.children(recursive=True)) if "postgres" not in one.name()
    ]
    return max(sizes, default=0) / 1e6
