"""The hashes of the record by themselves: trees, proofs, texts."""

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from motcua.core.record import leaves


def a_leaf(number: int) -> bytes:
    return leaves.leaf(str(number).encode())


def root_by_the_rfc(hashes: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word: split at the largest power of two smaller than n."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return sha256(b"\x01" + root_by_the_rfc(hashes[:split]) + root_by_the_rfc(hashes[split:])).digest()


@pytest.mark.parametrize("count", [*range(1, 34), 100, 1000])
def test_the_root_is_that_of_the_rfc(count):
    hashes = [a_leaf(number) for number in range(count)]
    assert leaves.root(hashes) == root_by_the_rfc(hashes)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13, 64, 65])
def test_every_leaf_climbs_to_the_root_and_no_other_does(count):
    hashes = [a_leaf(number) for number in range(count)]
    for position, start in enumerate(hashes):
        steps = leaves.way_up(hashes, position)
        assert leaves.climbed(start, steps) == leaves.root(hashes)
        assert leaves.climbed(a_leaf(-1), steps) != leaves.root(hashes)


def test_a_tree_needs_leaves_and_a_proof_a_leaf_of_it():
    with pytest.raises(ValueError, match="leaves"):
        leaves.root([])
    with pytest.raises(IndexError):
        leaves.way_up([a_leaf(1)], 1)


def test_no_value_is_two_lines():
    assert leaves.escaped("a\nb") == "a\\nb"
    assert leaves.escaped("a\\nb") == "a\\\\nb"
    assert leaves.actor_digest("", "a\nb", "") != leaves.actor_digest("", "a", "b")


def test_a_moment_is_utc_to_the_microsecond_whatever_its_zone():
    at = datetime(2026, 11, 22, 4, 10, 0, 5, tzinfo=UTC)
    assert leaves.moment(at) == "2026-11-22T04:10:00.000005Z"
    assert leaves.moment(at.astimezone(timezone(timedelta(hours=7)))) == leaves.moment(at)
    with pytest.raises(ValueError, match="zone"):
        leaves.moment(datetime(2026, 11, 22))  # noqa: DTZ001 (the fault under test)


def test_the_rows_of_a_subject_hash_the_same_in_any_order():
    rows = [("steps", "2", "bb"), ("dossiers", "1", "aa")]
    assert leaves.rows_preimage("dossier", "x", rows) == leaves.rows_preimage("dossier", "x", reversed(rows))


def test_every_part_of_a_seal_counts():
    facts = {"number": 2, "previous": "aa", "leaves": 3, "root": "bb", "first": 4, "last": 6, "floor": 6,
             "sealed_at": "2026-11-22T04:10:00.000000Z"}  # fmt: skip
    whole = leaves.SealText(**facts).hash()
    for name, value in facts.items():
        changed = facts | {name: value + 1 if isinstance(value, int) else value + "0"}
        assert leaves.SealText(**changed).hash() != whole
