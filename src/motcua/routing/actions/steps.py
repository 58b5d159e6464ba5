"""The open step under a lock, and what every move does with it: close, open the next, tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.queries import version_by_id
from motcua.core.events import record
from motcua.core.ids import uuid7
from motcua.core.refusals import Refusal
from motcua.core.sql import execute, fetch_all, fetch_one
from motcua.dossiers.actions import ClockWentBack
from motcua.dossiers.ledger import Life, entries_of, terms_of
from motcua.dossiers.rules import read_clock
from motcua.dossiers.states import StaleMove, State
from motcua.people.access import ActingOfficial
from motcua.people.models import UnitFunction
from motcua.people.queries import HEIRS, Duty, serves_now
from motcua.routing.models import Outcome
from motcua.routing.rules import PlannedLeg, Running, plan
from motcua.worktime.queries import calendar_for


class RouteBroken(Refusal):
    """The route names a unit this office does not have; the sentence says which."""


class NotYours(Refusal):
    """The step lies in other hands, or this is not his to do; the sentence says why."""


@dataclass(frozen=True, slots=True)
class OpenStep:
    """An open step and its dossier with what a move needs to know, read under row locks.

    `last_entry_at`: the newest line of the dossier's clock; None when it made no detour.
    """

    id: UUID
    dossier_id: UUID
    code: str
    state: State
    version_id: UUID
    agency_id: UUID
    calendar_code: str
    received_at: datetime
    due_at: datetime
    appointed_at: datetime | None
    last_entry_at: datetime | None
    position: int
    name: str
    role: str
    unit_id: UUID
    official_id: UUID | None
    started_at: datetime


# The dossier's row first, by a statement of its own: two steps that run side by side are closed one after the other,
# and what is read next is what stands after the wait.
BREATH: Final = timedelta(seconds=5)
_LOCK: Final[LiteralString] = """
SELECT 1 FROM dossiers_dossier WHERE id = (SELECT dossier_id FROM routing_step WHERE id = %s) FOR UPDATE
"""
_OPEN_STEP: Final[LiteralString] = """
SELECT s.id, d.id, d.code, d.state, d.version_id, d.agency_id, a.calendar_code, d.received_at, d.due_at,
       d.appointed_at, (SELECT max(e.at) FROM dossiers_clockentry e WHERE e.dossier_id = d.id),
       s.position, s.name, s.role, s.unit_id, s.official_id, s.started_at
FROM dossiers_dossier d JOIN people_agency a ON a.id = d.agency_id JOIN routing_step s ON s.dossier_id = d.id
WHERE s.id = %s AND s.dossier_id = COALESCE(%s, s.dossier_id) AND s.finished_at IS NULL AND d.agency_id = %s
FOR UPDATE OF d, s
"""
_SOMEBODY: Final[LiteralString] = """
SELECT 1 FROM people_unit u JOIN people_rolegrant g ON g.unit_id = u.id AND g.role = %(role)s
  AND g.valid_from <= %(day)s AND (g.valid_to IS NULL OR g.valid_to >= %(day)s)
JOIN people_official o ON o.id = g.official_id
  AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
JOIN people_account a ON a.id = o.account_id AND a.is_active
WHERE u.agency_id = %(agency)s AND u.function = %(function)s
  AND u.valid_from <= %(day)s AND (u.valid_to IS NULL OR u.valid_to >= %(day)s)
LIMIT 1
"""
_INSERT: Final[LiteralString] = """
INSERT INTO routing_step (id, dossier_id, position, name, role, unit_id, official_id, started_at, due_at, outcome, note)
SELECT %(id)s, %(dossier)s, %(position)s, %(name)s, %(role)s, u.id, %(official)s, %(at)s, %(due)s, '', ''
FROM people_unit u WHERE u.agency_id = %(agency)s AND u.function = %(function)s
  AND u.valid_from <= %(day)s AND (u.valid_to IS NULL OR u.valid_to >= %(day)s)
"""
# Where no unit has this function any more: the one that took over when the last of them closed, or whoever followed it.
_INSERT_TAKEN_OVER: Final[LiteralString] = (
    HEIRS
    + """
