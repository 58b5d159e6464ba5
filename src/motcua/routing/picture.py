"""The figures of a leader's page that are counted over all open dossiers, kept for the seconds that counting earns.

Where counting costs little it is done for every page. Over a hundred thousand open dossiers it takes a fiftieth of a
second, and a morning's leaders all ask at once: then a picture serves three hundred times as long as it took, so that
a process never counts for more than a three-hundredth of its time. The page says when it was counted; its lists are
always read anew.
"""

import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from motcua.people.access import ActingOfficial
from motcua.routing.apologies.balance import Balance, apology_balance
from motcua.routing.leading import Day, InHands, Tally, in_hands, tally_of

CHEAP: Final = 0.01
"""Seconds of counting that every page may cost."""
LONGEST: Final = 30.0
"""Seconds after which a picture is old, whatever it cost."""
_EARNED: Final = 300


@dataclass(frozen=True, slots=True)
class Picture:
    """One agency's open dossiers at one moment: the figures agree with one another."""

    at: datetime
    tally: Tally
    hands: list[InHands]
    balance: Balance


@dataclass(frozen=True, slots=True)
class _Kept:
    picture: Picture
    until: float
    day: date


_kept: dict[UUID, _Kept] = {}


def picture_of(by: ActingOfficial, day: Day, *, longest: float = LONGEST) -> Picture:
    """The figures of this official's agency, at most `longest` seconds old and never of another day."""
    now = time.monotonic()
    known = _kept.get(by.agency_id)
    if known and now < known.until and known.day == day.end.date() and known.picture.at <= day.at:
        return known.picture
    picture = Picture(day.at, tally_of(by, day), in_hands(by, day), apology_balance(by.agency_id, day.at))
    took = time.monotonic() - now
    if took > CHEAP:
        _kept[by.agency_id] = _Kept(picture, now + min(took * _EARNED, longest), day.end.date())
    else:
        _kept.pop(by.agency_id, None)
    return picture
