"""The twin's gateway of SMS and Zalo: what `ways/gateway.py` speaks to, over real HTTP."""

import json
import os
import threading
import time
import urllib.request
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from motcua.core.ids import uuid7
from motcua.core.signed_calls import signature
from motcua.correspondence.twin.kept import Kept

WAYS: Final = ("sms", "zalo")
LONGEST: Final = 64 * 1024
SAID: Final = "/said"
PATIENCE: Final = 5
"""Seconds for the office to answer what a telephone said."""


class PhoneServer(ThreadingHTTPServer):
    """Takes messages at 127.0.0.1 once it is served, and shows them under /taken."""

    def __init__(self, kept: Kept, port: int) -> None:
        self.kept = kept
        super().__init__(("127.0.0.1", port), _Speaker)


def phone_server(kept: Kept, port: int = 0) -> PhoneServer:
    """A server on 127.0.0.1 that takes messages and shows them under /taken; not yet serving."""
    return PhoneServer(kept, port)


class _Speaker(BaseHTTPRequestHandler):
    """One request of the office's gateway."""

    server: PhoneServer

    def log_message(self, *args: Any) -> None:
        """Nothing: paths and numbers are nobody's business, in a demo too."""

    def do_GET(self) -> None:
        if self.path == "/taken":
            self._say(HTTPStatus.OK, {"taken": self.server.kept.plain()})
            return
        if self._misbehaved():
            return
        state = self.server.kept.state_of(self.path.rpartition("/")[2])
        self._say(HTTPStatus.OK if state else HTTPStatus.NOT_FOUND, {"state": state})

    def do_POST(self) -> None:
        told = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LONGEST))
        if self.path == SAID:
            # Who asks may be the one worker that could answer: he is let go first.
            passing = threading.Thread(target=_passed_on, args=(self.server.kept, json.loads(told)), daemon=True)
            passing.start()
            self._say(HTTPStatus.OK, {})
            return
        if self._misbehaved():
            return
        way, said = self.path.strip("/"), json.loads(told or b"{}")
        if way not in WAYS or not self.headers.get("Authorization", "").startswith("Bearer "):
            self._say(HTTPStatus.UNAUTHORIZED, {})
        elif said["to"] in self.server.kept.behaviour.refused:
            self._say(HTTPStatus.UNPROCESSABLE_ENTITY, {})
        else:
            ref = f"{way}-{self.headers['Idempotency-Key']}"
            self._say(HTTPStatus.OK, {"ref": self.server.kept.take(way, ref, said["to"], said["text"])})

    def _misbehaved(self) -> bool:
        self.server.kept.requests += 1
        behaviour = self.server.kept.behaviour
        time.sleep(behaviour.wait)
        if behaviour.deaf:
            self.close_connection = True
            return True
        if behaviour.statuses:
            self._say(behaviour.statuses.popleft(), {})
            return True
        if behaviour.babble:
            self._send(HTTPStatus.OK, b"<html>under repair</html>")
            return True
        return False

    def _say(self, status: int, answer: dict[str, Any]) -> None:
        self._send(status, json.dumps(answer).encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _passed_on(kept: Kept, said: dict[str, str]) -> None:
    """What somebody typed on a telephone, told to the office as a gateway tells it; its answer comes to the phone."""
    told = {"id": str(uuid7()), "from": said["from"], "text": said["text"]}
    body, stamp = json.dumps(told).encode(), str(int(time.time()))
    call = urllib.request.Request(
        f"http://127.0.0.1:{os.environ.get('MOTCUA_PORT') or 8000}/sms/told/", data=body, method="POST",
        headers={"Content-Type": "application/json", "X-Motcua-Timestamp": stamp,
                 "X-Motcua-Signature": signature(os.environ.get("MOTCUA_SMS_KEY", ""), stamp, body)},
    )  # fmt: skip
    try:
        with urllib.request.urlopen(call, timeout=PATIENCE) as answer:  # noqa: S310 (as above)
            reply = str(json.load(answer).get("reply") or "")
    except (OSError, ValueError) as fault:
        reply = f"({type(fault).__name__})"
    if reply:
        kept.take("sms", f"sms-{told['id']}", told["from"], reply)
