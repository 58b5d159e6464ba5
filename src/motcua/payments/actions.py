"""Asking for money, writing down that it was paid, giving it up. What is open decides whether the clock stands."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.core.events import Actor, record
from motcua.core.sql import fetch_one
from motcua.dossiers.actions import ClockWentBack, Turned, set_last_day, turn_clock
from motcua.dossiers.rules import Cause, Entry, Mark
from motcua.dossiers.states import StaleMove, State
from motcua.payments.evidence import DutyRefused, Evidence, require_sound, require_unused
from motcua.payments.models import LONGEST, OWED, FinancialDuty
from motcua.payments.rules import last_day, void_times
from motcua.people.access import ActingOfficial
from motcua.people.models import Role

MOST: Final = 10**13  # đồng; more than any household ever owed, so a slip of the key
KEEPERS: Final = (Role.RECEIVER, Role.CASE_OFFICER)
"""Who writes down that a sum was paid, or gives it up."""
_LOCKED: Final[LiteralString] = "SELECT id, state, agency_id, paused_at FROM dossiers_dossier d WHERE "


class SumTooLarge(DutyRefused):
    """More than can be asked for: a slip of the key."""

    def __init__(self) -> None:
        super().__init__(
            _("Số tiền lớn quá, nhiều nhất %(most)s đồng. Ông/bà xem lại có thừa số 0 không.")
            % {"most": f"{MOST:,}".replace(",", ".")}
        )


@dataclass(frozen=True, slots=True)
class NewDuty:
    """A sum to ask for: `amount` in đồng, `due_on` the last day to pay it, if there is one."""

    what: str
    amount: int
    payee: str
    legal_basis: str
    account: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Locked:
    dossier_id: UUID
    state: State
    agency_id: UUID
    paused_at: datetime | None


def demand_duty(
    dossier_id: UUID, *, duty: NewDuty, by: ActingOfficial, at: datetime, told_as: Actor | None = None
) -> UUID:
    """Ask the applicant to pay a sum; the first open one stops the clock, a further one finds it stopped.

    Whether `by` holds the open step is the caller's to check, and in whose place he does (`told_as`).
    Raises `DutyRefused` for a sum without ground, payee or amount and for one that is asked for already; `StaleMove`
    when the dossier is neither worked on nor waiting for money, or another agency's; `ClockWentBack`, `CalendarGap`.
    """
    wanted, actor = _checked(duty, at), told_as or by.actor
    with transaction.atomic():
        locked = _dossier("id = %s AND agency_id = %s FOR UPDATE", dossier_id, by.agency_id)
        if locked.state not in (State.PROCESSING, State.PAYMENT_ASKED):
            raise StaleMove
        if locked.paused_at is not None and at < locked.paused_at:
            raise ClockWentBack(localtime(locked.paused_at))
        if FinancialDuty.objects.filter(OWED, dossier_id=dossier_id, what=wanted.what).exists():
            raise DutyRefused(
                _("Khoản “%(what)s” đã được yêu cầu và đang chờ nộp, không yêu cầu lần nữa.") % {"what": wanted.what}
            )
        written = FinancialDuty.objects.create(
            dossier_id=dossier_id, what=wanted.what, amount=wanted.amount, payee=wanted.payee,
            account=wanted.account, legal_basis=wanted.legal_basis, due_on=wanted.due_on,
            asked_at=at, asked_by_id=by.id,
        )  # fmt: skip
        after = {"payee": wanted.payee, "legal_basis": wanted.legal_basis, "due_on": _day(wanted.due_on)}
        _tell("duty.demanded", written, locked.agency_id, by=actor, at=at, **after)
        if locked.state == State.PROCESSING:
            turn_clock(
                dossier_id, Entry(Mark.PAUSED, at, Cause.MONEY), seen=State.PROCESSING, to=State.PAYMENT_ASKED,
                by=actor, until=wanted.due_on, note=wanted.what,
            )  # fmt: skip
        else:
            set_last_day(dossier_id, _last_day(dossier_id))
    return written.id


def settle_duty(duty_id: UUID, *, evidence: Evidence, by: ActingOfficial, at: datetime) -> Turned | None:
    """Write down that a sum was paid, by the paper that proves it; with the last open one the clock goes on.

    It goes on when the money was paid by the paper: what lay between that and `at` counts for the office
    (docs/decisions/0011). Gives back what the clock did, None when nothing. Raises `DutyRefused` without a number,
    with one that proved another payment or with a moment to come; `StaleMove` when it is no longer owed or another
    agency's; `ClockWentBack`, `CalendarGap`.
    """
    evidence = replace(evidence, number=" ".join(evidence.number.split()))
    require_sound(evidence, at)
    with transaction.atomic():
        locked, duty = _owed(duty_id, by.agency_id, at)
        require_unused(evidence, dossier_id=locked.dossier_id, agency_id=locked.agency_id)
        paid_at = evidence.paid_at(at)
        _end(
            duty, settled_at=at, settled_by=by.id, paid_at=paid_at, evidence_number=evidence.number,
            evidence_key=evidence.key, evidence_on=evidence.issued_on,
        )  # fmt: skip
        after = {"evidence": evidence.number, "evidence_on": _day(evidence.issued_on), "paid_at": paid_at.isoformat()}
        actor = by.acting_for(*KEEPERS)
        _tell("duty.settled", duty, locked.agency_id, by=actor, at=at, **after)
        with override("vi"):  # what is said is kept, and has one language
            note = f"{duty.what}: {evidence.told(at)}"
        return _run_on(locked, note=note, by=actor, at=at)


def cancel_duty(duty_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> Turned | None:
    """Give up a sum that is not owed after all, with the reason; with the last open one the clock goes on.

    What the dossier waited for this sum alone counts as if the clock had never stopped: the cause was void
    (docs/decisions/0011). Gives back what the clock did last, None when nothing. Raises as `settle_duty`.
    """
    why = _reason(reason)
    with transaction.atomic():
        locked, duty = _owed(duty_id, by.agency_id, at)
        _end(duty, cancelled_at=at, cancelled_by=by.id, cancel_reason=why)
        actor = by.acting_for(*KEEPERS)
        _tell("duty.cancelled", duty, locked.agency_id, by=actor, at=at, reason=why)
        return _run_on(locked, note=f"{duty.what}: {why}", by=actor, at=at)


def close_duties(dossier_id: UUID, *, reason: str, by: Actor, at: datetime) -> int:
    """Give up every open sum of a dossier that ends (withdrawn, discontinued); how many there were.

    The clock is left to whoever ends the dossier. Raises `DutyRefused` without a reason, `ClockWentBack`.
    """
    why = _reason(reason)
    with transaction.atomic():
        locked = _dossier("id = %s FOR UPDATE", dossier_id)
        duties = list(FinancialDuty.objects.filter(OWED, dossier_id=dossier_id).order_by("asked_at", "id"))
        for duty in duties:
            _require_later(duty, at)
            _end(duty, cancelled_at=at, cancelled_by=None, cancel_reason=why)
            _tell("duty.cancelled", duty, locked.agency_id, by=by, at=at, reason=why)
    return len(duties)


def _checked(duty: NewDuty, at: datetime) -> NewDuty:
    clean = replace(
        duty, what=" ".join(duty.what.split()), payee=duty.payee.strip(), account=duty.account.strip(),
        legal_basis=duty.legal_basis.strip(),
    )  # fmt: skip
    if not clean.what:
        raise DutyRefused(_("Ông/bà ghi khoản phải nộp là gì, ví dụ: lệ phí trước bạ."))
    if clean.amount > MOST:
        raise SumTooLarge
    if clean.amount < 1:
        raise DutyRefused(_("Số tiền phải nộp là số đồng nguyên, lớn hơn 0. Ông/bà nhập lại, ví dụ 2.500.000."))
    if not clean.payee:
        raise DutyRefused(_("Ông/bà ghi khoản này nộp cho ai, ví dụ: Kho bạc Nhà nước khu vực."))
    if not clean.legal_basis:
        raise DutyRefused(_("Ông/bà ghi căn cứ thu, ví dụ: Nghị định 10/2022/NĐ-CP. Không có căn cứ thì không thu."))
    for column in ("what", "payee", "account", "legal_basis"):
        _require_room(column, getattr(clean, column))
    if clean.due_on is not None and clean.due_on < localdate(at):
        raise DutyRefused(_("Hạn nộp không thể trước hôm nay. Ông/bà chọn lại ngày."))
    return clean


def _reason(reason: str) -> str:
    why = reason.strip()
    if not why:
        raise DutyRefused(_("Ông/bà ghi vì sao không phải nộp khoản này nữa."))
    _require_room("cancel_reason", why)
    return why


def _require_room(column: str, text: str) -> None:
    if len(text) > LONGEST[column]:
        raise DutyRefused(_("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự.") % {"limit_value": LONGEST[column]})


def _dossier(condition: LiteralString, *values: UUID) -> _Locked:
    """The dossier under a row lock: every action here takes it first, so that two of them wait for each other."""
    row = fetch_one(_LOCKED + condition, values)
    if row is None:
        raise StaleMove
    return _Locked(row[0], State(row[1]), row[2], row[3])


def _owed(duty_id: UUID, agency_id: UUID, at: datetime) -> tuple[_Locked, FinancialDuty]:
    """A sum that is still owed to this agency's dossier, which waits for it."""
    locked = _dossier(
        "id = (SELECT dossier_id FROM payments_financialduty WHERE id = %s) AND agency_id = %s FOR UPDATE",
        duty_id, agency_id,
    )  # fmt: skip
    duty = FinancialDuty.objects.filter(OWED, pk=duty_id).first()
    if duty is None or locked.state != State.PAYMENT_ASKED:
        raise StaleMove
    _require_later(duty, at)
    return locked, duty


