"""What people do with a letter of apology: revise, sign, tell, withdraw it; and record why there is none."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.numbering import next_number
from motcua.core.sql import fetch_one
from motcua.dossiers.actions import ClockWentBack, turn_clock
from motcua.dossiers.rules import Entry, Mark
from motcua.dossiers.states import OPEN, PAUSED, StaleMove, State
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.routing.apologies.drafting import DRAFTERS, ApologyRefused
from motcua.routing.apologies.models import AWAITING, Apology, DelayUnit, ExceptionKind, LateException
from motcua.routing.apologies.prospects import prospect_of
from motcua.routing.apologies.reasons import reason_words, reasons_on
from motcua.routing.apologies.rules import LONGEST_DELAY, longest_delay, minutes_of, new_date
from motcua.routing.apologies.signers import leaders_of, signing_unit
from motcua.worktime.phrases import limit_words
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Amount
from motcua.worktime.rules import Unit as ClockUnit

LONGEST_TEXT: Final = 600


@dataclass(frozen=True, slots=True)
class Wording:
    """What whoever signs a letter may change: the listed reason, what happened, how much more time is asked for."""

    reason_code: str
    reason: str
    delay: Amount


@dataclass(frozen=True, slots=True)
class _Locked:
    """The dossier of a letter, under a lock."""

    id: UUID
    state: State
    goal_at: datetime
    paused_at: datetime | None
    limit: Amount
    calendar_code: str

    def is_past(self, at: datetime) -> bool:
        """Whether the date the citizen was told has passed while the clock ran."""
        return (self.paused_at or at) > self.goal_at


_LOCK: Final[LiteralString] = """
SELECT d.id, d.state, COALESCE(d.appointed_at, d.due_at), d.paused_at, d.limit_number, d.limit_unit,
  a.calendar_code
FROM dossiers_dossier d JOIN people_agency a ON a.id = d.agency_id WHERE d.agency_id = %s AND d.id =
"""


def revise(apology_id: UUID, wording: Wording, *, by: ActingOfficial, at: datetime) -> Apology:
    """Write another reason or delay into a draft; its date follows from them.

    Raises `ApologyRefused` for who neither works on dossiers nor decides, without a true reason or with an odd
    delay; `StaleMove` when the letter is signed or withdrawn; `ClockWentBack`, `CalendarGap`.
    """
    if not by.holds(*DRAFTERS):
        raise ApologyRefused(_("Người thụ lý hoặc lãnh đạo mới sửa thư xin lỗi."))
    said = _checked(wording, at)
    with transaction.atomic():
        locked, letter = _awaiting(apology_id, by, at)
        _say(letter, said, locked.limit)
        _date(letter, locked, at)
        _keep(letter, *_SAID, *_DATED)
        _tell("apology.revised", letter, by=by.acting_for(*DRAFTERS), at=at, reason=letter.reason)
    return letter


def sign(apology_id: UUID, wording: Wording, *, by: ActingOfficial, at: datetime) -> Apology:
    """Sign a letter as it stands on the page: it gets its number, the dossier its new date, and the story its line.

    The first is signed by an approver of the responsible unit or of the leaders, the second by the leaders only,
    a third by nobody. Raises `ApologyRefused`, also while the dossier waits for its applicant, and while it is
    neither late nor foreseen to be; `StaleMove` when another signed or withdrew it first; `ClockWentBack`,
    `CalendarGap`.
    """
    said = _checked(wording, at)
    with transaction.atomic():
        locked, letter = _awaiting(apology_id, by, at)
        if locked.state in PAUSED:
            raise ApologyRefused(_("Hồ sơ đang chờ người nộp. Ông/bà ký thư khi thời hạn chạy lại."))
        letter.ordinal = Apology.objects.filter(dossier_id=locked.id, signed_at__isnull=False).count() + 1
        unit_id = signing_unit(letter, by)
        _require_lateness(locked, by, at)
        letter.year = localdate(at).year
        letter.number = next_number(agency_id=by.agency_id, series="apology", day=date(letter.year, 1, 1))
        letter.signed_at, letter.signed_by_id = at, by.id
        letter.on_behalf_of_id = by.on_behalf_of(unit_id, Role.APPROVER)
        _say(letter, said, locked.limit)
        _date(letter, locked, at)
        _keep(letter, "ordinal", "year", "number", "signed_at", "signed_by", "on_behalf_of", *_SAID, *_DATED)
        _reappoint(locked, letter, by=by.acting_as(unit_id, Role.APPROVER), at=at)
    return letter


def _require_lateness(locked: _Locked, by: ActingOfficial, at: datetime) -> None:
    """A date that is kept by the plan is not moved."""
    prospect = prospect_of(locked.id, by.agency_id)
    if prospect is None:
        raise StaleMove
    if not prospect.outlook(calendar_for(locked.calendar_code), at).is_late:
        raise ApologyRefused(
            _("Theo kế hoạch, hồ sơ này vẫn kịp hẹn nên chưa ký thư được. Ông/bà ký khi hồ sơ trễ hoặc sắp trễ.")
        )


def _reappoint(locked: _Locked, letter: Apology, *, by: Actor, at: datetime) -> None:
    """The new date goes into the dossier's clock, the same as the letter says."""
    delay, words = (
        Amount(letter.delay_number, ClockUnit(letter.delay_unit)),
        reason_words(letter.reason_code, letter.reason),
    )
    turned = turn_clock(
        locked.id, Entry(Mark.REAPPOINTED, at, None, delay), seen=locked.state, to=locked.state, by=by, note=words,
        told={"apology": str(letter.id)},
    )  # fmt: skip
    if turned.reading.appointed_at != letter.new_due_at:
        raise RuntimeError("the letter and the clock give different dates")
    _tell("apology.signed", letter, by=by, at=at, number=letter.number, year=letter.year, ordinal=letter.ordinal)


