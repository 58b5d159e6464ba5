"""Whether what was handed in or given out still lies in the store: its bytes are hashed anew and held to their name."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import default_storage

from motcua.core.sql import fetch_all
from motcua.documents.papers.models import PDF

_STORED = (
    "SELECT h.stored_id, s.place, s.size, s.kind, h.called FROM (SELECT stored_id, min(called) AS called FROM ("
    "SELECT stored_id, called FROM documents_paperuse UNION ALL SELECT stored_id, name FROM documents_issuedpaper) k "
    "GROUP BY stored_id) h LEFT JOIN documents_storedfile s ON s.sha256 = h.stored_id "
    "ORDER BY h.stored_id"
)
# A row comes and goes with what points at it (`keeping`), so that none is ever alone.
_ALONE = (
    "SELECT s.sha256 FROM documents_storedfile s "
    "WHERE NOT EXISTS (SELECT 1 FROM documents_paper p WHERE p.stored_id = s.sha256) "
    "AND NOT EXISTS (SELECT 1 FROM documents_paperuse u WHERE u.stored_id = s.sha256) "
    "AND NOT EXISTS (SELECT 1 FROM documents_issuedpaper i WHERE i.stored_id = s.sha256) ORDER BY s.sha256"
)
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Lost:
    """Bytes that were handed in with the filing `called`, and are gone (`missing`) or other than they were."""

    sha256: str
    missing: bool
    called: str


def lost_papers() -> Iterator[Lost]:
    """Everything handed in or given out whose bytes are no longer what they were. Reads all of it once."""
    for sha256, place, size, kind, called in fetch_all(_STORED):
        if place is None or not default_storage.exists(place):
            yield Lost(sha256, True, called)
        elif kind != PDF or default_storage.size(place) != size or _hash_of(place) != sha256:
            yield Lost(sha256, False, called)


def rows_alone() -> list[str]:
    """Rows of the store that nothing points at: no act of ours leaves one."""
    return [row[0] for row in fetch_all(_ALONE)]


def _hash_of(place: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(place) as content:
        for chunk in content.chunks(_AT_ONCE):
            digest.update(chunk)
    return digest.hexdigest()
