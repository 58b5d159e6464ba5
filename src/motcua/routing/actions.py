"""The moves of a dossier between hands. Each is one transaction, compare-and-set, with its event."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.queries import OfferedVersion, version_by_id
from motcua.core.events import Happened, record
from motcua.core.ids import uuid7
from motcua.core.refusals import Refusal
from motcua.core.sql import execute, fetch_one
from motcua.dossiers.states import StaleMove, State, move
from motcua.intake.actions import Received
from motcua.people.access import ActingOfficial
from motcua.people.models import Role, UnitFunction
from motcua.routing.models import Outcome
from motcua.routing.rules import PlannedLeg, plan
from motcua.worktime.queries import calendar_for


class RouteBroken(Refusal):
    """The route names a unit this office does not have; the sentence says which."""


class NotYours(Refusal):
    """The step lies in other hands; the sentence says whose."""


@dataclass(frozen=True, slots=True)
class OpenStep:
    """The dossier's open step with what a move needs to know, read under a row lock."""

    id: UUID
    dossier_id: UUID
    code: str
    state: State
    version_id: UUID
    agency_id: UUID
    received_at: datetime
    due_at: datetime
    position: int
    name: str
    role: str
    unit_id: UUID
    official_id: UUID | None


_OPEN_STEP = """
SELECT s.id, d.id, d.code, d.state, d.version_id, d.agency_id, d.received_at, d.due_at,
       s.position, s.name, s.role, s.unit_id, s.official_id
FROM routing_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE s.id = %s AND s.dossier_id = COALESCE(%s, s.dossier_id) AND s.finished_at IS NULL AND d.agency_id = %s
FOR UPDATE OF s
"""

_INSERT = """
INSERT INTO routing_step (id, dossier_id, position, name, role, unit_id, official_id, started_at, due_at, outcome, note)
SELECT %s, %s, %s, %s, %s, u.id, %s, %s, %s, '', ''
FROM people_unit u WHERE u.agency_id = %s AND u.function = %s
  AND u.valid_from <= %s AND (u.valid_to IS NULL OR u.valid_to >= %s)
"""


def start(happened: Happened) -> None:
    """Open the first step of a dossier just received, in the receiver's hands. Listens to `dossier.received`.

    Raises `RouteBroken` when the office lacks the unit: then nothing is received.
    """
    received: Received = happened.carried
    legs = plan(
        received.offered.route, received_at=received.received_at, due_at=received.promised_at, clock=received.calendar
    )
    _open(legs[0], dossier_id=received.dossier_id, agency_id=received.by.agency_id,
          official_id=received.by.id, at=received.received_at)  # fmt: skip


def take(step_id: UUID, *, by: ActingOfficial, at: datetime, of: UUID | None = None) -> None:
    """Take a waiting step into one's own hands. Raises `NotYours`, or `StaleMove` when it was taken before."""
    with transaction.atomic():
        step = _locked(step_id, by, of)
        if step.official_id == by.id:
            raise StaleMove
        execute("UPDATE routing_step SET official_id = %s WHERE id = %s", (by.id, step.id))
        _tell(
            "step.taken",
            step,
            by,
            at,
            before={"official": str(step.official_id) if step.official_id else None},
            after={"official": by.name, "step": step.name},
        )


def release(step_id: UUID, *, by: ActingOfficial, at: datetime, of: UUID | None = None) -> None:
    """Put a taken step back for one's colleagues: the way back from `take`."""
    with transaction.atomic():
        step = _locked(step_id, by, of)
        if step.official_id != by.id:
            raise StaleMove
        execute("UPDATE routing_step SET official_id = NULL WHERE id = %s", (step.id,))
        _tell("step.released", step, by, at, before={"official": by.name}, after={"official": None, "step": step.name})


