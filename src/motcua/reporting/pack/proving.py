"""The way from a leaf to its seal: its neighbours on the way up, or the whole list of leaves where that is shorter."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from motcua.core.record.leaves import way_up
from motcua.reporting.pack.contents import json_line
from motcua.reporting.pack.reading import hashes_of

WIDTH = 32


class Ways:
    """Knows, for the seals of one pack, which leaves are told in full; `kept` are those that were needed."""

    def __init__(self, seals: list[tuple[int, int, int]]) -> None:
        self.whole = {number for number, leaves, meant in seals if meant * leaves.bit_length() >= leaves}
        self.kept: set[int] = set()
        self._leaves: Callable[[int], list[bytes]] = lru_cache(maxsize=16)(_leaves_of)

    def proven(self, told: dict[str, Any]) -> dict[str, Any]:
        """The same with its way up, unless its seal's leaves are told in full."""
        seal, position = told["seal"], told["position"]
        if seal in self.whole:
            self.kept.add(seal)
            return told
        way = [[side, beside.hex()] for side, beside in way_up(self._leaves(seal), position)]
        return {**told, "way": way}

    def lines(self) -> Iterator[str]:
        """The lists of leaves, a seal a line."""
        for seal in sorted(self.kept):
            yield json_line({"seal": seal, "hashes": hashes_of(seal).hex()})


def _leaves_of(seal: int) -> list[bytes]:
    packed = hashes_of(seal)
    return [packed[start : start + WIDTH] for start in range(0, len(packed), WIDTH)]
