"""A real office to measure: its own data folder, its own port, the server as `make run` starts it."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import psycopg

WORKERS = 4


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class BenchOffice:
    """The demo office in a folder of its own, served on loopback until the block ends."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
        self.folder.chmod(0o755)
        self.port, self.live_port = free_port(), free_port()

    def __enter__(self) -> "BenchOffice":
        environment = {
            **os.environ, "MOTCUA_VAR": str(self.folder / "var"), "MOTCUA_PORT": str(self.port),
            "MOTCUA_LIVE_PORT": str(self.live_port), "MOTCUA_WORKERS": str(WORKERS), "MOTCUA_LOG_LEVEL": "ERROR",
        }  # fmt: skip
        environment.pop("DATABASE_URL", None)
        self.process = subprocess.Popen(
            [str(Path(sys.executable).with_name("motcua")), "run"], env=environment, stdout=subprocess.DEVNULL
        )
        self._wait_until_ready()
        self.socket_dir = str(self.folder / "var" / "pg")
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait_until_ready(self) -> None:
        for _ in range(240):
            if self.process.poll() is not None:
                raise RuntimeError("the office did not start")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                connection.request("GET", "/health/ready")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.5)
        raise RuntimeError("the office was not ready in two minutes")

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        """Ask the office's database."""
        with psycopg.connect(host=self.socket_dir, user="postgres", dbname="motcua") as connection:
            return connection.execute(statement).fetchall()

    def log_in(self, username: str, password: str) -> dict[str, str]:
        """The cookies of a logged-in official."""
        cookies: dict[str, str] = {}
        page = self._request("GET", "/accounts/login/", cookies)
        token = _token(page)
        self._request(
            "POST", "/accounts/login/", cookies, {"login": username, "password": password, "csrfmiddlewaretoken": token}
        )
        if not any(name.startswith("sessionid") for name in cookies):
            raise RuntimeError(f"{username} could not log in")
        return cookies

    def page(self, path: str, cookies: dict[str, str]) -> str:
        """One page as this official sees it."""
        return self._request("GET", path, cookies)

    def _request(self, method: str, path: str, cookies: dict[str, str], fields: dict[str, str] | None = None) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = header.split(";", 1)[0].partition("=")
            cookies[name] = value
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return text


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken"[^>]*value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("the page has no CSRF token")
    return found.group(1)