def pass_on(step_id: UUID, *, by: ActingOfficial, at: datetime, note: str = "", of: UUID | None = None) -> None:
    """Finish one's step and open the next; the last counted step finishes the dossier.

    An approver's step is approved, not passed on. Raises `NotYours`, `StaleMove`, `RouteBroken`.
    """
    with transaction.atomic():
        step = _locked(step_id, by, of)
        if step.role == Role.APPROVER:
            raise NotYours(_("Bước này cần lãnh đạo duyệt hoặc trả lại."))
        _go_on(step, Outcome.PASSED_ON, by=by, at=at, note=note)


def approve(step_id: UUID, *, by: ActingOfficial, at: datetime, note: str = "", of: UUID | None = None) -> None:
    """The leader agrees: the step is done and the result is prepared (by its listener).

    Raises `NotYours` when he did an earlier step of this dossier himself.
    """
    with transaction.atomic():
        step = _locked(step_id, by, of)
        if step.role != Role.APPROVER:
            raise NotYours(_("Chỉ bước của lãnh đạo mới được duyệt."))
        if _did_an_earlier_step(step, by):
            raise NotYours(
                _("Ông/bà đã tự xử lý một bước của hồ sơ này nên không được duyệt. Cần lãnh đạo khác duyệt.")
            )
        _tell("dossier.approved", step, by, at, after={"step": step.name, "note": note}, carried=(step, by))
        _go_on(step, Outcome.APPROVED, by=by, at=at, note=note)


def send_back(step_id: UUID, *, reason: str, by: ActingOfficial, at: datetime, of: UUID | None = None) -> None:
    """Return the dossier to the step before, to the same hands, with a reason that stays in the record.

    Raises `ValueError` without a reason, `NotYours` from the first step.
    """
    reason = reason.strip()
    if not reason:
        raise ValueError(_("Ông/bà ghi rõ lý do trả lại."))
    with transaction.atomic():
        step = _locked(step_id, by, of)
        if step.state != State.PROCESSING:
            raise NotYours(_("Hồ sơ không còn ở bước xử lý nên không trả lại được."))
        before = fetch_one(
            "SELECT position, official_id, unit_id, role FROM routing_step WHERE dossier_id = %s AND position < %s "
            "AND finished_at IS NOT NULL ORDER BY position DESC, started_at DESC LIMIT 1",
            (step.dossier_id, step.position),
        )
        if before is None:
            raise NotYours(_("Đây là bước đầu tiên, không còn bước trước để trả lại."))
        _close(step, Outcome.SENT_BACK, by=by, at=at, note=reason)
        keeps = before[1] if _serves_still(*before[1:]) else None
        leg = next(leg for leg in _legs(step) if leg.position == before[0])
        _open(leg, dossier_id=step.dossier_id, agency_id=step.agency_id, official_id=keeps, at=at)
        _tell("step.sent_back", step, by, at, before={"step": step.name}, after={"step": leg.name, "reason": reason})


