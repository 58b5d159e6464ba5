"""Who is before whom: how many of a line are called before somebody, at most, if nobody came after now.

The order rule (`rules.order`) calls favoured tickets first, but one ordinary one after `cap` of them. What a counter
just called is not looked at: after favoured ones, an ordinary ticket is called sooner than is said here, and a favoured
one at most one call later.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InLine:
    """A ticket of the line, as `rules.order.Waiting`; `only_at` is the number of the counter it was sent to."""

    letter: str
    place: int
    is_favoured: bool
    since: datetime
    only_at: int | None = None


@dataclass(frozen=True, slots=True)
class Takes:
    """A counter, the letters it takes, and whether anybody is there."""

    number: int
    letters: frozenset[str]
    is_manned: bool


Groups = Mapping[tuple[str, int | None, bool], int]
"""How many stand before somebody, by their letter, the counter they were sent to, and whether they are favoured."""


def before(mine: InLine, line: Iterable[InLine], counters: Sequence[Takes], *, cap: int, at: datetime) -> int:
    """How many of the line may be called before `mine` where it could be called; `mine` itself is not counted.

    Of favoured tickets with an appointed time to come, none stands before an ordinary one.
    """

    def stands_before(one: InLine) -> bool:
        if one.is_favoured:
            return (one.since, one.place) < (mine.since, mine.place) if mine.is_favoured else one.since <= at
        return mine.is_favoured or one.place < mine.place

    groups = Counter(
        (one.letter, one.only_at, one.is_favoured) for one in line if one.place != mine.place and stands_before(one)
    )
    return before_in(groups, mine.letter, mine.only_at, counters, is_favoured=mine.is_favoured, cap=cap)


def before_in(
    groups: Groups, letter: str, only_at: int | None, counters: Sequence[Takes], *, is_favoured: bool, cap: int
) -> int:
    """How many of those who stand before somebody may be called before him: those who share a counter with him.

    For a favoured one `groups` holds every ordinary ticket of the line.
    """
    here = called_at(letter, only_at, counters)
    shared = [(favoured, n) for (other, sent, favoured), n in groups.items() if here & called_at(other, sent, counters)]
    ordinary = sum(n for favoured, n in shared if not favoured)
    sooner = sum(n for favoured, n in shared if favoured)
    if is_favoured:
        return sooner + min(ordinary, sooner // cap)
    return ordinary + min(sooner, cap * (ordinary + 1))


def called_at(letter: str, only_at: int | None, counters: Sequence[Takes]) -> set[int]:
    """The counters that could call such a ticket: manned ones if any takes it, else all that would."""
    sent = {one.number for one in counters if one.is_manned and one.number == only_at}
    taking = [one for one in counters if letter in one.letters]
    return sent or {one.number for one in taking if one.is_manned} or {one.number for one in taking}
