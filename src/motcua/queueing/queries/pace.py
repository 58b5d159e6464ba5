"""What a hall has learnt, kept in this process for a minute: whoever asks how long it takes asks often."""

from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_all
from motcua.queueing.declared import declared_on
from motcua.queueing.models import HallPace
from motcua.queueing.rules.forecast import AS_RECKONED, Minutes, Seen, Widening, learnt, usual
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar

KEPT: Final = 60.0
"""Seconds for which what was learnt is not read again; it changes once a day."""
_LEARNT: Final[LiteralString] = """
SELECT n.id, n.letter, n.usual_minutes, g.calendar_code, p.counter_id, p.hour, p.count, p.total, p.squares
FROM queueing_need n JOIN queueing_hall h ON h.id = n.hall_id JOIN people_agency g ON g.id = h.agency_id
LEFT JOIN queueing_pace p ON p.need_id = n.id WHERE n.hall_id = %s
"""
UNSEEN: Final = Seen()


@dataclass(slots=True)
class Learnt:
    """How long each need of a hall takes, by its letter, the counter and the hour; how wide its ranges are."""

    letters: dict[UUID, str]
    usual: dict[str, float]
    calendar: Calendar | None
    widening: Widening = AS_RECKONED
    by_need: dict[str, Seen] = field(default_factory=dict)
    by_counter: dict[tuple[UUID, str], Seen] = field(default_factory=dict)
    by_hour: dict[tuple[UUID, str, int], Seen] = field(default_factory=dict)
    _known: dict[tuple[UUID, str, int], Minutes] = field(default_factory=dict)

    def minutes(self, counter: UUID, letter: str, hour: int) -> Minutes:
        """How long this need takes at this counter in this hour."""
        key = (counter, letter, hour)
        if key not in self._known:
            seen = (
                self.by_need.get(letter, UNSEEN), self.by_counter.get((counter, letter), UNSEEN),
                self.by_hour.get(key, UNSEEN),
            )  # fmt: skip
            self._known[key] = learnt(seen, usual(self.usual.get(letter, 10.0)))
        return self._known[key]


_kept: dict[UUID, tuple[float, Learnt]] = {}


def learnt_by(hall_id: UUID) -> Learnt:
    """What a hall has learnt; at most a minute old."""
    kept = _kept.get(hall_id)
    if kept is None or monotonic() - kept[0] > KEPT:
        _kept[hall_id] = kept = (monotonic(), _read(hall_id))
    return kept[1]


def forget_pace() -> None:
    """Read it anew next time: something was learnt."""
    _kept.clear()


def cap_on(at: datetime) -> int:
    """How many favoured ones are called in a row. Raises `NoRule`."""
    return declared_on(at.date()).cap


def _read(hall_id: UUID) -> Learnt:
    rows = fetch_all(_LEARNT, (hall_id,))
    found = Learnt(
        {row[0]: row[1] for row in rows}, {row[1]: float(row[2]) for row in rows},
        calendar_for(rows[0][3]) if rows else None, widening_of(hall_id),
    )  # fmt: skip
    for _id, letter, _usual, _calendar, counter, hour, *sums in rows:
        if counter is not None:
            seen = Seen(*sums)
            found.by_need[letter] = found.by_need.get(letter, UNSEEN) + seen
            found.by_counter[counter, letter] = found.by_counter.get((counter, letter), UNSEEN) + seen
            found.by_hour[counter, letter, hour] = seen
    return found


def widening_of(hall_id: UUID) -> Widening:
    """How wide the ranges of a hall are now; as reckoned, before it has learnt."""
    row = HallPace.objects.filter(pk=hall_id).values_list("below", "above", "passing").first()
    return AS_RECKONED if row is None else Widening(*row)
