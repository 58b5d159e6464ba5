"""Days of a hall as they were, ready to be played again: who came for what, how long he took, who sat where."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.timezone import localtime

from motcua.core.sql import fetch_planned
from motcua.queueing.queries.figures import WAITED
from motcua.queueing.rules.simulating import Arrival, Manned
from motcua.queueing.rules.whatif import RecordedDay, stretch

LONGEST: Final = 120.0
"""Minutes; who took longer was forgotten on the screen."""
# Who gave up is left out: nobody knows how long he would have taken. Who was not served takes what his need takes.
_CAME: Final[LiteralString] = f"""
SELECT t.day, t.issued_at, n.letter, t.turn = 'priority' OR t.turn = 'booked' OR t.ground <> '',
  CASE WHEN t.turn = 'booked' THEN t.since END,
  least(coalesce(extract(epoch FROM t.ended_at - t.called_at) / 60,
    avg(extract(epoch FROM t.ended_at - t.called_at) / 60) OVER (PARTITION BY t.need_id), n.usual_minutes),
    {LONGEST})::float8,
  ({WAITED})::float8
FROM queueing_ticket t JOIN queueing_need n ON n.id = t.need_id
WHERE t.hall_id = %(hall)s AND t.day BETWEEN %(first)s AND %(last)s
  AND NOT (t.state = 'left' AND t.first_called_at IS NULL)
ORDER BY t.day, t.issued_at, t.place
"""
_SAT: Final[LiteralString] = """
SELECT (s.began_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, c.number,
  (SELECT string_agg(n.letter, '') FROM queueing_counter_needs cn JOIN queueing_need n ON n.id = cn.need_id
   WHERE cn.counter_id = c.id), s.began_at, s.ended_at,
  (SELECT json_agg(json_build_array(e.kind, extract(epoch FROM e.at)) ORDER BY e.sequence) FROM core_event e
   WHERE e.subject_kind = 'counter' AND e.subject_id = c.id AND e.kind IN ('counter.rested', 'counter.resumed')
     AND e.at >= s.began_at AND e.at <= s.ended_at)
FROM queueing_sitting s JOIN queueing_counter c ON c.id = s.counter_id
WHERE c.hall_id = %(hall)s AND s.began_at >= %(since)s AND s.began_at < %(until)s AND s.ended_at IS NOT NULL
ORDER BY c.number, s.began_at
"""
_LAST_DAYS: Final[LiteralString] = """
SELECT DISTINCT t.day FROM queueing_ticket t WHERE t.hall_id = %s AND t.day < %s AND t.first_called_at IS NOT NULL
ORDER BY t.day DESC LIMIT %s
"""


def last_days(hall_id: UUID, before: date, number: int) -> list[date]:
    """The last days before a day on which anybody was called, newest first."""
    return [row[0] for row in fetch_planned(_LAST_DAYS, (hall_id, before, number))]


def recorded_days(hall_id: UUID, first: date, last: date) -> list[RecordedDay]:
    """The days from the first to the last on which anybody came. Two queries."""
    midnight = localtime().replace(year=first.year, month=first.month, day=first.day, hour=0, minute=0, second=0,
                                   microsecond=0)  # fmt: skip
    asked = {
        "hall": hall_id, "first": first, "last": last, "since": midnight,
        "until": midnight + timedelta(days=(last - first).days + 1),
    }  # fmt: skip
    came: dict[date, list[tuple[Arrival, float | None]]] = defaultdict(list)
    for day, issued, letter, is_favoured, turn_at, minutes, waited in fetch_planned(_CAME, asked):
        arrival = Arrival(
            _minute(issued), letter, max(minutes, 0.0), is_favoured, None if turn_at is None else _minute(turn_at)
        )
        came[day].append((arrival, waited))
    sat: dict[date, list[tuple[Any, ...]]] = defaultdict(list)
    for day, *row in fetch_planned(_SAT, asked):
        sat[day].append(tuple(row))
    return [
        RecordedDay(
            [arrival for arrival, _waited in rows], _manned(sat[day]),
            [max(waited, 0.0) for _arrival, waited in rows if waited is not None],
        )
        for day, rows in sorted(came.items())
    ]  # fmt: skip


def _manned(sittings: Sequence[tuple[Any, ...]]) -> list[Manned]:
    """Each stretch in which a counter was manned, without its breaks; in its last, it stays till nobody waits."""
    found: list[Manned] = []
    by_counter: dict[int, list[tuple[frozenset[str], float, float]]] = defaultdict(list)
    for number, letters, began, ended, breaks in sittings:
        by_counter[number] += [(frozenset(letters or ""), *part) for part in _parts(began, ended, breaks or [])]
    for number, parts in by_counter.items():
        for place, (needs, opens, closes) in enumerate(parts):
            leaves = closes if place + 1 < len(parts) else None
            found.append(Manned(stretch(number, place), needs, opens, closes, leaves))
    return found


def _parts(began: datetime, ended: datetime, breaks: Sequence[Sequence[Any]]) -> list[tuple[float, float]]:
    parts, opens = [], _minute(began)
    for kind, epoch in breaks:
        at = _minute(datetime.fromtimestamp(epoch, began.tzinfo))
        if kind == "counter.rested":
            parts.append((opens, at))
        opens = at
    return [*parts, (opens, _minute(ended))]


def _minute(at: datetime) -> float:
    local = localtime(at)
    return local.hour * 60 + local.minute + local.second / 60
