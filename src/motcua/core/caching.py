"""Django's database cache, which by itself deletes nothing that expired until it is full."""

from itertools import count
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache

from motcua.core.sql import execute

# Each write adds one row at most; now and then one takes away more than came since.
PURGE_EVERY = 64
PURGED_AT_ONCE = 100
_writes = count(1)


class PurgingCache(DatabaseCache):
    """As Django's own, but rows that expired go bit by bit; its table is `core_cache`, nothing else."""

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        super().set(key, value, timeout, version)
        _purge_now_and_then()

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        added = super().add(key, value, timeout, version)
        _purge_now_and_then()
        return added


def _purge_now_and_then() -> None:
    # Chosen once, before anything goes: within IN (...) the choice may be made anew for each row, past its limit.
    if next(_writes) % PURGE_EVERY == 0:
        execute(
            "WITH ended AS (SELECT cache_key FROM core_cache WHERE expires < now() "
            "ORDER BY expires LIMIT %s FOR UPDATE SKIP LOCKED) "
            "DELETE FROM core_cache c USING ended WHERE c.cache_key = ended.cache_key",
            (PURGED_AT_ONCE,),
        )
