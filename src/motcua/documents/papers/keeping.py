"""Bytes in the store: written once, however often and by however many at once they are sent."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from motcua.core.sql import execute, fetch_one
from motcua.documents.papers.benching import Made
from motcua.documents.papers.models import PDF

# Whoever comes second waits here until the first has committed, and then finds the row.
_KEEP = (
    "INSERT INTO documents_storedfile (sha256, size, kind, pages, place, scanned_at, stored_at) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (sha256) DO NOTHING"
)
# A share of the row: nobody sweeps it away before our paper points at it.
_HOLD = "SELECT 1 FROM documents_storedfile WHERE sha256 = %s FOR KEY SHARE"


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes in the store. `written`: the place they were written to now; empty when they lay there before."""

    sha256: str
    written: str = ""

    def take_back(self) -> None:
        """After the caller's transaction was undone: no bytes without a row."""
        if self.written:
            default_storage.delete(self.written)


def keep(made: Made, *, scanned: bool, at: datetime) -> Kept:
    """Keep a made paper, in the caller's transaction."""
    size = made.path.stat().st_size
    with made.path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    while True:
        if fetch_one(_HOLD, (sha256,)) is not None:
            return Kept(sha256)
        place = _write(made.path, sha256)
        row = (sha256, size, PDF, made.pages, place, at if scanned else None, at)
        if execute(_KEEP, row):
            return Kept(sha256, place)
        default_storage.delete(place)


def _write(path: Path, sha256: str) -> str:
    """The bytes into the storage; the place it gave them. Nothing that a person typed is part of it."""
    with path.open("rb") as content:
        return default_storage.save(f"papers/{sha256[:2]}/{sha256}.pdf", File(content))


def sweep_stored(sha256: str) -> bool:
    """Take away bytes that nothing points at any more: the row now, the bytes once that is committed."""
    # Whoever holds a share of the row is about to point at it: only after him is it seen who does.
    execute("SELECT 1 FROM documents_storedfile WHERE sha256 = %s FOR UPDATE", (sha256,))
    gone = fetch_one(
        "DELETE FROM documents_storedfile s WHERE s.sha256 = %s "
        "AND NOT EXISTS (SELECT 1 FROM documents_paper p WHERE p.stored_id = s.sha256) "
        "AND NOT EXISTS (SELECT 1 FROM documents_paperuse u WHERE u.stored_id = s.sha256) "
        "AND NOT EXISTS (SELECT 1 FROM documents_issuedpaper i WHERE i.stored_id = s.sha256) RETURNING place",
        (sha256,),
    )
    if gone is None:
        return False
    transaction.on_commit(partial(default_storage.delete, gone[0]))
    return True
