"""Which published numbers stay back, so that no small one can be read or computed.

A number from 1 to 4 is told as "under five". Where totals would give it away, other numbers stay back too and are told
as "at least ..."; zero is always told. The rule proves what it shows: for every number kept back it finds another table
of whole numbers that fits everything published and differs in that number. When it finds none it keeps back one more,
the smallest that touches it. Releases come one after another: what an earlier release told is never taken back, so the
numbers of a later one (a quarter, a year) stay back where they would betray a month.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

Key = Any
"""Whatever names a cell: hashable."""
LEAST: Final = 5
# How many combinations are tried before one more number is kept back.
PATIENCE: Final = 400
MOST_CHANGED: Final = 48
# How much dearer a number is for every sum in which it would then be kept back alone.
OPENING: Final = 9


class Mark(StrEnum):
    """How a cell is published."""

    EXACT = "exact"
    UNDER = "under"
    """From 1 to 4."""
    MORE = "more"
    """Five or more, kept back for another's sake."""
    WITHHELD = "withheld"
    """Nothing is said of it."""


BOUNDS: Final[Mapping[Mark, tuple[float, float]]] = {
    Mark.UNDER: (1, LEAST - 1),
    Mark.MORE: (LEAST, float("inf")),
    Mark.WITHHELD: (float("-inf"), float("inf")),
}
"""What everybody knows of a number that is not told."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A published number and those that add up to it."""

    whole: Key
    parts: tuple[Key, ...]


def hide(releases: Sequence[Sequence[Key]], values: Mapping[Key, int], sums: Iterable[Sum]) -> dict[Key, Mark]:
    """How each cell is published. In a release the cells that are rather kept back stand first.

    A sum counts from the release in which the last of its cells comes out. Cells of a sum without a value are zero.
    """
    state = _State(values)
    waiting = list(sums)
    for release in releases:
        fresh = [key for key in release if key in values]
        state.marks |= {key: _at_first(values[key]) for key in fresh}
        ripe = [one for one in waiting if all(key in state.marks or key not in values for key in _keys(one))]
        waiting = [one for one in waiting if one not in ripe]
        state.bind(ripe)
        _protect(state, fresh)
    return state.marks


def _at_first(value: int) -> Mark:
    if value < 0:
        return Mark.WITHHELD
    return Mark.UNDER if 0 < value < LEAST else Mark.EXACT


def _keys(one: Sum) -> tuple[Key, ...]:
    return (one.whole, *one.parts)


@dataclass(slots=True)
class _State:
    """What is published so far, and the proofs that what is kept back cannot be told."""

    values: Mapping[Key, int]
    marks: dict[Key, Mark] = field(default_factory=dict)
    sums: list[dict[Key, int]] = field(default_factory=list)
    touching: dict[Key, list[int]] = field(default_factory=dict)
    proofs: list[dict[Key, int]] = field(default_factory=list)
    known: dict[int, list[Key]] = field(default_factory=dict)

    def bind(self, ripe: Iterable[Sum]) -> None:
        """Take in sums that everybody can now add up; proofs that do not fit them fall."""
        first = len(self.sums)
        for one in ripe:
            signs = {key: 1 for key in one.parts if key in self.values}
            if one.whole in self.values:
                signs[one.whole] = -1
            for key in signs:
                self.touching.setdefault(key, []).append(len(self.sums))
            self.sums.append(signs)
        fresh = self.sums[first:]
        self.proofs = [proof for proof in self.proofs if not any(_off(signs, proof) for signs in fresh)]

    def hidden(self) -> list[Key]:
        """Every cell that is not told."""
        return [key for key, mark in self.marks.items() if mark is not Mark.EXACT]

    def mark(self, key: Key, mark: Mark) -> None:
        """Keep a cell back, or say even less of it."""
        self.marks[key] = mark
        for place in self.touching.get(key, ()):
            self.known.pop(place, None)

    def kept_back(self, place: int) -> list[Key]:
        """The cells of this sum that are kept back."""
        if place not in self.known:
            self.known[place] = [key for key in self.sums[place] if self.marks[key] is not Mark.EXACT]
        return self.known[place]

    def may(self, key: Key, change: int) -> bool:
        """Whether this cell could as well be greater by so much, for all that is published of itself."""
        mark = self.marks[key]
        if mark is Mark.EXACT:
            return False
        low, high = BOUNDS[mark]
        return low <= self.values[key] + change <= high


def _protect(state: _State, fresh: Sequence[Key]) -> None:
    """Keep back as many of the fresh cells as every cell kept back needs for its proof."""
    order = {key: place for place, key in enumerate(fresh)}
    proved = {key for proof in state.proofs for key in proof}
    pending = [key for key in state.hidden() if key not in proved]
    while pending:
        key = pending[-1]
        if key in proved:
            pending.pop()
            continue
        proof = _proof(state, key)
        if proof:
            state.proofs.append(proof)
            proved |= proof.keys()
            continue
        more = _next_to_hide(state, key, order)
        if more is not None:
            state.mark(more, Mark.MORE)
            pending.insert(0, more)
            continue
        silent = _next_to_silence(state, key, order)
        if silent is None:
            # Of a release that says nothing at all, nothing can be computed.
            for each in fresh:
                state.mark(each, Mark.WITHHELD)
            return
        state.mark(silent, Mark.WITHHELD)


