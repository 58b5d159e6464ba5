"""What happens in the hall of a running office while a browser looks on: done by a process of its own."""

import os
import subprocess
import sys

from tests.browser.running import REPOSITORY, RunningOffice


def told(office: RunningOffice, deed: str) -> str:
    """Do a deed of `hall_story` in the office; what it said."""
    ours = {"MOTCUA_VAR": str(office.folder / "var"), "MOTCUA_PORT": str(office.port), "MOTCUA_LOG_LEVEL": "ERROR"}
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "MOTCUA_LIVE_PORT")}
    done = subprocess.run(
        [sys.executable, "-m", "motcua.config.cli", "manage", "shell", "-v", "0", "-c",
         f"from tests.browser import hall_story; print(hall_story.{deed}())"],
        cwd=REPOSITORY, env=kept | ours, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip().splitlines()[-1]