def mark_sent(apology_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """The applicant was told of the signed letter, by phone, message or in person.

    Raises `ApologyRefused` for who neither receives nor decides; `StaleMove` unless it is signed and not yet told.
    """
    if not by.holds(Role.RECEIVER, Role.APPROVER):
        raise ApologyRefused(_("Bộ phận tiếp nhận hoặc lãnh đạo ghi việc đã báo người nộp."))
    with transaction.atomic():
        letter = _letter(apology_id, by, sent_at=None, signed_at__isnull=False)
        _require_later(letter.signed_at, at)
        letter.sent_at = at
        _keep(letter, "sent_at")
        told_as = by.acting_for(Role.RECEIVER, Role.APPROVER)
        _tell("apology.sent", letter, by=told_as, at=at, number=letter.number, year=letter.year)


def withdraw_draft(apology_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> None:
    """Give a draft up because the promise will be kept after all; it is drafted anew if it is not.

    Whoever may sign it may give it up. Raises `ApologyRefused` without a reason, for anybody else, and once the date
    has passed: then the letter is signed or an exception recorded; `StaleMove`, `ClockWentBack`.
    """
    why = _text(reason, _("Ông/bà ghi vì sao hồ sơ sẽ kịp hẹn."))
    with transaction.atomic():
        locked, letter = _awaiting(apology_id, by, at)
        unit_id = signing_unit(letter, by)
        if locked.is_past(at):
            raise ApologyRefused(_("Hồ sơ đã quá hẹn nên không bỏ thư được. Ông/bà ký thư, hoặc ghi ngoại lệ."))
        letter.withdrawn_at, letter.withdrawn_by_id, letter.withdraw_reason = at, by.id, why
        _date(letter, locked, at)
        _keep(letter, "withdrawn_at", "withdrawn_by", "withdraw_reason", *_DATED)
        _tell("apology.withdrawn", letter, by=by.acting_as(unit_id, Role.APPROVER), at=at, reason=why)


def record_exception(
    dossier_id: UUID, *, kind: ExceptionKind, evidence: str, by: ActingOfficial, at: datetime
) -> LateException:
    """A leader says, with evidence, why this late dossier has no letter; a draft that waits is given up for it.

    Raises `ApologyRefused` without evidence, for who is no leader, for what only the system records, for a promise
    that has not passed, and for one that has its exception; `StaleMove` when the dossier is not open.
    """
    proof = _text(evidence, _("Ông/bà ghi chứng cứ, ví dụ: biên bản số 12 ngày 20/11/2026 về sự cố hệ thống."))
    if kind == ExceptionKind.SETTLED_FIRST:
        raise ApologyRefused(_("Loại ngoại lệ này do hệ thống tự ghi. Ông/bà chọn loại khác."))
    if not any(by.serves(unit_id, Role.APPROVER) for unit_id in leaders_of(by.agency_id)):
        raise ApologyRefused(_("Lãnh đạo cơ quan mới ghi ngoại lệ trễ hẹn."))
    with transaction.atomic():
        locked = _lock(_LOCK + " %s FOR UPDATE OF d", by.agency_id, dossier_id)
        if locked.state not in OPEN:
            raise StaleMove
        if not locked.is_past(at):
            raise ApologyRefused(_("Hồ sơ chưa quá hẹn nên chưa cần ghi ngoại lệ."))
        if LateException.objects.filter(dossier_id=dossier_id, promised_at=locked.goal_at).exists():
            raise ApologyRefused(_("Lần trễ này của hồ sơ đã được ghi ngoại lệ."))
        written = LateException.objects.create(
            agency_id=by.agency_id, dossier_id=dossier_id, kind=kind, evidence=proof, promised_at=locked.goal_at,
            recorded_at=at, recorded_by_id=by.id,
        )  # fmt: skip
        Apology.objects.filter(AWAITING, dossier_id=dossier_id).update(
            withdrawn_at=at, withdrawn_by=by.id, withdraw_reason=proof
        )
        record(
            kind="apology.excepted", subject=("dossier", dossier_id), by=by.actor, at=at, agency_id=by.agency_id,
            after={"kind": written.kind, "reason": proof},
        )  # fmt: skip
    return written


_SAID: Final = ("reason_code", "reason", "delay_number", "delay_unit")
_DATED: Final = ("promised_at", "new_due_at")


def _say(letter: Apology, wording: Wording, limit: Amount) -> None:
    """Raises `ApologyRefused` for a delay that is out of proportion to the dossier's own limit."""
    most = longest_delay(limit)
    if minutes_of(wording.delay) > minutes_of(most):
        words = {
            "limit": limit_words(limit.number, limit.unit.value),
            "most": limit_words(most.number, most.unit.value),
        }
        raise ApologyRefused(_("Thủ tục này có thời hạn %(limit)s nên ông/bà xin thêm nhiều nhất %(most)s.") % words)
    letter.reason_code, letter.reason = wording.reason_code, wording.reason
    letter.delay_number, letter.delay_unit = wording.delay.number, wording.delay.unit.value


def _date(letter: Apology, locked: _Locked, at: datetime) -> None:
    """The date it apologises for as the citizen knows it now, and the new one counted from there."""
    delay = Amount(letter.delay_number, ClockUnit(letter.delay_unit))
    letter.promised_at = locked.goal_at
    letter.new_due_at = new_date(locked.goal_at, at, delay, calendar_for(locked.calendar_code))


def _checked(wording: Wording, at: datetime) -> Wording:
    """The wording with its outer spaces gone. Raises `ApologyRefused`."""
    if wording.reason_code not in {reason.code for reason in reasons_on(localdate(at))}:
        raise ApologyRefused(_("Ông/bà chọn lý do trễ trong danh sách."))
    words = _text(wording.reason, _("Ông/bà ghi cụ thể vì sao hồ sơ này trễ."))
    if not 1 <= wording.delay.number <= LONGEST_DELAY or wording.delay.unit.value not in DelayUnit.values:
        raise ApologyRefused(_("Thời gian xin thêm phải từ 1 đến %(most)d.") % {"most": LONGEST_DELAY})
    return Wording(wording.reason_code, words, wording.delay)


def _text(text: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise ApologyRefused(missing)
    if len(text) > LONGEST_TEXT:
        raise ApologyRefused(_("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự.") % {"limit_value": LONGEST_TEXT})
    return text


def _awaiting(apology_id: UUID, by: ActingOfficial, at: datetime) -> tuple[_Locked, Apology]:
    """A draft of this agency and its dossier: the dossier is locked first, as every move of it does."""
    locked = _lock(
        _LOCK + " (SELECT dossier_id FROM routing_apology WHERE id = %s) FOR UPDATE OF d", by.agency_id, apology_id
    )
    letter = _letter(apology_id, by, signed_at=None, withdrawn_at=None)
    _require_later(letter.drafted_at, at)
    if locked.state not in OPEN:
        raise StaleMove
    return locked, letter


def _lock(sql: LiteralString, *values: UUID) -> _Locked:
    row = fetch_one(sql, values)
    if row is None:
        raise StaleMove
    limit = Amount(row[4], ClockUnit(row[5]))
    return _Locked(row[0], State(row[1]), row[2], row[3], limit, row[6])


def _letter(apology_id: UUID, by: ActingOfficial, **standing: Any) -> Apology:
    found = Apology.objects.select_for_update(of=("self",)).filter(pk=apology_id, agency_id=by.agency_id, **standing)
    letter = found.select_related("dossier", "unit").first()
    if letter is None:
        raise StaleMove
    return letter


def _require_later(before: datetime | None, at: datetime) -> None:
    if before is not None and at < before:
        raise ClockWentBack(localtime(before))


def _keep(letter: Apology, *columns: str) -> None:
    letter.save(update_fields=columns)


def _tell(kind: str, letter: Apology, *, by: Actor, at: datetime, **after: Any) -> None:
    """The event stands in the dossier's story."""
    record(
        kind=kind, subject=("dossier", letter.dossier_id), by=by, at=at, agency_id=letter.agency_id,
        after={"apology": str(letter.id), "appointed_at": letter.new_due_at.isoformat(), **after}, carried=letter,
    )  # fmt: skip
