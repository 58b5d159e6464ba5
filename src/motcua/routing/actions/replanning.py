"""When a dossier's date moves, the instants of its open steps move with it."""

from uuid import UUID

from motcua.catalogue.queries import version_by_id
from motcua.core.events import Happened
from motcua.core.sql import execute, fetch_one
from motcua.dossiers.actions import Turned
from motcua.dossiers.rules import ClockReading
from motcua.routing.rules import PlannedLeg, plan
from motcua.worktime.queries import calendar_for


def replan(happened: Happened) -> None:
    """Give open steps the instants of the new plan. Listens to what turns a dossier's clock on or moves its date."""
    turned: Turned = happened.carried
    if turned.reading.paused_since is not None or turned.reading.settled_at is not None:
        return
    row = fetch_one(
        "SELECT d.version_id, a.calendar_code FROM dossiers_dossier d JOIN people_agency a ON a.id = d.agency_id "
        "WHERE d.id = %s",
        (turned.dossier_id,),
    )
    if row is None:
        raise LookupError(turned.dossier_id)
    put_plan(turned.dossier_id, planned(row[0], row[1], turned.reading))


def planned(version_id: UUID, calendar_code: str, reading: ClockReading) -> list[PlannedLeg]:
    """The way of a dossier of this version over the time in which its clock ran."""
    return plan(
        version_by_id(version_id).route,
        running=tuple((stretch.start, stretch.end) for stretch in reading.running()),
        due_at=reading.goal_at,
        clock=calendar_for(calendar_code),
    )


def put_plan(dossier_id: UUID, legs: list[PlannedLeg]) -> None:
    """Write the plan's instants into the open steps, one statement."""
    execute(
        "UPDATE routing_step s SET due_at = p.due_at "
        "FROM unnest(%s::int2[], %s::timestamptz[]) AS p (position, due_at) "
        "WHERE s.dossier_id = %s AND s.finished_at IS NULL AND s.position = p.position",
        ([leg.position for leg in legs], [leg.due_at for leg in legs], dossier_id),
    )
