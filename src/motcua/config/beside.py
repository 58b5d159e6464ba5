"""What runs beside the web server: started with it, started again when it dies, ended before the database is."""

import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from motcua.config.env import Environment

log = structlog.get_logger("motcua.recurring")

COMMAND = (sys.executable, "-m", "motcua.config.cli", "work", "--beside", str(os.getpid()))
LIVE = (sys.executable, "-m", "motcua.config.cli", "live", "--beside", str(os.getpid()))
TWIN = (sys.executable, "-m", "motcua.correspondence.twin")
BANK = (sys.executable, "-m", "motcua.payments.twin")
AGAIN_AFTER = 5.0
PATIENCE = 20.0


class Beside:
    """One program of our own that lives as long as this one wants it to.

    It has a session of its own: a Ctrl-C at the terminal reaches the web server, which then ends it, once.
    """

    def __init__(self, command: tuple[str, ...] = COMMAND, again_after: float = AGAIN_AFTER) -> None:
        self._command, self._again_after = command, again_after
        self._over = threading.Event()
        self._pid: int | None = None
        self._lock = threading.Lock()
        self._watcher = threading.Thread(target=self._watch, name="beside", daemon=True)

    def start(self) -> None:
        """Start it, and go on starting it until `stop`."""
        self._watcher.start()

    def stop(self) -> None:
        """Ask it to end what it does and wait; what does not end is ended."""
        self._over.set()
        self._say(signal.SIGTERM)
        self._watcher.join(PATIENCE)
        if self._watcher.is_alive():
            log.warning("the background work did not end by itself")
            self._say(signal.SIGKILL)
            self._watcher.join(PATIENCE)

    def _say(self, sign: signal.Signals) -> None:
        with self._lock:
            if self._pid is not None:
                os.kill(self._pid, sign)

    def _watch(self) -> None:
        while True:
            with self._lock:
                if self._over.is_set():
                    return
                pid = self._pid = _begun(self._command)
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
            with self._lock:  # its number belongs to it until it is asked for here
                self._pid, code = None, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            if self._over.wait(self._again_after):
                return
            log.warning("the background work ended and is started again", code=code)


def _begun(command: tuple[str, ...]) -> int:
    """Start it; its process id.

    Not by `subprocess`: that waits until a pipe to the new program is closed by all who hold it, and the web server,
    which forks its workers while we start, would hand the pipe to them. It would wait as long as they live.
    """
    nothing = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
    return os.posix_spawn(command[0], command, os.environ, file_actions=[nothing], setsid=True)


@contextmanager
def working_beside() -> Iterator[None]:
    """The recurring rules (`motcua work`) run beside the block."""
    with running_beside(COMMAND):
        yield


@contextmanager
def streams_beside() -> Iterator[None]:
    """The streams of the queue (`motcua live`) run beside the block."""
    with running_beside(LIVE):
        yield


def choose_port_of_streams() -> None:
    """The demo takes any free port for its streams, unless the environment names one. Before the settings are read."""
    if not os.environ.get("MOTCUA_LIVE_PORT"):
        os.environ["MOTCUA_LIVE_PORT"] = str(*_free_ports(1))


@contextmanager
def outside_world() -> Iterator[None]:
    """The demo's twin of the carriers runs beside the block, and the environment says where: nothing leaves here.

    An office with carriers of its own in the environment uses those. Call it before the settings are read.
    """
    if any(os.environ.get(name) for name in ("MOTCUA_SMS_URL", "MOTCUA_ZALO_URL", "MOTCUA_MAIL")):
        yield
        return
    phones, mail = _free_ports(2)
    os.environ["MOTCUA_SMS_URL"] = f"http://127.0.0.1:{phones}/sms"
    os.environ.setdefault("MOTCUA_SMS_KEY", secrets.token_hex(32))
    os.environ["MOTCUA_ZALO_URL"] = f"http://127.0.0.1:{phones}/zalo"
    os.environ["MOTCUA_MAIL"] = f"smtp://127.0.0.1:{mail}"
    with running_beside((*TWIN, str(phones), str(mail))):
        yield


@contextmanager
def bank_beside(env: Environment) -> Iterator[None]:
    """The demo's twin of a bank runs beside the block, and tells the office of money under the secret they share.

    The environment says where its page is. Call it before the settings are read.
    """
    (port,) = _free_ports(1)
    os.environ["MOTCUA_BANK_SECRET"] = env.bank_secret
    os.environ["MOTCUA_DEMO_BANK"] = f"http://127.0.0.1:{port}"
    try:
        with running_beside((*BANK, str(port), f"http://127.0.0.1:{env.port}")):
            yield
    finally:
        del os.environ["MOTCUA_DEMO_BANK"]


def _free_ports(how_many: int) -> list[int]:
    """Ports of this machine that nobody listens at just now."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(how_many)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@contextmanager
def running_beside(command: tuple[str, ...]) -> Iterator[None]:
    """A program of our own runs beside the block."""
    beside = Beside(command)
    beside.start()
    try:
        yield
    finally:
        beside.stop()


@contextmanager
def identity_beside(env: Environment) -> Iterator[None]:
    """The demo's identity provider runs beside the block, unless the environment names another.

    It takes a port of this machine that is free, and the office is told of it by the environment, before it reads it.
    """
    if env.identity is not None:
        yield
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    os.environ["MOTCUA_OIDC_SERVER"] = f"http://127.0.0.1:{port}"
    provider = Beside((sys.executable, "-m", "motcua.demo.identity", port))
    provider.start()
    try:
        yield
    finally:
        provider.stop()
        del os.environ["MOTCUA_OIDC_SERVER"]
