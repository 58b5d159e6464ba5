"""Numbers given to sixteen machines that press at once, over HTTP; how long it takes to decide who is next, and to say
how long a thousand wait.

Each press is a form of its own, as a person at the machine would send it; the numbers are counted in the database, and
so are those given twice. A peer (FQM), measured on a machine like this: 117 a second, 10.4 % of them twice.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from benchmarks import web
from benchmarks.office import BenchOffice, _token

HERE: Final = Path(__file__).parent
HALL: Final = "tan-thanh"
CLIENTS: Final = 16
A_SECOND: Final = 400
"""Presses prepared for each second: more than are sent."""
WAITING: Final = 1_000
TARGET_MS: Final = 5


def run(office: BenchOffice, *, seconds: int) -> dict[str, Any]:
    """Numbers a second, how many of them twice; with a thousand waiting, p50 and p99 in milliseconds of a decision, of
    a call, and of a forecast beside the reading of the hall."""
    prepared = _asked(office, f"presses({HALL!r}, {A_SECOND * (seconds + 2)})")
    warm, measured = prepared[: A_SECOND * 2], prepared[A_SECOND * 2 :]
    _pressed(office, warm, seconds=1)
    before = _count(office)
    figures = _pressed(office, measured, seconds=seconds)
    given = _count(office) - before
    asked = _asked(office, f"decisions({HALL!r}, {WAITING})")
    decided, called, told, shown, read = (tuple(map(float, line.split())) for line in asked)
    return {
        **figures, "given": given, "rate": given / figures["seconds"], "twice": _twice(office), "gaps": _gaps(office),
        "decided_ms": decided, "called_ms": called, "told_ms": told, "shown_ms": shown, "read_ms": read,
    }  # fmt: skip


def rows(found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """The lines of the table."""
    said, took = f"{found['twice']} trùng, {found['gaps']} hụt", f"{found['p50']:.1f} / {found['p99']:.1f} ms"
    return [
        (f"lấy số, {CLIENTS} máy cùng bấm", f"{found['rate']:,.0f}", took, said),
        (f"chọn số kế tiếp, {WAITING:,} người chờ", "", _both(found["decided_ms"]), f"≤ {TARGET_MS} ms"),
        (f"gọi số kế tiếp, {WAITING:,} người chờ", "", _both(found["called_ms"]), ""),
        (f"dự báo chờ khi lấy số, {WAITING:,} người chờ", "", _both(found["told_ms"]), _of_reading(found, "told_ms")),
        (f"dự báo chờ trên bảng, {WAITING:,} người chờ", "", _both(found["shown_ms"]), _of_reading(found, "shown_ms")),
    ]  # fmt: skip


def _of_reading(found: dict[str, Any], what: str) -> str:
    """In parts of what reading the hall takes, that every board and phone needs anyhow."""
    return f"{found[what][0] / found['read_ms'][0]:.1f} × đọc sảnh ({found['read_ms'][0]:.1f} ms)"


def _both(took: tuple[float, float]) -> str:
    return f"{took[0]:.2f} / {took[1]:.2f} ms"


def _pressed(office: BenchOffice, presses: list[str], *, seconds: int) -> dict[str, Any]:
    """A round over HTTP, each request a press that nobody made before."""
    cookies = {"motcua_kiosk": "0123456789abcdef", "motcua_hall": presses[0].split()[1]}
    page = office.page(f"/halls/{HALL}/take/?need=A", cookies)
    kept = {name: value for name, value in cookies.items() if name.startswith("csrftoken")}
    told, script = office.folder / "presses.txt", office.folder / "tickets.lua"
    told.write_text("\n".join(presses))
    script.write_text(
        f"local presses = {json.dumps(str(told))}\nlocal token = {json.dumps(_token(page))}\n"
        f"local cookie = {json.dumps(web._cookie_header({'motcua_kiosk': '0123456789abcdef', **kept}))}\n"
        f"local path = {json.dumps(f'/halls/{HALL}/take/')}\n"
        + (HERE / "tickets.lua").read_text()
        + (HERE / "report.lua").read_text()
    )
    return web._wrk(office, "/", clients=CLIENTS, seconds=seconds, script=script)


def _asked(office: BenchOffice, call: str) -> list[str]:
    """What a function of `benchmarks.ticketing` printed, run in the office."""
    url = f"postgresql://postgres@/motcua?host={office.socket_dir}"
    done = subprocess.run(
        [sys.executable, "-m", "motcua.config.cli", "manage", "shell", "-v", "0", "-c",
         f"from benchmarks import ticketing; ticketing.{call}"],
        capture_output=True, text=True, check=True,
        env={**os.environ, "DATABASE_URL": url, "MOTCUA_VAR": str(office.folder)},
    )  # fmt: skip
    return done.stdout.strip().splitlines()


def _count(office: BenchOffice) -> int:
    return int(str(office.sql("SELECT count(*) FROM queueing_ticket")[0][0]))


def _twice(office: BenchOffice) -> int:
    """Numbers that more than one ticket bears, of a need and a day."""
    found = office.sql(
        "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) n FROM queueing_ticket GROUP BY need_id, day, number) t"
    )
    return int(str(found[0][0]))


def _gaps(office: BenchOffice) -> int:
    """Numbers below the last of its need and day that no ticket bears."""
    found = office.sql(
        "SELECT coalesce(sum(last - n), 0) FROM "
        "(SELECT max(number) last, count(DISTINCT number) n FROM queueing_ticket GROUP BY need_id, day) t"
    )
    return int(str(found[0][0]))
