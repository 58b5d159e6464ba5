"""The rows that follow when dates of many dossiers move at once: their open steps, and an event for each."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.catalogue.queries import version_by_id
from motcua.core.events import COLUMNS, Happened
from motcua.core.ids import uuid7
from motcua.core.logs import request_id
from motcua.core.sql import execute, fetch_all
from motcua.dossiers.recheck import Dates, Difference
from motcua.dossiers.rules import ClockReading
from motcua.routing.rules import plan
from motcua.worktime.changes import Why
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar

MOVED = "dossier.recalculated"


def replan_steps(moved: Sequence[Difference]) -> None:
    """Give the open steps of these dossiers the instants of their new plan; what waits for its applicant waits on."""
    running = {
        one.row.id: (one.row, one.reading)
        for one in moved
        if one.reading is not None and one.reading.paused_since is None
    }
    if not running:
        return
    calendars = {code: calendar_for(code) for code in {row.calendar_code for row, _reading in running.values()}}
    open_steps = fetch_all(
        "SELECT id, dossier_id, position, due_at FROM routing_step WHERE finished_at IS NULL AND dossier_id = ANY(%s)",
        ([*running],),
    )
    ids, dues = [], []
    for step_id, dossier_id, position, due_at in open_steps:
        row, reading = running[dossier_id]
        planned = _due_of(position, row.version_id, reading, calendars[row.calendar_code])
        if planned not in (None, due_at):
            ids.append(step_id)
            dues.append(planned)
    execute(
        "UPDATE routing_step s SET due_at = n.due_at FROM unnest(%s::uuid[], %s::timestamptz[]) AS n (id, due_at) "
        "WHERE s.id = n.id",
        (ids, dues),
    )


def _due_of(position: int, version_id: UUID, reading: ClockReading, calendar: Calendar) -> datetime | None:
    legs = plan(
        version_by_id(version_id).route,
        running=tuple((stretch.start, stretch.end) for stretch in reading.running()),
        due_at=reading.goal_at,
        clock=calendar,
    )
    return next((leg.due_at for leg in legs if leg.position == position), None)


def write_events(moved: Sequence[Difference], why: Why, happened: Happened) -> None:
    """One `dossier.recalculated` for each, with its dates before and after; nobody listens to it."""
    told = why.told()
    rows = [(one.row, one.computed) for one in moved]
    execute(
        f"INSERT INTO core_event ({COLUMNS}) "
        "SELECT n.id, %s, 'dossier', n.dossier_id, n.agency_id, %s, %s, %s, %s, n.before::jsonb, n.after::jsonb "
        "FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[])"
        " AS n (id, dossier_id, agency_id, before, after)",
        (
            MOVED, happened.by.account_id, happened.by.name, happened.at, request_id(),
            [uuid7() for _ in rows], [row.id for row, _new in rows], [row.agency_id for row, _new in rows],
            [json.dumps(_said(row.stored)) for row, _new in rows],
            [json.dumps({**_said(new), **told}) for _row, new in rows if new is not None],
        ),
    )  # fmt: skip


def _said(dates: Dates) -> dict[str, str]:
    said = {"due_at": dates.due_at.isoformat()}
    if dates.appointed_at is not None:
        said["appointed_at"] = dates.appointed_at.isoformat()
    return said
