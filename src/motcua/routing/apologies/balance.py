"""The balance of lateness: late dossiers = letters issued + letters awaiting signature + recorded exceptions."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.timezone import get_default_timezone

from motcua.core.sql import fetch_all
from motcua.dossiers.states import ENDED
from motcua.routing.queries import OPEN_STATES


@dataclass(frozen=True, slots=True)
class Balance:
    """Every late dossier, by what answers for it; nothing is left over when `uncovered` is 0."""

    late: int
    issued: int
    awaiting: int
    exceptions: int
    uncovered: int

    @property
    def holds(self) -> bool:
        """Late dossiers = letters issued + letters awaiting signature + recorded exceptions."""
        return self.uncovered == 0 and self.late == self.issued + self.awaiting + self.exceptions


# When its clock last ran: for what has ended, where a pause began in which it ended, else the end.
STOPPED: Final[LiteralString] = """
CASE WHEN d.finished_at IS NULL THEN COALESCE(d.paused_at, %(at)s)
     ELSE COALESCE((SELECT CASE e.mark WHEN 'paused' THEN e.at WHEN 'voided' THEN e.void_to END
                    FROM dossiers_clockentry e
                    WHERE e.dossier_id = d.id ORDER BY e.position DESC LIMIT 1), d.finished_at) END
"""
# Each late dossier is counted once: by a letter whose new date still stands, by a draft, by an exception.
_LATE: Final[LiteralString] = (
    """
SELECT d.id, d.code, CASE
  WHEN COALESCE(d.appointed_at >= t.stopped_at, false) AND EXISTS (SELECT FROM routing_apology l
       WHERE l.dossier_id = d.id AND l.signed_at IS NOT NULL) THEN 'issued'
  WHEN EXISTS (SELECT FROM routing_apology l WHERE l.dossier_id = d.id AND l.signed_at IS NULL
       AND l.withdrawn_at IS NULL) THEN 'awaiting'
  WHEN EXISTS (SELECT FROM routing_lateexception x WHERE x.dossier_id = d.id
       AND x.promised_at = COALESCE(d.appointed_at, d.due_at)) THEN 'exception'
  ELSE 'uncovered' END AS answer
FROM dossiers_dossier d CROSS JOIN LATERAL (SELECT """
    + STOPPED
    + """ AS stopped_at) t
WHERE d.agency_id = %(agency)s AND d.due_at < %(at)s AND t.stopped_at > d.due_at
"""
)
_STILL_OPEN: Final[LiteralString] = " AND d.state IN " + OPEN_STATES
_AND_ENDED: Final[LiteralString] = (
    " AND (d.state IN " + OPEN_STATES + " OR (d.state = ANY(%(ended)s) "
    "AND d.finished_at >= %(since)s AND d.finished_at <= %(at)s))"
)


def apology_balance(agency_id: UUID, at: datetime, *, since: date | None = None) -> Balance:
    """Late dossiers against what answers for them: those open now, and with `since` those that ended from that day.

    Late is measured by the limit; a letter answers as long as its new date stands. One query.
    """
    rows = fetch_all(
        "SELECT answer, count(*) FROM (" + _LATE + _scope(since) + ") late GROUP BY answer",
        _asked(agency_id, at, since),
    )
    counts = dict(rows)
    answers = [counts.get(answer, 0) for answer in ("issued", "awaiting", "exception", "uncovered")]
    return Balance(sum(answers), *answers)


def uncovered_dossiers(
    agency_id: UUID, at: datetime, *, since: date | None = None, limit: int = 50
) -> list[tuple[UUID, str]]:
    """Late dossiers that nothing answers for: id and code, in the scope of `apology_balance`."""
    rows = fetch_all(
        "SELECT id, code FROM ("
        + _LATE
        + _scope(since)
        + ") late WHERE answer = 'uncovered' ORDER BY code LIMIT %(limit)s",
        {**_asked(agency_id, at, since), "limit": limit},
    )
    return [(row[0], row[1]) for row in rows]


def _scope(since: date | None) -> LiteralString:
    return _AND_ENDED if since else _STILL_OPEN


def _asked(agency_id: UUID, at: datetime, since: date | None) -> dict[str, Any]:
    values: dict[str, Any] = {"agency": agency_id, "at": at}
    if since is not None:
        values |= {
            "since": datetime.combine(since, time(), get_default_timezone()),
            "ended": sorted(int(state) for state in ENDED),
        }
    return values
