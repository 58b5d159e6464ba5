"""When a dossier must wait for its applicant: papers, money, a visit. The official who has it asks; the desk takes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.sql import fetch_one
from motcua.dossiers.actions import turn_clock
from motcua.dossiers.rules import Cause, Entry, Mark
from motcua.dossiers.states import StaleMove, State
from motcua.intake import supplements
from motcua.intake.supplements import Asked
from motcua.payments.actions import NewDuty, demand_duty
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.routing.actions.detours import required
from motcua.routing.actions.hats import leading
from motcua.routing.actions.steps import NotYours, OpenStep, open_step, own_step, siblings_open

# Each visit stops the clock: without a bound one official could stop it for ever.
MOST_VISITS, MOST_DAYS = 2, 60
# So often one official asks a dossier's applicant for money; from then on a leader who is somebody else asks.
MOST_DEMANDS = 2


class InvitedBefore(NotYours):
    """The applicant came as often as he may be asked to while the clock stands still."""

    def __init__(self) -> None:
        super().__init__(
            _("Hồ sơ đã mời người nộp đến %(n)d lần. Thời hạn không dừng thêm vì lý do này.") % {"n": MOST_VISITS}
        )


class DemandedBefore(NotYours):
    """This official asked for money as often as one may."""

    def __init__(self) -> None:
        super().__init__(
            _("Ông/bà đã yêu cầu nộp tiền %(n)d lần ở hồ sơ này. Lần nữa phải do lãnh đạo, là người khác, yêu cầu.")
            % {"n": MOST_DEMANDS}
        )


def demanded_before(dossier_id: UUID, official_id: UUID) -> bool:
    """Whether this official asked for money on the dossier as often as one may, paid or given up."""
    row = fetch_one(
        "SELECT count(*) FROM payments_financialduty WHERE dossier_id = %s AND asked_by_id = %s",
        (dossier_id, official_id),
    )
    return row is not None and row[0] >= MOST_DEMANDS


def invited_before(dossier_id: UUID) -> bool:
    """Whether the applicant was asked to come as often as he may be."""
    row = fetch_one(
        "SELECT count(*) FROM dossiers_clockentry WHERE dossier_id = %s AND cause = %s",
        (dossier_id, Cause.ATTENDANCE.value),
    )
    return row is not None and row[0] >= MOST_VISITS


def ask_supplement(
    step_id: UUID, demands: Sequence[Asked], *, reason: str, until: date, by: ActingOfficial, at: datetime,
    of: UUID | None = None,
) -> int:  # fmt: skip
    """Ask for papers from the step one has in hand; gives back the number of form 02.

    Raises `NotYours`, `SupplementRefused`, `StaleMove`.
    """
    with transaction.atomic():
        step = stoppable(step_id, by, of, at)
        return supplements.ask_supplement(
            step.dossier_id, demands, reason=reason, until=until, by=by, at=at,
            told_as=by.acting_as(step.unit_id, step.role),
        )  # fmt: skip


def demand_money(step_id: UUID, duty: NewDuty, *, by: ActingOfficial, at: datetime, of: UUID | None = None) -> UUID:
    """Ask for money the applicant owes by law; the clock stands still until it is proven paid.

    Each demand stops the clock, so one official asks twice; a leader asks on anybody's step. Raises `NotYours`,
    `DemandedBefore`, `DutyRefused`, `StaleMove`.
    """
    with transaction.atomic():
        step = open_step(step_id, by, of, at)
        led = leading(by, step.unit_id)
        require_stoppable(step if led else own_step(step_id, by, of, at))
        if demanded_before(step.dossier_id, by.id):
            raise DemandedBefore
        told_as = by.acting_in(led) if led else by.acting_as(step.unit_id, step.role)
        return demand_duty(step.dossier_id, duty=duty, by=by, at=at, told_as=told_as)


def invite(
    step_id: UUID, *, purpose: str, place: str, until: date, by: ActingOfficial, at: datetime, of: UUID | None = None
) -> None:
    """Ask the applicant to come (Decree 61/2018/NĐ-CP art. 19.3); the clock stands still until he did.

    Raises `Unsaid`, `NotYours`, `StaleMove`.
    """
    purpose = required(purpose, _("Ông/bà ghi mời người nộp đến để làm gì."))
    place = required(place, _("Ông/bà ghi địa điểm."))
    if until < localdate(at):
        raise NotYours(_("Ngày mời phải từ hôm nay trở đi."))
    if until > localdate(at) + timedelta(days=MOST_DAYS):
        raise NotYours(_("Ngày mời không quá %(n)d ngày kể từ hôm nay.") % {"n": MOST_DAYS})
    with transaction.atomic():
        step = stoppable(step_id, by, of, at)
        if invited_before(step.dossier_id):
            raise InvitedBefore
        turn_clock(
            step.dossier_id, Entry(Mark.PAUSED, at, Cause.ATTENDANCE), seen=step.state, to=State.SUPPLEMENT_ASKED,
            by=by.acting_as(step.unit_id, step.role), until=until, note=purpose, told={"place": place},
        )  # fmt: skip


def attended(dossier_id: UUID, *, words: str, by: ActingOfficial, at: datetime) -> None:
    """The applicant came: what was done is written down, and the clock goes on.

    Raises `Unsaid`, `NotYours` for who neither sits at the desk nor works on dossiers, `StaleMove` when nobody is
    waited for.
    """
    words = required(words, _("Ông/bà ghi ai có mặt và nội dung buổi làm việc."))
    if not by.holds(Role.RECEIVER, Role.CASE_OFFICER):
        raise NotYours(_("Bộ phận tiếp nhận hoặc người thụ lý mới ghi buổi làm việc với người nộp."))
    with transaction.atomic():
        fetch_one(
            "SELECT 1 FROM dossiers_dossier WHERE id = %s AND agency_id = %s FOR UPDATE", (dossier_id, by.agency_id)
        )
        row = fetch_one(
            "SELECT (SELECT cause FROM dossiers_clockentry WHERE dossier_id = d.id ORDER BY position DESC LIMIT 1) "
            "FROM dossiers_dossier d WHERE d.id = %s AND d.agency_id = %s AND d.state = %s",
            (dossier_id, by.agency_id, int(State.SUPPLEMENT_ASKED)),
        )
        if row is None or row[0] != Cause.ATTENDANCE:
            raise StaleMove
        turn_clock(
            dossier_id, Entry(Mark.RESUMED, at), seen=State.SUPPLEMENT_ASKED, to=State.PROCESSING,
            by=by.acting_for(Role.RECEIVER, Role.CASE_OFFICER), note=words,
        )  # fmt: skip


def stoppable(step_id: UUID, by: ActingOfficial, of: UUID | None, at: datetime) -> OpenStep:
    """One's own step of a dossier in work, from which its clock may be stopped."""
    step = own_step(step_id, by, of, at)
    require_stoppable(step)
    return step


def require_stoppable(step: OpenStep) -> None:
    """Raises `NotYours` when the dossier does not run, lies with the leader, or another works beside this step."""
    if step.state != State.PROCESSING or step.role == Role.APPROVER:
        raise NotYours(_("Chỉ hồ sơ đang xử lý ở bước của ông/bà mới tạm dừng chờ người nộp được."))
    if waiting := siblings_open(step):
        raise NotYours(
            _("Bước làm cùng lúc “%(name)s” chưa xong nên chưa tạm dừng được.") % {"name": "; ".join(waiting)}
        )
