"""Worklists, and the steps of a dossier with its ribbon: few queries each, whatever the length of the list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.timezone import localdate

from motcua.core.sql import fetch_all, fetch_one
from motcua.dossiers.ledger import ENTRY, entry_told
from motcua.dossiers.rules import Entry, Span, laid, stops_of
from motcua.dossiers.states import State
from motcua.people.access import ActingOfficial
from motcua.people.queries import AWAY_OFFICIALS, serving
from motcua.routing.consultations.access import ASKED_COUNT, asked_values


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A dossier waiting for somebody here: the open step, the promise, and the hands so far.

    `came_at`: when the applicant sent from home what it waits for; it is the office's turn again.
    """

    step_id: UUID
    code: str
    applicant: str
    procedure: str
    step: str
    unit: str
    role: str
    official_id: UUID | None
    official: str
    received_at: datetime
    due_at: datetime
    step_due_at: datetime
    state: State
    appointed_at: datetime | None
    paused_at: datetime | None
    limit_unit: str
    spans: tuple[Span, ...]
    came_at: datetime | None


_ROWS: Final[LiteralString] = (
    """
SELECT s.id, d.code, d.applicant_name, v.name, s.name, u.name, s.role, s.official_id, COALESCE(o.full_name, ''),
       d.received_at, d.due_at, s.due_at, d.state, d.appointed_at, d.paused_at, d.limit_unit,
       (SELECT json_agg(json_build_array(hu.name, h.started_at, h.finished_at) ORDER BY h.started_at, h.id)
          FROM routing_step h JOIN people_unit hu ON hu.id = h.unit_id WHERE h.dossier_id = d.id),
       (SELECT json_agg(json_build_array("""
    + ENTRY
    + """) ORDER BY e.position)
          FROM dossiers_clockentry e WHERE e.dossier_id = d.id), hs.sent_at
FROM routing_step s
JOIN dossiers_dossier d ON d.id = s.dossier_id
JOIN catalogue_procedureversion v ON v.id = d.version_id
JOIN people_unit u ON u.id = s.unit_id
LEFT JOIN people_official o ON o.id = s.official_id
LEFT JOIN intake_homesupplement hs ON hs.dossier_id = d.id AND d.paused_at IS NOT NULL
  AND hs.sent_at IS NOT NULL AND hs.taken_at IS NULL
"""
)
# Written out, for a prepared statement uses a partial index only when it shows the index's own condition.
OPEN_STATES: Final[LiteralString] = "(2, 4, 5, 6)"
# Mine are my own steps, those nobody took, and those of a colleague who is away, has left or lost the role.
FREE_OR_MINE: Final[LiteralString] = (
    "(s.official_id IS NULL OR s.official_id = %(official)s OR s.official_id IN (" + AWAY_OFFICIALS + ") "
    "OR (s.official_id, s.unit_id, s.role) NOT IN (SELECT g.official_id, g.unit_id, g.role FROM people_rolegrant g "
    "WHERE g.unit_id = ANY(%(units)s::uuid[]) AND g.valid_from <= %(day)s "
    "AND (g.valid_to IS NULL OR g.valid_to >= %(day)s)))"
)
HANDS_MINE: Final[LiteralString] = (
    """
WHERE s.finished_at IS NULL
  AND (s.unit_id, s.role) IN (SELECT * FROM unnest(%(units)s::uuid[], %(roles)s::text[]))
  AND """
    + FREE_OR_MINE
)
_MINE: Final[LiteralString] = HANDS_MINE + " AND d.state IN " + OPEN_STATES + "\n"
# While it waits for the applicant a dossier is neither due nor late; one that was late before stays so.
LATE: Final[LiteralString] = "COALESCE(d.paused_at, %(at)s) > d.due_at"


def mine_values(by: ActingOfficial, at: datetime) -> dict[str, Any]:
    """What statements with `HANDS_MINE` ask of the official and the moment."""
    duties = sorted(by.duties)
    return {
        "official": by.id, "agency": by.agency_id, "at": at, "day": localdate(at),
        "units": [unit for unit, _role in duties], "roles": [role for _unit, role in duties],
    }  # fmt: skip


def worklist(by: ActingOfficial, *, at: datetime, limit: int = 50, offset: int = 0) -> list[WorkRow]:
    """What waits for this official, by due time; what waits for an applicant who sent nothing yet comes last."""
    rows = fetch_all(
        _ROWS
        + _MINE
        + "ORDER BY d.paused_at IS NOT NULL AND hs.id IS NULL, d.due_at, d.code LIMIT %(limit)s OFFSET %(offset)s",
        {**mine_values(by, at), "limit": limit, "offset": offset},
    )
    return [_row(row) for row in rows]