def close_return_step(dossier_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """Close the open return step of a dossier whose result is being handed over."""
    touched = execute(
        "UPDATE routing_step SET finished_at = %s, outcome = 'returned', official_id = %s "
        "WHERE dossier_id = %s AND finished_at IS NULL",
        (at, by.id, dossier_id),
    )
    if touched != 1:
        raise StaleMove


def _locked(step_id: UUID, by: ActingOfficial, of: UUID | None) -> OpenStep:
    """The open step under a row lock; one that is done, or not of the dossier the page showed, is stale."""
    row = fetch_one(_OPEN_STEP, (step_id, of, by.agency_id))
    if row is None:
        raise StaleMove
    step = OpenStep(row[0], row[1], row[2], State(row[3]), *row[4:])
    if not by.serves(step.unit_id, step.role):
        raise NotYours(_("Bước này thuộc đơn vị hoặc vai trò khác."))
    if step.official_id not in (None, by.id) and _serves_still(step.official_id, step.unit_id, step.role):
        raise NotYours(_("Bước này đang do người khác làm."))
    return step


def _did_an_earlier_step(step: OpenStep, by: ActingOfficial) -> bool:
    """Nobody approves his own work, whatever other role he holds."""
    row = fetch_one(
        "SELECT 1 FROM routing_step WHERE dossier_id = %s AND official_id = %s AND role <> 'approver' LIMIT 1",
        (step.dossier_id, by.id),
    )
    return row is not None


def _serves_still(official_id: UUID | None, unit_id: UUID, role: str) -> bool:
    """Whether the official in whose hands a step lies still holds this role in this unit today."""
    row = fetch_one(
        "SELECT 1 FROM people_rolegrant g JOIN people_official o ON o.id = g.official_id "
        "JOIN people_account a ON a.id = o.account_id AND a.is_active "
        "WHERE g.official_id = %s AND g.unit_id = %s AND g.role = %s "
        "AND g.valid_from <= %s AND (g.valid_to IS NULL OR g.valid_to >= %s) "
        "AND (o.valid_to IS NULL OR o.valid_to >= %s)",
        (official_id, unit_id, role, *[localdate()] * 3),
    )
    return row is not None


def _version_of(step: OpenStep) -> OfferedVersion:
    return version_by_id(step.version_id)


def _legs(step: OpenStep) -> list[PlannedLeg]:
    row = fetch_one("SELECT calendar_code FROM people_agency WHERE id = %s", (step.agency_id,))
    if row is None:
        raise StaleMove
    return plan(_version_of(step).route, received_at=step.received_at, due_at=step.due_at, clock=calendar_for(row[0]))


def _go_on(step: OpenStep, outcome: Outcome, *, by: ActingOfficial, at: datetime, note: str) -> None:
    legs = _legs(step)
    following = [leg for leg in legs if leg.position > step.position]
    if not following:
        raise NotYours(_("Hồ sơ đã ở bước cuối: ông/bà trả kết quả cho người dân."))
    _close(step, outcome, by=by, at=at, note=note)
    leg = following[0]
    _open(leg, dossier_id=step.dossier_id, agency_id=step.agency_id, official_id=None, at=at)
    target = State.FINISHED if len(following) == 1 else State.PROCESSING
    seen = step.state
    for to in _way(seen, target):
        move(dossier_id=step.dossier_id, seen=seen, to=to, at=at)
        seen = to
    _tell("dossier.finished" if target == State.FINISHED else "step.passed_on", step, by, at,
          before={"step": step.name, "state": int(step.state)},
          after={"step": leg.name, "state": int(target), "note": note})  # fmt: skip


def _way(seen: State, target: State) -> tuple[State, ...]:
    """The arrows to follow; a dossier is never finished without having been worked on."""
    if seen == target:
        return ()
    if seen == State.RECEIVED and target == State.FINISHED:
        return (State.PROCESSING, State.FINISHED)
    return (target,)


def _close(step: OpenStep, outcome: Outcome, *, by: ActingOfficial, at: datetime, note: str) -> None:
    execute(
        "UPDATE routing_step SET finished_at = %s, outcome = %s, official_id = %s, note = %s WHERE id = %s",
        (at, outcome.value, by.id, note[:600], step.id),
    )


def _open(leg: PlannedLeg, *, dossier_id: UUID, agency_id: UUID, official_id: UUID | None, at: datetime) -> None:
    values = (
        uuid7(),
        dossier_id,
        leg.position,
        leg.name,
        leg.role,
        official_id,
        at,
        leg.due_at,
        agency_id,
        leg.function,
        *[localdate(at)] * 2,
    )
    if execute(_INSERT, values) != 1:
        raise RouteBroken(
            _("Cơ quan chưa có đơn vị “%(unit)s” cho bước “%(step)s”. Quản trị cần thêm đơn vị này trước.")
            % {"unit": UnitFunction(leg.function).label, "step": leg.name}
        )


def _tell(kind: str, step: OpenStep, by: ActingOfficial, at: datetime, *, carried: Any = None, **changes: Any) -> None:
    record(kind=kind, subject=("dossier", step.dossier_id), by=by.actor, at=at, agency_id=step.agency_id,
           carried=carried, **changes)  # fmt: skip
