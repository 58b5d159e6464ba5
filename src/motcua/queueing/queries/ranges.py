"""How long a person waits, as a range: when the number is given (`foretold`), and while he waits (`range_for`)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.core.sql import fetch_one
from motcua.queueing.queries.hall import Manning, Standing, Waits
from motcua.queueing.queries.pace import Learnt, cap_on, learnt_by
from motcua.queueing.rules.before import Groups, Takes, before_in
from motcua.queueing.rules.forecast import Desk, Minutes, Range, bounds, called_before, left, rounded, waits
from motcua.queueing.tables import SINCE
from motcua.worktime.rules import Calendar, CalendarGap

FEWER, MORE = 5, 20
"""For so many people fewer and more than were counted it is reckoned: the line moves until the number is written."""
MOST: Final = 32_767
_LINE: Final[LiteralString] = f"""
SELECT
  (SELECT letter FROM queueing_need WHERE id = %(need)s),
  (SELECT coalesce(json_agg(json_build_array(c.id, c.number,
      (SELECT coalesce(string_agg(n.letter, ''), '') FROM queueing_counter_needs cn
       JOIN queueing_need n ON n.id = cn.need_id WHERE cn.counter_id = c.id AND n.is_open),
      (SELECT CASE WHEN s.break_since IS NULL THEN 'sitting' ELSE 'break' END FROM queueing_sitting s
       WHERE s.counter_id = c.id AND s.ended_at IS NULL),
      (SELECT json_build_array(n.letter, extract(epoch FROM t.called_at)) FROM queueing_ticket t
       JOIN queueing_need n ON n.id = t.need_id
       WHERE t.counter_id = c.id AND t.state IN ('called', 'serving') ORDER BY t.called_at LIMIT 1))
    ORDER BY c.number), '[]') FROM queueing_counter c WHERE c.hall_id = %(hall)s AND c.is_open),
  coalesce(string_agg(n.letter, '' ORDER BY t.place) FILTER (WHERE t.turn = 'ordinary'), ''),
  coalesce(string_agg(n.letter, '' ORDER BY t.since, t.place)
    FILTER (WHERE t.turn <> 'ordinary' AND {SINCE} <= %(at)s), ''),
  count(*) FILTER (WHERE t.need_id IN (
    SELECT other.need_id FROM queueing_counter_needs mine
    JOIN queueing_counter_needs other ON other.counter_id = mine.counter_id WHERE mine.need_id = %(need)s)),
  coalesce(string_agg(n.letter, '')
    FILTER (WHERE t.turn = 'booked' AND t.since > %(at)s AND t.since <= %(since)s), ''),
  coalesce(json_agg(json_build_array(n.letter, o.number, t.turn <> 'ordinary'))
    FILTER (WHERE o.id IS NOT NULL AND (t.turn = 'ordinary' OR {SINCE} <= %(since)s)), '[]')
