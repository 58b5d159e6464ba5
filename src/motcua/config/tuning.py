"""The settings of the embedded PostgreSQL, measured against its defaults, which suit a machine of twenty years ago.

They stand in a file of ours that `postgresql.conf` includes at its end: what an administrator writes below that line,
or sets by `ALTER SYSTEM`, wins.
"""

from pathlib import Path
from typing import Final

import psutil

MIB: Final = 1024 * 1024
INCLUDED: Final = "motcua.conf"
_LINE: Final = f"\ninclude_if_exists = '{INCLUDED}'\n"
_FIXED: Final = {
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
}
"""Checkpoints far apart, or every page is logged whole again after each; look-ups by index cost what they do on a solid
state disk; no statement here runs long enough to be worth compiling."""


def tuned(pgdata: Path) -> None:
    """Write our settings into this data folder; a server that runs already takes them up at its next start."""
    (pgdata / INCLUDED).write_text(_settings(psutil.virtual_memory().total // MIB))
    (pgdata / INCLUDED).chmod(0o644)
    conf = pgdata / "postgresql.conf"
    written = conf.read_text()
    if _LINE not in written:
        conf.write_text(written + _LINE)


def _settings(memory: int) -> str:
    """`memory` of the machine in MiB; an eighth of it, at most 1 GiB, for the pages that the server keeps itself."""
    chosen = {
        "shared_buffers": f"{min(max(memory // 8, 128), 1024)}MB",
        "effective_cache_size": f"{max(memory // 2, 256)}MB",
        **_FIXED,
    }
    return "".join(f"{name} = {value}\n" for name, value in chosen.items())
