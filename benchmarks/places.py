"""A year of each of the five places written in bulk, as `motcua demo --place all` does, on a database of its own.

Timed: agencies, people, postings, every filing lived by the real rules, and the counters. Not timed: the empty office.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TARGET_SECONDS = 30.0
_SAID = re.compile(r"(\d+) hồ sơ trong ([\d.]+) giây")
_BEFORE = (("migrate",), ("manage", "load_calendar"), ("manage", "import_catalogue"), ("demo",))


def run() -> dict[str, float]:
    """Filings, seconds, filings per second, and the seconds allowed."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
    folder.chmod(0o755)
    try:
        for arguments in _BEFORE:
            _motcua(folder, *arguments)
        said = _SAID.search(_motcua(folder, "demo", "--place", "all"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if said is None:
        raise RuntimeError("the simulation did not say how long it took")
    filings, seconds = float(said[1]), float(said[2])
    return {
        "filings": filings,
        "seconds": seconds,
        "target_seconds": TARGET_SECONDS,
        "filings_per_second": filings / seconds,
    }


def _motcua(folder: Path, *arguments: str) -> str:
    settings = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    settings |= {"MOTCUA_VAR": str(folder / "var"), "MOTCUA_MODE": "demo"}
    command = [sys.executable, "-m", "motcua.config.cli", *arguments]
    return subprocess.run(command, env=settings, check=True, capture_output=True, text=True).stdout