def _require_later(duty: FinancialDuty, at: datetime) -> None:
    if at < duty.asked_at:
        raise ClockWentBack(localtime(duty.asked_at))


def _end(duty: FinancialDuty, **changes: Any) -> None:
    """By compare-and-set: what is no longer open is left as it is."""
    if FinancialDuty.objects.filter(OWED, pk=duty.pk).update(**changes) != 1:
        raise StaleMove


def _run_on(locked: _Locked, *, note: str, by: Actor, at: datetime) -> Turned | None:
    """Void what was waited with no sum owed; then go on, or wait for the sums that still are."""
    if locked.paused_at is None:
        raise StaleMove
    sums = FinancialDuty.objects.filter(dossier_id=locked.dossier_id, cancelled_at=None)
    written = sums.values_list("asked_at", "settled_at")
    latest = max((moment for one in written for moment in one if moment is not None), default=at)
    if at < latest:
        raise ClockWentBack(localtime(latest))
    owed = sums.values_list("asked_at", "paid_at")
    turned: Turned | None = None
    for start, end in void_times(owed, since=locked.paused_at, at=at):
        turned = turn_clock(
            locked.dossier_id, Entry(Mark.VOIDED, at, Cause.MONEY, void_from=start, void_to=end),
            seen=State.PAYMENT_ASKED, to=State.PROCESSING if end is None else State.PAYMENT_ASKED, by=by,
            until=None if end is None else _last_day(locked.dossier_id), note=note,
        )  # fmt: skip
    runs = turned is not None and turned.reading.paused_since is None
    return turned if runs else _go_on(locked, by=by, at=at) or turned


def _last_day(dossier_id: UUID) -> date | None:
    return last_day(FinancialDuty.objects.filter(OWED, dossier_id=dossier_id).values_list("due_on", flat=True))


def _go_on(locked: _Locked, *, by: Actor, at: datetime) -> Turned | None:
    """Let the clock go on when nothing is owed any more."""
    if FinancialDuty.objects.filter(OWED, dossier_id=locked.dossier_id).exists():
        set_last_day(locked.dossier_id, _last_day(locked.dossier_id))
        return None
    return turn_clock(locked.dossier_id, Entry(Mark.RESUMED, at), seen=State.PAYMENT_ASKED, to=State.PROCESSING, by=by)


def _tell(kind: str, duty: FinancialDuty, agency_id: UUID, *, by: Actor, at: datetime, **after: str | None) -> None:
    """The event stands in the dossier's story and names the sum."""
    said = {name: value for name, value in after.items() if value is not None}
    record(
        kind=kind, subject=("dossier", duty.dossier_id), by=by, at=at, agency_id=agency_id,
        after={"duty": str(duty.id), "what": duty.what, "amount": duty.amount, **said},
    )  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
