"""`motcua work` beside the web server: started with it, started again when it dies, ended before the database is."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger("motcua.recurring")

COMMAND = (sys.executable, "-m", "motcua.config.cli", "work", "--beside", str(os.getpid()))
AGAIN_AFTER = 5.0
PATIENCE = 20.0


class Beside:
    """One program of our own that lives as long as this one wants it to.

    It has a session of its own: a Ctrl-C at the terminal reaches the web server, which then ends it, once.
    """

    def __init__(self, command: tuple[str, ...] = COMMAND, again_after: float = AGAIN_AFTER) -> None:
        self._command, self._again_after = command, again_after
        self._over = threading.Event()
        self._running: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._watcher = threading.Thread(target=self._watch, name="beside", daemon=True)

    def start(self) -> None:
        """Start it, and go on starting it until `stop`."""
        self._watcher.start()

    def stop(self) -> None:
        """Ask it to end what it does and wait; what does not end is ended."""
        with self._lock:
            self._over.set()
            running = self._running
        if running is not None and running.poll() is None:
            running.terminate()
            try:
                running.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                log.warning("the background work did not end by itself")
                running.kill()
                running.wait()
        self._watcher.join(PATIENCE)

    def _watch(self) -> None:
        while True:
            with self._lock:
                if self._over.is_set():
                    return
                running = self._running = subprocess.Popen(  # noqa: S603 (our own command)
                    self._command, stdin=subprocess.DEVNULL, start_new_session=True
                )
            code = running.wait()
            if self._over.wait(self._again_after):
                return
            log.warning("the background work ended and is started again", code=code)


@contextmanager
def working_beside() -> Iterator[None]:
    """The recurring rules run beside the block."""
    beside = Beside()
    beside.start()
    try:
        yield
    finally:
        beside.stop()
