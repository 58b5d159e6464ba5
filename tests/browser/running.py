"""A whole office of its own for tests with a browser: opened by the product's one command, closed with Ctrl-C."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
START_SECONDS = 600
STOP_SECONDS = 180  # what happened is sealed before it closes


def prepared(shared: Path) -> Path:
    """The folder of an office opened and closed once in `shared`, where several processes of one test run look.

    Whoever comes first opens it, a database, a year and all; the others wait for him.
    """
    folder, done = shared / "office", shared / "office-is-prepared"
    with (shared / "office.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of one that did not open
            folder.mkdir()
            office = RunningOffice(folder=folder)
            try:
                office.start()
            finally:
                office.close()
            done.touch()
    return folder


class OfficeFailed(AssertionError):
    """The office did not open, or did not close; the message carries what it printed."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningOffice:
    """`motcua run` in a folder of its own. `url` once `start` has come back.

    `like`: the folder of an office that was opened and closed once; this one goes on from a copy of what it kept.
    """

    def __init__(self, *, folder: Path | None = None, like: Path | None = None) -> None:
        self.folder = folder or Path(tempfile.mkdtemp(prefix="motcua-office-"))
        self.folder.chmod(0o755)  # PostgreSQL runs as a user of its own when we are root.
        if like is not None:
            subprocess.run(["cp", "-a", like / "var", self.folder / "var"], check=True)  # owners and all
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._printed = self.folder / "printed.txt"
        self._command: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Open the office; raises `OfficeFailed` when it is not ready in time."""
        ours = ("MOTCUA_", "DATABASE_URL", "DJANGO_", "PYTEST_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        wanted = {"MOTCUA_VAR": str(self.folder / "var"), "MOTCUA_PORT": str(self.port), "MOTCUA_LOG_LEVEL": "WARNING"}
        command = Path(sys.executable).with_name("motcua")
        with self._printed.open("wb") as printed:
            self._command = subprocess.Popen(
                [command, "run"], cwd=REPOSITORY, env=kept | wanted, stdout=printed, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if self._command.poll() is not None or time.monotonic() > deadline:
                raise OfficeFailed(f"the office did not open:\n{self.printed()}")
            time.sleep(0.2)

    def stop(self) -> None:
        """Close it as Ctrl-C does and remove its folder; raises `OfficeFailed` when something stays behind."""
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def close(self) -> None:
        """Close it as Ctrl-C does; its folder stays. Raises `OfficeFailed` when something stays behind."""
        if self._command is None:
            return
        started = self.processes()
        self._command.send_signal(signal.SIGINT)
        try:
            self._command.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise OfficeFailed(f"Ctrl-C did not close the office:\n{self.printed()}") from error
        finally:
            left = self._left_behind(started)
            for pid in left:
                os.kill(pid, signal.SIGKILL)
        if left:
            raise OfficeFailed(f"the office left behind {left}:\n{self.printed()}")
        self._command = None

    def printed(self) -> str:
        return self._printed.read_text(encoding="utf-8", errors="replace")

    def processes(self) -> dict[int, str]:
        """Every process of this office: the command, what descends from it, and what works in its folder."""
        parents, commands = _processes()
        root = self._command.pid if self._command else 0
        ours = {root}
        grew = True
        while grew:
            more = {pid for pid, parent in parents.items() if parent in ours} - ours
            ours |= more
            grew = bool(more)
        ours |= {pid for pid, command in commands.items() if str(self.folder) in command}
        return {pid: commands[pid] for pid in ours if pid in commands}

    def _left_behind(self, started: dict[int, str]) -> dict[int, str]:
        """What of it still lives; PostgreSQL may take a moment to write its last page."""
        deadline = time.monotonic() + STOP_SECONDS
        while True:
            alive = {pid: command for pid, command in _processes()[1].items() if started.get(pid) == command}
            if not alive or time.monotonic() > deadline:
                return alive
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/ready", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


def _processes() -> tuple[dict[int, int], dict[int, str]]:
    """Parent and command line of every living process that has one (kernel threads and the dead have none)."""
    parents: dict[int, int] = {}
    commands: dict[int, str] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            # After the name in brackets, which may hold anything: state, parent.
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if command and state != "Z":
            parents[int(folder.name)] = int(parent)
            commands[int(folder.name)] = command
    return parents, commands
