"""Where a dossier leaves the plain way: other hands, an early end, a way back. Each is one transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.numbering import next_number
from motcua.core.sql import execute, fetch_one
from motcua.dossiers.actions import Turned, ending, turn_clock
from motcua.dossiers.rules import Entry, Mark
from motcua.dossiers.states import PAUSED, DossierOutcome, StaleMove, State, may_move, move
from motcua.payments.actions import close_duties
from motcua.people.access import ActingOfficial
from motcua.people.models import Role, UnitFunction
from motcua.people.queries import serves_now
from motcua.routing.actions.hats import last_unit, leading, require_approver
from motcua.routing.actions.locked import lock_dossier
from motcua.routing.actions.replanning import planned
from motcua.routing.actions.steps import (
    NotYours,
    close_all,
    close_step,
    legs_of,
    open_legs,
    open_step,
    own_step,
    require_running,
    siblings_open,
    somebody_serves,
    tell,
)
from motcua.routing.models import Outcome
from motcua.routing.rules import PlannedLeg

# What a leader may take up again; what its applicant withdrew comes back only as a new filing.
REOPENABLE: Final = (State.FINISHED, State.RETURNED, State.DISCONTINUED)


class Unsaid(NotYours, ValueError):
    """A reason, a basis or a name is missing; the sentence says which."""


def required(text: str, sentence: str) -> str:
    """The text without outer spaces. Raises `Unsaid` with the sentence when nothing is left."""
    text = text.strip()
    if not text:
        raise Unsaid(sentence)
    return text


@dataclass(frozen=True, slots=True)
class Wish:
    """What the applicant asked the desk for: who said it, how (at the counter, by letter, online), in what words."""

    name: str
    channel: str
    words: str


def withdraw(dossier_id: UUID, *, wish: Wish, by: ActingOfficial, at: datetime) -> None:
    """The applicant takes his dossier back while nothing is decided; a new filing may follow.

    Raises `Unsaid`, `NotYours` after a decision or for who is no receiver, `StaleMove` when it has ended.
    """
    _end_at_wish(dossier_id, State.WITHDRAWN, DossierOutcome.WITHDRAWN, wish, by=by, at=at)


def discontinue(dossier_id: UUID, *, wish: Wish, by: ActingOfficial, at: datetime) -> None:
    """Stop at the applicant's wish (form 05) while nothing is decided (Decree 118/2025/NĐ-CP art. 21).

    Raises as `withdraw`.
    """
    _end_at_wish(dossier_id, State.DISCONTINUED, DossierOutcome.DISCONTINUED, wish, by=by, at=at)


def _end_at_wish(
    dossier_id: UUID, to: State, outcome: DossierOutcome, wish: Wish, *, by: ActingOfficial, at: datetime
) -> None:
    name = required(wish.name, _("Ông/bà ghi họ tên người đề nghị."))
    words = required(wish.words, _("Ông/bà ghi nội dung đề nghị của người nộp."))
    if not by.holds(Role.RECEIVER):
        raise NotYours(_("Bộ phận tiếp nhận ghi đề nghị rút hoặc dừng của người nộp."))
    with transaction.atomic():
        locked = lock_dossier(dossier_id, by, at)
        if locked.decided:
            raise NotYours(_("Hồ sơ đã có quyết định giải quyết nên không rút hoặc dừng được nữa."))
        told_as = by.acting_for(Role.RECEIVER)
        _end(dossier_id, locked.state, to, outcome, by=told_as, at=at, note=words)
        notice = {"notice": _next_notice(by, at)} if to == State.DISCONTINUED else {}
        record(
            kind=f"dossier.{outcome.value}", subject=("dossier", dossier_id), by=told_as, at=at,
            agency_id=by.agency_id, before={"state": int(locked.state)},
            after={"state": int(to), "reason": words, "asked_by": name, "channel": wish.channel, **notice,
                   **ending(locked.due_at, at, outcome, paused_at=locked.paused_at)},
        )  # fmt: skip


def _next_notice(by: ActingOfficial, at: datetime) -> int:
    """The number of form 05 within the year."""
    return next_number(agency_id=by.agency_id, series="discontinuation", day=date(localdate(at).year, 1, 1))


def discontinue_unanswered(dossier_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """Stop a dossier whose applicant let the last day for his papers, money or visit pass.

    Raises `NotYours` while that day has not passed or was never set, `StaleMove`.
    """
    led = leading(by, last_unit(dossier_id))
    if not by.holds(Role.RECEIVER) and not led:
        raise NotYours(_("Bộ phận tiếp nhận hoặc lãnh đạo mới dừng hồ sơ quá hạn bổ sung."))
    with transaction.atomic():
        locked = lock_dossier(dossier_id, by, at)
        seen, until = locked.state, locked.paused_until
        if seen not in PAUSED:
            raise StaleMove
        if until is None or localdate(at) <= until:
            raise NotYours(_("Chưa hết hạn để người nộp bổ sung nên chưa dừng hồ sơ được."))
        reason = _("Quá hạn bổ sung %(day)s mà chưa nhận được.") % {"day": f"{until:%d/%m/%Y}"}
        told_as = by.acting_for(Role.RECEIVER) if by.holds(Role.RECEIVER) else by.acting_in(led)
        _end(dossier_id, seen, State.DISCONTINUED, DossierOutcome.DISCONTINUED, by=told_as, at=at, note=reason)
        record(
            kind="dossier.discontinued", subject=("dossier", dossier_id), by=told_as, at=at,
            agency_id=by.agency_id, before={"state": int(seen)},
            after={"state": int(State.DISCONTINUED), "reason": reason, "until": until.isoformat(),
                   **ending(locked.due_at, at, DossierOutcome.DISCONTINUED, paused_at=locked.paused_at)},
        )  # fmt: skip


def _end(
    dossier_id: UUID, seen: State, to: State, outcome: DossierOutcome, *, by: Actor, at: datetime, note: str
) -> None:
    if not may_move(seen, to):
        raise StaleMove
    if seen == State.PAYMENT_ASKED:
        close_duties(dossier_id, reason=note, by=by, at=at)
    close_all(dossier_id, Outcome.ENDED, at=at, note=note)
    move(dossier_id=dossier_id, seen=seen, to=to, at=at, outcome=outcome.value)


@dataclass(frozen=True, slots=True)
class Rejected:
    """What the listener of `dossier.rejected` writes the refusal letter (form 03) from."""

    dossier_id: UUID
    code: str
    reason: str
    legal_basis: str
    by: ActingOfficial


def reject(
    step_id: UUID, *, reason: str, legal_basis: str, by: ActingOfficial, at: datetime, of: UUID | None = None
) -> None:
    """The leader refuses on the merits: the dossier is settled, its answer is a refusal letter (form 03).

    Decree 61/2018/NĐ-CP art. 19.8. Raises `Unsaid`, `NotYours`, `StaleMove`, `RouteBroken`.
    """
    reason = required(reason, _("Ông/bà ghi rõ lý do từ chối giải quyết."))
    legal_basis = required(legal_basis, _("Ông/bà ghi căn cứ pháp lý của việc từ chối."))
    with transaction.atomic():
        step = own_step(step_id, by, of, at)
        require_running(step)
        require_approver(step, by)
        if waiting := siblings_open(step):
            raise NotYours(
                _("Bước làm cùng lúc “%(name)s” chưa xong nên chưa từ chối được.") % {"name": "; ".join(waiting)}
            )
        last = legs_of(step)[-1]
        tell("dossier.rejected", step, by, at, before={"state": int(step.state)},
             after={"state": int(State.FINISHED), "reason": reason, "legal_basis": legal_basis,
                    **ending(step.due_at, at, DossierOutcome.REJECTED)},
             carried=Rejected(step.dossier_id, step.code, reason, legal_basis, by))  # fmt: skip
        close_step(step, Outcome.REJECTED, by=by, at=at, note=reason)
        open_legs([last], dossier_id=step.dossier_id, agency_id=step.agency_id, at=at)
        seen = step.state
        if seen == State.RECEIVED:
            move(dossier_id=step.dossier_id, seen=seen, to=State.PROCESSING, at=at)
            seen = State.PROCESSING
        move(dossier_id=step.dossier_id, seen=seen, to=State.FINISHED, at=at, outcome=DossierOutcome.REJECTED.value)


def reassign(step_id: UUID, *, to: UUID, reason: str, by: ActingOfficial, at: datetime, of: UUID | None = None) -> None:
    """A leader puts an open step into other hands of the same unit and role.

    Raises `Unsaid`, `NotYours` when he is no leader or the other does not serve there now, `StaleMove`.
    """
    reason = required(reason, _("Ông/bà ghi lý do giao lại."))
    with transaction.atomic():
        step = open_step(step_id, by, of, at)
        led = leading(by, step.unit_id)
        if not led:
            raise NotYours(_("Lãnh đạo của đơn vị này hoặc của cơ quan mới giao lại việc cho người khác."))
        if step.official_id == to:
            raise StaleMove
        if not serves_now(to, step.unit_id, step.role, at):
            raise NotYours(_("Người được chọn hiện không làm vai trò này ở đơn vị. Ông/bà chọn người khác."))
        names = fetch_one(
            "SELECT (SELECT full_name FROM people_official WHERE id = %s), "
            "(SELECT full_name FROM people_official WHERE id = %s)",
            (step.official_id, to),
        ) or ("", "")
        execute("UPDATE routing_step SET official_id = %s WHERE id = %s", (to, step.id))
        record(
            kind="step.reassigned", subject=("dossier", step.dossier_id), by=by.acting_in(led), at=at,
            agency_id=step.agency_id, before={"official": names[0], "step": step.name},
            after={"official": names[1], "step": step.name, "reason": reason},
        )  # fmt: skip


def forward(step_id: UUID, *, to: str, reason: str, by: ActingOfficial, at: datetime, of: UUID | None = None) -> None:
    """Hand one's step to the unit that it belongs to: same step, same role, other room.

    Raises `Unsaid`, `NotYours` for the leader's and the return step or one's own unit, `RouteBroken`, `StaleMove`.
    """
    reason = required(reason, _("Ông/bà ghi lý do chuyển đơn vị khác."))
    with transaction.atomic():
        led = leading(by, None)
        step = open_step(step_id, by, of, at) if led else own_step(step_id, by, of, at)
        require_running(step)
        if step.role != Role.CASE_OFFICER:
            raise NotYours(_("Chỉ bước thụ lý mới chuyển sang đơn vị khác được."))
        here = next(leg for leg in legs_of(step) if leg.position == step.position)
        row = fetch_one(
            "SELECT 1 FROM people_unit WHERE id = %s AND function = %s AND (valid_to IS NULL OR valid_to >= %s)",
            (step.unit_id, to, localdate(at)),
        )
        if to not in UnitFunction.values or row is not None:
            raise NotYours(_("Ông/bà chọn một đơn vị khác."))
        if not somebody_serves(step.agency_id, to, step.role, at):
            raise NotYours(
                _("Đơn vị “%(unit)s” chưa có ai thụ lý hồ sơ. Ông/bà chọn đơn vị khác, hoặc báo quản trị giao vai trò.")
                % {"unit": UnitFunction(to).label}
            )
        close_step(step, Outcome.FORWARDED, by=by, at=at, note=reason)
        leg = PlannedLeg(here.position, here.stage, here.name, here.role, to, here.due_at)
        open_legs([leg], dossier_id=step.dossier_id, agency_id=step.agency_id, at=at)
        tell("step.forwarded", step, by, at, led=led, before={"step": step.name},
             after={"unit": str(UnitFunction(to).label), "reason": reason})  # fmt: skip


def reopen(dossier_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> None:
    """A leader takes a settled dossier up again, at the case officer's step; its time goes on from where it stood.

    Raises `Unsaid`, `NotYours` for who is no leader, `StaleMove` when it is not settled, `RouteBroken`.
    """
    reason = required(reason, _("Ông/bà ghi lý do mở lại hồ sơ."))
    led = leading(by, last_unit(dossier_id))
    if not led:
        raise NotYours(_("Lãnh đạo của đơn vị đã giải quyết hoặc của cơ quan mới mở lại hồ sơ đã kết thúc."))
    with transaction.atomic():
        seen = lock_dossier(dossier_id, by, at).state
        if seen not in REOPENABLE:
            raise StaleMove
        turned = turn_clock(
            dossier_id, Entry(Mark.REOPENED, at), seen=seen, to=State.PROCESSING, by=by.acting_in(led), note=reason
        )
        close_all(dossier_id, Outcome.REOPENED, at=at, note=reason)
        _take_up(turned, by)


def _take_up(turned: Turned, by: ActingOfficial) -> None:
    """Open the last working step again, in the hands that did it when they still serve."""
    row = fetch_one(
        "SELECT s.position, s.name, s.role, s.unit_id, s.official_id, u.function, d.version_id "
        "FROM routing_step s JOIN people_unit u ON u.id = s.unit_id JOIN dossiers_dossier d ON d.id = s.dossier_id "
        "WHERE s.dossier_id = %s AND s.role <> 'approver' "
        "ORDER BY (s.role = 'case_officer') DESC, s.position DESC, s.started_at DESC LIMIT 1",
        (turned.dossier_id,),
    )
    if row is None:
        raise StaleMove
    position, name, role, unit_id, official_id, function, version_id = row
    at = turned.entry.at
    keeps = official_id if serves_now(official_id, unit_id, role, at) else None
    here = next(leg for leg in planned(version_id, by.calendar_code, turned.reading) if leg.position == position)
    leg = PlannedLeg(position, here.stage, name, role, function, here.due_at)
    open_legs([leg], dossier_id=turned.dossier_id, agency_id=turned.agency_id, official_id=keeps, at=at)
