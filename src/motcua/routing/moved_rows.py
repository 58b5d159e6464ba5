"""The rows that follow when dates of many dossiers move at once: their open steps, and an event for each."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from motcua.catalogue.queries import version_by_id
from motcua.core.events import COLUMNS, Happened
from motcua.core.ids import uuid7
from motcua.core.logs import request_id
from motcua.core.sql import INSTANT, Asked, execute, instant_array, uuid_array
from motcua.dossiers.recheck import Difference
from motcua.dossiers.rules import ClockReading
from motcua.routing.rules import due_of_leg
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
        f"UPDATE routing_step s SET due_at = {INSTANT} n.due_at "
        "FROM unnest(%s::uuid[], %s::bigint[]) AS n (id, due_at) "
        f"WHERE s.id = n.id AND s.due_at <> {INSTANT} n.due_at",
        (uuid_array(ids), instant_array(dues)),
    )


def _due_of(position: int, version_id: UUID, reading: ClockReading, calendar: Calendar) -> datetime | None:
    return due_of_leg(
        version_by_id(version_id).route,
        position,
        running=tuple((stretch.start, stretch.end) for stretch in reading.running()),
        due_at=reading.goal_at,
        clock=calendar,
    )


def write_events(moved: Sequence[Difference], why: Why, happened: Happened) -> None:
    """One `dossier.recalculated` for each, with its dates before and after; nobody listens to it.

    To be called before the new dates are stored: the old ones are read where they stand.
    """
    rows = [(one.row.id, new) for one in moved if (new := one.computed) is not None]
    execute(
        f"INSERT INTO core_event ({COLUMNS}) "
        "SELECT n.id, %s, 'dossier', d.id, d.agency_id, %s::uuid, %s, %s, %s,"
        " jsonb_strip_nulls(jsonb_build_object('due_at', d.due_at, 'appointed_at', d.appointed_at)),"
        f" jsonb_strip_nulls(jsonb_build_object('due_at', {INSTANT} n.due,"
        f" 'appointed_at', {INSTANT} n.appointed)) || %s "
        "FROM unnest(%s::uuid[], %s::uuid[], %s::bigint[], %s::bigint[]) WITH ORDINALITY"
        " AS n (id, dossier_id, due, appointed, place) JOIN dossiers_dossier d ON d.id = n.dossier_id ORDER BY n.place",
        (
            MOVED, happened.by.account_id, happened.by.name, happened.at, request_id(), Jsonb(why.told()),
            uuid_array(uuid7() for _ in rows), uuid_array(dossier_id for dossier_id, _new in rows),
            instant_array(new.due_at for _id, new in rows), instant_array(new.appointed_at for _id, new in rows),
        ),
    )  # fmt: skip
