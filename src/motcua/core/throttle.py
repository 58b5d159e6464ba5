"""A limit on tries, shared by all workers because it lives in the database."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from motcua.core.sql import execute, fetch_one

# Each try adds one row at most; now and then one takes away more than came since: the table stays small by itself.
PURGE_EVERY = 64
PURGED_AT_ONCE = 100
SUBSCRIBER_BITS: Final = 64
"""Of an IPv6 address, so many belong to one line; the rest its holder chooses as he likes (RFC 6177, RFC 8981)."""
_tries: Counter[str] = Counter()


@dataclass(frozen=True, slots=True)
class Book:
    """One bound: so many tries of `what` by `who` within a window. One `what` has one window: see `_purge`."""

    what: str
    who: str
    limit: int
    window: timedelta


def allow_in(books: Sequence[Book]) -> bool:
    """Count one try in every book, the narrowest first; False once one is full, and the wider stay as they were.

    What was counted for a try that turned out right is taken back with `forgive`.
    """
    return all(allow(what=one.what, who=one.who, limit=one.limit, window=one.window) for one in books)


def forgive(books: Sequence[Book]) -> None:
    """Take back the try that `allow_in` counted: only what goes wrong is to count.

    Counted first and taken back, not looked up first: many guesses at once would all find room.
    """
    keys = [_key(one.what, one.who) for one in books]
    execute("UPDATE core_throttle SET hits = hits - 1 WHERE key = ANY(%s) AND hits > 0", (keys,))


def _key(what: str, who: str) -> str:
    digest = hashlib.blake2b(who.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
    return f"{what}:{digest}"


def allow(*, what: str, who: str, limit: int, window: timedelta) -> bool:
    """Count one try of `what` by `who`; False once there were more than `limit` within the window.

    `who` is stored only as a keyed hash: no address of a citizen lies in the table.
    """
    row = fetch_one(
        "INSERT INTO core_throttle AS t (key, window_started_at, hits) VALUES (%s, now(), 1) "
        "ON CONFLICT (key) DO UPDATE SET "
        "hits = CASE WHEN t.window_started_at < now() - %s::interval THEN 1 ELSE t.hits + 1 END, "
        "window_started_at = CASE WHEN t.window_started_at < now() - %s::interval THEN now() "
        "ELSE t.window_started_at END RETURNING hits",
        (_key(what, who), window, window),
    )
    _tries[what] += 1
    if _tries[what] % PURGE_EVERY == 0:
        _purge(what, window)
    return row is not None and int(row[0]) <= limit


def _purge(what: str, window: timedelta) -> None:
    """Delete rows of `what` whose window is over, as many as cost nothing; rows in use are left to the next time."""
    execute(
        "WITH ended AS (SELECT key FROM core_throttle WHERE starts_with(key, %s) "
        "AND window_started_at < now() - %s::interval LIMIT %s FOR UPDATE SKIP LOCKED) "
        "DELETE FROM core_throttle t USING ended WHERE t.key = ended.key",
        (f"{what}:", window, PURGED_AT_ONCE),
    )


def address_of(request: HttpRequest) -> str:
    """The caller's address: the peer, or the last hop of X-Forwarded-For behind a proxy of our own.

    Of an IPv6 address the network of its line: who has one has 2^64 addresses, and each would have tries of its own.
    """
    if settings.MOTCUA_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.MOTCUA_PROXIES:
            return _line_of(hops[-settings.MOTCUA_PROXIES])
    return _line_of(str(request.META.get("REMOTE_ADDR", "")))


def _line_of(address: str) -> str:
    try:
        known = ip_address(address.strip("[]"))
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(IPv6Network((int(known), SUBSCRIBER_BITS), strict=False))
