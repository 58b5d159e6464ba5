"""Worklists, the story of a dossier, and its ribbon: few queries each, whatever the length of the list."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.core.sql import fetch_all, fetch_one
from motcua.dossiers.rules import Span
from motcua.dossiers.states import State
from motcua.people.access import ActingOfficial


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A dossier waiting for somebody here: the open step, the promise, and the hands so far."""

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
    spans: tuple[Span, ...]


_ROWS = """
SELECT s.id, d.code, d.applicant_name, v.name, s.name, u.name, s.role, s.official_id, COALESCE(o.full_name, ''),
       d.received_at, d.due_at, s.due_at, d.state,
       (SELECT json_agg(json_build_array(hu.name, h.started_at, h.finished_at) ORDER BY h.started_at, h.id)
          FROM routing_step h JOIN people_unit hu ON hu.id = h.unit_id WHERE h.dossier_id = d.id)
FROM routing_step s
JOIN dossiers_dossier d ON d.id = s.dossier_id
JOIN catalogue_procedureversion v ON v.id = d.version_id
JOIN people_unit u ON u.id = s.unit_id
LEFT JOIN people_official o ON o.id = s.official_id
"""


def worklist(by: ActingOfficial, *, limit: int = 50, offset: int = 0) -> list[WorkRow]:
    """What waits for this official: his own steps and those nobody took in his unit and roles, by due time."""
    rows = fetch_all(
        _ROWS + "WHERE s.finished_at IS NULL AND d.state <> 9 "
        "AND (s.unit_id, s.role) IN (SELECT * FROM unnest(%s::uuid[], %s::text[])) "
        "AND (s.official_id IS NULL OR s.official_id = %s) ORDER BY d.due_at, d.code LIMIT %s OFFSET %s",
        (*_duties(by), by.id, limit, offset),
    )
    return [_row(row) for row in rows]


def _duties(by: ActingOfficial) -> tuple[list[UUID], list[str]]:
    """His duties as two parallel lists, for `unnest`."""
    duties = sorted(by.duties)
    return [unit for unit, _role in duties], [role for _unit, role in duties]


def late_dossiers(by: ActingOfficial, *, at: datetime, limit: int = 50, offset: int = 0) -> list[WorkRow]:
    """Every open dossier of the agency past its promise, the longest first."""
    rows = fetch_all(
        _ROWS + "WHERE s.finished_at IS NULL AND d.agency_id = %s AND d.state = ANY(%s) AND d.due_at < %s "
        "ORDER BY d.due_at, d.code LIMIT %s OFFSET %s",
        (by.agency_id, [2, 4, 5, 6], at, limit, offset),
    )
    return [_row(row) for row in rows]


def _row(row: Sequence[Any]) -> WorkRow:
    spans = tuple(
        Span(hand, datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None)
        for hand, start, end in (row[13] or ())
    )
    values = [*row[:12], State(row[12]), spans]
    return WorkRow(*values)


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """The figures at the head of a worklist and in the rail."""

    mine: int
    due_today: int
    near: int
    late: int
    to_return: int
    agency_late: int


_COUNTS = """
SELECT count(*),
       count(*) FILTER (WHERE d.due_at BETWEEN %(at)s AND %(day_end)s),
       count(*) FILTER (WHERE d.due_at BETWEEN %(at)s AND %(near)s),
       count(*) FILTER (WHERE d.due_at < %(at)s),
       (SELECT count(*) FROM dossiers_dossier r WHERE r.agency_id = %(agency)s AND r.state = 9),
       (SELECT count(*) FROM dossiers_dossier l WHERE l.agency_id = %(agency)s AND l.state IN (2, 4, 5, 6)
          AND l.due_at < %(at)s)
FROM routing_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE s.finished_at IS NULL AND d.state <> 9
  AND (s.unit_id, s.role) IN (SELECT * FROM unnest(%(units)s::uuid[], %(roles)s::text[]))
  AND (s.official_id IS NULL OR s.official_id = %(official)s)
"""


def work_counts(by: ActingOfficial, *, at: datetime, day_end: datetime, near: datetime) -> WorkCounts:
    """Counted in one query over the partial indexes of open steps and dossiers."""
    units, roles = _duties(by)
    row = fetch_one(
        _COUNTS,
        {
            "at": at, "day_end": day_end, "near": near, "agency": by.agency_id, "units": units,
            "roles": roles, "official": by.id,
        },
    )  # fmt: skip
    return WorkCounts(*(row or (0, 0, 0, 0, 0, 0)))


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


def steps_of(dossier_id: UUID) -> list[StepRow]:
    """The steps of a dossier in the order they happened."""
    rows = fetch_all(
        "SELECT s.id, s.position, s.name, s.role, s.unit_id, u.name, s.official_id, COALESCE(o.full_name, ''), "
        "s.started_at, s.due_at, s.finished_at, s.outcome, s.note "
        "FROM routing_step s JOIN people_unit u ON u.id = s.unit_id "
        "LEFT JOIN people_official o ON o.id = s.official_id WHERE s.dossier_id = %s ORDER BY s.started_at, s.id",
        (dossier_id,),
    )
    return [StepRow(*row) for row in rows]


def spans_of(steps: Sequence[StepRow]) -> tuple[Span, ...]:
    """The stretches in each unit's hands, for the ribbon."""
    return tuple(Span(step.unit, step.started_at, step.finished_at) for step in steps)


@dataclass(frozen=True, slots=True)
class StoryRow:
    """An event of the dossier: when, who, what changed."""

    at: datetime
    kind: str
    actor: str
    after: dict[str, Any]


def story_of(dossier_id: UUID) -> list[StoryRow]:
    """Everything that happened to a dossier, newest first."""
    rows = fetch_all(
        "SELECT at, kind, actor_name, after::text FROM core_event WHERE subject_kind = 'dossier' AND subject_id = %s "
        "ORDER BY sequence DESC LIMIT 200",
        (dossier_id,),
    )
    return [StoryRow(at, kind, actor, json.loads(after or "{}")) for at, kind, actor, after in rows]
