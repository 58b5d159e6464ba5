"""Which open dossiers may turn out late, with all that the question takes, in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from motcua.catalogue.queries import version_by_id
from motcua.core.sql import fetch_all, fetch_one
from motcua.dossiers.ledger import ENTRY, Life, entry_told, terms_of
from motcua.dossiers.rules import Entry, read_clock
from motcua.routing.apologies.rules import OpenLeg, Outlook, is_time_to_draft, outlook
from motcua.routing.queries import OPEN_STATES
from motcua.routing.rules import Running
from motcua.worktime.rules import Amount, Calendar, Unit


@dataclass(frozen=True, slots=True)
class Prospect:
    """An open dossier as far as the question goes whether it will be late, and where it lies now."""

    dossier_id: UUID
    code: str
    agency_id: UUID
    version_id: UUID
    received_at: datetime
    due_at: datetime
    goal_at: datetime
    paused_at: datetime | None
    limit_number: int
    limit_unit: Unit
    unit_id: UUID
    unit: str
    step: str
    step_since: datetime
    open_legs: tuple[OpenLeg, ...]
    entries: tuple[Entry, ...]
    signed: int

    @property
    def limit(self) -> Amount:
        """The time limit it was received with."""
        return Amount(self.limit_number, self.limit_unit)

    def outlook(self, calendar: Calendar, at: datetime) -> Outlook:
        """What is still to be done against what is left. Raises `CalendarGap`."""
        return outlook(
            version_by_id(self.version_id).route, self.open_legs, running=self._running(calendar),
            goal_at=self.goal_at, at=self.paused_at or at, clock=calendar,
        )  # fmt: skip

    def wants_letter(self, calendar: Calendar, at: datetime) -> bool:
        """Whether lateness is foreseen and near enough to apologise for. Raises `CalendarGap`."""
        return is_time_to_draft(
            self.outlook(calendar, at),
            whole_left=calendar.measure(self.paused_at or at, self.goal_at, Unit.WORKING_DAY),
            whole_limit=calendar.measure(self.received_at, self.due_at, Unit.WORKING_DAY),
        )

    def _running(self, calendar: Calendar) -> Running:
        if not self.entries:
            return ((self.received_at, None),)
        terms = terms_of(self.limit_number, self.limit_unit, version_by_id(self.version_id).cut_off)
        reading = read_clock(Life(self.received_at, self.entries, None, None).ledger(), terms, calendar)
        return tuple((stretch.start, stretch.end) for stretch in reading.running())


_PROSPECTS: Final[LiteralString] = (
    """
SELECT d.id, d.code, d.agency_id, d.version_id, d.received_at, d.due_at, COALESCE(d.appointed_at, d.due_at),
       d.paused_at, d.limit_number, d.limit_unit, s.unit_id, s.unit, s.name, s.started_at,
       (SELECT json_agg(json_build_array(o.position, o.started_at))
          FROM routing_step o WHERE o.dossier_id = d.id AND o.finished_at IS NULL),
       (SELECT json_agg(json_build_array("""
    + ENTRY
    + """) ORDER BY e.position)
          FROM dossiers_clockentry e WHERE e.dossier_id = d.id),
       (SELECT count(*) FROM routing_apology l WHERE l.dossier_id = d.id AND l.signed_at IS NOT NULL)
FROM dossiers_dossier d
CROSS JOIN LATERAL (
  SELECT o.unit_id, u.name AS unit, o.name, o.started_at FROM routing_step o JOIN people_unit u ON u.id = o.unit_id
  WHERE o.dossier_id = d.id AND o.finished_at IS NULL ORDER BY o.position LIMIT 1
) s
WHERE d.state IN """
    + OPEN_STATES
)
# Running, or late already when it was stopped; nothing drafted; no exception for this promise; not given up by
# somebody who said it would be kept, unless it was not.
_WANTING: Final[LiteralString] = """
  AND d.agency_id = %(agency)s AND d.due_at <= %(horizon)s AND COALESCE(d.appointed_at, d.due_at) <= %(horizon)s
  AND (d.paused_at IS NULL OR d.paused_at > COALESCE(d.appointed_at, d.due_at))
  AND NOT EXISTS (SELECT FROM routing_apology l WHERE l.dossier_id = d.id AND l.signed_at IS NULL
                  AND (l.withdrawn_at IS NULL OR (l.withdrawn_by_id IS NOT NULL
                       AND l.promised_at = COALESCE(d.appointed_at, d.due_at)
                       AND COALESCE(d.appointed_at, d.due_at) >= %(at)s)))
  AND NOT EXISTS (SELECT FROM routing_lateexception x WHERE x.dossier_id = d.id
                  AND x.promised_at = COALESCE(d.appointed_at, d.due_at))
  AND (SELECT count(*) FROM routing_apology l WHERE l.dossier_id = d.id AND l.signed_at IS NOT NULL) < %(most)s
ORDER BY d.due_at, d.code
"""


def prospects(agency_id: UUID, *, at: datetime, horizon: datetime, most: int) -> list[Prospect]:
    """Open dossiers whose date falls before the horizon and that want a letter if they turn out late. One query."""
    values = {"agency": agency_id, "at": at, "horizon": horizon, "most": most}
    return [_prospect(row) for row in fetch_all(_PROSPECTS + _WANTING, values)]


def prospect_of(dossier_id: UUID, agency_id: UUID) -> Prospect | None:
    """The open dossier of this agency; None when it is not open, or another's."""
    row = fetch_one(
        _PROSPECTS + " AND d.id = %(dossier)s AND d.agency_id = %(agency)s",
        {"dossier": dossier_id, "agency": agency_id},
    )
    return _prospect(row) if row else None


def _prospect(row: Sequence[Any]) -> Prospect:
    legs = tuple(OpenLeg(position, datetime.fromisoformat(since)) for position, since in row[14])
    entries = tuple(map(entry_told, row[15] or ()))
    return Prospect(*[*row[:9], Unit(row[9]), *row[10:14], legs, entries, row[16]])
