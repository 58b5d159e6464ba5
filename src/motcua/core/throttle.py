"""A limit on tries, shared by all workers because it lives in the database."""

import hashlib
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest

from motcua.core.sql import execute, fetch_one

# Each try adds one row at most; now and then one takes away more than came since: the table stays small by itself.
PURGE_EVERY = 64
PURGED_AT_ONCE = 100
_tries: Counter[str] = Counter()


def allow(*, what: str, who: str, limit: int, window: timedelta) -> bool:
    """Count one try of `what` by `who`; False once there were more than `limit` within the window.

    `who` is stored only as a keyed hash: no address of a citizen lies in the table.
    """
    digest = hashlib.blake2b(who.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
    row = fetch_one(
        "INSERT INTO core_throttle AS t (key, window_started_at, hits) VALUES (%s, now(), 1) "
        "ON CONFLICT (key) DO UPDATE SET "
        "hits = CASE WHEN t.window_started_at < now() - %s::interval THEN 1 ELSE t.hits + 1 END, "
        "window_started_at = CASE WHEN t.window_started_at < now() - %s::interval THEN now() "
        "ELSE t.window_started_at END RETURNING hits",
        (f"{what}:{digest}", window, window),
    )
    _tries[what] += 1
    if _tries[what] % PURGE_EVERY == 0:
        _purge(what, window)
    return row is not None and int(row[0]) <= limit


def _purge(what: str, window: timedelta) -> None:
    """Delete rows of `what` whose window is over, as many as cost nothing; rows in use are left to the next time."""
    execute(
        "DELETE FROM core_throttle WHERE key IN (SELECT key FROM core_throttle WHERE starts_with(key, %s) "
        "AND window_started_at < now() - %s::interval LIMIT %s FOR UPDATE SKIP LOCKED)",
        (f"{what}:", window, PURGED_AT_ONCE),
    )


def address_of(request: HttpRequest) -> str:
    """The caller's address: the peer, or the last hop of X-Forwarded-For behind a proxy of our own."""
    if settings.MOTCUA_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.MOTCUA_PROXIES:
            return hops[-settings.MOTCUA_PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))
