"""A ZIP written as it is sent, never whole in memory; every entry's hash is kept for the manifest."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from types import TracebackType
from typing import Final

_PIECE: Final = 1 << 18
_KEPT: Final = 1 << 22


class Aside:
    """The lines of a later entry, made while an earlier one is written: kept on disk beyond the first megabytes."""

    def __init__(self, head: str) -> None:
        self._kept = tempfile.SpooledTemporaryFile(_KEPT, "w+", encoding="utf-8", newline="")  # noqa: SIM115 (closed on exit)
        self._kept.write(head)

    def __enter__(self) -> "Aside":
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._kept.close()

    def write(self, line: str) -> None:
        self._kept.write(line)

    def lines(self) -> Iterator[str]:
        """Everything from the first line on."""
        self._kept.seek(0)
        yield from self._kept


class Outbox:
    """What was written and not sent yet."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Everything is sent when it is taken."""

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


class StreamedZip:
    """One ZIP with one folder. `hashes`: the SHA-256 of every entry so far, by name."""

    def __init__(self, folder: str, at: datetime) -> None:
        self._folder, self._at, self._outbox = folder, at.timetuple()[:6], Outbox()
        self._zip = zipfile.ZipFile(self._outbox, "w", zipfile.ZIP_DEFLATED)  # type: ignore[call-overload]
        self.hashes: dict[str, str] = {}

    def entry(self, name: str, lines: Iterable[str]) -> Iterator[bytes]:
        """Write one entry line by line; gives what can be sent meanwhile."""
        head = zipfile.ZipInfo(f"{self._folder}/{name}", self._at)
        head.compress_type, head.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        found, held = hashlib.sha256(), bytearray()
        with self._zip.open(head, "w", force_zip64=True) as entry:
            for line in lines:
                held += line.encode()
                if len(held) >= _PIECE:
                    found.update(held)
                    entry.write(bytes(held))
                    held.clear()
                    yield self._outbox.take()
            found.update(held)
            entry.write(bytes(held))
        self.hashes[name] = found.hexdigest()
        yield self._outbox.take()

    def end(self) -> bytes:
        """The directory of the ZIP: what was not sent yet."""
        self._zip.close()
        return self._outbox.take()
