"""A year of each of the five places written in bulk: `motcua demo --place all` on a new database with empty tables.

`seconds`: agencies, people, postings, every filing lived by the real rules, and the counters. `command_seconds`: the
whole command, which first loads calendar and catalogue and builds today's office, and starts and stops PostgreSQL.
A bundle is one filing; its parts at other agencies are made as well and not counted. Sealing is not in it.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

TARGET_SECONDS = 30.0
_SAID = re.compile(r"(\d+) hồ sơ trong ([\d.]+) giây")


def run() -> dict[str, float]:
    """Filings, seconds, seconds of the whole command, the seconds allowed, and filings per second."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
    folder.chmod(0o755)
    try:
        _motcua(folder, "migrate")
        started = perf_counter()
        said = _SAID.search(_motcua(folder, "demo", "--place", "all"))
        command_seconds = perf_counter() - started
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if said is None:
        raise RuntimeError("the simulation did not say how long it took")
    filings, seconds = float(said[1]), float(said[2])
    return {
        "filings": filings,
        "seconds": seconds,
        "command_seconds": command_seconds,
        "target_seconds": TARGET_SECONDS,
        "filings_per_second": filings / seconds,
    }


def _motcua(folder: Path, *arguments: str) -> str:
    settings = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    settings |= {"MOTCUA_VAR": str(folder / "var"), "MOTCUA_MODE": "demo"}
    command = [sys.executable, "-m", "motcua.config.cli", *arguments]
    return subprocess.run(command, env=settings, check=True, capture_output=True, text=True).stdout
