"""The statements of the line: who is next for a counter, who is at it, how many wait."""

from datetime import date, datetime
from typing import Final, LiteralString
from uuid import UUID

from django.utils.timezone import localdate

from motcua.core.sql import fetch_all, fetch_one
from motcua.queueing.rules.order import Waiting

# What a counter could call: its needs, or what was sent to it; what was sent to another only when nobody sits there.
_ITS: Final[LiteralString] = """
t.hall_id = %(hall)s AND t.state = 'waiting' AND t.day = %(day)s AND (
  t.only_at_id = %(counter)s
  OR (t.only_at_id IS NULL
      OR NOT EXISTS (SELECT FROM queueing_sitting s WHERE s.counter_id = t.only_at_id AND s.ended_at IS NULL))
     AND t.need_id IN (SELECT cn.need_id FROM queueing_counter_needs cn WHERE cn.counter_id = %(counter)s))
"""
SINCE: Final[LiteralString] = "CASE t.turn WHEN 'booked' THEN t.since ELSE least(t.since, %(at)s) END"
"""From when a ticket `t` is in line: an appointed time may be to come. Any other ticket was taken, so its moment is
past, even where the clock was set back since."""
_FIRST: Final[LiteralString] = f"""
(SELECT t.id, t.place, false, t.since FROM queueing_ticket t
 WHERE {_ITS} AND t.turn = 'ordinary' ORDER BY t.place LIMIT 1)
UNION ALL
(SELECT t.id, t.place, true, {SINCE} FROM queueing_ticket t
 WHERE {_ITS} AND t.turn NOT IN ('ordinary', 'booked') ORDER BY t.since, t.place LIMIT 1)
UNION ALL
(SELECT t.id, t.place, true, t.since FROM queueing_ticket t
 WHERE {_ITS} AND t.turn = 'booked' ORDER BY t.since, t.place LIMIT 1)
"""


def first_in_line(hall_id: UUID, counter_id: UUID, at: datetime) -> list[Waiting[UUID]]:
    """The first ticket of each kind that a counter could call; all that `rules.order.choose` needs.

    The first booked one is due if any is, for those whose time has come stand before those whose time is to come.
    """
    rows = fetch_all(_FIRST, {"hall": hall_id, "counter": counter_id, "day": localdate(at), "at": at})
    return [Waiting(*row) for row in rows]


def all_in_line(hall_id: UUID, counter_id: UUID, at: datetime) -> list[Waiting[UUID]]:
    """Every ticket that the counter could call that day, in the order of the numbers taken."""
    rows = fetch_all(
        f"SELECT t.id, t.place, t.turn <> 'ordinary', {SINCE} FROM queueing_ticket t WHERE {_ITS} ORDER BY t.place",
        {"hall": hall_id, "counter": counter_id, "day": localdate(at), "at": at},
    )
    return [Waiting(*row) for row in rows]


def at_counter(counter_id: UUID) -> list[tuple[UUID, str]]:
    """The tickets called to or served at a counter now, each with its state."""
    rows = fetch_all(
        "SELECT id, state FROM queueing_ticket WHERE counter_id = %s AND state IN ('called', 'serving') "
        "ORDER BY called_at, id",
        (counter_id,),
    )
    return [(row[0], row[1]) for row in rows]


def waits_at(hall_id: UUID, counter_id: UUID, day: date) -> int:
    """How many of the day's line a counter could call."""
    line = {"hall": hall_id, "counter": counter_id, "day": day}
    row = fetch_one(f"SELECT count(*) FROM queueing_ticket t WHERE {_ITS}", line)
    return int(row[0]) if row else 0