INSERT INTO routing_step (id, dossier_id, position, name, role, unit_id, official_id, started_at, due_at, outcome, note)
SELECT %(id)s, %(dossier)s, %(position)s, %(name)s, %(role)s, n.id, %(official)s, %(at)s, %(due)s, '', ''
FROM people_unit u JOIN heirs h ON h.unit_id = u.id
JOIN people_unit n ON n.id = h.heir_id AND n.valid_from <= %(day)s AND (n.valid_to IS NULL OR n.valid_to >= %(day)s)
WHERE u.agency_id = %(agency)s AND u.function = %(function)s ORDER BY u.valid_to DESC LIMIT 1
"""
)


def open_step(step_id: UUID, by: ActingOfficial, of: UUID | None, at: datetime) -> OpenStep:
    """The open step of one's agency under a lock, whoever holds it.

    Raises `StaleMove` when it is done or not of the dossier the page showed, `ClockWentBack`.
    """
    fetch_one(_LOCK, (step_id,))
    row = fetch_one(_OPEN_STEP, (step_id, of, by.agency_id))
    if row is None:
        raise StaleMove
    step = OpenStep(row[0], row[1], row[2], State(row[3]), *row[4:])
    last = max(step.started_at, step.last_entry_at or step.started_at)
    if at < last:  # by a breath: another was faster while this one waited for the lock
        raise StaleMove if last - at < BREATH else ClockWentBack(last)
    return step


def own_step(step_id: UUID, by: ActingOfficial, of: UUID | None, at: datetime) -> OpenStep:
    """The open step as its worker may move it. Raises as `open_step`, and `NotYours`."""
    step = open_step(step_id, by, of, at)
    if not by.serves(step.unit_id, step.role):
        raise NotYours(_("Bước này thuộc đơn vị hoặc vai trò khác."))
    if step.official_id not in (None, by.id) and serves_now(step.official_id, step.unit_id, step.role, at):
        raise NotYours(_("Bước này đang do người khác làm."))
    return step


def require_running(step: OpenStep) -> None:
    """Raises `NotYours` while the dossier waits for its applicant."""
    if step.state in (State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED):
        raise NotYours(_("Hồ sơ đang chờ người nộp nên chưa xử lý tiếp được."))


def running_of(step: OpenStep) -> Running:
    """When the dossier's clock ran; one query more for those that made a detour."""
    if step.last_entry_at is None:
        return ((step.received_at, None),)
    row = fetch_one(
        "SELECT limit_number, limit_unit, finished_at, returned_at FROM dossiers_dossier WHERE id = %s",
        (step.dossier_id,),
    )
    if row is None:
        raise StaleMove
    life = Life(step.received_at, entries_of(step.dossier_id), *row[2:])
    terms = terms_of(row[0], row[1], version_by_id(step.version_id).cut_off)
    reading = read_clock(life.ledger(), terms, calendar_for(step.calendar_code))
    return tuple((stretch.start, stretch.end) for stretch in reading.running())


def legs_of(step: OpenStep) -> list[PlannedLeg]:
    """The whole way of the dossier with the instants that its clock gives today."""
    return plan(
        version_by_id(step.version_id).route,
        running=running_of(step),
        due_at=step.appointed_at or step.due_at,
        clock=calendar_for(step.calendar_code),
    )


def somebody_serves(agency_id: UUID, function: str, role: str, at: datetime) -> bool:
    """Whether the unit has anybody in this role that day; who is only absent comes back or is stood in for."""
    values = {"agency": agency_id, "function": function, "role": role, "day": localdate(at)}
    return fetch_one(_SOMEBODY, values) is not None


def siblings_open(step: OpenStep) -> list[str]:
    """Names of the other steps of this dossier that are still open: a stage goes on when all of it is done."""
    rows = fetch_all(
        "SELECT name FROM routing_step WHERE dossier_id = %s AND finished_at IS NULL AND id <> %s",
        (step.dossier_id, step.id),
    )
    return [row[0] for row in rows]


def close_step(step: OpenStep, outcome: Outcome, *, by: ActingOfficial, at: datetime, note: str = "") -> None:
    """Write down that the step is done, by whom, and in whose place."""
    execute(
        "UPDATE routing_step SET finished_at = %s, outcome = %s, official_id = %s, on_behalf_of_id = %s, note = %s "
        "WHERE id = %s",
        (at, outcome.value, by.id, by.on_behalf_of(step.unit_id, step.role), note[:600], step.id),
    )


def close_all(dossier_id: UUID, outcome: Outcome, *, at: datetime, note: str = "") -> None:
    """Close every open step of a dossier that ends; who had it stays written, who ended it is in the event."""
    execute(
        "UPDATE routing_step SET finished_at = GREATEST(started_at, %s), outcome = %s, "
        "note = %s WHERE dossier_id = %s AND finished_at IS NULL",
        (at, outcome.value, note[:600], dossier_id),
    )


def open_legs(
    legs: Sequence[PlannedLeg], *, dossier_id: UUID, agency_id: UUID, at: datetime, official_id: UUID | None = None
) -> None:
    """Open these steps. Raises `RouteBroken` when the office lacks a unit and none took over: then nothing is moved."""
    day = localdate(at)
    for leg in legs:
        values = {
            "id": uuid7(), "dossier": dossier_id, "position": leg.position, "name": leg.name, "role": leg.role,
            "official": official_id, "at": at, "due": leg.due_at, "agency": agency_id, "function": leg.function,
            "day": day,
        }  # fmt: skip
        if execute(_INSERT, values) != 1 and execute(_INSERT_TAKEN_OVER, values) != 1:
            raise RouteBroken(
                _("Cơ quan chưa có đơn vị “%(unit)s” cho bước “%(step)s”. Quản trị cần thêm đơn vị này trước.")
                % {"unit": UnitFunction(leg.function).label, "step": leg.name}
            )


def tell(
    kind: str, step: OpenStep, by: ActingOfficial, at: datetime, *, led: Iterable[Duty] = (), carried: Any = None,
    **changes: Any,
) -> None:  # fmt: skip
    """Record what was done with a step, in the name of whom it was done for.

    `led`: the duties by which somebody acts on a step that is not his.
    """
    told_as = by.acting_in([(step.unit_id, step.role)] if by.serves(step.unit_id, step.role) else led)
    record(kind=kind, subject=("dossier", step.dossier_id), by=told_as, at=at, agency_id=step.agency_id,
           carried=carried, **changes)  # fmt: skip
