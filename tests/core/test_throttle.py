"""Tries are counted per window, and what is over leaves the tables by itself."""

from collections import Counter
from datetime import timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from motcua.core import caching, throttle
from motcua.core.models import Throttle
from motcua.core.sql import execute, fetch_one

pytestmark = pytest.mark.django_db
WINDOW = timedelta(minutes=10)


def tried(who: str, what: str = "tracking") -> bool:
    return throttle.allow(what=what, who=who, limit=2, window=WINDOW)


def aged(by: timedelta, count_of: int, what: str = "tracking") -> None:
    """So many callers whose window began that long ago."""
    execute(
        "INSERT INTO core_throttle (key, window_started_at, hits) "
        "SELECT %s || ':' || %s || n, now() - %s::interval, 1 FROM generate_series(1, %s) n",
        (what, str(by), by, count_of),
    )


@pytest.fixture(autouse=True)
def first_of_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "_tries", Counter())
    monkeypatch.setattr(caching, "_writes", count(1))


def test_the_third_try_of_two_is_refused_and_others_are_not():
    assert [tried("192.0.2.1") for _time in range(3)] == [True, True, False]
    assert tried("192.0.2.2")
    assert tried("192.0.2.1", what="tracking-key")


def test_a_full_book_keeps_the_wider_ones_and_a_right_try_is_taken_back():
    near = throttle.Book("here", "192.0.2.1", 2, WINDOW)
    far = throttle.Book("everywhere", "H17.21", 3, WINDOW)
    for _right in range(5):
        assert throttle.allow_in([near, far])
        throttle.forgive([near, far])
    assert [throttle.allow_in([near, far]) for _wrong in range(4)] == [True, True, False, False]
    others = [throttle.Book("here", f"192.0.2.{end}", 2, WINDOW) for end in (7, 8)]
    assert throttle.allow_in([others[0], far]), "what the near book refused was not counted further out"
    assert not throttle.allow_in([others[1], far])


@pytest.mark.parametrize(
    ("peer", "line"),
    [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("", ""), ("unix:", "unix:"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"), ("2001:db8:1:2:ffff:a:b:c", "2001:db8:1:2::/64"),
        ("[2001:db8:1:3::1]", "2001:db8:1:3::/64"), ("fe80::1%eth0", "fe80::/64"),
    ],
)  # fmt: skip
def test_all_addresses_of_one_line_are_one_caller(peer: str, line: str, settings):
    assert throttle.address_of(RequestFactory().get("/", REMOTE_ADDR=peer)) == line
    settings.MOTCUA_PROXIES = 1
    assert throttle.address_of(RequestFactory().get("/", headers={"X-Forwarded-For": f"198.51.100.1, {peer}"})) == (
        line or "198.51.100.1"
    )


def test_tries_that_are_over_are_purged_bit_by_bit():
    aged(timedelta(minutes=11), 150)
    aged(timedelta(minutes=9), 5)
    aged(timedelta(days=9), 3, what="other")
    for number in range(throttle.PURGE_EVERY - 1):
        tried(f"192.0.2.{number}")
    assert Throttle.objects.count() == 158 + throttle.PURGE_EVERY - 1
    tried("192.0.2.1")
    left = 158 - throttle.PURGED_AT_ONCE + throttle.PURGE_EVERY - 1
    assert Throttle.objects.count() == left
    for _try in range(throttle.PURGE_EVERY):
        tried("192.0.2.1")
    left -= 50  # of 150 the first hundred went before; what still counts, or counts elsewhere, stays
    assert Throttle.objects.count() == left
    assert Throttle.objects.filter(key__startswith="other:").count() == 3


def test_cached_values_that_expired_are_purged_bit_by_bit():
    cache.clear()  # no table of a model: what other tests committed still lies there
    execute(
        "INSERT INTO core_cache (cache_key, value, expires) "
        "SELECT 'old:' || n, '', now() - interval '1 hour' FROM generate_series(1, 150) n"
    )
    for number in range(caching.PURGE_EVERY - 1):
        cache.set(f"new-{number}", number)
    assert rows_in_the_cache() == 150 + caching.PURGE_EVERY - 1
    assert cache.add("last", "kept")
    assert rows_in_the_cache() == 50 + caching.PURGE_EVERY
    assert cache.get("last") == "kept"


def rows_in_the_cache() -> int:
    row = fetch_one("SELECT count(*) FROM core_cache")
    assert row is not None
    return int(row[0])