FROM queueing_ticket t JOIN queueing_need n ON n.id = t.need_id LEFT JOIN queueing_counter o ON o.id = t.only_at_id
WHERE t.hall_id = %(hall)s AND t.state = 'waiting' AND t.day = %(day)s
"""


@dataclass(frozen=True, slots=True)
class At:
    """A counter in use: what it takes, whether somebody is there, and who has been there for how many minutes."""

    id: UUID
    number: int
    letters: frozenset[str]
    manning: Manning
    here: tuple[str, float] | None


@dataclass(frozen=True, slots=True)
class Foretold:
    """What is told with a number, for each count that the number may be written with, the first for `fewest`.

    `aheads`: how many are called before him; `ranges`: how long it takes, none where that cannot be told.
    """

    fewest: int
    aheads: tuple[int, ...]
    ranges: tuple[Range, ...]


def foretold(
    hall_id: UUID, need_id: UUID, *, is_favoured: bool, at: datetime, since: datetime | None = None
) -> Foretold:
    """What somebody who takes a number now is told, ready for every count the number may be written with.

    Those who wait are counted by the statement that writes the number, after this; what is told is always that of the
    count. `since`: an appointed time to come, with which no range is told; there is none either when no counter takes
    the need. One query, two more once a minute. Raises `NoRule`.
    """
    row = fetch_one(
        _LINE, {"hall": hall_id, "need": need_id, "at": at, "since": since or at, "day": localtime(at).date()}
    )
    if row is None:
        raise RuntimeError("an aggregate has one row")
    letter, seats, ordinary, favoured, several, coming, sent = row
    counters, cap = [_at(one, at) for one in seats], cap_on(localtime(at))
    line = _groups(ordinary, favoured + coming, sent)
    takes = [Takes(one.number, one.letters, one.manning != Manning.EMPTY) for one in counters]
    ahead = before_in(line, letter, None, takes, is_favoured=is_favoured, cap=cap)
    before = called_before(ordinary, favoured, is_favoured=is_favoured, cap=cap)
    fewer = min(FEWER, len(before), several)
    aheads = tuple(min(max(ahead + more, 0), MOST) for more in range(-fewer, MORE + 1))
    if since is not None and since > at:
        return Foretold(several - fewer, aheads, ())
    reached = range(len(before) - fewer, len(before) + MORE + 1)
    ranges = _ranges(learnt_by(hall_id), counters, letter, [*before, *letter * MORE], reached, at)
    return Foretold(several - fewer, aheads, tuple(ranges))


def _groups(ordinary: str, favoured: str, sent: Sequence[tuple[str, int, bool]]) -> Groups:
    """Those who wait, by letter; `sent` names those of them who were sent to a counter."""
    line: Counter[tuple[str, int | None, bool]] = Counter()
    for letters, favours in ((ordinary, False), (favoured, True)):
        line.update({(letter, None, favours): n for letter, n in Counter(letters).items()})
    for letter, number, favours in sent:
        line[letter, None, favours] -= 1
        line[letter, number, favours] += 1
    return line


def range_for(standing: Standing, ticket: Waits) -> Range | None:
    """How long somebody who waits has still to wait, as his hall stands; no query but what was learnt, once a minute.

    None when no counter takes his need, or his appointed time is still to come. Raises `NoRule`.
    """
    line, at = ticket.line, standing.at
    if line.since > at:
        return None
    known = learnt_by(standing.id)
    # Nobody stands before himself: of two tickets of a hall one has the lower place.
    others = [one.line for one in standing.waiting]
    ordinary = [one.letter for one in others if not one.is_favoured and (line.is_favoured or one.place < line.place)]
    favoured = [
        one.letter for one in others
        if one.is_favoured and one.since <= at
        and (not line.is_favoured or (one.since, one.place) < (line.since, line.place))
    ]  # fmt: skip
    counters = [
        At(one.id, one.number, one.letters, one.manning,
           (one.here[0].label[0], (at - one.here[0].called_at) / timedelta(minutes=1)) if one.here else None)
        for one in standing.counters
    ]  # fmt: skip
    before = called_before(ordinary, favoured, is_favoured=line.is_favoured, cap=cap_on(localtime(at)))
    found = _ranges(known, counters, line.letter, before, [len(before)], at)
    return found[0] if found else None


def range_words(told: Range) -> str:
    """ "khoảng 10–25 phút": how a range is said everywhere."""
    return _("khoảng %(least)d–%(most)d phút") % {"least": told.least, "most": told.most}


def _at(row: Sequence[Any], at: datetime) -> At:
    counter_id, number, letters, manning, here = row
    served = None if here is None else (here[0], (at.timestamp() - here[1]) / 60)
    return At(UUID(counter_id), number, frozenset(letters), Manning(manning or "empty"), served)


def _ranges(
    known: Learnt, counters: Sequence[At], letter: str, line: Sequence[str], reached: Sequence[int], at: datetime
) -> list[Range]:
    manned = _likely(counters, letter)
    hour = localtime(at).hour
    desks = [Desk(one.letters, _busy(known, one, hour)) for one in manned]
    minutes = {
        (place, one): known.minutes(desk.id, one, hour) for place, desk in enumerate(manned) for one in desk.letters
    }
    found = waits(letter, line, desks, minutes, passing=known.widening.passing, reached=reached)
    return [by_the_clock(known.calendar, at, *bounds(wait, known.widening)) for wait in found]


def _likely(counters: Sequence[At], letter: str) -> list[At]:
    """The counters at work; when none of them takes the need, those whose official has a break; else every one."""
    for able in ({Manning.SITTING}, {Manning.SITTING, Manning.BREAK}):
        manned = [one for one in counters if one.manning in able]
        if any(letter in one.letters for one in manned):
            return manned
    return list(counters)


def _busy(known: Learnt, counter: At, hour: int) -> Minutes:
    if counter.here is None:
        return Minutes(0.0, 0.0)
    letter, since = counter.here
    return left(known.minutes(counter.id, letter, hour), max(since, 0.0))


def by_the_clock(calendar: Calendar | None, at: datetime, least: float, most: float) -> Range:
    """Minutes of work as minutes of the clock: before the doors open and over noon nobody is called."""
    return rounded(_clock(calendar, at, least), _clock(calendar, at, most))


def _clock(calendar: Calendar | None, at: datetime, minutes: float) -> float:
    if calendar is None:
        return minutes
    try:
        then = calendar.after(at, ceil(minutes))
    except CalendarGap:
        return minutes
    over = (then - at) / timedelta(minutes=1)
    # Who was there when the doors closed is served after it, not the next day.
    return minutes if localtime(then).date() != localtime(at).date() else max(over, minutes)