def late_dossiers(by: ActingOfficial, *, at: datetime, limit: int = 50, offset: int = 0) -> list[WorkRow]:
    """Every open dossier of the agency past its limit, the longest first."""
    rows = fetch_all(
        _ROWS + "WHERE s.finished_at IS NULL AND d.agency_id = %(agency)s AND d.state IN " + OPEN_STATES + " "
        "AND d.due_at < %(at)s AND " + LATE + " ORDER BY d.due_at, d.code, s.position "
        "LIMIT %(limit)s OFFSET %(offset)s",
        {"agency": by.agency_id, "at": at, "limit": limit, "offset": offset},
    )
    return [_row(row) for row in rows]


def _row(row: Sequence[Any]) -> WorkRow:
    spans = tuple(
        Span(hand, datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None)
        for hand, start, end in (row[16] or ())
    )
    stops = stops_of(map(entry_told, row[17] or ()))
    values = [*row[:12], State(row[12]), *row[13:16], laid(spans, stops), row[18]]
    return WorkRow(*values)


UNREAD: Final[LiteralString] = (
    "(SELECT count(*) FROM routing_reminder n WHERE n.official_id = %(official)s "
    "AND n.read_at IS NULL AND n.overtaken_at IS NULL)"
)


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """The figures at the head of a worklist and in the rail."""

    mine: int
    due_today: int
    near: int
    late: int
    to_return: int
    agency_late: int
    reminders: int
    consultations: int


_COUNTS: Final[LiteralString] = (
    """
SELECT count(*),
       count(*) FILTER (WHERE d.paused_at IS NULL AND d.due_at BETWEEN %(at)s AND %(day_end)s),
       count(*) FILTER (WHERE d.paused_at IS NULL AND d.due_at BETWEEN %(at)s AND %(near)s),
       count(*) FILTER (WHERE """
    + LATE
    + """),
       (SELECT count(*) FROM dossiers_dossier r WHERE r.agency_id = %(agency)s AND r.state = 9),
       (SELECT count(*) FROM dossiers_dossier d WHERE d.agency_id = %(agency)s AND d.state IN """
    + OPEN_STATES
    + """
          AND d.due_at < %(at)s AND """
    + LATE
    + "), "
    + UNREAD
    + ", "
    + ASKED_COUNT
    + """
FROM routing_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
"""
    + _MINE
)


def work_counts(by: ActingOfficial, *, at: datetime, day_end: datetime, near: datetime) -> WorkCounts:
    """Counted in one query over the partial indexes of open steps and dossiers."""
    row = fetch_one(
        _COUNTS,
        {**mine_values(by, at), **asked_values(by), "day_end": day_end, "near": near},
    )
    return WorkCounts(*(row or (0, 0, 0, 0, 0, 0, 0, 0)))


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a dossier's life as its page shows it."""

    id: UUID
    position: int
    name: str
    role: str
    unit_id: UUID
    unit: str
    official_id: UUID | None
    official: str
    started_at: datetime
    due_at: datetime
    finished_at: datetime | None
    outcome: str
    note: str
    on_behalf_of: str


def steps_of(dossier_id: UUID) -> list[StepRow]:
    """The steps of a dossier in the order they happened."""
    rows = fetch_all(
        "SELECT s.id, s.position, s.name, s.role, s.unit_id, u.name, s.official_id, COALESCE(o.full_name, ''), "
        "s.started_at, s.due_at, s.finished_at, s.outcome, s.note, COALESCE(b.full_name, '') "
        "FROM routing_step s JOIN people_unit u ON u.id = s.unit_id "
        "LEFT JOIN people_official b ON b.id = s.on_behalf_of_id "
        "LEFT JOIN people_official o ON o.id = s.official_id WHERE s.dossier_id = %s ORDER BY s.started_at, s.id",
        (dossier_id,),
    )
    return [StepRow(*row) for row in rows]


def spans_of(steps: Sequence[StepRow], entries: Iterable[Entry] = ()) -> tuple[Span, ...]:
    """The stretches in each unit's hands, for the ribbon, with the times the clock stood still."""
    spans = [Span(step.unit, step.started_at, step.finished_at) for step in steps]
    return laid(spans, stops_of(entries))


def colleagues_of(step: StepRow, at: datetime) -> list[tuple[UUID, str]]:
    """Who else does this step's role in its unit now: id and name."""
    return [(key, name) for key, name in serving(step.unit_id, step.role, at) if key != step.official_id]
