"""The plain moves of a dossier between hands. Each is one transaction, compare-and-set, with its event."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.events import Actor, Happened
from motcua.core.sql import execute, fetch_all, fetch_one
from motcua.dossiers.actions import ClockWentBack, ending
from motcua.dossiers.states import OPEN, DossierOutcome, StaleMove, State, move
from motcua.intake.actions import Received
from motcua.intake.certifying.actions import Counted
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.people.queries import serves_now
from motcua.routing.actions.hats import require_approver
from motcua.routing.actions.steps import (
    NotYours,
    OpenStep,
    close_step,
    legs_of,
    open_legs,
    own_step,
    require_running,
    siblings_open,
    tell,
)
from motcua.routing.consultations.guard import require_no_open_consultation
from motcua.routing.models import Outcome
from motcua.routing.rules import legs_after, plan


def start(happened: Happened) -> None:
    """Open the first step of a dossier just received, in the receiver's hands, and what runs beside it.

    Listens to `dossier.received`. Raises `RouteBroken` when the office lacks the unit: then nothing is received.
    """
    received: Received = happened.carried
    legs = plan(
        received.offered.route,
        running=((received.received_at, None),),
        due_at=received.promised_at,
        clock=received.calendar,
    )
    where: Any = {"dossier_id": received.dossier_id, "agency_id": received.by.agency_id, "at": received.received_at}
    open_legs(legs[:1], official_id=received.by.id, **where)
    open_legs([leg for leg in legs[1:] if leg.stage == legs[0].stage], **where)


def take(step_id: UUID, *, by: ActingOfficial, at: datetime, of: UUID | None = None) -> None:
    """Take a waiting step into one's own hands. Raises `NotYours`, or `StaleMove` when it was taken before."""
    with transaction.atomic():
        step = own_step(step_id, by, of, at)
        if step.official_id == by.id:
            raise StaleMove
        execute("UPDATE routing_step SET official_id = %s WHERE id = %s", (by.id, step.id))
        tell(
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
        step = own_step(step_id, by, of, at)
        if step.official_id != by.id:
            raise StaleMove
        execute("UPDATE routing_step SET official_id = NULL WHERE id = %s", (step.id,))
        tell("step.released", step, by, at, before={"official": by.name}, after={"official": None, "step": step.name})


def pass_on(step_id: UUID, *, by: ActingOfficial, at: datetime, note: str = "", of: UUID | None = None) -> None:
    """Finish one's step and open what follows, once every step that runs beside it is done too.

    The last counted step finishes the dossier. An approver's step is approved, not passed on.
    Raises `NotYours`, `StaleMove`, `RouteBroken`.
    """
    with transaction.atomic():
        step = own_step(step_id, by, of, at)
        if step.role == Role.APPROVER:
            raise NotYours(_("Bước này cần lãnh đạo duyệt hoặc trả lại."))
        _go_on(step, Outcome.PASSED_ON, by=by, at=at, note=note)


def pass_on_own(happened: Happened) -> None:
    """The receiver is done at once: his open steps go on, as far as they are his. Listens to `dossier.certified`.

    An approver's step stays for whoever did none of the work. Raises as `pass_on`.
    """
    carried: Counted = happened.carried
    while (step_id := _own_open_step(carried.dossier_id, carried.by)) is not None:
        pass_on(step_id, by=carried.by, at=happened.at, of=carried.dossier_id)


def _own_open_step(dossier_id: UUID, by: ActingOfficial) -> UUID | None:
    """The one open step of a dossier that is his to pass on; None when it is another's, or the last."""
    rows = fetch_all(
        "SELECT s.id, s.unit_id, s.role, d.state FROM routing_step s JOIN dossiers_dossier d ON d.id = s.dossier_id "
        "WHERE s.dossier_id = %s AND s.finished_at IS NULL",
        (dossier_id,),
    )
    own = [row[0] for row in rows if by.serves(row[1], row[2]) and row[2] != Role.APPROVER and row[3] in OPEN]
    return own[0] if len(own) == len(rows) == 1 else None


def approve(step_id: UUID, *, by: ActingOfficial, at: datetime, note: str = "", of: UUID | None = None) -> None:
    """The leader agrees: the step is done and the result is prepared (by its listener).

    Raises `NotYours` when he did an earlier step of this dossier himself, under whichever hat, and while a step
    beside this one is open: the result would be written before the office has finished.
    """
    with transaction.atomic():
        step = own_step(step_id, by, of, at)
        require_running(step)
        require_approver(step, by)
        if waiting := siblings_open(step):
            raise NotYours(
                _("Bước làm cùng lúc “%(name)s” chưa xong nên chưa duyệt được.") % {"name": "; ".join(waiting)}
            )
        tell("dossier.approved", step, by, at, after={"step": step.name, "note": note}, carried=(step, by))
        _go_on(step, Outcome.APPROVED, by=by, at=at, note=note)


def send_back(step_id: UUID, *, reason: str, by: ActingOfficial, at: datetime, of: UUID | None = None) -> None:
    """Return the dossier to the step before, to the same hands, with a reason that stays in the record.

    Where several steps ran side by side, it goes to the one done last. Raises `ValueError` without a reason,
    `NotYours` from the first step or while a step beside this one is still open.
    """
    reason = reason.strip()
    if not reason:
        raise ValueError(_("Ông/bà ghi rõ lý do trả lại."))
    with transaction.atomic():
        step = own_step(step_id, by, of, at)
        require_running(step)
        if step.state != State.PROCESSING:
            raise NotYours(_("Hồ sơ không còn ở bước xử lý nên không trả lại được."))
        if waiting := siblings_open(step):
            raise NotYours(
                _("Bước làm cùng lúc “%(name)s” chưa xong nên chưa trả lại được.") % {"name": "; ".join(waiting)}
            )
        legs = legs_of(step)
        here = next(leg.stage for leg in legs if leg.position == step.position)
        earlier = [leg.position for leg in legs if leg.stage < here]
        before = fetch_one(
            "SELECT s.position, s.official_id, s.unit_id, s.role, u.function FROM routing_step s "
            "JOIN people_unit u ON u.id = s.unit_id WHERE s.dossier_id = %s AND s.position = ANY(%s) "
            "AND s.finished_at IS NOT NULL ORDER BY s.finished_at DESC, s.position DESC LIMIT 1",
            (step.dossier_id, earlier),
        )
        if before is None:
            raise NotYours(_("Đây là bước đầu tiên, không còn bước trước để trả lại."))
        close_step(step, Outcome.SENT_BACK, by=by, at=at, note=reason)
        keeps = before[1] if serves_now(before[1], before[2], before[3], at) else None
        # The unit that did it: a step may have been forwarded away from the one that the route names.
        leg = next(leg for leg in legs if leg.position == before[0])._replace(function=before[4])
        open_legs([leg], dossier_id=step.dossier_id, agency_id=step.agency_id, official_id=keeps, at=at)
        tell("step.sent_back", step, by, at, before={"step": step.name}, after={"step": leg.name, "reason": reason})


def close_return_step(dossier_id: UUID, *, by: ActingOfficial, at: datetime) -> Actor:
    """Close the open return step of a dossier whose result is handed over; gives back who did it, as the log says.

    The caller holds the dossier's lock. Raises `StaleMove`, `ClockWentBack`.
    """
    row = fetch_one(
        "SELECT id, unit_id, role, started_at FROM routing_step WHERE dossier_id = %s AND finished_at IS NULL",
        (dossier_id,),
    )
    if row is None:
        raise StaleMove
    step_id, unit_id, role, started_at = row
    if at < started_at:
        raise ClockWentBack(started_at)
    execute(
        "UPDATE routing_step SET finished_at = %s, outcome = 'returned', official_id = %s, on_behalf_of_id = %s "
        "WHERE id = %s",
        (at, by.id, by.on_behalf_of(unit_id, role), step_id),
    )
    return by.acting_as(unit_id, role)


def _go_on(step: OpenStep, outcome: Outcome, *, by: ActingOfficial, at: datetime, note: str) -> None:
    require_running(step)
    require_no_open_consultation(step, at)
    legs = legs_of(step)
    following = legs_after(legs, step.position)
    if not following:
        raise NotYours(_("Hồ sơ đã ở bước cuối: ông/bà trả kết quả cho người dân."))
    close_step(step, outcome, by=by, at=at, note=note)
    if waiting := siblings_open(step):
        _follow(step, State.PROCESSING, at)
        tell("step.passed_on", step, by, at, before={"step": step.name},
             after={"waits_for": "; ".join(waiting), "note": note})  # fmt: skip
        return
    open_legs(following, dossier_id=step.dossier_id, agency_id=step.agency_id, at=at)
    target = State.FINISHED if following[-1].position == legs[-1].position else State.PROCESSING
    _follow(step, target, at)
    tell("dossier.finished" if target == State.FINISHED else "step.passed_on", step, by, at,
         before={"step": step.name, "state": int(step.state)},
         after={"step": "; ".join(leg.name for leg in following), "state": int(target), "note": note,
                **(ending(step.due_at, at, DossierOutcome.GRANTED) if target == State.FINISHED else {})})  # fmt: skip


def _follow(step: OpenStep, target: State, at: datetime) -> None:
    """Move the dossier along the arrows; it is never finished without having been worked on."""
    seen = step.state
    if seen == State.RECEIVED and target == State.FINISHED:
        move(dossier_id=step.dossier_id, seen=seen, to=State.PROCESSING, at=at)
        seen = State.PROCESSING
    if seen != target:
        move(dossier_id=step.dossier_id, seen=seen, to=target, at=at)
