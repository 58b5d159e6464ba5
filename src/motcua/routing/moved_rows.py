"""The rows that follow when dates of many dossiers move at once: their open steps, and an event for each."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from motcua.catalogue.queries import version_by_id
from motcua.core.events import COLUMNS, Happened
from motcua.core.ids import uuid7
from motcua.core.logs import request_id
from motcua.core.sql import Asked, execute
from motcua.dossiers.recheck import Difference
from motcua.dossiers.rules import ClockReading
from motcua.routing.rules import plan
from motcua.worktime.changes import Why
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar

MOVED = "dossier.recalculated"


def open_steps(dossiers: Sequence[UUID]) -> Asked:
    """Ask for the open steps of these dossiers: id, dossier, place in the route."""
    return Asked(
        "SELECT id, dossier_id, position FROM routing_step WHERE finished_at IS NULL AND dossier_id = ANY(%b)",
        (list(dossiers),),
    )


def replan_steps(moved: Sequence[Difference], steps: Asked) -> None:
    """Give the open steps of these dossiers the instants of their new plan; what waits for its applicant waits on.

    `steps` are the open ones of at least these dossiers.
    """
    running = {
        one.row.id: (one.row, one.reading)
        for one in moved
        if one.reading is not None and one.reading.paused_since is None
    }
    calendars = {code: calendar_for(code) for code in {row.calendar_code for row, _reading in running.values()}}
    ids, dues = [], []
    for step_id, dossier_id, position in steps.rows():
        if dossier_id not in running:
            continue
        row, reading = running[dossier_id]
        planned = _due_of(position, row.version_id, reading, calendars[row.calendar_code])
        if planned is not None:
            ids.append(step_id)
            dues.append(planned)
    execute(
        "UPDATE routing_step s SET due_at = n.due_at FROM unnest(%b::uuid[], %b::timestamptz[]) AS n (id, due_at) "
        "WHERE s.id = n.id AND s.due_at <> n.due_at",
        (ids, dues),
    )


def _due_of(position: int, version_id: UUID, reading: ClockReading, calendar: Calendar) -> datetime | None:
    """The instant of one step: a plan is laid from its first step on, so what follows need not be planned."""
    legs = plan(
        version_by_id(version_id).route[:position],
        running=tuple((stretch.start, stretch.end) for stretch in reading.running()),
        due_at=reading.goal_at,
        clock=calendar,
    )
    return legs[-1].due_at if len(legs) == position else None


def write_events(moved: Sequence[Difference], why: Why, happened: Happened) -> None:
    """One `dossier.recalculated` for each, with its dates before and after; nobody listens to it."""
    rows = [(one.row, new) for one in moved if (new := one.computed) is not None]
    execute(
        f"INSERT INTO core_event ({COLUMNS}) "
        "SELECT n.id, %s, 'dossier', n.dossier_id, n.agency_id, %s::uuid, %s, %s, %s,"
        " jsonb_strip_nulls(jsonb_build_object('due_at', n.was_due, 'appointed_at', n.was_appointed)),"
        " jsonb_strip_nulls(jsonb_build_object('due_at', n.due, 'appointed_at', n.appointed)) || %s "
        "FROM unnest(%b::uuid[], %b::uuid[], %b::uuid[], %b::timestamptz[], %b::timestamptz[], %b::timestamptz[],"
        " %b::timestamptz[]) AS n (id, dossier_id, agency_id, was_due, was_appointed, due, appointed)",
        (
            MOVED, happened.by.account_id, happened.by.name, happened.at, request_id(), Jsonb(why.told()),
            [uuid7() for _ in rows], [row.id for row, _new in rows], [row.agency_id for row, _new in rows],
            [row.stored.due_at for row, _new in rows], [row.stored.appointed_at for row, _new in rows],
            [new.due_at for _row, new in rows], [new.appointed_at for _row, new in rows],
        ),
    )  # fmt: skip
