"""How a hall stands at a moment: one statement, one frozen picture. What it holds may be shown to anybody.

Who is before whom is reckoned from the picture alone (`rules.before`), so that a thousand people who look at their
numbers cost the database one statement.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.timezone import localdate

from motcua.core.sql import fetch_one
from motcua.queueing.rules.before import InLine, Takes, before
from motcua.queueing.tables import SINCE

REMEMBERED: Final = timedelta(minutes=1)
"""A board that was away this long has missed no call when it comes back; after longer, none that still stands."""
LAST_CALLS: Final = 40
WAITS_OF: Final = timedelta(hours=1)
"""The mean wait shown is of those called within so long."""


class Manning(StrEnum):
    """Whether somebody sits at a counter."""

    SITTING = "sitting"
    BREAK = "break"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class AtCounter:
    """A number called to a counter (`is_serving` false) or served there. `calls`: how many times it was called."""

    id: UUID
    label: str
    key_hash: str
    is_serving: bool
    called_at: datetime
    calls: int


@dataclass(frozen=True, slots=True)
class ShownCounter:
    """A counter in use, by its number; `letters` are the needs it takes, `here` who is at it, first called first."""

    id: UUID
    number: int
    name: str
    letters: frozenset[str]
    manning: Manning
    here: tuple[AtCounter, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the day. `id` names the call, not the number: a number called again is another call."""

    id: str
    label: str
    counter: int
    at: datetime
    calls: int


@dataclass(frozen=True, slots=True)
class InHall:
    """A need in use, and how many wait for it now."""

    id: UUID
    letter: str
    name: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Waits:
    """A ticket of the line; `line` is how it stands there."""

    id: UUID
    label: str
    key_hash: str
    need_id: UUID
    line: InLine


@dataclass(frozen=True, slots=True)
class Standing:
    """A hall at a moment. `waiting`: ordinary tickets by place and favoured ones by since, as they may be called.

    `calls`: the last ones, newest first. `mean_wait`: of those called within the hour; None when nobody was.
    """

    id: UUID
    agency_id: UUID
    code: str
    name: str
    office: str
    announcement: str
    is_open: bool
    at: datetime
    counters: tuple[ShownCounter, ...]
    needs: tuple[InHall, ...]
    waiting: tuple[Waits, ...]
    calls: tuple[Call, ...]
    mean_wait: timedelta | None

    def counter(self, number: int) -> ShownCounter | None:
        """The counter of this number."""
        return next((one for one in self.counters if one.number == number), None)

    def ahead_of(self, ticket: Waits, *, cap: int) -> int:
        """How many may be called before this one; `cap` of the rule declared for the day (`rules.before`)."""
        takes = [Takes(one.number, one.letters, one.manning != Manning.EMPTY) for one in self.counters]
        return before(ticket.line, (one.line for one in self.waiting), takes, cap=cap, at=self.at)

    def by_key(self, hashed: str) -> Waits | None:
        """The waiting ticket whose slip carries the key of this hash."""
        return next((one for one in self.waiting if one.key_hash == hashed), None)

    def called_by_key(self, hashed: str) -> tuple[ShownCounter, AtCounter] | None:
        """The counter that the holder of this key was called to, and his number there."""
        found = ((counter, one) for counter in self.counters for one in counter.here if one.key_hash == hashed)
        return next(found, None)

    def new_calls(self) -> list[Call]:
        """Those of the last minute, and older ones whose person has not come yet; oldest first.

        It is what a board that was away has to make up for, however long it was.
        """
        awaited = {f"{one.id}:{one.calls}" for place in self.counters for one in place.here if not one.is_serving}
        return [call for call in reversed(self.calls) if call.at > self.at - REMEMBERED or call.id in awaited]


