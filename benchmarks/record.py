"""The record: what sealing costs at the counter, how fast a backlog is sealed, how fast the chain is verified.

The sealer lives in `motcua work` beside the web server, with everything else the office does by itself. In interleaved
rounds nothing of that runs, only the sealer does, and all of it: what does not run finds its lock taken by us.
"""

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import psycopg

from benchmarks import web
from benchmarks.office import BenchOffice

BACKLOG = 500_000
PATIENCE = 300
SEALER, MESSAGES = "motcua.record:public", "motcua.recurring:public:messages"
ROUNDS = {"off": (SEALER, MESSAGES), "sealed": (MESSAGES,), "all": ()}
"""What is kept out in the rounds of each kind, by the names of the locks."""
# Events as the office writes them, of subjects that have no rows: the rows are sealed and measured with the intake.
_MULTIPLIED = """
INSERT INTO core_event
  (id, kind, subject_kind, subject_id, agency_id, actor_id, actor_name, at, request_id, before, after)
SELECT gen_random_uuid(), e.kind, 'bench', gen_random_uuid(), e.agency_id, e.actor_id, e.actor_name, e.at, e.request_id,
       e.before, e.after
FROM (SELECT * FROM core_event WHERE subject_kind = 'dossier' ORDER BY sequence LIMIT 500) e,
     generate_series(1, %s / 500)
"""


def run(office: BenchOffice, *, clients: int, seconds: int, rounds: int) -> dict[str, Any]:
    """Intake with the sealer on and off, then a backlog sealed, then everything verified."""
    found = _intake(office, clients=clients, seconds=seconds, rounds=rounds)
    _until_sealed(office)
    before = int(str(office.sql("SELECT max(number) FROM core_seal")[0][0]))
    with psycopg.connect(host=office.socket_dir, user="postgres", dbname="motcua", autocommit=True) as connection:
        connection.execute(_MULTIPLIED, (BACKLOG,))
        connection.execute("ANALYZE core_event, core_leaf")
    _until_sealed(office)
    leaves, took = office.sql(
        "SELECT sum(leaves) FILTER (WHERE number < (SELECT max(number) FROM core_seal)), "
        f"extract(epoch FROM max(sealed_at) - min(sealed_at)) FROM core_seal WHERE number > {before}"
    )[0]
    return {**found, "seal": float(str(leaves)) / float(str(took)), **_verify(office)}


def rows(found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [
        *_intake_rows(found["intake"], found["cpu_ms"]),
        (f"niêm phong {BACKLOG:,} sự kiện tồn", f"{found['seal']:,.0f}", "", ""),
        (f"kiểm tra {found['events']:,} sự kiện", f"{found['verify']:,.0f}", f"{found['megabytes']:.0f} MB", ""),
    ]


def _intake_rows(rates: dict[str, float], cpu: dict[str, float]) -> list[tuple[str, str, str, str]]:
    named = {"off": "chỉ tiếp nhận", "sealed": "thêm niêm phong", "all": "thêm niêm phong và gửi tin"}
    return [
        (f"tiếp nhận: {name}", f"{rates[which]:,.0f}", "", f"{rates[which] / rates['off']:.2f}")
        for which, name in named.items()
    ] + [
        (f"thời gian máy mỗi hồ sơ: {name}", f"{cpu[which]:.2f} ms", "", f"{cpu['off'] / cpu[which]:.2f}")
        for which, name in named.items()
    ]


def _intake(office: BenchOffice, *, clients: int, seconds: int, rounds: int) -> dict[str, Any]:
    script = web._intake_script(office)
    address = f"/intake/{web.PROCEDURE}/"
    rates, cpu, taken_in = ({name: list[float]() for name in ROUNDS} for _ in range(3))
    web._wrk(office, address, clients=clients, seconds=2, script=script)
    for number in range(rounds):
        for which in [*ROUNDS][:: -1 if number % 2 else 1]:
            _until_sealed(office)
            _until_told(office)
            with kept_out(office, ROUNDS[which]):
                before, spent = web._count(office), _processor_time(office)
                taken = web._wrk(office, address, clients=clients, seconds=seconds, script=script)
                written = web._count(office) - before
                if SEALER not in ROUNDS[which]:
                    _until_sealed(office)
                rates[which].append(written / taken["seconds"])
                cpu[which].append(_processor_time(office) - spent)
                taken_in[which].append(written)
    found = {which: statistics.median(rates[which]) for which in ROUNDS}
    each = {which: sum(cpu[which]) / sum(taken_in[which]) for which in ROUNDS}
    return {"rounds": rates, "intake": found, "cpu_ms": each}


def _processor_time(office: BenchOffice) -> float:
    """Milliseconds of processor time that the office and its database have taken so far."""
    postmaster = int((office.folder / "var" / "pg" / "postmaster.pid").read_text().split()[0])
    alive = {one.pid: one.info for one in psutil.process_iter(["ppid", "cpu_times"])}
    ours = {office.process.pid, postmaster}
    while more := {pid for pid, known in alive.items() if known["ppid"] in ours} - ours:
        ours |= more
    times = [alive[pid]["cpu_times"] for pid in ours if pid in alive and alive[pid]["cpu_times"]]
    return float(sum(one.user + one.system for one in times)) * 1000


@contextmanager
def kept_out(office: BenchOffice, locks: tuple[str, ...]) -> Iterator[None]:
    """What these locks are for is not done until the block ends; a round under way is waited for."""
    with psycopg.connect(host=office.socket_dir, user="postgres", dbname="motcua", autocommit=True) as connection:
        for name in locks:
            connection.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", (name,))
        yield


def _until_sealed(office: BenchOffice) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        waiting = office.sql(
            "SELECT count(*) FROM core_event e WHERE e.sequence > (SELECT coalesce(max(floor), 0) FROM core_seal) "
            "AND NOT EXISTS (SELECT 1 FROM core_leaf l WHERE l.sequence = e.sequence)"
        )[0][0]
        if waiting == 0:
            return
        time.sleep(0.5)
    raise RuntimeError("the sealer did not come to an end")


def _until_told(office: BenchOffice) -> None:
    """Until a round of the messages, begun after all that happened, found nothing more to say or to send."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        idle = office.sql(
            "SELECT 1 FROM core_rulerun WHERE name = 'messages' AND finished_at IS NOT NULL AND error = '' "
            "AND started_at > (SELECT max(recorded_at) FROM core_event) "
            'AND counts @> \'{"said": 0, "gone": 0}\' LIMIT 1'
        )
        if idle:
            return
        time.sleep(0.5)
    raise RuntimeError("the messages did not come to an end")


def _verify(office: BenchOffice) -> dict[str, float]:
    """`motcua record verify` as a person runs it; its own figure for the chain, and the memory it took."""
    environment = {**os.environ, "MOTCUA_VAR": str(office.folder / "var"), "MOTCUA_LOG_LEVEL": "ERROR"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "motcua.config.cli", "record", "verify"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        said = process.stdout.read() if process.stdout else ""
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    figures = re.search(r"([\d.]+) sự kiện \(([\d.]+) sự kiện/giây\)", said)
    if figures is None or process.returncode:
        raise RuntimeError(f"the record did not verify: {said}")
    events, rate = (float(text.replace(".", "")) for text in figures.groups())
    return {"events": int(events), "verify": rate, "megabytes": used.ru_maxrss / 1024}
