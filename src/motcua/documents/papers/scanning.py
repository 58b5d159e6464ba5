"""Asking ClamAV whether bytes carry malware: its INSTREAM command, spoken over a socket (clamd's manual).

Set and not answering is a refusal, never a pass.
"""

import socket
from collections.abc import Iterable
from typing import BinaryIO, Final

import structlog

from motcua.documents.papers.benching import Part
from motcua.documents.papers.refusals import PaperRefused

log = structlog.get_logger("motcua.papers")
_CHUNK: Final = 64 * 1024
_PATIENCE: Final = 30.0  # seconds of silence
_ANSWER: Final = 4096


def scan(parts: Iterable[Part], address: str) -> None:
    """Have every part looked at by the scanner at `address` (`host:port`, or a socket's path).

    Raises `PaperRefused`: one carries malware, or the scanner does not say that it is clean.
    """
    for part in parts:
        try:
            with part.path.open("rb") as content:
                said = _said_of(content, address)
        except (OSError, ValueError) as fault:
            log.warning("scanner does not answer", fault=type(fault).__name__)
            raise PaperRefused("no_scanner") from fault
        if said.endswith(" FOUND"):
            found = said.removeprefix("stream: ").removesuffix(" FOUND")
            log.warning("malware refused", found=found)
            raise PaperRefused("infected", detail=found[:80], part=part.name)
        if said != "stream: OK":
            log.warning("scanner gave up", said=said[:200])
            raise PaperRefused("no_scanner")


def _said_of(content: BinaryIO, address: str) -> str:
    """One INSTREAM: chunks with their length before them, an empty one at the end; the answer ends with NUL."""
    with _connected(address) as line:
        line.sendall(b"zINSTREAM\0")
        while chunk := content.read(_CHUNK):
            line.sendall(len(chunk).to_bytes(4, "big") + chunk)
        line.sendall(bytes(4))
        said = b""
        while not said.endswith(b"\0") and len(said) < _ANSWER:
            more = line.recv(_ANSWER)
            if not more:
                break
            said += more
    return said.rstrip(b"\0\n").decode("utf-8", errors="replace")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_PATIENCE)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE)
