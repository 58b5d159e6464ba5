"""Giving a number: one statement, so that a number never stands without its ticket, nor a ticket without its event."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.core.events import COLUMNS, Actor, EventRow
from motcua.core.ids import uuid7
from motcua.core.numbering import NEXT_NUMBER
from motcua.core.sql import fetch_one
from motcua.queueing.declared import declared_on
from motcua.queueing.keys import key_hash, new_key
from motcua.queueing.live import hall_changed
from motcua.queueing.models import TicketWay, Turn
from motcua.queueing.queries.opening import Opening, opening_of
from motcua.queueing.queries.ranges import Foretold, foretold
from motcua.queueing.rules.forecast import Range
from motcua.queueing.states import QueueClosed

THE_MACHINE: Final = Actor(None, gettext_noop("Máy lấy số"))
THE_PHONE: Final = Actor(None, gettext_noop("Người dân, qua điện thoại"))
LINE: Final = "line:"
NUMBERS: Final = "ticket:"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number somebody asks for. `since`: an appointed time to come; `dossier_id`: whose result is collected.

    `key`: the slip's key, where who asks already has one; a key that was used raises `IntegrityError`.
    """

    need_id: UUID
    way: TicketWay
    ground: str = ""
    since: datetime | None = None
    turn: Turn = Turn.ORDINARY
    dossier_id: UUID | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A number just given: what the slip says. `key` is told this once only; `told`: the wait, where it is known."""

    id: UUID
    hall_id: UUID
    need_id: UUID
    letter: str
    number: int
    ahead: int
    key: str
    issued_at: datetime
    told: Range | None = None

    @property
    def label(self) -> str:
        """The number as it is called, for example A012."""
        return label_of(self.letter, self.number)


def label_of(letter: str, number: int) -> str:
    """The number as it is called, for example A012."""
    return f"{letter}{number:03d}"


# Both counter rows are locked in the order they stand here, by this one statement only. What is told is that of the
# count told: it was reckoned before, for each count (`queries.ranges.foretold`).
_ISSUE: Final[LiteralString] = f"""
WITH place AS ({NEXT_NUMBER}),
number AS ({NEXT_NUMBER}),
waiting AS (
  SELECT count(*)::int AS several FROM queueing_ticket t
  WHERE t.hall_id = %s AND t.state = 'waiting' AND t.day = %s AND t.need_id IN (
    SELECT other.need_id FROM queueing_counter_needs mine
    JOIN queueing_counter_needs other ON other.counter_id = mine.counter_id WHERE mine.need_id = %s)
),
foretold AS (SELECT %s::smallint[] AS aheads, %s::smallint[] AS froms, %s::smallint[] AS tos, %s::int AS fewest),
issued AS (
  INSERT INTO queueing_ticket (id, agency_id, hall_id, need_id, day, number, place, turn, ground, since, way, state,
    key_hash, dossier_id, calls, ahead, issued_at, told_from, told_to)
  SELECT %s::uuid, %s::uuid, %s::uuid, %s::uuid, %s::date, number.last, place.last, %s, %s, %s::timestamptz, %s,
    'waiting', %s, %s::uuid, 0, aheads[at.place], %s::timestamptz, froms[at.place], tos[at.place]
  FROM place, number, waiting, foretold,
    LATERAL (SELECT greatest(least(several - fewest + 1, cardinality(aheads)), 1) AS place) AS at
  RETURNING number, ahead, told_from, told_to
),
told AS (
  INSERT INTO core_event ({COLUMNS})
  SELECT %s::uuid, %s, %s, %s::uuid, %s::uuid, %s::uuid, %s, %s::timestamptz, %s, %s::jsonb,
    %s::jsonb || jsonb_build_object(
      'number', %s::text || lpad(issued.number::text, greatest(3, length(issued.number::text)), '0'),
      'ahead', issued.ahead, 'told', CASE WHEN told_to IS NOT NULL THEN jsonb_build_array(told_from, told_to) END)
  FROM issued
)
SELECT number, ahead, told_from, told_to FROM issued
"""


def issue(wanted: Wanted, *, by: Actor, at: datetime) -> Issued:
    """Give the next number of a need. Records `ticket.issued`.

    Raises `QueueClosed` with the sentence that says why not now and when, `NoRule` when no order is declared that
    day, and `QueueClosed` for a ground that is none.
    """
    opening = opening_of(wanted.need_id, at)
    if not opening.is_open:
        raise QueueClosed(opening.sentence)
    if wanted.ground and declared_on(localdate(at)).ground(wanted.ground) is None:
        raise QueueClosed(_("Lý do ưu tiên này không có trong quy tắc của phòng chờ. Ông/bà chọn lại."))
    is_favoured = bool(wanted.ground) or wanted.turn != Turn.ORDINARY
    said = foretold(opening.hall_id, wanted.need_id, is_favoured=is_favoured, at=at, since=wanted.since)
    with transaction.atomic():
        issued = _write(wanted, opening, said, by, at)
        hall_changed(issued.hall_id)
    return issued


def _write(wanted: Wanted, opening: Opening, said: Foretold, by: Actor, at: datetime) -> Issued:
    ticket_id, key, day = uuid7(), wanted.key or new_key(), localdate(at)
    turn = Turn.PRIORITY if wanted.ground and wanted.turn == Turn.ORDINARY else wanted.turn
    hall_id, agency_id, hall_code, letter = opening.hall_id, opening.agency_id, opening.hall_code, opening.letter
    after = {"need": str(wanted.need_id), "hall": hall_code, "way": str(wanted.way), "turn": str(turn)}
    told = EventRow("ticket.issued", ("ticket", ticket_id), by, at, agency_id, after=after)
    row = fetch_one(
        _ISSUE,
        (
            agency_id, LINE + hall_code, day, agency_id, f"{NUMBERS}{hall_code}:{letter}", day,
            hall_id, day, wanted.need_id,
            [*said.aheads], [one.least for one in said.ranges], [one.most for one in said.ranges], said.fewest,
            ticket_id, agency_id, hall_id, wanted.need_id, day, turn, wanted.ground, wanted.since or at, wanted.way,
            key_hash(key), wanted.dossier_id, at,
            *told.values(), letter,
        ),
    )  # fmt: skip
    if row is None:
        raise RuntimeError("the number was not written")
    told_range = None if row[3] is None else Range(row[2], row[3])
    return Issued(ticket_id, hall_id, wanted.need_id, letter, row[0], row[1], key, at, told_range)
