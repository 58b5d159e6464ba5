"""Whose hands a dossier's working time lay in. Pure: no Django, no clock, no database.

Moments are whole wall-clock minutes (`worktime.rules.moments.minute_of`). Every minute of a dossier's life, from
filing to return, belongs to exactly one: to a declared system fault that it lies in; else to the applicant
while the clock stood still for him; else to whom the office consulted; else to the unit with the open step;
else to the receiving desk. Where several steps (or consultations) run at once the minute belongs to the one
that ends last: the others did not hold the dossier up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from motcua.dossiers.rules import Mark


class Keeper(StrEnum):
    """The kinds of hands that time can lie in."""

    FAULT = "fault"
    APPLICANT = "applicant"
    CONSULTED = "consulted"
    UNIT = "unit"
    DESK = "desk"


class Hands(NamedTuple):
    """Whose: the kind, and which unit or agency where there are several."""

    keeper: Keeper
    name: str = ""


class Held(NamedTuple):
    """A stretch in somebody's hands, from a minute until just before another; `end` None while it lasts."""

    hands: Hands
    start: int
    end: int | None


DESK, APPLICANT, FAULT = Hands(Keeper.DESK), Hands(Keeper.APPLICANT), Hands(Keeper.FAULT)


@dataclass(frozen=True, slots=True)
class Lived:
    """What the sharing out needs of one dossier.

    `lives` are the stretches it was alive, from filing to return (a second one after a reopening), in order
    and apart. The others may lie anywhere; what is outside the lives counts for nobody.
    """

    lives: Sequence[tuple[int, int]]
    steps: Sequence[Held] = ()
    pauses: Sequence[Held] = ()
    consultations: Sequence[Held] = ()
    faults: Sequence[Held] = ()


def parted(lived: Lived) -> list[Held]:
    """The lives cut into stretches of one pair of hands each, in order, without gap or overlap."""
    layers = [layer for layer in (lived.faults, lived.pauses, lived.consultations, lived.steps) if layer]
    parts: list[Held] = []
    for first, last in lived.lives:
        parts += _merged(_cut(first, last, layers))
    return parts


def _cut(first: int, last: int, layers: Sequence[Sequence[Held]]) -> Iterator[Held]:
    edges = {first, last}
    for layer in layers:
        for _hands, start, end in layer:
            if first < start < last:
                edges.add(start)
            if end is not None and first < end < last:
                edges.add(end)
    for left, right in pairwise(sorted(edges)):
        yield Held(_whose(left, layers), left, right)


def _whose(minute: int, layers: Sequence[Sequence[Held]]) -> Hands:
    """The hands of the first layer that holds this minute; the desk's when none does."""
    for layer in layers:
        found: Held | None = None
        for held in layer:
            if held.start <= minute and (held.end is None or minute < held.end) and _outlasts(held, found):
                found = held
        if found is not None:
            return found.hands
    return DESK


def _outlasts(held: Held, other: Held | None) -> bool:
    """Whether it ends later; what ends together belongs to what began later, then to the later name."""
    if other is None:
        return True
    if held.end is None or other.end is None:
        return (held.end is None, held.start, held.hands) > (other.end is None, other.start, other.hands)
    return (held.end, held.start, held.hands) > (other.end, other.start, other.hands)


def _merged(parts: Iterable[Held]) -> Iterator[Held]:
    before: Held | None = None
    for part in parts:
        if before is not None and before.hands == part.hands:
            before = Held(before.hands, before.start, part.end)
            continue
        if before is not None:
            yield before
        before = part
    if before is not None:
        yield before


def lives_of(filed: int, ends: Iterable[tuple[int, int]], until: int) -> list[tuple[int, int]]:
    """The stretches a dossier was alive: `ends` are (ended, reopened) minutes, `until` its last one or now."""
    lives, start = [], filed
    for ended, reopened in ends:
        lives.append((start, ended))
        start = reopened
    lives.append((start, until))
    return [(first, last) for first, last in lives if first < last]


def tenths(minutes: Sequence[int]) -> list[int]:
    """Shares in tenths of a percent that add up to 1,000: the largest remainders get what rounding down left.

    All zero when there are no minutes to share out. Of equal remainders the earlier one is first.
    """
    total = sum(minutes)
    if total == 0:
        return [0] * len(minutes)
    shares = [part * 1000 // total for part in minutes]
    by_remainder = sorted(range(len(minutes)), key=lambda place: (-(minutes[place] * 1000 % total), place))
    for place in by_remainder[: 1000 - sum(shares)]:
        shares[place] += 1
    return shares


def in_order(sums: Mapping[Hands, int]) -> list[tuple[Hands, int]]:
    """As pages list them: desk, units and consulted by name, applicant, faults."""
    return sorted(sums.items(), key=lambda item: (_ORDER[item[0].keeper], item[0].name))


_ORDER = {Keeper.DESK: 0, Keeper.UNIT: 1, Keeper.CONSULTED: 2, Keeper.APPLICANT: 3, Keeper.FAULT: 4}


def told_by(entries: Iterable[tuple[str, int]], steps: Sequence[Held]) -> tuple[list[Held], list[tuple[int, int]]]:
    """What a ledger's marks say: the applicant's pauses, and from when to when the dossier had ended.

    It had ended from its return, or from a settling that left no step open, until it was reopened.
    """
    pauses: list[Held] = []
    ends: list[tuple[int, int]] = []
    paused: int | None = None
    ended: int | None = None
    for mark, at in entries:
        if paused is not None and mark in _PAUSE_ENDS:
            pauses.append(Held(APPLICANT, paused, at))
            paused = None
        if mark == Mark.PAUSED:
            paused = at
        elif mark == Mark.RETURNED or (mark == Mark.SETTLED and not _open_at(at, steps)):
            ended = at
        elif mark == Mark.REOPENED:
            if ended is not None:
                ends.append((ended, at))
            ended = None
    if paused is not None:
        pauses.append(Held(APPLICANT, paused, None))
    return pauses, ends


_PAUSE_ENDS = frozenset({Mark.RESUMED, Mark.RESTARTED, Mark.SETTLED})


def _open_at(minute: int, steps: Sequence[Held]) -> bool:
    return any(step.start <= minute and (step.end is None or minute < step.end) for step in steps)
