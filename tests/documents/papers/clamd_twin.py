"""A twin of ClamAV's daemon: speaks INSTREAM, finds EICAR's test line and nothing else."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Twin(socketserver.ThreadingTCPServer):
    """`seen`: what was shown to it. `says`: an answer to give whatever comes; b"" hangs up instead."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.seen: list[bytes] = []
        self.says: bytes | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class Conversation(socketserver.StreamRequestHandler):
    server: Twin

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
        self.server.seen.append(content)
        found = b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        self.wfile.write(found if self.server.says is None else self.server.says)


@contextmanager
def scanner() -> Iterator[Twin]:
    with Twin() as twin:
        threading.Thread(target=twin.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield twin
        twin.shutdown()