def _next_to_hide(state: _State, start: Key, order: Mapping[Key, int]) -> Key | None:
    """The fresh cell to keep back next: of the nearest sum with one cell kept back alone, the one that costs least."""

    def may_go(key: Key) -> bool:
        large = key in order and state.marks[key] is Mark.EXACT and state.values[key] >= LEAST
        return large and not any(_is_given_away(state, key, place, order) for place in state.touching.get(key, ()))

    def cost(key: Key) -> tuple[int, ...]:
        opened = sum(1 for place in state.touching.get(key, ()) if not state.kept_back(place))
        return (state.values[key] * (1 + OPENING * opened), order[key])

    alone = _nearest(state, start, may_go, cost, lambda place: len(state.kept_back(place)) == 1)
    return alone if alone is not None else _nearest(state, start, may_go, cost, lambda place: True)


def _is_given_away(state: _State, key: Key, place: int, order: Mapping[Key, int]) -> bool:
    """Whether all else in this sum was told by earlier releases: then keeping this cell back hides nothing."""
    return all(other == key or (state.marks[other] is Mark.EXACT and other not in order) for other in state.sums[place])


def _next_to_silence(state: _State, start: Key, order: Mapping[Key, int]) -> Key | None:
    """The fresh cell of which even "under five" would say too much: this one itself, else the nearest and smallest."""

    def may_go(key: Key) -> bool:
        return key in order and state.marks[key] in (Mark.UNDER, Mark.MORE)

    return _nearest(state, start, may_go, lambda key: (key != start, state.values[key], order[key]), lambda place: True)


def _nearest(
    state: _State, start: Key, wanted: Callable[[Key], bool], first: Callable[[Key], tuple[int, ...]],
    looked_at: Callable[[int], bool],
) -> Key | None:  # fmt: skip
    """The nearest cell of the wanted kind in the sums looked at, over sums and the cells kept back that join them."""
    seen, edge = {start}, [start]
    while edge:
        places = dict.fromkeys(place for one in edge for place in state.touching.get(one, ()))
        choice = [key for place in places if looked_at(place) for key in state.sums[place] if wanted(key)]
        if choice:
            return min(choice, key=first)
        near = dict.fromkeys(key for place in places for key in state.sums[place])
        edge = [key for key in near if key not in seen and state.marks[key] is not Mark.EXACT]
        seen.update(edge)
    return None


def _proof(state: _State, key: Key) -> dict[Key, int]:
    """Changes, this cell's among them, after which everything published still holds; empty when none was found."""
    for change in (1, -1):
        if state.may(key, change):
            search = _Search(state)
            if search.go_on({key: change}):
                return search.found
    return {}


class _Search:
    """Mends one sum after another, by one in one more cell, until all of them hold."""

    def __init__(self, state: _State) -> None:
        self.state = state
        self.left = PATIENCE
        self.found: dict[Key, int] = {}

    def go_on(self, changes: dict[Key, int], broken: Mapping[int, int] | None = None) -> bool:
        """Whether these changes can be completed. `broken`: the sums they leave wrong, and by how much."""
        self.left -= 1
        if broken is None:
            broken = {place: off for key, change in changes.items() for place, off in self._after({}, key, change)}
        if not broken:
            self.found = dict(changes)
            return True
        if self.left <= 0 or len(changes) >= MOST_CHANGED:
            return False
        place = min(broken, key=lambda place: len(self.state.kept_back(place)))
        for key, change in self._mends(place, broken, changes):
            after = {**broken, **dict(self._after(broken, key, change))}
            if self.go_on(changes | {key: change}, {place: off for place, off in after.items() if off}):
                return True
            if self.left <= 0:
                return False
        return False

    def _after(self, broken: Mapping[int, int], key: Key, change: int) -> list[tuple[int, int]]:
        """By how much each sum of this cell is wrong once the cell has changed."""
        sums = self.state.sums
        return [(place, broken.get(place, 0) + sums[place][key] * change) for place in self.state.touching.get(key, ())]

    def _mends(self, place: int, broken: Mapping[int, int], changes: Mapping[Key, int]) -> list[tuple[Key, int]]:
        """Cells that would bring this sum nearer to holding; those that leave the fewest others wrong first."""
        step = -1 if broken[place] > 0 else 1
        signs = self.state.sums[place]
        free = [
            (key, step * signs[key]) for key in self.state.kept_back(place)
            if key not in changes and self.state.may(key, step * signs[key])
        ]  # fmt: skip

        def left_wrong(one: tuple[Key, int]) -> int:
            return sum((off != 0) - (other in broken) for other, off in self._after(broken, *one))

        return sorted(free, key=left_wrong)


def _off(signs: Mapping[Key, int], changes: Mapping[Key, int]) -> int:
    small, large = (signs, changes) if len(signs) < len(changes) else (changes, signs)
    return sum(small[key] * large[key] for key in small if key in large)