_LABEL: Final[LiteralString] = "n.letter || lpad(t.number::text, greatest(3, length(t.number::text)), '0')"
STATEMENT: Final[LiteralString] = f"""
WITH today AS (
  SELECT t.*, {_LABEL} AS label, n.letter, k.number AS counter_number, o.number AS only_number
  FROM queueing_ticket t JOIN queueing_need n ON n.id = t.need_id
  LEFT JOIN queueing_counter k ON k.id = t.counter_id LEFT JOIN queueing_counter o ON o.id = t.only_at_id
  WHERE t.hall_id = %(hall)s AND t.day = %(day)s
)
SELECT h.id, h.agency_id, h.code, h.name, g.short_name, h.announcement, h.is_open,
  (SELECT coalesce(json_agg(json_build_array(c.id, c.number, c.name,
      (SELECT coalesce(string_agg(n.letter, ''), '') FROM queueing_counter_needs cn
       JOIN queueing_need n ON n.id = cn.need_id WHERE cn.counter_id = c.id AND n.is_open),
      (SELECT CASE WHEN s.break_since IS NULL THEN 'sitting' ELSE 'break' END FROM queueing_sitting s
       WHERE s.counter_id = c.id AND s.ended_at IS NULL),
      (SELECT coalesce(json_agg(json_build_array(t.id, t.label, t.key_hash, t.state = 'serving',
         extract(epoch FROM t.called_at), t.calls) ORDER BY t.called_at, t.id), '[]')
       FROM today t WHERE t.counter_id = c.id AND t.state IN ('called', 'serving')))
    ORDER BY c.number), '[]') FROM queueing_counter c WHERE c.hall_id = h.id AND c.is_open),
  (SELECT coalesce(json_agg(json_build_array(n.id, n.letter, n.name,
      (SELECT count(*) FROM today t WHERE t.need_id = n.id AND t.state = 'waiting'))
    ORDER BY n.position, n.letter), '[]') FROM queueing_need n WHERE n.hall_id = h.id AND n.is_open),
  (SELECT coalesce(json_agg(json_build_array(t.id, t.label, t.key_hash, t.need_id, t.only_number, t.letter, t.place,
      t.turn <> 'ordinary', extract(epoch FROM {SINCE}))
    ORDER BY t.turn = 'ordinary', CASE WHEN t.turn <> 'ordinary' THEN t.since END, t.place), '[]')
   FROM today t WHERE t.state = 'waiting'),
  (SELECT coalesce(json_agg(json_build_array(l.id, l.label, l.counter_number, extract(epoch FROM l.called_at), l.calls)
      ORDER BY l.called_at DESC, l.id DESC), '[]')
   FROM (SELECT * FROM today t WHERE t.called_at IS NOT NULL AND t.counter_number IS NOT NULL
         ORDER BY t.called_at DESC, t.id DESC LIMIT %(calls)s) l),
  (SELECT extract(epoch FROM avg(t.first_called_at - t.issued_at)) FROM today t
   WHERE t.first_called_at > %(an_hour_ago)s AND t.turn IN ('ordinary', 'priority'))
FROM queueing_hall h JOIN people_agency g ON g.id = h.agency_id WHERE h.id = %(hall)s
"""
REVISION: Final[LiteralString] = """
SELECT h.id, concat_ws('/', h.name, h.announcement, h.is_open,
  (SELECT md5(string_agg(concat_ws(',', t.place, t.state, t.calls, t.counter_id, t.turn, t.only_at_id), ';'
     ORDER BY t.place)) FROM queueing_ticket t WHERE t.hall_id = h.id AND t.day = %(day)s),
  (SELECT md5(string_agg(concat_ws(',', c.number, c.name, c.is_open, s.id, s.break_since), ';' ORDER BY c.number))
   FROM queueing_counter c LEFT JOIN queueing_sitting s ON s.counter_id = c.id AND s.ended_at IS NULL
   WHERE c.hall_id = h.id))
FROM queueing_hall h WHERE h.id = ANY(%(halls)s)
"""
"""What changes whenever a picture would: for those who watch halls and may have missed a message."""


def asked(hall_id: UUID, at: datetime) -> dict[str, Any]:
    """The parameters of `STATEMENT`."""
    return {"hall": hall_id, "day": localdate(at), "calls": LAST_CALLS, "at": at, "an_hour_ago": at - WAITS_OF}


def standing(hall_id: UUID, at: datetime) -> Standing | None:
    """How a hall stands now; None when there is none of this id."""
    row = fetch_one(STATEMENT, asked(hall_id, at))
    return None if row is None else read(row, at)


def read(row: tuple[Any, ...], at: datetime) -> Standing:
    """The picture in a row of `STATEMENT`."""
    hall_id, agency_id, code, name, office, announcement, is_open, counters, needs, waiting, calls, wait = row
    return Standing(
        hall_id, agency_id, code, name, office, announcement, is_open, at,
        counters=tuple(_counter(one, at) for one in counters),
        needs=tuple(InHall(UUID(need_id), *rest) for need_id, *rest in needs),
        waiting=tuple(_waits(one, at) for one in waiting),
        calls=tuple(
            Call(f"{ticket_id}:{times}", label, counter, _moment(called, at), times)
            for ticket_id, label, counter, called, times in calls
        ),
        mean_wait=None if wait is None else timedelta(seconds=float(wait)),
    )  # fmt: skip


def _counter(row: list[Any], at: datetime) -> ShownCounter:
    counter_id, number, name, letters, manning, here = row
    called = tuple(
        AtCounter(UUID(ticket_id), label, key_hash, is_serving, _moment(called, at), calls)
        for ticket_id, label, key_hash, is_serving, called, calls in here
    )
    return ShownCounter(UUID(counter_id), number, name, frozenset(letters), Manning(manning or "empty"), called)


def _waits(row: list[Any], at: datetime) -> Waits:
    ticket_id, label, key_hash, need_id, only_at, letter, place, is_favoured, since = row
    line = InLine(letter, place, is_favoured, _moment(since, at), only_at)
    return Waits(UUID(ticket_id), label, key_hash, UUID(need_id), line)


def _moment(epoch: float, at: datetime) -> datetime:
    return datetime.fromtimestamp(epoch, at.tzinfo)
