"""Whose turn it is: the one rule of the hall, in a sentence that hangs on the wall.

Who has priority, who comes at his appointed time and who was called before and comes back are called first; but after
`cap` of them in a row a counter calls one of those who took an ordinary number, as long as one waits there. Within each
of the two, who came first is called first. Who comes before his appointed time waits for it, unless nobody else waits.

So an ordinary ticket cannot starve: with k ordinary tickets before it that a counter could call, that counter makes at
most `bound(k, cap)` calls before it is called, however many favoured ones come. Proof: while it waits, an ordinary one
waits, so of any cap + 1 calls in a row of this counter one at least takes the ordinary ticket that came first; none
comes before it later, for a ticket that comes back is favoured.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Waiting(Generic[Key]):
    """A ticket in the line that a counter could call. `since` later than now: an appointed time to come."""

    key: Key
    place: int
    is_favoured: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Choice(Generic[Key]):
    """Who is called, and the counter's streak of favoured calls after it."""

    key: Key
    streak: int


def choose(first: Iterable[Waiting[Key]], *, streak: int, cap: int, at: datetime) -> Choice[Key] | None:
    """The ticket whose turn it is at this counter; None when nobody waits for it.

    `first` holds every ticket the counter could call, or at least the first favoured one whose time has come, the
    first ordinary one and the first favoured one whose time is to come. `streak`: favoured calls of this counter in a
    row while an ordinary ticket waited for it.
    """
    favoured: Waiting[Key] | None = None
    ordinary: Waiting[Key] | None = None
    early: Waiting[Key] | None = None
    for ticket in first:
        if not ticket.is_favoured:
            ordinary = ticket if ordinary is None or ticket.place < ordinary.place else ordinary
        elif ticket.since <= at:
            favoured = _sooner(ticket, favoured)
        else:
            early = _sooner(ticket, early)
    if favoured is not None and (ordinary is None or streak < cap):
        return Choice(favoured.key, 0 if ordinary is None else streak + 1)
    called = ordinary or early
    return None if called is None else Choice(called.key, 0)


def in_turn(line: Iterable[Waiting[Key]], *, streak: int, cap: int, at: datetime, most: int) -> list[Key]:
    """In which order the counter would call those who wait now if nobody came: the first `most` of them."""
    left, order = {ticket.key: ticket for ticket in line}, list[Key]()
    while len(order) < most:
        choice = choose(left.values(), streak=streak, cap=cap, at=at)
        if choice is None:
            break
        order.append(choice.key)
        del left[choice.key]
        streak = choice.streak
    return order


def bound(ordinary_before: int, cap: int) -> int:
    """How many calls a counter makes at most until it calls an ordinary ticket, that call counted."""
    return (ordinary_before + 1) * (cap + 1)


def _sooner(one: Waiting[Key], other: Waiting[Key] | None) -> Waiting[Key]:
    return one if other is None or (one.since, one.place) < (other.since, other.place) else other
