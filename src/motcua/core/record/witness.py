"""The seals as kept outside the database: one JSON object a line in the data folder, appended and never rewritten.

A chain can be rewritten from its first seal on by whoever rules the database; then this file, and every copy of the
public page that somebody else kept, says otherwise.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from io import BufferedRandom
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.core.record.leaves import SealText, moment
from motcua.core.refusals import Refusal
from motcua.core.sql import fetch_all

NAME: Final = "seals.jsonl"
_TAIL: Final = 4096
_AT_ONCE: Final = 1000


class Disagrees(Refusal):
    """The witness knows another seal of this number than the database does, or more seals."""

    def __init__(self, number: int) -> None:
        super().__init__(
            _(
                "Sổ chứng %(name)s và cơ sở dữ liệu khác nhau từ niêm phong số %(number)s: có người đã đổi, hoặc cơ sở "
                "dữ liệu được khôi phục từ bản cũ. Chạy motcua record verify, rồi đọc mục “Sổ niêm phong” ở "
                "docs/operate.md."
            )
            % {"name": NAME, "number": number}
        )


def witness_path() -> Path:
    """Where this machine keeps its witness."""
    return Path(settings.MOTCUA_VAR) / NAME


def seals_after(number: int, limit: int = _AT_ONCE) -> list[tuple[SealText, str]]:
    """The seals in the database after this number, in order, each with the hash stored with it."""
    rows = fetch_all(
        "SELECT number, previous, leaves, root, first, last, floor, sealed_at, hash FROM core_seal "
        "WHERE number > %s ORDER BY number LIMIT %s",
        (number, limit),
    )
    return [
        (SealText(number, previous, leaves, root, first, last, floor, moment(at)), stored)
        for number, previous, leaves, root, first, last, floor, at, stored in rows
    ]


def told(seal: SealText, stored: str) -> dict[str, Any]:
    """A seal as it is published and witnessed."""
    return {**asdict(seal), "hash": stored}


def follow(path: Path | None = None) -> int:
    """Append the seals that the witness does not have yet, and have them written to the disk; how many.

    Raises `Disagrees` when its newest seal is not the database's.
    """
    path = path or witness_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with path.open("a+b") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)
        last = _last(kept)
        if last is not None:
            _require_same(last)
        number = int(last["number"]) if last else 0
        while several := seals_after(number):
            kept.write(b"".join(json.dumps(told(*one)).encode() + b"\n" for one in several))
            number, written = several[-1][0].number, written + len(several)
        if written:
            kept.flush()
            os.fsync(kept.fileno())
    return written


def _last(kept: BufferedRandom) -> dict[str, str | int] | None:
    """The newest seal in the file; a line cut short by a power cut is closed and passed over."""
    end = kept.seek(0, os.SEEK_END)
    kept.seek(max(0, end - _TAIL))
    tail = kept.read()
    if tail and not tail.endswith(b"\n"):
        kept.write(b"\n")
    for line in reversed(tail.splitlines()):
        found = _read(line)
        if found is not None:
            return found
    return None


def _require_same(last: dict[str, str | int]) -> None:
    number = int(last["number"])
    if not [True for one, stored in seals_after(number - 1, 1) if (one.number, stored) == (number, last["hash"])]:
        raise Disagrees(number)


def _read(line: bytes) -> dict[str, str | int] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "number" in found and "hash" in found else None


def witnessed(path: Path) -> Iterator[tuple[int, str]]:
    """(number, hash) of every seal in a witness, as its lines have them. Raises `OSError` when it cannot be read."""
    with path.open("rb") as kept:
        yield from ((int(one["number"]), str(one["hash"])) for one in _told_in(kept))


def _told_in(lines: Iterable[bytes]) -> Iterator[dict[str, str | int]]:
    for line in lines:
        found = _read(line)
        if found is not None:
            yield found
